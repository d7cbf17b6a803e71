"""Hostile and random drafts and conversations through review and guide: nothing breaks, spans inside, time even."""

from __future__ import annotations

import argparse
import gc
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count as numbers
from random import Random
from time import process_time

from bench.machine import peak_megabytes
from bench.proofs.fuzz import mutant
from bench.proofs.hostile import TEXTS
from bench.proofs.linear import grows_evenly
from bench.spans import loose_marks
from tools.dataset import load_messages
from tools.reply_dataset import load_replies
from zgoda.api import engine
from zgoda.values import (
    ACTS,
    CHANNELS,
    LANGUAGES,
    RUNGS,
    SAFETY,
    STAGES,
    TENSION,
    Context,
    Conversation,
    Guidance,
    Turn,
)

_NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
_LONGEST = 600
_SHORT = 10_000
_TURNS = 8
_MEMORY = 900.0  # MiB: both halves of the engine in three languages, and one text of 200,000 being looked at
_NUMBERS = numbers()
_ROLES = (None, None, None, "supervisor")


class _Fuzz:
    """One run: the chance, the real lines, and what came of the inputs."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.agents = [line.text for line in load_replies()]
        self.customers = [line.text for line in load_messages()]
        self.came: Counter[str] = Counter()
        self.faults: list[str] = []

    # -- inputs --------------------------------------------------------------------------------------------------

    def text(self, real: list[str]) -> str:
        """A real line, one that was damaged, or noise."""
        kind = self.chance.random()
        if kind < 0.2:
            return self.chance.choice(real)
        if kind < 0.6:
            return mutant(self.chance.choice(real), self.chance)
        return self.chance.choice(list(TEXTS.values()))(self.chance.randint(0, _LONGEST), self.chance)

    def turns(self, least: int) -> tuple[Turn, ...]:
        """Turns of both sides in a wild order, some with a time, some of a supervisor."""
        return tuple(self.turn() for _ in range(self.chance.randint(least, _TURNS)))

    def turn(self) -> Turn:
        """One turn of either side."""
        agent = self.chance.random() < 0.5
        at = _NOW - timedelta(minutes=self.chance.randint(-60, 20_000)) if self.chance.random() < 0.4 else None
        text = self.text(self.agents if agent else self.customers)
        return Turn("agent" if agent else "customer", text, at, None, self.chance.choice(_ROLES) if agent else None)

    def context(self) -> Context:
        """What else may be known, names of noise among it."""
        chance = self.chance
        return Context(
            channel=chance.choice((None, *CHANNELS)),
            agent_name=chance.choice((None, "Anna", self.text(self.agents)[:40])),
            customer_name=chance.choice((None, "Pan Kowalski", self.text(self.customers)[:40])),
            company=chance.choice((None, "Zgoda")),
            kind=chance.choice(("reply", "reply", "reply", "note")),
            interface_language=chance.choice((None, *LANGUAGES)),
        )

    # -- calls ---------------------------------------------------------------------------------------------------

    def review(self) -> None:
        """One draft, with or without a customer's message, turns and a context."""
        chance = self.chance
        draft, now = self.text(self.agents), _NOW if chance.random() < 0.7 else None
        customer = self.text(self.customers) if chance.random() < 0.5 else None
        history = self.turns(0) if chance.random() < 0.5 else ()
        context = self.context() if chance.random() < 0.7 else None
        language = chance.choice((None, None, *LANGUAGES))
        what = f"review {draft!a} {customer!a} {history!a} {context!a} {language}"
        try:
            review = engine().review(
                draft, customer=customer, history=history, context=context, now=now, language=language
            )
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error} from {what}")
            return
        self.faults += [f"{fault} from {what}" for fault in loose_marks(draft, review)]
        self.came["drafts reviewed"] += 1
        self.came["findings"] += len(review.findings)

    def guide(self) -> None:
        """One conversation."""
        conversation = Conversation(self.turns(1), self.chance.choice((None, *LANGUAGES)), self.context())
        now = _NOW if self.chance.random() < 0.7 else None
        what = f"guide {conversation!a}"
        try:
            steps = engine().guide_turns(conversation, now=now)
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error} from {what}")
            return
        if len(steps) != len(conversation.turns):
            self.faults.append(f"{len(steps)} answers to {len(conversation.turns)} turns from {what}")
        self.faults += [f"{fault} from {what}" for step in steps for fault in unknown(step)]
        self.came["conversations guided"] += 1


def unknown(step: Guidance) -> Iterator[str]:
    """Values of a guidance that the contract does not know; said in words."""
    known = (("stage", STAGES), ("ladder", RUNGS), ("safety", SAFETY), ("tension", TENSION))
    for name, values in known:
        if getattr(step, name) not in values:
            yield f"{name} {getattr(step, name)!r} is unknown"
    yield from (f"act {act!r} is unknown" for act in (*step.done, *step.missing) if act not in ACTS)


def prove(wishes: argparse.Namespace) -> bool:
    """Whether `--rounds` drafts and conversations come through, and the time for a code point stays even."""
    fuzz = _Fuzz(wishes.seed)
    for _ in range(wishes.rounds):
        fuzz.review()
        fuzz.guide()
    for fault in fuzz.faults[:20]:
        print(fault[:2_000])
    for name, count in sorted(fuzz.came.items()):
        print(f"{name:22} {count:,}")
    print(f"seed {wishes.seed}: {wishes.rounds * 2:,} inputs, {len(fuzz.faults)} faults")
    return _even(wishes) and not fuzz.faults


def _even(wishes: argparse.Namespace) -> bool:
    names = wishes.only or list(TEXTS)
    sizes = [min(_SHORT, wishes.longest), wishes.longest]
    print(f"{'text':18} {'µs a character at':>20} {sizes[0]:,} and {sizes[1]:,}, of review and guide together")
    gc.collect()
    gc.freeze()  # else the collector walks through the engine itself, oftener the more a text brings to life
    came = [grows_evenly(name, TEXTS[name], sizes, wishes.seed, _tried) for name in names]
    gc.unfreeze()
    peak = peak_megabytes()
    print(f"{len(names)} texts; the process held at most {peak:.0f} MiB (allowed {_MEMORY:.0f})")
    return all(came) and peak <= _MEMORY


def _tried(text: str) -> tuple[float, list[str]]:
    """The text as a draft that answers itself, then as both turns of a conversation: seconds, and faults."""
    customer = Turn("customer", f"{next(_NUMBERS)} {text}")  # turns are remembered: no two tries may have the same one
    began = process_time()
    review = engine().review(text, history=(customer,), now=_NOW)
    steps = engine().guide_turns(Conversation((customer, Turn("agent", text))), now=_NOW)
    cost = process_time() - began
    return cost, [*loose_marks(text, review), *(fault for step in steps for fault in unknown(step))]

"""How fast a draft is reviewed while it is being typed: a long draft behind a history of ten turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import cycle, islice
from statistics import median

from bench.pace import Budget, Pace, pace
from bench.table import Table
from bench.texts import messages, of_length
from tools.reply_dataset import load_replies
from zgoda.api import engine, prepare
from zgoda.values import LANGUAGES, Context, Turn

DRAFT, HISTORY = 1_000, 10
_TYPED = 40  # code points between two pauses in typing
_PAUSES = 5  # the last ones of a draft, which are timed
_HELD_BACK = 20  # conversations that warm the engine up and are not timed as first ones
_LONGER = 4  # times the seconds of a cell of reading: a review with its history takes as much longer
_EMAIL = Context(channel="email")
_NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)  # a desk always says what time it is


@dataclass(frozen=True, slots=True)
class Case:
    """A draft, and the turns before it."""

    draft: str
    history: tuple[Turn, ...]


def review_speed(budget: Budget) -> Table:
    """Two rows a language: conversations never seen, and the same ones while the draft is typed on."""
    table = Table(
        "review-speed",
        f"Review of a draft of {DRAFT:,} code points with a history of {HISTORY} turns, one process on one core",
        ("drafts", "reviews", "code points", "a second", "p50 ms", "p99 ms", "p99 ms of CPU"),
        notes=[
            "`first`: no turn of the conversation was met before, so ten turns are read with the draft."
            f" `typed on`: the last {_PAUSES} pauses of a draft; it was last reviewed {_TYPED} code points ago."
            " The engine is made ready by `zgoda.api.prepare`, as a server does.",
        ],
    )
    texts, lines = messages(), load_replies()
    prepare()
    for language in LANGUAGES:
        replies = [line.text for line in lines if line.language == language]
        made = list(cases(texts[language], replies, budget.readings + _HELD_BACK))
        held_back, made = made[:_HELD_BACK], made[_HELD_BACK:] or made
        for case in held_back:
            _review(case)
        long = Budget(budget.readings, budget.seconds * _LONGER)
        once = replace(long, readings=min(long.readings, len(made)))
        for name, came in (
            ("first", pace(_review, made, once, warm=0)),
            ("typed on", pace(_review, list(_pauses(made)), long, before=_review_earlier)),
        ):
            times = [f"{value:.2f}" for value in (came.p50, came.p99, came.p99_processor)]
            table.rows.append((f"{language}, {name}", *_counts(made, came), f"{came.rate:,.0f}", *times))
    return table


def _counts(made: Sequence[Case], came: Pace) -> tuple[str, str]:
    """How many reviews were timed, and how long the drafts are."""
    return f"{came.readings:,}", f"{median(len(case.draft) for case in made):.0f}"


def cases(customers: Sequence[str], agents: Sequence[str], most: int) -> Iterator[Case]:
    """Up to `most` drafts, each with a conversation of its own: no customer's message stands in two of them."""
    drafts = of_length(agents, DRAFT, most)
    for draft, history in zip(cycle(drafts), islice(histories(customers, agents), most), strict=False):
        yield Case(draft, history)


def histories(customers: Sequence[str], agents: Sequence[str]) -> Iterator[tuple[Turn, ...]]:
    """Made-up conversations of `HISTORY` turns, agent and customer in turn, the customer last."""
    pairs = zip(cycle(agents), customers, strict=False)
    while len(some := list(islice(pairs, HISTORY // 2))) == HISTORY // 2:
        yield tuple(turn for agent, customer in some for turn in (Turn("agent", agent), Turn("customer", customer)))


def _pauses(made: Iterable[Case]) -> Iterator[Case]:
    """Each draft as it stood at its last pauses in typing."""
    for case in made:
        for missing in range((_PAUSES - 1) * _TYPED, -1, -_TYPED):
            yield Case(case.draft[: len(case.draft) - missing], case.history)


def _review(case: Case) -> object:
    return engine().review(case.draft, history=case.history, context=_EMAIL, now=_NOW)


def _review_earlier(case: Case) -> object:
    """The review at the pause before."""
    return _review(Case(case.draft[:-_TYPED], case.history))

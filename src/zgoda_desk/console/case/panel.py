"""The right side of a conversation: the next step or the ladder, the facts, the clocks, what not to say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.console import times
from zgoda_desk.console.case.gathered import Gathered, shown_reading
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.shown.facts_card import Promised, Row, Said, facts_card
from zgoda_desk.conversations.shown.steps import Step, next_step
from zgoda_desk.conversations.shown.words import ACTS, FINDINGS, NOTICES, title
from zgoda_desk.conversations.shown.words_of_replies import SAID

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SLOT = re.compile(r"\{(\w+?)(\d?)(?::\w+)?\}")
_MOST_DONE = 4
_SLOTS: dict[str, StrOrPromise] = {
    "agent": pgettext_lazy("slot", "your name"),
    "amount": pgettext_lazy("slot", "sum"),
    "appeal": pgettext_lazy("slot", "where to appeal"),
    "case": pgettext_lazy("slot", "case number"),
    "cause": pgettext_lazy("slot", "cause"),
    "clause": pgettext_lazy("slot", "what happened"),
    "company": pgettext_lazy("slot", "company"),
    "customer_company": pgettext_lazy("slot", "the customer's company"),
    "date": pgettext_lazy("slot", "day"),
    "email": pgettext_lazy("slot", "e-mail"),
    "emergency": pgettext_lazy("slot", "emergency number"),
    "helpline": pgettext_lazy("slot", "helpline"),
    "lesson": pgettext_lazy("slot", "what we changed"),
    "link": pgettext_lazy("slot", "link"),
    "manager": pgettext_lazy("slot", "who takes over"),
    "name": pgettext_lazy("slot", "customer's name"),
    "option": pgettext_lazy("slot", "way out"),
    "order": pgettext_lazy("slot", "order"),
    "phone": pgettext_lazy("slot", "phone"),
    "question": pgettext_lazy("slot", "question"),
    "reason": pgettext_lazy("slot", "reason"),
    "result": pgettext_lazy("slot", "result"),
    "time": pgettext_lazy("slot", "hour"),
}
_CLOCKS: dict[str, StrOrPromise] = {
    "acknowledge": gettext_lazy("say that it arrived"),
    "answer": gettext_lazy("your answer"),
    "statute": gettext_lazy("statutory reply"),
}
_RUNG_NAMES = ("personalise", "boundary", "transfer", "release")


@dataclass(frozen=True)
class Part:
    """A run of a phrase: words, or the name of an open slot."""

    text: StrOrPromise
    slot: str = ""


@dataclass(frozen=True)
class Phrase:
    """A ready phrase: `text` as the engine gave it, its `parts` with the open slots apart, `slots` to be filled in."""

    text: str
    parts: tuple[Part, ...]
    rule: str

    @property
    def slots(self) -> tuple[Part, ...]:
        """The open slots, each once."""
        return tuple({part.slot: part for part in self.parts if part.slot}.values())


@dataclass(frozen=True)
class Dial:
    """A clock as drawn: how full it is (0..100), when, what; `source` for a term of law."""

    when: str
    what: StrOrPromise
    filled: int
    late: bool = False
    source: str = ""
    certainty: str = ""


@dataclass(frozen=True)
class Next:
    """The next step: title and paragraph, what is done and missing, phrases, what not to say."""

    step: Step
    done: tuple[StrOrPromise, ...]
    missing: tuple[StrOrPromise, ...]
    phrases: tuple[Phrase, ...]
    forbidden: tuple[StrOrPromise, ...]


def next_of(found: Gathered) -> Next:
    """What to do next, with phrases in the name of whoever looks."""
    conversation = found.conversation
    guidance = _guidance(found)
    done = [act for act in guidance.get("done", ()) if act in SAID and act != "acknowledge"]
    return Next(
        step=next_step(conversation.stage),
        done=(*_acknowledged(found), *(SAID[act] for act in done[-_MOST_DONE:])),
        missing=tuple(title("acts", act) for act in guidance.get("missing", ())),
        phrases=tuple(_phrase(one) for one in guidance.get("phrases", ())),
        forbidden=tuple(_forbidden(guidance.get("forbidden", ()))),
    )


def _acknowledged(found: Gathered) -> tuple[str, ...]:
    said = found.of_customer
    at = found.conversation.acknowledged_at
    if at is None or not said:
        return ()
    return (_("Acknowledged in %(amount)s") % {"amount": times.amount(at - said[0].at)},)


def _forbidden(names: Iterable[str]) -> Iterable[StrOrPromise]:
    """What must not be said now, without the rungs, which the ladder tells of itself."""
    for name in names:
        if name in _RUNG_NAMES:
            continue
        words = FINDINGS.get(name) or NOTICES.get(name) or ACTS.get(name)
        if words is not None:
            yield words


def _phrase(one: dict[str, Any]) -> Phrase:
    text = str(one["text"])
    parts, at = [], 0
    for slot in _SLOT.finditer(text):
        if slot.start() > at:
            parts.append(Part(text[at : slot.start()]))
        parts.append(Part(_SLOTS.get(slot[1], slot[1]), slot[0].strip("{}")))
        at = slot.end()
    return Phrase(text, (*parts, *([Part(text[at:])] if at < len(text) else [])), str(one.get("rule", "")))


def _guidance(found: Gathered) -> dict[str, Any]:
    """The stored answer, its phrases in the name of the person who looks; the stored ones are in the owner's."""
    conversation = found.conversation
    guidance = dict(conversation.guidance)
    context = replace(
        engine.context_of(conversation, person=found.person, company=found.company),
        slots=(("case", conversation.reference),) if conversation.reference else (),
    )
    return guidance | {"phrases": engine.phrases_for(guidance, context, conversation.language)}


def facts_of(found: Gathered) -> tuple[Row, ...]:
    """The facts card of the conversation."""
    said = [Said(one.text, shown_reading(one), one.at) for one in found.of_customer]
    zone = times.zone_of(found.company)
    now = found.now.astimezone(zone)
    return facts_card(said, [_promised(one, zone, now) for one in found.promises])


def _promised(one: Promise, zone: tzinfo, now: datetime) -> Promised:
    due = one.due_at.astimezone(zone)
    return Promised(one.what, times.promised_by(due, now, one.whole_day), one.state)


def dials(found: Gathered) -> list[Dial]:
    """Promises first, then clocks, the one that is due first to the front."""
    zone = times.zone_of(found.company)
    now = found.now.astimezone(zone)
    owed = [one for one in found.promises if one.state in ("open", "broken")]
    made = [(one.due_at, _promise_dial(one, found, zone, now)) for one in owed]
    made += [(one.due_at, _clock_dial(one, zone, now)) for one in found.clocks]
    return [dial for _due, dial in sorted(made, key=lambda pair: pair[0])]


def _promise_dial(one: Promise, found: Gathered, zone: tzinfo, now: datetime) -> Dial:
    if one.owner_id == found.person.pk:
        owner = _("yours")
    else:
        owner = _("owner: %(name)s") % {"name": one.owner} if one.owner else _("nobody owns it")
    when = times.by_when(one.due_at.astimezone(zone), now, whole_day=one.whole_day)
    return Dial(when, f"{one.what}, {owner}", _filled(one.made_at, one.due_at, now), one.due_at <= now)


def _clock_dial(one: Clock, zone: tzinfo, now: datetime) -> Dial:
    when = times.by_when(one.due_at.astimezone(zone), now, whole_day=one.kind == "statute")
    late = one.due_at <= now
    return Dial(
        when, _CLOCKS.get(one.kind, one.kind), _filled(one.since, one.due_at, now), late, one.source, one.certainty
    )


def _filled(since: datetime, due: datetime, now: datetime) -> int:
    """How much of the time is over, in per cent."""
    whole = (due - since).total_seconds()
    return 100 if whole <= 0 else min(100, max(0, round((now - since).total_seconds() / whole * 100)))

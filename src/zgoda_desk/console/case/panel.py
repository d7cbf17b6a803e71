"""The right side of a conversation: the next step with its phrases, what not to say, and the facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zgoda_desk.commitments.models import Promise
from zgoda_desk.console import times
from zgoda_desk.console.case.gathered import Gathered, shown_reading
from zgoda_desk.console.case.phrases import Phrase, phrase_of
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.shown.facts_card import Item, Promised, Row, Said, facts_card
from zgoda_desk.conversations.shown.steps import Step, next_step
from zgoda_desk.conversations.shown.words import ACTS, FINDINGS, NOTICES, title
from zgoda_desk.conversations.shown.words_of_replies import SAID
from zgoda_desk.workflow.timely import timely

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_MOST_DONE = 4
_RUNG_NAMES = ("personalise", "boundary", "transfer", "release")


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
        phrases=tuple(phrase_of(one) for one in guidance.get("phrases", ())),
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


def _guidance(found: Gathered) -> dict[str, Any]:
    """The stored answer, its phrases in the name of the person who looks; the stored ones are in the owner's."""
    conversation = found.conversation
    guidance = dict(conversation.guidance)
    context = replace(
        engine.context_of(conversation, person=found.person, company=found.company),
        slots=(("case", conversation.reference),) if conversation.reference else (),
    )
    fits = timely(conversation, found.company, found.now)
    return guidance | {"phrases": engine.phrases_for(guidance, context, conversation.language, fits)}


def facts_of(found: Gathered) -> tuple[Row, ...]:
    """The facts card of the conversation."""
    said = [Said(one.text, shown_reading(one), one.at) for one in found.of_customer]
    zone = times.zone_of(found.company)
    now = found.now.astimezone(zone)
    rows = facts_card(said, [_promised(one, zone, now) for one in found.promises])
    return tuple(replace(row, items=tuple(map(_dated, row.items))) for row in rows)


def _dated(item: Item) -> Item:
    """A fact that says `tomorrow`, with the day that it meant."""
    return replace(item, note=times.weekday(item.meant)) if item.meant else item


def _promised(one: Promise, zone: tzinfo, now: datetime) -> Promised:
    due = one.due_at.astimezone(zone)
    return Promised(one.what, times.promised_by(due, now, one.whole_day), one.state)

"""The ladder as it stands: four rungs with what was taken, what is open and what opens the rest (S1.9-S1.35)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zgoda_desk.accounts.models import Person
from zgoda_desk.console import times
from zgoda_desk.console.case.gathered import Gathered
from zgoda_desk.console.case.phrases import Phrase
from zgoda_desk.conversations.models import Conversation, RungTaken
from zgoda_desk.conversations.shown.words import title

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

NAMES = ("personalise", "boundary", "transfer", "release")
BOUNDARIES = 2  # warnings at most; the engine's table counts them too
_HOW: dict[str, StrOrPromise] = {
    "personalise": gettext_lazy("The customer's name, yours, and that the company wants it settled."),
    "boundary": gettext_lazy(
        "Say first that you want to solve it, then on what condition. The limit is about words, not about the person."
    ),
    "transfer": gettext_lazy("Say who takes over and that nothing has to be told again."),
    "release": gettext_lazy(
        "End this conversation politely and say when and how help is open. The case itself goes on."
    ),
}
_OPENS: dict[str, StrOrPromise] = {
    "personalise": gettext_lazy("Opens with a second insult to the company."),
    "boundary": gettext_lazy("Opens with an insult aimed at a person."),
    "transfer": gettext_lazy("Opens with the next insult, at once with a threat, or when you ask for it."),
    "release": gettext_lazy(
        "Only if nobody can take over, or the one who took over is abused too. The case itself stays open."
    ),
}


@dataclass(frozen=True)
class Rung:
    """One rung: `state` is `taken`, `open` or `closed`; `note` stands at its right, `text` under its name."""

    name: str
    title: StrOrPromise
    state: str
    note: str
    text: StrOrPromise
    words: str = ""
    overruled: str = ""
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Ladder:
    """The ladder, whether it stands in the place of the next step, and how the next boundary counts."""

    rungs: tuple[Rung, ...]
    leads: bool
    count: str = ""


def ladder_of(found: Gathered, phrases: tuple[Phrase, ...] = ()) -> Ladder | None:
    """The ladder with `phrases` beside the open rung.

    None where no rung is open and none was ever taken, and where somebody speaks of self-harm.
    """
    conversation = found.conversation
    if conversation.safety == "self_harm":
        return None
    is_open = conversation.ladder != "none" or conversation.safety == "threat"
    if not is_open and not found.rungs:
        return None
    return Ladder(tuple(_rungs(found, phrases)), is_open, _count(conversation, found.rungs))


def _rungs(found: Gathered, phrases: tuple[Phrase, ...]) -> Iterator[Rung]:
    conversation, zone = found.conversation, times.zone_of(found.company)
    now = found.now.astimezone(zone)
    for name in NAMES:
        taken = [one for one in found.rungs if one.rung == name]
        if _is_open(conversation, name):
            yield Rung(name, title("ladder", name), "open", _("open now"), _HOW[name], phrases=phrases)
            phrases = ()
        elif taken:
            last = taken[-1]
            note = _("taken %(time)s") % {"time": times.whole(last.at.astimezone(zone), now)}
            by = str(last.person) if last.person else ""
            yield Rung(name, title("ladder", name), "taken", note, by, last.words, last.overruled)
        else:
            yield Rung(name, title("ladder", name), "closed", _("not yet"), _OPENS[name])


def _is_open(conversation: Conversation, name: str) -> bool:
    """The rung that the engine opened; a threat opens hand-over, release only where nobody is free (labels.md §4)."""
    if conversation.safety == "threat" and conversation.ladder != "release":
        return name == "transfer"
    return conversation.ladder == name


def _count(conversation: Conversation, rungs: Sequence[RungTaken]) -> str:
    if conversation.ladder != "boundary":
        return ""
    given = sum(one.rung == "boundary" for one in rungs)
    return _("This will be warning %(n)d of %(most)d.") % {"n": min(given + 1, BOUNDARIES), "most": BOUNDARIES}


def helpers(found: Gathered) -> list[dict[str, Any]]:
    """Who can take it over: colleagues of this inbox who are here, specialists first, then leads."""
    inbox = found.conversation.inbox
    people = Person.objects.filter(is_active=True).filter(teams__inboxes=inbox).exclude(pk=found.person.pk).distinct()
    heads = Person.objects.filter(is_active=True, role="head").exclude(pk=found.person.pk)
    known = {one.pk: one for one in (*people, *heads)}
    ranked = sorted(
        known.values(), key=lambda one: (not _is_here(one, found), not one.specialist, not one.is_lead, one.name)
    )
    return [{"person": one, "role": _role(one), "here": _is_here(one, found)} for one in ranked[:6]]


def _is_here(person: Person, found: Gathered) -> bool:
    return person.available and (person.absent_until is None or person.absent_until <= found.now)


def _role(person: Person) -> str:
    if person.specialist:
        return _("specialist")
    return str(person.get_role_display()).lower() if person.is_lead else _("colleague")

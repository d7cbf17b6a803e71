"""What the page of promises lists: mine, the team's, today's, broken ones, those that are done, and terms of law."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.access import clocks_of, promises_of
from zgoda_desk.commitments.actions import OWED, RUNNING
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.console import times
from zgoda_desk.console.promises.kinds import kind_of
from zgoda_desk.console.settings.law_words import CERTAIN
from zgoda_desk.conversations.shown.visible import visible

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 200
_DONE_FOR = timedelta(days=30)


class View(NamedTuple):
    """A choice of promises: its name and what it asks for."""

    name: StrOrPromise
    asks: Callable[[Person, datetime], Q]


def _owed(_person: Person, _now: datetime) -> Q:
    return Q(state__in=OWED)


VIEWS: dict[str, View] = {
    "mine": View(pgettext_lazy("promises", "Mine"), lambda person, now: _owed(person, now) & Q(owner=person)),
    "today": View(
        pgettext_lazy("promises", "Today"), lambda person, now: _owed(person, now) & Q(due_at__lt=_end_of_day(now))
    ),
    "team": View(pgettext_lazy("promises", "Of the team"), _owed),
    "unowned": View(
        pgettext_lazy("promises", "Need an owner"),
        lambda person, now: _owed(person, now) & (Q(owner=None) | Q(owner_asked_at__isnull=False)),
    ),
    "broken": View(pgettext_lazy("promises", "Overdue"), lambda _person, _now: Q(state="broken")),
    "done": View(
        pgettext_lazy("promises", "Done"),
        lambda _person, now: Q(state__in=["kept", "withdrawn"], ended_at__gt=now - _DONE_FOR),
    ),
}
_STATES: dict[str, StrOrPromise] = {
    "kept": pgettext_lazy("promise", "kept"),
    "withdrawn": pgettext_lazy("promise", "withdrawn"),
}


@dataclass(frozen=True)
class Entry:
    """A promise as listed: when it is due or how it ended, whose it is, and whether a new owner is asked for."""

    promise: Promise
    name: str
    about: str
    kind: StrOrPromise
    when: str
    day: str
    there: str
    filled: int
    late: bool
    over: bool
    owner: str
    mine: bool
    asked: bool
    wish: str


@dataclass(frozen=True)
class Term:
    """A term of law that runs: the safe day, the last of the law, its source; never without "not legal advice"."""

    clock: Clock
    name: str
    when: str
    legal: str
    filled: int
    late: bool
    certain: StrOrPromise


def counts(person: Person, now: datetime) -> dict[str, int]:
    """How many promises each choice holds, in one query; and terms of law in another."""
    asked = {name: Count("pk", filter=view.asks(person, now)) for name, view in VIEWS.items()}
    found: dict[str, int] = promises_of(person).aggregate(**asked)
    return found | {"law": _terms(person).count()}


def listed(person: Person, view: str, now: datetime) -> list[Entry]:
    """The promises of a choice, the next one first; of those that are done, the last one."""
    order = ("-ended_at", "-id") if view == "done" else ("due_at", "id")
    return entries(promises_of(person).filter(VIEWS[view].asks(person, now)).order_by(*order), person, now)


def entries(found: QuerySet[Promise], person: Person, now: datetime) -> list[Entry]:
    """Promises as a person sees them, in the zone of `now`; MOST at most."""
    rows = found.select_related("conversation", "conversation__contact", "owner")[:MOST]
    return [entry(one, person, now) for one in rows]


def entry(one: Promise, person: Person, now: datetime) -> Entry:
    """A promise as a person sees it."""
    due, owed, said = one.due_at.astimezone(now.tzinfo), one.state in OWED, _said(one, now)
    when = times.by_when(due, now, whole_day=one.whole_day) if owed else _ended(one, now)
    return Entry(
        promise=one,
        name=visible(str(one.conversation.contact)),
        about=visible(one.conversation.reference or one.conversation.subject),
        kind=kind_of(one),
        when=when,
        day="" if when.endswith(said) or (one.whole_day and due > now) else said,
        there=_there(one, due),
        filled=times.filled(one.made_at, one.due_at, now),
        late=owed and due <= now,
        over=not owed,
        owner=_("yours") if one.owner_id == person.pk else (one.owner.name if one.owner else _("nobody owns it")),
        mine=one.owner_id == person.pk,
        asked=owed and (one.owner_id is None or one.owner_asked_at is not None),
        wish=wish_of(one),
    )


def terms(person: Person, now: datetime) -> list[Term]:
    """The terms of law that run, the next one first."""
    rows = _terms(person).select_related("conversation", "conversation__contact").order_by("due_at", "id")[:MOST]
    return [_term(one, now) for one in rows]


def wish_of(one: Promise) -> str:
    """What the customer asked for on his page, in words; empty for nothing."""
    if one.customer_wish.get("kind") == "writing":
        return _("The customer wants it in writing only.")
    at = _time(one.customer_wish.get("at_time"))
    if at is None:
        return ""
    there = at.astimezone(ZoneInfo(one.zone))
    return _("The customer asks for another time: %(time)s.") % {
        "time": f"{times.weekday(there)} {times.clock_time(there)}"
    }


def _time(text: str | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return at if at.tzinfo else None


def _terms(person: Person) -> QuerySet[Clock]:
    return clocks_of(person).filter(kind="statute", state__in=RUNNING)


def _term(one: Clock, now: datetime) -> Term:
    legal = (one.legal_due or one.due_at).astimezone(now.tzinfo) - timedelta(seconds=1)  # it ends with that day
    due = one.due_at.astimezone(now.tzinfo)
    return Term(
        clock=one,
        name=visible(str(one.conversation.contact)),
        when=times.by_when(due, now, whole_day=True),
        legal=f"{times.weekday(legal)} {legal.year}",
        filled=times.filled(one.since, one.due_at, now),
        late=due <= now,
        certain=CERTAIN.get(one.certainty, one.certainty),
    )


def _said(one: Promise, now: datetime) -> str:
    due = one.due_at.astimezone(now.tzinfo)
    return times.day(due, now) if one.whole_day else times.whole(due, now)


def _there(one: Promise, due: datetime) -> str:
    """The hour where the customer was told it, if clocks there show another one (C08)."""
    there = one.due_at.astimezone(ZoneInfo(one.zone))
    if there.utcoffset() == due.utcoffset() or one.whole_day:
        return ""
    return _("%(time)s in %(zone)s") % {"time": date_format(there, "D H:i"), "zone": one.zone}


def _ended(one: Promise, now: datetime) -> str:
    state = str(_STATES.get(one.state, one.state))
    if one.state == "kept" and one.ended_at and one.ended_at > one.due_at:
        state = _("kept, late")
    return f"{state}, {times.whole(one.ended_at.astimezone(now.tzinfo), now)}" if one.ended_at else state


def _end_of_day(now: datetime) -> datetime:
    return datetime.combine(now.date() + timedelta(days=1), time(0), now.tzinfo)


LAW = gettext_lazy("Terms of law")


def by_day(found: Sequence[Entry], days: Sequence[date], zone: tzinfo | None) -> list[tuple[date, list[Entry]]]:
    """The entries of each day of a zone."""
    held: dict[date, list[Entry]] = {day: [] for day in days}
    for one in found:
        day = one.promise.due_at.astimezone(zone).date()
        if day in held:
            held[day].append(one)
    return list(held.items())

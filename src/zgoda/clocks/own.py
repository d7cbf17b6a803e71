"""A company's own clocks: to acknowledge, to answer, to keep a promise, counted in working time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache

from zgoda.clocks.answer import Due, Reminder, at_time
from zgoda.clocks.book import Book
from zgoda.clocks.calendar import Calendar
from zgoda.clocks.hours import Hours
from zgoda.clocks.worktime import MINUTE, Stretch, Worktime
from zgoda.clocks.zones import aware, zone_named
from zgoda.errors import InputError

Pauses = Sequence[tuple[datetime, datetime | None]]


def own(
    book: Book,
    clock: str,
    since: datetime | date,
    *,
    calendar: str | Calendar | None,
    now: datetime | None,
    zone: str | None,
    pauses: Pauses,
    hours: Hours | None,
    minutes: int | None,
    channel: str | None,
) -> Due:
    """An own clock: so many minutes of working time from `since`, pauses taken out."""
    if not isinstance(since, datetime):
        raise InputError(f"{clock} counts in working time; since has to be a moment with a zone, came the day {since}")
    start = aware(since, "since")
    place = zone_named(zone or book.settings.zone or _key(since))
    wanted = _minutes(book, clock, minutes, channel)
    days = _company_calendar(book, calendar)
    work = _worktime(hours or book.settings.hours, place, days)
    stretches, asked = _pauses(pauses)
    notes = [book.settings.say("no_calendar")] if days is None else [days.note] if days.note else []
    due_at: datetime | None = work.add(start, wanted, stretches)
    paused = asked is not None and due_at is not None and due_at > asked
    if paused:
        due_at = None
        notes.append(book.settings.say("asked"))
    warnings = [
        Reminder(kind, at.astimezone(place))
        for kind, at in _own_warnings(book, work, start, wanted, stretches)
        if not paused or (asked is not None and at <= asked)
    ]
    provisional = days is not None and due_at is not None and not days.certain(due_at.astimezone(place).date())
    answer = Due(
        clock, since, place.key, days.name if days else "", minutes=wanted,
        due_at=due_at.astimezone(place) if due_at else None,
        provisional=provisional, paused=paused, warnings=tuple(warnings), notes=tuple(notes),
    )  # fmt: skip
    if now is None:
        return answer
    end = aware(now, "now") if asked is None else min(aware(now, "now"), asked)
    spent = work.between(start, end, stretches)
    return at_time(answer, now, max(0, -((spent - wanted * MINUTE) // MINUTE)))


@lru_cache(maxsize=64)
def _worktime(hours: Hours, zone: tzinfo, calendar: Calendar | None) -> Worktime:
    """Days once counted are kept, since a desk asks for the same ones again and again."""
    return Worktime(hours, zone, calendar)


def _own_warnings(
    book: Book, work: Worktime, since: datetime, minutes: int, pauses: Sequence[Stretch]
) -> list[tuple[str, datetime]]:
    early = [(f"{share:.0%}", work.add(since, round(minutes * share), pauses)) for share in book.settings.shares]
    return [*early, ("due", work.add(since, minutes, pauses))]


def _key(since: datetime) -> str:
    key = getattr(since.tzinfo, "key", None)
    if not isinstance(key, str):
        raise InputError("own clocks need the zone of the company: give zone, such as Europe/Warsaw")
    return key


def _minutes(book: Book, clock: str, minutes: int | None, channel: str | None) -> int:
    told = book.settings.own[clock]
    found = minutes if minutes is not None else told.channels.get(channel or "", told.minutes)
    if found is None:
        raise InputError(f"{clock} has no term of its own; give minutes of working time")
    if isinstance(found, bool) or not isinstance(found, int) or found < 1:
        raise InputError(f"minutes must be a whole number from 1, came {found!r}")
    return found


def _company_calendar(book: Book, calendar: str | Calendar | None) -> Calendar | None:
    wanted = calendar if calendar is not None else book.settings.calendar
    return book.calendar(wanted) if wanted else None


def _pauses(pauses: Pauses) -> tuple[list[Stretch], datetime | None]:
    """Closed pauses in UTC, merged, in order; and since when an open one lasts, None where none does."""
    closed: list[Stretch] = []
    opened: list[datetime] = []
    for start, end in pauses:
        first = aware(start, "a pause")
        if end is None:
            opened.append(first)
            continue
        last = aware(end, "a pause")
        if last < first:
            raise InputError(f"a pause ends before it begins: {start.isoformat()} to {end.isoformat()}")
        closed.append((first, last))
    merged: list[Stretch] = []
    for first, last in sorted(closed):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged, min(opened, default=None)

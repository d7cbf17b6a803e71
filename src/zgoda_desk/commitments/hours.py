"""Working time of the company: from rows to the engine's clocks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from zgoda.clocks import Calendar, Worktime, due, load_book
from zgoda.clocks.hours import FULL_DAY
from zgoda.clocks.hours import Hours as Worked
from zgoda.clocks.zones import first_moment, zone_named
from zgoda.errors import ZgodaError
from zgoda_desk.accounts.models import Company, Hours, Inbox

_LAST_MINUTE = FULL_DAY - 1


def hours_of(inbox: Inbox, company: Company) -> Hours:
    """The hours an inbox is worked in: its own, else the company's."""
    return inbox.hours or company.hours


def due_in(kind: str, since: datetime, minutes: int, hours: Hours) -> datetime:
    """When `minutes` of working time after `since` are over; in plain time where the hours cannot be computed."""
    try:
        calendar = calendar_of(hours)
        answer = due(kind, since, calendar=calendar, zone=hours.zone, hours=worked(hours), minutes=minutes)
    except ZgodaError:
        return since + timedelta(minutes=minutes)
    return answer.due_at or since + timedelta(minutes=minutes)


def worked(hours: Hours) -> Worked | None:
    """The engine's form of a row of hours; None (the engine's own) where none were set."""
    return Worked.parse(hours.weekly) if hours.weekly else None


def calendar_of(hours: Hours) -> Calendar:
    """The calendar of these hours with the company's own closed days; InputError where there is none of its name."""
    return _calendar(hours.calendar, tuple(sorted(str(day) for day in hours.closed)))


def closing(day: date, hours: Hours) -> datetime:
    """The end of work on a day, in UTC; the last minute of a day on which nobody works (C01: a time that exists)."""
    try:
        zone = zone_named(hours.zone)
    except ZgodaError:
        return datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
    try:
        return first_moment(day, _last_minute(day, hours), zone)
    except ZgodaError:
        return first_moment(day, _LAST_MINUTE, zone)


def shift_end_before(at: datetime, since: datetime, hours: Hours) -> datetime | None:
    """When the last worked stretch ends that begins before `at` and ends after `since`: None where there is none.

    An end at or after `at` means that somebody works then.
    """
    time = _worktime(json.dumps(hours.weekly, sort_keys=True), hours.zone, calendar_of(hours))
    day, first = at.astimezone(time.zone).date(), since.astimezone(time.zone).date() - timedelta(days=1)
    while day >= first:
        ends = [end for start, end in time.stretches(day) if start < at and end > since]
        if ends:
            return max(ends)
        day -= timedelta(days=1)
    return None


def _last_minute(day: date, hours: Hours) -> int:
    calendar, week = calendar_of(hours), worked(hours) or load_book().settings.hours
    if calendar.is_holiday(day):
        return _LAST_MINUTE
    pieces = week.of(day.weekday(), moved_in=calendar.is_moved_in(day))
    return min(max((end for _start, end in pieces), default=_LAST_MINUTE), _LAST_MINUTE)


@lru_cache(maxsize=64)
def _calendar(name: str, closed: tuple[str, ...]) -> Calendar:
    calendar = load_book().calendar(name)
    days = frozenset(_days(closed))
    return replace(calendar, extra=calendar.extra | days, working=calendar.working - days) if days else calendar


def _days(texts: Iterable[str]) -> Iterable[date]:
    """The days that can be read; a broken one in a row stops no clock."""
    for text in texts:
        try:
            yield date.fromisoformat(text[:10])
        except ValueError:
            continue


@lru_cache(maxsize=64)
def _worktime(weekly: str, zone: str, calendar: Calendar) -> Worktime:
    """Days once counted are kept: the tick asks for the same ones every second."""
    week = json.loads(weekly)
    return Worktime(Worked.parse(week) if week else load_book().settings.hours, zone_named(zone), calendar)

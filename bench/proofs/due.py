"""Deadlines in working time against an oracle that goes minute by minute: no difference is allowed.

The oracle shares nothing with the engine but the zone data and the holidays library. It lays every minute of twenty
years of a zone on one axis, asks for each how far the wall clock has come by then (clocks that are put back do not undo
it), and whether that minute of the wall clock is worked. A deadline is the minute before which as many worked ones lie.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter
from zoneinfo import ZoneInfo

import holidays
import numpy as np
from numpy.typing import NDArray

from zgoda.clocks import Calendar, Due, Hours, due
from zgoda.clocks.hours import DAYS

_FIRST, _LAST = date(2010, 12, 1), date(2031, 12, 1)  # the axis; deadlines begin in 2011 to 2030
_EPOCH = datetime(2010, 12, 1, tzinfo=UTC)
_DAY = 1440
_GRID = 30  # minutes at which the offset of a zone is looked up; none of these zones changes within
_EACH = 250  # deadlines for one set of hours
_WINDOW = 120 * _DAY  # minutes that are looked at first
_PLACES = (
    ("Europe/Warsaw", "PL", None),
    ("Europe/Moscow", "RU", None),
    ("Asia/Almaty", "KZ", None),
    ("Europe/London", "GB", "ENG"),
    ("America/New_York", "US", None),
    ("Australia/Sydney", "AU", "NSW"),
)

Minutes = NDArray[np.int32]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class _Week:
    """Hours as a company would write them."""

    days: dict[str, list[str]]
    breaks: list[str]
    extra: frozenset[date]


@dataclass(frozen=True)
class _Case:
    since: datetime
    minutes: int
    pauses: tuple[tuple[datetime, datetime | None], ...]


# -- the oracle --------------------------------------------------------------------------------------------------------


def reached(zone: ZoneInfo) -> Minutes:
    """For every minute of the axis (UTC), the furthest minute that the wall clock has shown by then."""
    count = (_LAST - _FIRST).days * _DAY
    starts = range(0, count, _GRID)
    offsets = [(_EPOCH + timedelta(minutes=at)).astimezone(zone).utcoffset() or timedelta() for at in starts]
    shifts = np.repeat(np.array([one.total_seconds() // 60 for one in offsets], dtype=np.int32), _GRID)[:count]
    walls: Minutes = np.arange(count, dtype=np.int32) + shifts
    return np.maximum.accumulate(walls)


def worked(week: _Week, country: str, subdivision: str | None, walls: Minutes) -> Marks:
    """For every minute of the axis whether it is worked."""
    off = holidays.country_holidays(country, subdiv=subdivision, years=range(2010, 2033))
    moved = set(getattr(off, "weekend_workdays", ())) if country in ("RU", "KZ") else set()
    patterns = [_pattern(week.days.get(name, []), week.breaks) for name in DAYS]
    days = (_LAST - _FIRST).days
    wall: Marks = np.zeros((days + 4) * _DAY, dtype=bool)
    for number in range(-1, days + 2):
        day = _FIRST + timedelta(days=number)
        is_moved = day in moved and day not in week.extra
        if not is_moved and (day in off or day in week.extra):
            continue
        pattern = patterns[day.weekday()]
        back = 1
        while is_moved and not pattern.any() and back < 7:
            pattern = patterns[(day.weekday() - back) % 7]
            back += 1
        at = (number + 1) * _DAY
        wall[at : at + 2 * _DAY] |= pattern
    marks: Marks = wall[walls + _DAY]
    return marks


def _pattern(shifts: list[str], breaks: list[str]) -> Marks:
    """The worked minutes of one day and of the night after it."""
    marks: Marks = np.zeros(2 * _DAY, dtype=bool)
    for text, value in (*((one, True) for one in shifts), *((one, False) for one in breaks)):
        (a, b), (c, d) = (map(int, time.split(":")) for time in text.split("-"))
        start, length = a * 60 + b, (c * 60 + d - a * 60 - b) % _DAY or _DAY
        marks[start : start + length] = value
        if not value:
            marks[start + _DAY : start + _DAY + length] = False
    return marks


def oracle(case: _Case, minutes: int, marks: Marks) -> datetime | None:
    """The deadline; None where the axis ends before it."""
    first = _index(case.since)
    width = _WINDOW
    while True:
        counted = marks[first : first + width].copy()
        for start, end in case.pauses:
            if end is not None:
                counted[max(0, _index(start) - first) : max(0, _index(end) - first)] = False
        total = np.cumsum(counted, dtype=np.int64)
        place = int(np.searchsorted(total, minutes))
        if place < len(total):
            return _EPOCH + timedelta(minutes=first + place + 1)
        if first + width > len(marks):
            return None
        width *= 4


def _index(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds()) // 60


# -- random companies and cases ----------------------------------------------------------------------------------------


def _time(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"


def _shift(chance: Random) -> str:
    kind = chance.random()
    if kind < 0.4:  # office hours
        start = chance.choice((420, 480, 540, 600))
        length = chance.choice((240, 360, 480, 540, 600))
    elif kind < 0.65:  # a night shift
        start = chance.randint(1080, 1439)
        length = chance.randint(1440 - start + 1, 720)
    elif kind < 0.75:  # round the clock
        return "00:00-24:00" if chance.random() < 0.5 else "00:00-00:00"
    else:  # anything
        start = chance.randint(0, 1439)
        length = chance.randint(1, 1439)
    return f"{_time(start)}-{_time(start + length)}"


def _week(chance: Random) -> _Week:
    days: dict[str, list[str]] = {}
    for name in DAYS:
        if chance.random() < (0.9 if name not in ("sat", "sun") else 0.35):
            days[name] = [_shift(chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    breaks = [_short_break(chance) for _ in range(chance.choice((0, 0, 1, 1, 2)))]
    start = date(2011, 1, 1).toordinal()
    extra = frozenset(date.fromordinal(start + chance.randrange(7300)) for _ in range(chance.choice((0, 50, 400))))
    return _Week(days, breaks, extra)


def _short_break(chance: Random) -> str:
    start = chance.randrange(_DAY)
    return f"{_time(start)}-{_time(start + chance.randint(1, 90))}"


def _case(chance: Random, zone: ZoneInfo, weekly: int) -> _Case:
    since = datetime(2011, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(20 * 365 * _DAY))
    if chance.random() < 0.25:  # near the days on which clocks jump
        month, day = chance.choice(((3, 31), (10, 31), (4, 7), (11, 7), (3, 14), (10, 7)))
        since = datetime(chance.randint(2011, 2030), month, day, tzinfo=UTC)
        since -= timedelta(minutes=chance.randrange(9 * _DAY))
    minutes = chance.choice(
        (1, 5, 60, 480, chance.randint(1, 600), chance.randint(1, 5_000), chance.randint(1, 40_000))
    )
    pauses = []
    for _ in range(chance.choice((0, 0, 0, 1, 2, 4))):
        start = since + timedelta(minutes=chance.randint(-3_000, 15_000))
        end = start + timedelta(minutes=chance.choice((0, chance.randint(1, 600), chance.randint(1, 20_000))))
        pauses.append((start, None if chance.random() < 0.1 else end))
    return _Case(since, max(1, min(minutes, weekly * 8)), tuple((a.astimezone(zone), b) for a, b in pauses))


# -- the comparison ----------------------------------------------------------------------------------------------------


def prove(wishes: argparse.Namespace) -> bool:
    """Whether engine and oracle agree on `--deadlines` random deadlines and on their warnings."""
    began = perf_counter()
    compared = reminders = paused = 0
    differences: list[str] = []
    rounds = -(-wishes.deadlines // (_EACH * len(_PLACES)))
    for number, (name, country, subdivision) in enumerate(_PLACES):
        zone = ZoneInfo(name)
        walls = reached(zone)
        chance = Random(f"{wishes.seed} {name}")
        here = 0
        for week in (_week(chance) for _ in range(rounds)):
            wanted = min(_EACH, -(-wishes.deadlines // len(_PLACES)) - here, wishes.deadlines - compared)
            marks = worked(week, country, subdivision, walls)
            weekly = sum(int(_pattern(shifts, week.breaks).sum()) for shifts in week.days.values())
            if not weekly:
                continue
            calendar = Calendar(name, country=country, subdivision=subdivision or "", moved=True, extra=week.extra)
            hours = Hours.parse(week.days, week.breaks)
            for case in (_case(chance, zone, weekly) for _ in range(wanted)):
                told = due(
                    "answer", case.since, zone=name, calendar=calendar, hours=hours, minutes=case.minutes,
                    pauses=case.pauses,
                )  # fmt: skip
                differences += [f"{name}: {fault}: {case} {week}" for fault in _faults(case, told, marks)]
                here, compared = here + 1, compared + 1
                reminders, paused = reminders + len(told.warnings), paused + told.paused
        print(
            f"{name:18} {here:,} deadlines, {perf_counter() - began:.0f} s ({number + 1} of {len(_PLACES)})", flush=True
        )
    for line in differences[:20]:
        print(line[:600])
    print(
        f"seed {wishes.seed}: {compared:,} deadlines ({paused:,} standing still), {reminders:,} warnings, "
        f"{len(differences)} differences, {perf_counter() - began:.0f} s"
    )
    return not differences and compared >= wishes.deadlines


def _utc(moment: datetime | None) -> datetime | None:
    """In UTC: times of two zones are never equal in the hour that clocks show twice (PEP 495)."""
    return None if moment is None else moment.astimezone(UTC)


def _faults(case: _Case, told: Due, marks: Marks) -> Iterator[str]:
    """What the oracle says otherwise."""
    asked = min((start.astimezone(UTC) for start, end in case.pauses if end is None), default=None)
    right = oracle(case, case.minutes, marks)
    if right is None:
        yield "beyond the axis"
        return
    stands = asked is not None and right > asked
    if told.paused != stands or _utc(told.due_at) != (None if stands else right):
        yield f"due {told.due_at}, paused {told.paused}, the oracle says {right}, {stands}"
    for reminder in told.warnings:
        share = {"50%": 0.5, "80%": 0.8, "due": 1.0}[reminder.kind]
        minutes = round(case.minutes * share)
        at = oracle(case, minutes, marks) if minutes else case.since
        if _utc(reminder.at) != at:
            yield f"{reminder.kind} at {reminder.at}, the oracle says {at}"

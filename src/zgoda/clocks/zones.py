"""Time zones by name, and what wall time means on the two days a year when clocks jump."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zgoda.errors import InputError

FIRST_YEAR, LAST_YEAR = 1992, 2099  # what the holiday data reach
_SECOND = timedelta(seconds=1)


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    """The zone; raises InputError for a name that the zone data do not have."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(f"no time zone {name[:60]!r}; give a name such as Europe/Warsaw") from error


def in_range(day: date) -> date:
    """The day or moment itself; raises InputError outside the years that the holiday data know."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InputError(f"dates are computed from {FIRST_YEAR} to {LAST_YEAR}, came {day.isoformat()}")
    return day


def aware(moment: datetime, what: str) -> datetime:
    """The moment in UTC, where it can be counted with; raises InputError where it has no zone."""
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise InputError(f"{what} needs a time zone, such as datetime.now(timezone.utc); came {moment}")
    in_range(moment)
    return moment.astimezone(UTC)


def plain_day(day: date | None) -> date | None:
    """A day, also where a moment was given for one."""
    return day.date() if isinstance(day, datetime) else day


def first_moment(day: date, minute: int, zone: tzinfo) -> datetime:
    """The first instant, in UTC, at which the wall clock shows `minute` (from midnight of `day`) or later.

    A time that clocks skip in spring is the moment of the jump; a time that they show twice in autumn is the first.
    """
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == wall:
        return moment
    early, late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), moment
    return _jump(early, late, wall, zone)


def _jump(early: datetime, late: datetime, wall: datetime, zone: tzinfo) -> datetime:
    """The first second between two instants at which the wall clock shows `wall` or later."""
    while late - early > _SECOND:
        middle = (early + (late - early) / 2).replace(microsecond=0)
        if middle.astimezone(zone).replace(tzinfo=None) >= wall:
            late = middle
        else:
            early = middle
    return late

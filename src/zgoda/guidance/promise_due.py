"""The latest moment that the times of a promise allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from zgoda.expressions.dates import iso_date
from zgoda.expressions.numbers import number
from zgoda.guidance.promise_frames import Frame

_FULL = len("2026-11-26")
_ISO = re.compile(r"(P(?:T)?)(\d{1,4})([SMHDWY])")
_DAYS = {"PD": 1, "PW": 7, "PM": 0, "PY": 0}
_SECONDS = {"PTS": 1, "PTM": 60, "PTH": 3600}
_FRIDAY, _SUNDAY = 5, 7


@dataclass(frozen=True, slots=True)
class Terms:
    """How loose words are taken (content: `[terms]`).

    `week_ends`: the ISO weekday on which a week ends that is named as a term; `office_from`: a bare hour below it is
    one of the afternoon ("до пяти" is 17:00).
    """

    week_ends: int
    office_from: int


def due_of(frames: Sequence[Frame], now: datetime | None, zone: tzinfo | None, terms: Terms) -> str | None:
    """ISO 8601 with offset, a date where no hour is named, None where nothing can be resolved.

    Weekdays and days of the month are the next ones, working days are Monday to Friday (public holidays are not
    known here), a week ends as the terms say, a part of the day at its last hour.
    Of several days or hours the latest counts.
    """
    try:
        return _due(frames, now, zone, terms)
    except (OverflowError, ValueError):  # "within 999 million years"
        return None


def _due(frames: Sequence[Frame], now: datetime | None, zone: tzinfo | None, terms: Terms) -> str | None:
    if now is None:
        return _without_now(frames)
    local = now.astimezone(zone) if zone is not None else now
    day = max((d for f in frames if (d := _day(f, local, terms)) is not None), default=None)
    moment = max((m for f in frames if (m := _moment(f, local)) is not None), default=None)
    clock = _clock(frames, terms.office_from)
    if day is None and clock is None:
        return moment.isoformat(timespec="minutes") if moment else None
    if clock is None:
        return day.isoformat() if day else None
    if day is None:
        day = local.date()
        if _at(day, clock, local) <= local:
            day += timedelta(days=1)
    return _at(day, clock, local).isoformat(timespec="minutes")


def _without_now(frames: Sequence[Frame]) -> str | None:
    """A full date stands for itself; an hour has no offset then and is left out."""
    days = [iso_date(f.hit) for f in frames if f.kind == "day" and f.value is None]
    full = [day for day in days if day and len(day) == _FULL]
    return max(full, default=None) if not any(f.kind == "clock" for f in frames) else None


def _at(day: date, clock: time, local: datetime) -> datetime:
    """The moment in the zone of `local`; an hour that summer time leaves out is the first valid one after it."""
    made = datetime.combine(day, clock, tzinfo=local.tzinfo)
    return made.astimezone(UTC).astimezone(local.tzinfo)


def _day(frame: Frame, local: datetime, terms: Terms) -> date | None:
    today = local.date()
    if frame.kind == "edge":
        return _edge(frame.value or "", today, terms.week_ends)
    if frame.kind == "day":
        said = iso_date(frame.hit._replace(now=local))
        if said and len(said) == _FULL:
            made = date.fromisoformat(said)
            return made if made >= today else None
        return _month_end(said) if said and len(said) == len("2026-11") else None
    if frame.kind == "span":
        return _days_on(frame, today)
    return None


def _month_end(said: str) -> date:
    year, month = int(said[:4]), int(said[5:])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _edge(name: str, today: date, week_ends: int) -> date | None:
    """The last day of what is named: `day`, `week`, `next_week`, `weekend`, `month`, `next_month`, `year`."""
    if name == "day":
        return today
    week = today - timedelta(days=today.isoweekday() - 1)
    if name in ("week", "weekend"):
        last = week + timedelta(days=(week_ends if name == "week" else _SUNDAY) - 1)
        return last if last >= today else week + timedelta(days=_SUNDAY - 1)
    if name == "next_week":
        return week + timedelta(days=7 + week_ends - 1)
    if name == "year":
        return date(today.year, 12, 31)
    month = today.year * 12 + today.month - 1 + (name == "next_month")
    return _month_end(f"{month // 12:04d}-{month % 12 + 1:02d}")


def _length(frame: Frame) -> tuple[str, Decimal] | None:
    """Unit (`PD`, `PTH` ...) and count of a duration."""
    fixed = frame.value or frame.hit.value("fixed") or frame.hit.value("round")
    found = _ISO.fullmatch(fixed) if fixed else None
    if found:
        return found[1] + found[3], Decimal(found[2])
    unit = frame.hit.value("unit")
    if not unit:
        return None
    said = frame.hit.part("n")
    count = number(said, frame.hit.words) if said else Decimal(1)
    return None if count is None else (f"P{unit}", count)


def _days_on(frame: Frame, today: date) -> date | None:
    length = _length(frame)
    if length is None or length[0] not in _DAYS:
        return None
    unit, count = length
    if unit in ("PM", "PY"):
        return _months_on(today, int(count) * (12 if unit == "PY" else 1))
    if unit == "PD" and frame.hit.part("work"):
        return _working_days_on(today, int(count))
    return today + timedelta(days=int(count * _DAYS[unit]))


def _months_on(today: date, months: int) -> date:
    month = today.year * 12 + today.month - 1 + months
    last = _month_end(f"{month // 12:04d}-{month % 12 + 1:02d}")
    return last.replace(day=min(today.day, last.day))


def _working_days_on(today: date, count: int) -> date:
    if count > 2000:
        raise OverflowError(count)
    day = today
    while count > 0:
        day += timedelta(days=1)
        count -= day.isoweekday() <= _FRIDAY
    return day


def _moment(frame: Frame, local: datetime) -> datetime | None:
    """The end of a duration of hours or minutes."""
    length = _length(frame) if frame.kind == "span" else None
    if length is None or length[0] not in _SECONDS:
        return None
    end = local.astimezone(UTC) + timedelta(seconds=float(length[1] * _SECONDS[length[0]]))
    return end.astimezone(local.tzinfo)


def _clock(frames: Sequence[Frame], office_from: int) -> time | None:
    """The latest hour named; a part of the day counts only where no hour is, and tells morning from evening."""
    vague = [time.fromisoformat(v) for f in frames if f.kind == "clock" and (v := _part_of_day(f)) is not None]
    late = any(part.hour > 12 for part in vague)
    early = any(part.hour <= 12 for part in vague)
    exact = [
        c for f in frames if f.kind == "clock" and (c := _hour(f, 1 if early else office_from, late=late)) is not None
    ]
    return max(exact or vague, default=None)


def _part_of_day(frame: Frame) -> str | None:
    return frame.value or frame.hit.value("daypart")


def _hour(frame: Frame, office_from: int, *, late: bool) -> time | None:
    hit = frame.hit
    fixed = hit.value("fixed_time")
    if fixed:
        return time.fromisoformat(fixed)
    said = hit.part("h")
    hour = number(said, hit.words) if said else None
    if hour is None and said:
        hour = Decimal(hit.words.value("hour", said) or -1)
    minute = number(hit.part("min") or "0", hit.words)
    if hour is None or minute is None or not (0 <= hour <= 24 and 0 <= minute <= 59):
        return None
    if hit.part("half"):
        hour, minute = (hour if hit.language == "en" else (hour - 1) % 12), Decimal(30)
    if said and said.startswith("0"):  # "07:30" is no hour of the afternoon
        office_from = 0
    part = hit.value("part") or hit.value("half_day")
    return time(_of_day(int(hour), part, office_from, late=late) % 24, int(minute))


def _of_day(hour: int, part: str | None, office_from: int, *, late: bool) -> int:
    if part == "am":
        return hour % 12 if hour == 12 else hour
    afternoon = part == "pm" or late or hour < office_from
    return hour + 12 if afternoon and 0 < hour < 12 else hour

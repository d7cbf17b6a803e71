"""Durations and times of day: `P3W`, `PT1H20M`, `18:30`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from zgoda.expressions.dates import iso_date
from zgoda.expressions.hit import Hit
from zgoda.expressions.numbers import number, plain


def iso_duration(hit: Hit) -> str | None:
    """ISO 8601 (`P3W`, `PT1H20M`); None for ranges, "several" and units that have no sign (nights).

    Parts: `n` (number or ordinal; absent = one) and `unit`, or `fixed` (a whole duration); `more` (minutes), `range`.
    """
    fixed = hit.value("fixed")
    if fixed is not None:
        return fixed or None
    unit = hit.value("unit")
    if not unit:
        return None
    count = _count(hit, "n")
    if count is None:
        return None
    return _join(count, unit, hit)


def _count(hit: Hit, name: str) -> Decimal | None:
    words = hit.part(name)
    if hit.part("range"):
        return None
    return number(words, hit.words) if words else Decimal(1)


def _join(count: Decimal, unit: str, hit: Hit) -> str:
    clock = unit.startswith("T")
    text = f"{plain(count)}{unit[-1]}"
    second = hit.part("more")
    if second and clock:
        rest = number(second, hit.words)
        text += f"{plain(rest)}M" if rest is not None else ""
    return f"PT{text}" if clock else f"P{text}"


def clock_time(hit: Hit) -> str | None:
    """`HH:MM`; None where it may be morning or evening.

    Parts: `h` (figures or words) or `fixed_time`, `min`, `half` (before, in English after the hour), `part` (of day).
    """
    fixed = hit.value("fixed_time")
    if fixed is not None:
        return fixed or None
    said = hit.part("h")
    hour = number(said, hit.words) if said else None
    minute = number(hit.part("min") or "0", hit.words)
    if hour is None or minute is None or hour != int(hour):
        return None
    return _clock(int(hour), int(minute), hit)


def _clock(hour: int, minute: int, hit: Hit) -> str | None:
    exact = hit.part("min") is not None or hit.part("part") is not None or hour > 12
    if hit.part("half"):
        hour, minute, exact = (hour, 30, True) if hit.language == "en" else ((hour - 1) % 12, 30, True)
    part = hit.value("part") or hit.value("half_day")
    if part == "pm" and hour < 12:
        hour += 12
    if part == "am" and hour == 12:
        hour = 0
    if not exact or hour > 24 or minute > 59:
        return None
    return f"{hour % 24:02d}:{minute:02d}"


def since(hit: Hit) -> str | None:
    """Days from a date to now: "since Monday"; None where the date is not a full one or still to come."""
    said = iso_date(hit)
    if said is None or hit.now is None or len(said) != len("2026-11-26"):
        return None
    days = (hit.now.date() - date.fromisoformat(said)).days
    return f"P{days}D" if days >= 0 else None

"""Dates to ISO 8601: full, without a year, a month, a weekday, a relative day."""

from __future__ import annotations

from datetime import date, timedelta

from zgoda.expressions.hit import Hit
from zgoda.expressions.numbers import number

_CENTURY = 2000


def iso_date(hit: Hit) -> str | None:
    """ISO 8601 (`2026-11-14`, `2026-11`, `2026`), None where the time of reading is needed and not given.

    Parts: `y`, `month` or `month_weak` (words) or `m` (figures), `d` (figures or words), `weekday`, `relday`.
    """
    year, month, day = _year(hit), _month(hit), _day(hit)
    if month is not None:
        return _with_month(year, month, day, hit)
    if day is not None:
        return _day_alone(day, hit)
    if year is not None:
        return f"{year:04d}"
    return _relative(hit) or _weekday(hit)


def _with_month(year: int | None, month: int, day: int | None, hit: Hit) -> str | None:
    if day is None:
        return f"{year:04d}-{month:02d}" if year else _month_alone(month, hit)
    if year is None:
        return _no_year(month, day, hit)
    made = _make(year, month, day)
    return made.isoformat() if made else None


def _number(hit: Hit, name: str) -> int | None:
    part = hit.part(name)
    value = number(part, hit.words) if part else None
    return int(value) if value is not None else None


def _year(hit: Hit) -> int | None:
    year = _number(hit, "y")
    if year is None:
        return None
    return year + _CENTURY if year < 100 else year


def _month(hit: Hit) -> int | None:
    word = hit.value("month") or hit.value("month_weak")
    return int(word) if word else _number(hit, "m")


def _day(hit: Hit) -> int | None:
    return _number(hit, "d")


def _make(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _pick(candidates: list[date], hit: Hit) -> date | None:
    """The last before now in what happened, the next in a demand, else the nearest."""
    if hit.now is None or not candidates:
        return None
    today = hit.now.date()
    if hit.spoken == "past":
        candidates = [day for day in candidates if day <= today] or candidates
    elif hit.spoken == "future":
        candidates = [day for day in candidates if day >= today] or candidates
    return min(candidates, key=lambda day: abs(day - today))


def _no_year(month: int, day: int, hit: Hit) -> str | None:
    if hit.now is None:
        return None
    years = range(hit.now.year - 1, hit.now.year + 2)
    picked = _pick([made for year in years if (made := _make(year, month, day))], hit)
    return picked.isoformat() if picked else None


def _month_alone(month: int, hit: Hit) -> str | None:
    if hit.now is None:
        return None
    picked = _pick([date(year, month, 15) for year in range(hit.now.year - 1, hit.now.year + 2)], hit)
    return f"{picked.year:04d}-{picked.month:02d}" if picked else None


def _day_alone(day: int, hit: Hit) -> str | None:
    if hit.now is None:
        return None
    months = [hit.now.year * 12 + hit.now.month - 1 + step for step in (-1, 0, 1)]
    picked = _pick([made for at in months if (made := _make(at // 12, at % 12 + 1, day))], hit)
    return picked.isoformat() if picked else None


def _weekday(hit: Hit) -> str | None:
    wanted = hit.value("weekday") or hit.value("weekday_weak")
    if wanted is None or hit.now is None:
        return None
    today = hit.now.date()
    cue = hit.value("cue") or hit.spoken
    if cue == "future":
        return (today + timedelta(days=(int(wanted) - today.isoweekday() - 1) % 7 + 1)).isoformat()
    return (today - timedelta(days=(today.isoweekday() - int(wanted) - 1) % 7 + 1)).isoformat()


def _relative(hit: Hit) -> str | None:
    step = hit.value("relday")
    if hit.now is None or not step:
        return None
    return (hit.now.date() + timedelta(days=int(step))).isoformat()

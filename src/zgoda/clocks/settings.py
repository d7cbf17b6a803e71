"""Calendars, jurisdictions, company hours and own clocks, as content tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zgoda.clocks.calendar import Calendar
from zgoda.clocks.hours import DAYS, Hours
from zgoda.errors import InputError

_CALENDAR = {
    "title", "week", "country", "subdivision", "categories", "fixed", "moved", "extra", "working",
    "holiday_data_until", "compare", "note",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A state or union: its name, default zone and calendar, and the codes of those that its rows reach."""

    code: str
    name: str
    zone: str
    calendar: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnClock:
    """Minutes of working time that a company gives itself, and where a channel has its own."""

    minutes: int | None
    channels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything of this room beside the rows."""

    calendars: Mapping[str, Calendar]
    jurisdictions: Mapping[str, Jurisdiction]
    hours: Hours
    zone: str
    calendar: str
    own: Mapping[str, OwnClock]
    shares: tuple[float, ...]
    sayings: Mapping[str, str]

    def say(self, key: str, **slots: object) -> str:
        """A sentence of the answer with its slots filled."""
        return self.sayings[key].format(**slots)


def parse_calendar(name: str, raw: Mapping[str, Any]) -> Calendar:
    """One calendar; raises InputError, ValueError or TypeError for fields that are no such thing."""
    unknown = set(raw) - _CALENDAR
    if unknown:
        raise InputError(f"unknown field {', '.join(sorted(unknown))}")
    week = raw.get("week", list(DAYS[:5]))
    if not set(week) <= set(DAYS):
        raise InputError(f"week: expected days of {', '.join(DAYS)}, came {week!r}")
    until = raw.get("holiday_data_until")
    return Calendar(
        name=name,
        title=str(raw.get("title", name)),
        weekend=frozenset(number for number, day in enumerate(DAYS) if day not in week),
        country=str(raw.get("country", "")),
        subdivision=str(raw.get("subdivision", "")),
        categories=tuple(raw.get("categories", ())),
        fixed=frozenset(_month_day(text) for text in raw.get("fixed", ())),
        moved=bool(raw.get("moved", False)),
        extra=_days(raw.get("extra", ())),
        working=_days(raw.get("working", ())),
        until=None if until is None else _date(until),
        compare=str(raw.get("compare", "")),
        note=str(raw.get("note", "")),
    )


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _days(values: Any) -> frozenset[date]:
    return frozenset(_date(value) for value in values)


def _month_day(text: str) -> tuple[int, int]:
    day = date.fromisoformat(f"2000-{text}")
    return day.month, day.day


def parse_settings(tables: Mapping[str, Any], faults: list[str]) -> Settings:
    """Settings from the joined tables; faults are added to the list, and what has them is left out."""
    calendars: dict[str, Calendar] = {}
    for name, raw in tables.get("calendars", {}).items():
        try:
            calendars[name] = parse_calendar(name, raw)
        except (InputError, ValueError, TypeError) as error:
            faults.append(f"calendars.{name}: {error}")
    jurisdictions = {}
    for code, raw in tables.get("jurisdictions", {}).items():
        jurisdictions[code] = one = Jurisdiction(
            code, raw.get("name", code), raw.get("zone", ""), raw.get("calendar", ""), tuple(raw.get("members", ()))
        )
        if one.calendar not in calendars:
            faults.append(f"jurisdictions.{code}: no calendar {one.calendar!r}")
    for name, calendar in calendars.items():
        if calendar.compare and calendar.compare not in calendars:
            faults.append(f"calendars.{name}: compare: no calendar {calendar.compare!r}")
    company = tables.get("company", {})
    return Settings(
        calendars,
        jurisdictions,
        _hours(company, faults),
        str(company.get("zone", "")),
        str(company.get("calendar", "")),
        {name: _own(name, raw, faults) for name, raw in tables.get("own", {}).items()},
        tuple(tables.get("warn", {}).get("shares", ())),
        tables.get("say", {}),
    )


def _hours(company: Mapping[str, Any], faults: list[str]) -> Hours:
    try:
        return Hours.parse(company.get("hours", {}), company.get("breaks", ()))
    except InputError as error:
        faults.append(f"company: {error}")
        return Hours(((),) * 6 + (((0, 1),),))


def _own(name: str, raw: Mapping[str, Any], faults: list[str]) -> OwnClock:
    minutes, channels = raw.get("minutes"), raw.get("channels", {})
    for value in (minutes, *channels.values()):
        if value is not None and (not isinstance(value, int) or value < 1):
            faults.append(f"own.{name}: expected minutes from 1, came {value!r}")
    return OwnClock(minutes, channels)

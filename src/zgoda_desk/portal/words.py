"""The words of the customer's page in his language, and how days and hours are said in it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("ru", "pl", "en")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Words:
    """The tables of one language; `say("steps.phone", first="Nina")` fills the slots of one sentence."""

    language: str
    tables: Mapping[str, Mapping[str, Any]]

    def say(self, key: str, **slots: str) -> str:
        """A sentence with its slots filled; KeyError for one that is not there, or for a slot that is not given."""
        table, _dot, name = key.partition(".")
        return str(self.tables[table][name]).format_map(slots)

    def has(self, key: str) -> bool:
        """Whether there is such a sentence."""
        table, _dot, name = key.partition(".")
        return name in self.tables.get(table, {})

    def moment(self, at: datetime, now: datetime, *, by: bool = False, whole_day: bool = False) -> str:
        """`сегодня до 11:00`, `в пятницу, 27 ноября, 15:00`; both times in the zone of the customer."""
        day, near = self.day(at, now)
        if whole_day:
            return day
        key = f"when.{'today_' if near else ''}{'by' if by else 'at'}"
        return self.say(key, day=day, time=f"{at:%H:%M}")

    def day(self, at: datetime, now: datetime) -> tuple[str, bool]:
        """A day in words, and whether it is yesterday, today or tomorrow."""
        away = (at.date() - now.date()).days
        near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(away)
        if near:
            return self.say(f"when.{near}"), True
        weekday = str(self.tables["when"]["weekdays"][at.weekday()])
        return self.say("when.day", weekday=weekday, date=self.date(at.date(), now.date())), False

    def date(self, at: date, today: date) -> str:
        """`27 ноября`, with the year where it is another one."""
        return f"{at.day} {self.tables['when']['months'][at.month - 1]}" + (
            f" {at.year}" if at.year != today.year else ""
        )


@lru_cache(maxsize=4)
def words_of(language: str) -> Words:
    """The words of `ru`, `pl` or `en`; English for any other language."""
    known = language if language in LANGUAGES else "en"
    return Words(known, tomllib.loads((_FOLDER / f"words_{known}.toml").read_text(encoding="utf-8")))

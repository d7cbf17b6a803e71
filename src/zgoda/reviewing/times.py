"""Times in suggestions: what {soon}, {next} and {later} are at this moment, so that no suggestion names a past hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from zgoda.values import LANGUAGES

SLOTS = ("{soon}", "{next}", "{later}")
_NOON = time(12)
_WEEK = frozenset(range(1, 8))


def has_time(suggestion: str) -> bool:
    """Whether a suggestion holds a slot of time, and so promises something."""
    return any(slot in suggestion for slot in SLOTS)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The company's week: ISO weekdays, hours of local time, and how far `soon` and `later` lie."""

    days: frozenset[int]
    opens: int
    closes: int
    soon: int
    later: int

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> WorkingTime:
        """From [working] of common/tables/review; a week without a working day is taken as one of seven."""
        days = _WEEK & frozenset(table["days"]) or _WEEK
        return cls(days, table["opens"], table["closes"], table["soon"], table["later"])

    def soon_after(self, now: datetime) -> datetime:
        """`soon` hours from now, rounded up to the full hour, where that lies in today's hours, else `next_after`."""
        raw = now + timedelta(hours=self.soon)
        full = raw.replace(minute=0, second=0, microsecond=0)
        due = full if full == raw else full + timedelta(hours=1)
        fits = due.date() == now.date() and now.isoweekday() in self.days and self.opens <= due.hour <= self.closes
        return due if fits else self.next_after(now)

    def next_after(self, now: datetime, count: int = 1) -> datetime:
        """Noon of the next working day, or of the one `count` working days on."""
        day = now.date()
        while count:
            day += timedelta(days=1)
            count -= day.isoweekday() in self.days
        return datetime.combine(day, _NOON)


class TimeWords:
    """Fills the slots of time in the words of each language (content: [times] of tables/review, tables/phrases)."""

    def __init__(self, working: WorkingTime, tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        self._working = working
        self._words = {lang: tables[lang]["review"]["times"] for lang in LANGUAGES}
        self._weekdays = {lang: tables[lang]["phrases"]["calendar"]["weekdays_on"] for lang in LANGUAGES}

    def filled(self, suggestion: str, language: str, now: datetime | None) -> str:
        """The suggestion with its times said in words; `now` is local time, and without it no time can be past."""
        if not has_time(suggestion):
            return suggestion
        try:
            said = self._said(language, now.replace(tzinfo=None) if now is not None else None)
        except OverflowError:  # the last days of the calendar
            said = self._said(language, None)
        for slot, words in zip(SLOTS, said, strict=True):
            suggestion = suggestion.replace(slot, words)
        return suggestion

    def _said(self, language: str, now: datetime | None) -> tuple[str, str, str]:
        words = self._words[language]
        if now is None:
            return words["tomorrow"], words["tomorrow"], words["unknown"]
        working = self._working
        dues = working.soon_after(now), working.next_after(now), working.next_after(now, working.later)
        soon, following, later = (self._due(language, due, now) for due in dues)
        return soon, following, later

    def _due(self, language: str, due: datetime, now: datetime) -> str:
        words, days = self._words[language], (due.date() - now.date()).days
        if days == 0:
            return str(words["today"].format(hour=words["hours"][due.hour]))
        if days == 1:
            return str(words["tomorrow"])
        return str(words["weekday"].format(weekday=self._weekdays[language][due.weekday()]))

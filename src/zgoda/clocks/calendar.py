"""Which days are worked: a week, holidays of a country, moved days, and how far the data are certain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from zgoda.clocks.zones import in_range
from zgoda.errors import InputError

DAY = timedelta(days=1)
_SEARCH = 60  # days in a row without a working one: no country has that, an odd calendar may


@dataclass(frozen=True, eq=False)
class Calendar:
    """Working and other days; compared by identity.

    `weekend` holds weekdays (Monday is 0); `country`, `subdivision` and `categories` name a set of the holidays
    library; `fixed` are days of every year as (month, day); `extra` and `working` are days off and days worked that a
    company or a decree adds. With `moved`, weekend days that the state made working ones are worked. `until` is the
    last day for which the holidays are certain. `compare` names a calendar whose answer is told where it differs.
    """

    name: str
    title: str = ""
    weekend: frozenset[int] = frozenset({5, 6})
    country: str = ""
    subdivision: str = ""
    categories: tuple[str, ...] = ()
    fixed: frozenset[tuple[int, int]] = frozenset()
    moved: bool = False
    extra: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    until: date | None = None
    compare: str = ""
    note: str = ""
    _years: dict[int, tuple[frozenset[date], frozenset[date]]] = field(default_factory=dict, repr=False)

    def is_holiday(self, day: date) -> bool:
        """Whether the day is off beside the weekend."""
        if day in self.working:
            return False
        return day in self.extra or (day.month, day.day) in self.fixed or day in self._year(day.year)[0]

    def is_moved_in(self, day: date) -> bool:
        """Whether a day of the weekend is worked all the same."""
        return day in self.working or (day in self._year(day.year)[1] and day not in self.extra)

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day."""
        if self.is_moved_in(day):
            return True
        return day.weekday() not in self.weekend and not self.is_holiday(day)

    def _year(self, year: int) -> tuple[frozenset[date], frozenset[date]]:
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self._library(year)
        return known

    def _library(self, year: int) -> tuple[frozenset[date], frozenset[date]]:
        """Days off and worked weekend days of one year, from the holidays library."""
        if not self.country:
            return frozenset(), frozenset()
        import holidays

        found = holidays.country_holidays(
            self.country,
            subdiv=self.subdivision or None,
            years=year,
            categories=self.categories or None,
        )
        moved = getattr(found, "weekend_workdays", ()) if self.moved else ()
        return frozenset(found), frozenset(day for day in moved if day.year == year)

    def _walk(self, day: date, step: timedelta) -> Iterator[date]:
        for _ in range(_SEARCH):
            yield in_range(day)
            day += step
        raise InputError(f"calendar {self.name}: no working day within {_SEARCH} days of {day.isoformat()}")

    def at_or_after(self, day: date) -> date:
        """The day itself if it is worked, else the next working day."""
        return next(one for one in self._walk(day, DAY) if self.is_working(one))

    def before(self, day: date) -> date:
        """The last working day strictly before the day."""
        return next(one for one in self._walk(day - DAY, -DAY) if self.is_working(one))

    def count(self, day: date, number: int) -> date:
        """The `number`th working day after the day."""
        for _ in range(number):
            day = self.at_or_after(day + DAY)
        return day

    def certain(self, day: date) -> bool:
        """Whether the holidays up to the day are known for certain."""
        return self.until is None or day <= self.until

"""Counting in working time: company hours of a zone, without holidays, with pauses taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo

from zgoda.clocks.calendar import DAY, Calendar
from zgoda.clocks.hours import FULL_DAY, Hours, merge
from zgoda.clocks.zones import first_moment, in_range
from zgoda.errors import InputError

LONGEST_SEARCH = 3_660  # days that a clock may need before it is refused
MINUTE = timedelta(minutes=1)
_NOTHING = timedelta()

Stretch = tuple[datetime, datetime]  # [start, end) in UTC


@dataclass(frozen=True, eq=False)
class Worktime:
    """Hours of a company in one zone; `calendar` None means that no holiday is kept."""

    hours: Hours
    zone: tzinfo
    calendar: Calendar | None = None
    _days: dict[date, tuple[Stretch, ...]] = field(default_factory=dict, repr=False)

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """Working time between midnight and midnight of a local day, night shifts from the day before too."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = tuple(self._stretches(day))
        return known

    def _stretches(self, day: date) -> Iterator[Stretch]:
        own = [(start, min(end, FULL_DAY)) for start, end in self._pieces(day) if start < FULL_DAY]
        late = [(max(start, FULL_DAY), end) for start, end in self._pieces(day - DAY) if end > FULL_DAY]
        for start, end in merge([*own, *((start - FULL_DAY, end - FULL_DAY) for start, end in late)]):
            first, last = first_moment(day, start, self.zone), first_moment(day, end, self.zone)
            if first < last:
                yield first, last

    def _pieces(self, day: date) -> tuple[tuple[int, int], ...]:
        in_range(day)
        if self.calendar is None:
            return self.hours.of(day.weekday())
        if self.calendar.is_holiday(day):
            return ()
        return self.hours.of(day.weekday(), moved_in=self.calendar.is_moved_in(day))

    def _from(self, since: datetime, pauses: Sequence[Stretch]) -> Iterator[Stretch]:
        """Stretches that count, from `since` on, in order; ends after the longest search."""
        day = since.astimezone(self.zone).date() - DAY
        for _ in range(LONGEST_SEARCH):
            for start, end in self.stretches(day):
                if end > since:
                    yield from without((max(start, since), end), pauses)
            day += DAY

    def add(self, since: datetime, minutes: int, pauses: Sequence[Stretch] = ()) -> datetime:
        """The first moment, in UTC, at which `minutes` of working time have passed since `since`.

        `pauses` are UTC stretches in order that do not overlap. Raises InputError where ten years do not suffice.
        """
        left = minutes * MINUTE
        since = since.astimezone(UTC)
        if not left:
            return since
        for start, end in self._from(since, pauses):
            if end - start >= left:
                return start + left
            left -= end - start
        raise InputError(f"{minutes} minutes of working time are not to be had within ten years of these hours")

    def between(self, since: datetime, until: datetime, pauses: Sequence[Stretch] = ()) -> timedelta:
        """Working time from `since` to `until`; nothing where `until` comes first."""
        since, until = since.astimezone(UTC), until.astimezone(UTC)
        total = _NOTHING
        if until <= since:
            return total
        for start, end in self._from(since, pauses):
            if start >= until:
                return total
            total += min(end, until) - start
        return total


def without(stretch: Stretch, pauses: Sequence[Stretch]) -> Iterator[Stretch]:
    """What is left of a stretch when the pauses, in order, are taken out."""
    start, end = stretch
    for first, last in pauses:
        if last <= start:
            continue
        if first >= end:
            break
        if first > start:
            yield start, first
        start = max(start, last)
        if start >= end:
            return
    yield start, end

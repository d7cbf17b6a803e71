"""How a term by a row is counted: from the day of the trigger to the raw end, the legal and the safe day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from zgoda.clocks.calendar import Calendar
from zgoda.clocks.row import Row
from zgoda.clocks.zones import in_range


class Term(NamedTuple):
    """`raw_end` as counted, `legal_due` shifted as the row says, `safe_due` a working day before the raw end."""

    raw_end: date
    legal_due: date
    safe_due: date


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last of that month where it is shorter (31 January + 1 = 28 February)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def raw_end(since: date, days: int, day_kind: str, count_from: str, calendar: Calendar) -> date:
    """The last day of a term; the day of the trigger is day 0, and day 1 where it counts itself (`same_day`)."""
    in_range(since)
    start = since if count_from == "next_day" or days == 0 else since - timedelta(days=1)
    if day_kind == "business":
        return calendar.count(start, days)
    if day_kind == "months":
        return in_range(add_months(start, days))
    return in_range(start + timedelta(days=days * (7 if day_kind == "weeks" else 1)))


def term(row: Row, since: date, calendar: Calendar, *, extended: bool = False) -> Term | None:
    """The three days of a row for a trigger on `since`; None where the row has no fixed term.

    `extended` counts the extension, which has to be there. The safe day never lies before the trigger.
    """
    if row.days is None:
        return None
    days, kind = (
        (row.extension.days, row.extension.day_kind) if extended and row.extension else (row.days, row.day_kind)
    )
    end = raw_end(since, days, kind, row.count_from, calendar)
    legal = calendar.at_or_after(end) if row.end_shift == "next_working_day" else end
    return Term(end, legal, max(since, calendar.before(end)))

"""Terms by law, by contract, by a company's own word: due days of one row."""

from __future__ import annotations

from datetime import date, datetime

from zgoda.clocks.answer import Due, Reminder, at_time
from zgoda.clocks.book import Book
from zgoda.clocks.calendar import Calendar
from zgoda.clocks.counting import Term, term
from zgoda.clocks.hours import FULL_DAY
from zgoda.clocks.row import Row
from zgoda.clocks.zones import aware, first_moment, in_range, zone_named
from zgoda.errors import InputError


def by_row(
    book: Book,
    row: Row,
    since: datetime | date,
    *,
    calendar: str | Calendar | None,
    now: datetime | None,
    zone: str | None,
    extended: bool,
    contract: date | None,
    paused: bool,
    allow_disabled: bool,
) -> Due:
    """The due dates of a row; raises InputError where the row may not be used or is not in force."""
    place = zone_named(zone or book.zone_of(row))
    day = _local_day(since, place.key)
    _usable(book, row, day, contract, extended, allow_disabled)
    days = book.calendar(calendar) if calendar is not None else book.calendar_of(row)
    counted = term(row, day, days, extended=extended)
    notes = [*row.notes, *_notes(book, row, days, paused)]
    if counted is None:
        notes.insert(0, book.settings.say("no_term", text=row.no_term))
        status = None if now is None else "no_term"
        return Due(row.id, since, place.key, days.name, row, status=status, notes=tuple(notes))
    stricter = _other_calendar(book, row, day, days, counted, extended, notes)
    if calendar is None:  # a calendar that was asked for is kept to the letter
        counted = counted._replace(safe_due=min(counted.safe_due, stricter))
    first = term(row, day, days) if extended else None
    if first is not None:
        notes.append(book.settings.say("notice", legal_due=first.legal_due, safe_due=first.safe_due))
    provisional = not days.certain(counted.legal_due)
    if provisional:
        notes.append(book.settings.say("provisional", calendar=days.name, until=days.until))
    over = first_moment(counted.legal_due, FULL_DAY, place)
    start = aware(since, "since") if isinstance(since, datetime) else first_moment(day, 0, place)
    warnings = [
        Reminder(f"{share:.0%}", (start + (over - start) * share).astimezone(place)) for share in book.settings.shares
    ]
    for kind, on in (("safe_due", counted.safe_due), ("legal_due", counted.legal_due)):
        warnings.append(Reminder(kind, max(start, first_moment(on, 0, place)).astimezone(place)))
    answer = Due(
        row.id, since, place.key, days.name, row,
        raw_end=counted.raw_end, legal_due=counted.legal_due, safe_due=counted.safe_due, due_at=over.astimezone(place),
        extended=extended, provisional=provisional, notes=tuple(notes),
        warnings=tuple(sorted(warnings, key=lambda one: one.at)),
    )  # fmt: skip
    if now is None:
        return answer
    return at_time(answer, now, (counted.legal_due - aware(now, "now").astimezone(place).date()).days)


def _local_day(since: datetime | date, zone: str) -> date:
    if isinstance(since, datetime):
        return in_range(aware(since, "since").astimezone(zone_named(zone)).date())
    return in_range(since)


def _usable(book: Book, row: Row, day: date, contract: date | None, extended: bool, allow_disabled: bool) -> None:
    """Raises InputError that tells why a row cannot be counted."""
    if not row.enabled and not allow_disabled:
        raise InputError(
            f"{row.id} is switched off: its certainty is {row.cert}, it has to be verified first ({row.source}). "
            "Use allow_disabled to see it all the same, or switch it on in your own content"
        )
    if row.valid_by == "contract" and contract is None:
        raise InputError(f"{row.id} depends on the day of the contract; give contract")
    if not row.valid(day, contract):
        others = [
            one.id
            for one in book.rows.values()
            if one is not row
            and (one.jurisdiction, one.sector, one.trigger) == (row.jurisdiction, row.sector, row.trigger)
            and one.valid(day, contract)
        ]
        bounds = f"{row.valid_from or '...'} to {row.valid_to or '...'}"
        what, on = ("contracts", contract) if row.valid_by == "contract" else ("triggers", day)
        hint = f" In force then: {', '.join(others)}." if others else ""
        raise InputError(f"{row.id} is in force for {what} of {bounds}, came {on}.{hint}")
    if extended and row.extension is None:
        raise InputError(f"{row.id} has no extension; the first term is the last one")


def _notes(book: Book, row: Row, calendar: Calendar, paused: bool) -> list[str]:
    notes = [calendar.note] if calendar.note else []
    if paused:
        notes.append(book.settings.say("never_stops"))
    if row.extension and row.extension.condition:
        notes.append(book.settings.say("extension", text=row.extension.condition))
    return notes


def _other_calendar(
    book: Book, row: Row, day: date, calendar: Calendar, counted: Term, extended: bool, notes: list[str]
) -> date:
    """The safe day by the calendar that this one is compared with; another legal day is noted."""
    if not calendar.compare:
        return counted.safe_due
    other = book.calendar(calendar.compare)
    theirs = term(row, day, other, extended=extended) or counted
    if theirs.legal_due != counted.legal_due:
        notes.append(
            book.settings.say("other_calendar", calendar=other.name, title=other.title, legal_due=theirs.legal_due)
        )
    return theirs.safe_due

"""The public calls of this room."""

from __future__ import annotations

from datetime import date, datetime

from zgoda.clocks.answer import Due
from zgoda.clocks.book import Book, load_book
from zgoda.clocks.by_row import by_row
from zgoda.clocks.calendar import Calendar
from zgoda.clocks.hours import Hours
from zgoda.clocks.own import Pauses, own
from zgoda.clocks.row import Row
from zgoda.clocks.zones import aware, plain_day
from zgoda.errors import InputError


def due(
    clock: str,
    since: datetime | date,
    *,
    calendar: str | Calendar | None = None,
    now: datetime | None = None,
    zone: str | None = None,
    extended: bool = False,
    contract: date | None = None,
    pauses: Pauses = (),
    hours: Hours | None = None,
    minutes: int | None = None,
    channel: str | None = None,
    allow_disabled: bool = False,
    book: Book | None = None,
) -> Due:
    """When `clock` runs out that began at `since`; a row by id, or `acknowledgement`, `answer`, `promise`.

    A row counts from the day of `since` in `zone` (the zone of its jurisdiction unless given) by `calendar` (that of
    its jurisdiction unless given), with `extended` to the end of its extension; `contract` is the day of the contract
    for rows that depend on it; `allow_disabled` computes a row that nobody has verified. Own clocks count `minutes` of
    working time by company `hours` in `zone`; `pauses` are pairs of moments in which the customer was asked and silent,
    with None while he still is. With `now` the answer tells what has passed. Raises InputError for what cannot be
    computed, in words. Not legal advice.
    """
    book = book or load_book()
    if not isinstance(since, date):
        raise InputError(f"since must be a date, or a datetime with a zone, came {type(since).__name__}")
    if now is not None:
        aware(now, "now")
    if clock in book.settings.own:
        if extended:
            raise InputError(f"{clock} has no extension; give minutes")
        return own(
            book, clock, since, calendar=calendar, now=now, zone=zone, pauses=pauses, hours=hours, minutes=minutes,
            channel=channel,
        )  # fmt: skip
    row = book.row(clock)
    if hours is not None or minutes is not None:
        raise InputError(f"{clock} counts in days; hours and minutes are for {', '.join(book.settings.own)}")
    return by_row(
        book, row, since, calendar=calendar, now=now, zone=zone, extended=extended, contract=plain_day(contract),
        paused=bool(pauses), allow_disabled=allow_disabled,
    )  # fmt: skip


def matching_rows(
    jurisdiction: str,
    sector: str | None = None,
    customer_type: str | None = None,
    on: date | None = None,
    *,
    demand: str | None = None,
    channel: str | None = None,
    contract: date | None = None,
    disabled: bool = True,
    book: Book | None = None,
) -> list[Row]:
    """Every row that may bind a case, the earliest end first; see `Book.matching`."""
    return (book or load_book()).matching(
        jurisdiction,
        sector,
        customer_type,
        plain_day(on),
        demand=demand,
        channel=channel,
        contract=plain_day(contract),
        disabled=disabled,
    )

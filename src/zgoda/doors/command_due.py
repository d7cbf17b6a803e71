"""`zgoda due`: when something is due by a row or an own clock, and which rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from zgoda.doors.options import OVERLAYS

if TYPE_CHECKING:
    from zgoda.clocks import Book, Due, Row


@click.command(
    short_help="Compute when an answer is due, by law or by your own clock.",
    epilog="""\b
Examples:
  zgoda due pl-consumer-general --since 2026-11-20
  zgoda due ru-finance --since 2026-12-18 --calendar ru --extended
  zgoda due answer --since 2026-11-27T16:00+01:00 --tz Europe/Warsaw --calendar pl --minutes 480
  zgoda due --list --jurisdiction PL --sector telecom --since 2026-11-20
  zgoda due pl-payments --since 2026-12-16 --format jsonl

A row counts from the day of --since; acknowledgement, answer and promise count working time from the
moment of --since. All rows with their sources: docs/clocks.md. Not legal advice.""",
)
@click.argument("clock", metavar="[ROW]", required=False)
@click.option("--since", metavar="DATE", help="The day, or the moment with its offset, on which the clock began.")
@click.option("--tz", "zone", metavar="ZONE", help="Time zone of the firm's seat, such as Europe/Warsaw.")
@click.option("--calendar", metavar="NAME", help="Calendar of working days, such as pl, ru, ru-statutory, gb-eaw.")
@click.option("--extended", is_flag=True, help="To the end of the extension.")
@click.option("--contract", metavar="DATE", help="The day of the contract, for rows that depend on it.")
@click.option("--minutes", type=click.IntRange(min=1), help="Minutes of working time, for an own clock.")
@click.option("--channel", metavar="NAME", help="The channel, where an own clock or a row depends on it.")
@click.option("--allow-disabled", is_flag=True, help="Compute a row that nobody has verified yet.")
@click.option("--now", metavar="ISO", help="Tell what has passed at this time; the text answer takes the present.")
@click.option("--list", "listed", is_flag=True, help="List the rows that match instead, the earliest first.")
@click.option("--jurisdiction", metavar="CODE", help="PL, RU, KZ, BY, EU, UK, IE, US, AU, CA, for --list.")
@click.option("--sector", metavar="NAME", help="A sector such as telecom, for --list.")
@click.option("--customer", metavar="TYPE", help="consumer, sole_trader or business, for --list.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="How to answer.",
)
@OVERLAYS
def due(clock: str | None, listed: bool, output: str, overlays: tuple[str, ...], **wishes: Any) -> None:
    """When a clock runs out: the last day by the rule, the safe day before it, and where the rule stands."""
    from zgoda.clocks import load_book
    from zgoda.errors import InputError

    if listed == (clock is not None):
        raise click.UsageError("give a ROW, or --list without one; `zgoda due --list` shows all rows")
    if clock is not None and wishes["since"] is None:
        raise click.UsageError("--since: on which day did the clock begin?")
    try:
        book = load_book(overlays)
        if clock is None:
            _list(book, output, wishes)
        else:
            _answer(book, clock, output, wishes)
    except InputError as error:
        raise click.UsageError(str(error)) from error


def _answer(book: Book, clock: str, output: str, wishes: dict[str, Any]) -> None:
    from zgoda.clocks import due as compute
    from zgoda.doors.clock import here_and_now, parse_time

    now = parse_time(wishes["now"]) if wishes["now"] is not None else None
    answer = compute(
        clock,
        _since(wishes["since"], wishes["zone"]),
        calendar=wishes["calendar"],
        now=now or (here_and_now() if output == "text" else None),
        zone=wishes["zone"],
        extended=wishes["extended"],
        contract=_day("--contract", wishes["contract"]),
        minutes=wishes["minutes"],
        channel=wishes["channel"],
        allow_disabled=wishes["allow_disabled"],
        book=book,
    )
    if output == "text":
        from zgoda.doors.show_due import draw_due

        draw_due(answer, book)
    else:
        _write(answer.as_dict(), 2 if output == "json" else None)


def _list(book: Book, output: str, wishes: dict[str, Any]) -> None:
    since = _since(wishes["since"], wishes["zone"]) if wishes["since"] is not None else None
    contract = _day("--contract", wishes["contract"])
    codes = [wishes["jurisdiction"]] if wishes["jurisdiction"] else list(book.settings.jurisdictions)
    rows: dict[str, Row] = {}
    for code in codes:
        if wishes["sector"] and not wishes["jurisdiction"] and wishes["sector"] not in book.sectors(code):
            continue
        found = book.matching(
            code,
            wishes["sector"],
            wishes["customer"],
            since.date() if isinstance(since, datetime) else since,
            channel=wishes["channel"],
            contract=contract,
        )
        rows.update((row.id, row) for row in found)
    dates = [_dates(book, row, since, contract, wishes) for row in rows.values()]
    if output == "text":
        from zgoda.doors.show_due import draw_rows

        draw_rows(list(rows.values()), dates)
    elif output == "json":
        _write([_wire(row, told) for row, told in zip(rows.values(), dates, strict=True)], 2)
    else:
        for row, told in zip(rows.values(), dates, strict=True):
            _write(_wire(row, told))


def _dates(book: Book, row: Row, since: date | None, contract: date | None, wishes: dict[str, Any]) -> Due | None:
    """The dates of a row in a list; a contract that is not known does not keep a row out."""
    from zgoda.clocks import due as compute

    if since is None or (row.valid_by == "contract" and contract is None):
        return None
    return compute(
        row.id,
        since,
        calendar=wishes["calendar"],
        zone=wishes["zone"],
        contract=contract,
        allow_disabled=True,
        book=book,
    )


def _wire(row: Row, told: Due | None) -> dict[str, Any]:
    answer = row.as_dict()
    if told is not None:
        whole = told.as_dict()
        answer.update({name: whole[name] for name in ("since", "legal_due", "safe_due", "raw_end", "provisional")})
    return answer


def _write(value: dict[str, Any] | Sequence[dict[str, Any]], indent: int | None = None) -> None:
    from zgoda.doors.streams import standard_output
    from zgoda.doors.writers import encode

    standard_output().write(encode(value, indent) + b"\n")


def _since(text: str, zone: str | None) -> date | datetime:
    """A day, or a moment; one without an offset stands in --tz."""
    from zgoda.clocks.zones import zone_named

    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"expected a day such as 2026-11-20 or a moment such as 2026-11-20T10:00+01:00, came {text[:40]!r}",
            param_hint="--since",
        ) from error
    if moment.tzinfo is None and zone is None:
        raise click.BadParameter(
            "a moment needs its offset, such as 2026-11-20T10:00+01:00, or --tz", param_hint="--since"
        )
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone_named(str(zone)))


def _day(option: str, text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"expected a day such as 2026-11-20, came {text!r}", param_hint=option) from error

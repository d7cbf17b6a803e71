"""Draws the answer of `zgoda due`: dates first, then why, then how sure; and the list of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any

from rich.text import Text

from zgoda.clocks import Book, Due, Row
from zgoda.doors.paper import Paper, clean
from zgoda.doors.wording import Wording

_MARGIN = 11


@lru_cache(maxsize=1)
def words() -> tuple[Wording, str]:
    """The words of this answer and the sentence that stands under every date."""
    from zgoda.rules.loader import load_content
    from zgoda.rules.pack import digest, load_common

    content = load_common(digest()) or load_content(strict=False)
    table: dict[str, Any] = content.tables["common"]["due_words"]
    return Wording(table), str(table["disclaimer"])


def draw_due(answer: Due, book: Book, paper: Paper | None = None) -> None:
    """One answer."""
    paper = paper or Paper()
    wording, disclaimer = words()
    row = answer.row
    head = Text(answer.clock, style="bold")
    if row is not None:
        name = book.settings.jurisdictions[row.jurisdiction].name
        head.append(f"  {name}, {row.sector.replace('_', ' ')}, {wording.name('kind', row.kind)}", style="dim")
        if row.term_of != "company":
            head.append(f", {wording.name('term_of', row.term_of)}", style="dim")
    paper.block(Text(), head, 0)
    for name, body in _lines(answer, wording):
        left = Text(wording.name("headings", name), style="dim" if name not in ("due", "safe") else "bold")
        paper.block(left, body if isinstance(body, Text) else Text(clean(body)), _MARGIN)
    paper.block(Text(), Text(disclaimer, style="dim"), 0)
    paper.console.file.flush()


def _lines(answer: Due, wording: Wording) -> Iterator[tuple[str, Text | str]]:
    """Headings with what stands beside them, in order."""
    row = answer.row
    yield from _dates(answer, wording)
    if row is not None:
        yield "after", row.consequence_note or wording.name("consequence", row.consequence)
        if answer.legal_due:
            yield "met", wording.name("met_by", row.met_by)
        if row.form:
            yield "form", row.form.replace("_", " ")
    if answer.warnings:
        yield "warn", ", ".join(f"{one.kind.replace('_', ' ')} {_moment(one.at)}" for one in answer.warnings)
    if answer.status:
        yield "now", _now(answer, wording)
    if answer.status == "over":
        yield "do", wording.name("least_harm", answer.consequence)
    yield "calendar", f"{answer.calendar or '-'}, {answer.zone}"
    if row is not None:
        off = "" if row.enabled else f"; {wording.name('words', 'disabled')}"
        told = row.as_of if row.as_of != "mem" else wording.name("words", "from_memory")
        yield "certainty", f"{wording.name('certainty', row.cert)}; {wording.name('words', 'as_of')} {told}{off}"
        yield "source", row.source
    for note in answer.notes:
        yield "note", note


def _dates(answer: Due, wording: Wording) -> Iterator[tuple[str, Text | str]]:
    said = partial(wording.name, "words")
    if answer.row is None:
        when = _moment(answer.due_at) if answer.due_at else said("paused")
        yield "due", Text(when, style="bold")
        yield "counted", f"{answer.minutes} min {said('working_time')} {said('from')} {_moment(answer.since)}"
        return
    if answer.legal_due is None or answer.safe_due is None:
        yield "due", Text(said("no_term"), style="bold")
        return
    due = Text(_moment(answer.legal_due), style="bold")
    due.append(f"  {said('end_of_day')}", style="dim")
    if answer.provisional:
        due.append(f"  {said('provisional')}", style="bold")
    yield "due", due
    yield "safe", Text(_moment(answer.safe_due), style="bold").append(f"  {said('safe')}", style="dim")
    heading = "extended" if answer.extended else "counted"
    end = f"{said('raw_end')} {_moment(answer.raw_end)}"
    yield heading, f"{term_words(answer.row, wording, answer.extended)} {said('from')} {_moment(answer.since)}, {end}"


def term_words(row: Row, wording: Wording, extended: bool = False) -> str:
    """`14 calendar days`, or that there is no fixed term."""
    term = row.extension if extended and row.extension else row
    if term.days is None:
        return wording.name("words", "no_term")
    return f"{term.days} {wording.name('one' if term.days == 1 else 'day_kind', term.day_kind)}"


def _now(answer: Due, wording: Wording) -> str:
    status = wording.name("status", answer.status or "")
    if answer.left is None:
        return status
    if answer.row is None:
        return f"{status}, {wording.name('words', 'minutes_left').format(n=answer.left)}"
    key = "last_day" if answer.left == 0 else "days_left" if answer.left > 0 else "days_late"
    return f"{status}, {wording.name('words', key).format(n=abs(answer.left))}"


def _moment(moment: date | datetime | None) -> str:
    """A day or a minute with its weekday."""
    if moment is None:
        return "-"
    form = "%Y-%m-%d %H:%M" if isinstance(moment, datetime) else "%Y-%m-%d"
    return f"{words()[0].several('words', 'weekdays')[moment.weekday()]} {moment.strftime(form)}"


def draw_rows(rows: Sequence[Row], dates: Sequence[Due | None], paper: Paper | None = None) -> None:
    """Rows one below the other, with their dates where a beginning was given."""
    paper = paper or Paper()
    wording, disclaimer = words()
    if not rows:
        paper.line(wording.name("words", "nothing"))
    widest = max((len(row.id) for row in rows), default=0) + 2
    for row, told in zip(rows, dates, strict=True):
        when = f"{told.legal_due}  " if told and told.legal_due else ""
        body = Text(f"{when}{term_words(row, wording)}")
        body.append(f"  {row.jurisdiction} {row.sector.replace('_', ' ')}, {row.cert} {row.as_of}", style="dim")
        if not row.enabled:
            body.append(f", {wording.name('words', 'disabled')}", style="dim")
        told_of = row.no_term or (row.notes[0] if row.notes else "")
        body.append(f"; {clean(told_of)}" if told_of else "", style="dim")
        paper.block(Text(row.id, style="bold" if row.enabled else "dim"), body, widest)
    paper.block(Text(), Text(disclaimer, style="dim"), 0)
    paper.console.file.flush()

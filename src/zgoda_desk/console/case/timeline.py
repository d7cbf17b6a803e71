"""The timeline of a conversation: its rows in order, with the fever line laid along them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zgoda_desk.console import times
from zgoda_desk.console.case.gathered import Gathered, shown_reading
from zgoda_desk.console.case.rows import Happened, Noted, Ours, Row, Theirs
from zgoda_desk.conversations.models import Message
from zgoda_desk.conversations.shown import fever


def timeline(found: Gathered) -> list[Row]:
    """The rows, drawn with `{% timeline_row %}`."""
    rows = list(_rows(found))
    lines = fever.fever([fever.Row(row.temperature, not isinstance(row, Happened | Noted)) for row in rows])
    for row, line in zip(rows, lines, strict=True):
        row.fever = line
    return rows


def _rows(found: Gathered) -> Iterator[Row]:
    zone = times.zone_of(found.company)
    now, last, demands = found.now.astimezone(zone), "", list[str]()
    moved = _moves(found.messages)
    for message in found.messages:
        at = message.at.astimezone(zone)
        day = times.day(at, now)
        shown, last = ("" if day == last else day), day
        if message.kind == Message.Kind.CUSTOMER:
            yield Theirs(found, message, at, shown, earlier=demands)
            demands = (shown_reading(message) or {}).get("demands") or demands
        elif message.kind == Message.Kind.OURS:
            yield Ours(found, message, at, shown, moved=moved.get(message.pk))
        elif message.kind == Message.Kind.NOTE:
            yield Noted(found, message, at, shown)
        else:
            yield Happened(found, message, at, shown)


def _moves(messages: Sequence[Message]) -> dict[int, tuple[int, int]]:
    """For each reply of ours the customer's temperature before and after it, where both were read."""
    moves: dict[int, tuple[int, int]] = {}
    before: int | None = None
    ours: int | None = None
    for message in messages:
        if message.kind == Message.Kind.OURS:
            ours = message.pk
        elif message.kind == Message.Kind.CUSTOMER and message.temperature is not None and not message.automatic:
            if ours is not None and before is not None:
                moves[ours] = (before, message.temperature)
            before, ours = message.temperature, None
    return moves

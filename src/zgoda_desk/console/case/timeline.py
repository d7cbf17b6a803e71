"""The timeline of a conversation: what was said, what happened, and what was read in it, ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zgoda_desk.conversations.models import Message
from zgoda_desk.conversations.shown import fever
from zgoda_desk.conversations.shown.long import long_form
from zgoda_desk.conversations.shown.margin import Note, margin, margin_of_ours
from zgoda_desk.conversations.shown.oddities import oddities
from zgoda_desk.conversations.shown.pieces import Piece, pieces
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.conversations.shown.words import title

from zgoda_desk.console.case import times
from zgoda_desk.console.case.events import Told, told
from zgoda_desk.console.case.gathered import Gathered, newest_of, shown_reading
from zgoda_desk.console.case.sending import Sent, sent

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Row:
    """One row: a message or an event. `pieces` and `short` are the customer's words, `text` ours or a note's."""

    message: Message
    kind: str
    at: datetime
    day: str
    name: str
    fever: fever.Fever = fever.Fever()
    state: str = ""
    temperature: int | None = None
    pieces: tuple[Piece, ...] = ()
    short: tuple[Piece, ...] = ()
    text: str = ""
    written: str = ""
    notes: tuple[Note, ...] = ()
    labels: tuple[str, ...] = ()
    odd: tuple[StrOrPromise, ...] = ()
    event: Told | None = None
    sent: Sent | None = None
    overrules: tuple[tuple[StrOrPromise, str], ...] = ()
    files: tuple[Any, ...] = ()
    corrected: bool = False
    rung: str = ""

    @property
    def state_title(self) -> StrOrPromise:
        """The state in words."""
        return title("state", self.state)

    @property
    def rung_title(self) -> StrOrPromise:
        """The rung that was taken with it, in words."""
        return title("ladder", self.rung)


def timeline(found: Gathered) -> list[Row]:
    """The rows in order, with the fever line laid along them."""
    zone = times.zone_of(found.company)
    rows = list(_rows(found, zone))
    lines = fever.fever([fever.Row(row.temperature, row.kind != "event") for row in rows])
    return [replace(row, fever=line) for row, line in zip(rows, lines, strict=True)]


def _rows(found: Gathered, zone: Any) -> Iterator[Row]:
    now, last, demands = found.now.astimezone(zone), "", list[str]()
    moved = _moves(found.messages)
    for message in found.messages:
        at = message.at.astimezone(zone)
        day = times.day(at, now)
        shown = "" if day == last else day
        last = day
        if message.kind == Message.Kind.CUSTOMER:
            yield _customer(found, message, at, shown, demands)
            demands = (shown_reading(message) or {}).get("demands") or demands
        elif message.kind == Message.Kind.OURS:
            yield _ours(found, message, at, shown, moved.get(message.pk))
        else:
            yield _inner(found, message, at, shown, now)


def _customer(found: Gathered, message: Message, at: datetime, day: str, demands: Sequence[str]) -> Row:
    reading, newest = shown_reading(message), newest_of(message)
    rung = str(message.data.get("ladder", ""))
    notes = margin(reading, ladder=rung or "none", earlier_demands=demands)
    return Row(
        message=message,
        kind="customer",
        at=at,
        day=day,
        name=visible(message.sender_name or str(found.conversation.contact)),
        state=message.state,
        temperature=message.temperature if message.state else None,
        pieces=pieces(message.text, reading, newest),
        short=long_form(message.text, reading, newest) or (),
        written=visible(message.text),
        notes=notes if rung else tuple(note for note in notes if note.kind != "rung"),
        odd=tuple(oddities(message.problems)),
        files=_files(found, message),
        corrected=bool(message.correction),
    )


def _ours(found: Gathered, message: Message, at: datetime, day: str, moved: tuple[int, int] | None) -> Row:
    acts = [span["kind"] for span in (message.review or {}).get("acts", ())]
    rung = next((one.rung for one in found.rungs if one.message_id == message.pk), "")
    return Row(
        message=message,
        kind="ours",
        at=at,
        day=day,
        name=_by(found, message),
        text=visible(message.text),
        notes=margin_of_ours(acts, moved=moved),
        sent=sent(message, found.now),
        overrules=tuple((title("findings", one.kind), one.reason) for one in found.overrules.get(message.pk, ())),
        files=_files(found, message),
        rung=rung,
    )


def _inner(found: Gathered, message: Message, at: datetime, day: str, now: datetime) -> Row:
    """A note of ours or an event."""
    if message.kind == Message.Kind.EVENT:
        return Row(message, "event", at, day, _by(found, message), event=told(message, at.tzinfo, now))
    labels = [one["message"] for one in (message.review or {}).get("findings", ())]
    return Row(message, "note", at, day, _by(found, message), text=visible(message.text), labels=tuple(labels))


def _by(found: Gathered, message: Message) -> str:
    if message.person_id is None:
        return _("the desk") if message.kind != Message.Kind.OURS else found.company.name
    return _("You") if message.person_id == found.person.pk else str(message.person)


def _files(found: Gathered, message: Message) -> tuple[Any, ...]:
    """What can be downloaded; pictures that only stand inside the page come with the page."""
    return tuple(file for file in found.files.get(message.pk, ()) if not (file.inline and file.content_id))


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

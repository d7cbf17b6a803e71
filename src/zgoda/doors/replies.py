"""Turns a source into replies to review: a text, a mail, lines of JSON, a file of macros."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Any

from zgoda.doors.clock import parse_time
from zgoda.doors.conversations import conversation_of
from zgoda.doors.json_fields import Failure, hint, json_lines, kind_of_value, language_of, text_of
from zgoda.doors.macros import Columns, macro_rows
from zgoda.doors.messages import Defaults, Message, decoded, messages, whole
from zgoda.doors.placeholders import Placeholders, Places
from zgoda.doors.sources import KINDS, STDIN, Source, kind_of
from zgoda.errors import InputError
from zgoda.text.mail import Mail
from zgoda.values import Context, Turn

MACROS = "macros"
NOTHING_KNOWN = Context()
REPLY_KINDS = (*KINDS, MACROS)
_MACRO_SUFFIXES = (".csv", ".tsv", ".json")


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply to review; `where` stands before line and column in a report.

    `row` and `title` are those of a macro, `masked` its text with the placeholders set aside at `places`.
    """

    id: Any
    text: str
    where: str
    language: str | None = None
    customer: str | None = None
    history: tuple[Turn, ...] = ()
    context: Context = NOTHING_KNOWN
    now: datetime | None = None
    mail: Mail | None = None
    note: str | None = None
    place: str = ""
    row: int | None = None
    title: str = ""
    masked: str | None = None
    places: Places = ()


@dataclass(frozen=True, slots=True)
class ReplyDefaults:
    """What holds for all replies of a call: language, time and channels, the customer's words, the macros' form."""

    common: Defaults
    customer: str | None
    context: Context
    columns: Columns
    macros: Mapping[str, Any]
    placeholders: Placeholders


def reply_kind(name: str, wanted: str | None, output: str | None) -> str:
    """The kind of a source: tables and JSON documents hold macros, the rest is as for `zgoda read`."""
    if wanted is None and PurePath(name).suffix.lower() in _MACRO_SUFFIXES:
        return MACROS
    return kind_of(name, wanted, output)


def replies(source: Source, defaults: ReplyDefaults) -> Iterator[Reply | Failure]:
    """The replies of one source, one in memory at a time; raises InputError where it cannot be read at all."""
    name = "<stdin>" if source.name == STDIN else source.name
    if source.kind == MACROS:
        return _of_macros(source, name, defaults)
    if source.kind == "jsonl":
        return json_lines(source.stream, lambda fields, place: _of_line(fields, place, name, defaults))
    items = messages(source.kind, name, source.stream, defaults.common)
    return (item if isinstance(item, Failure) else _of_message(item, defaults) for item in items)


def _of_message(message: Message, defaults: ReplyDefaults) -> Reply:
    """A text or a mail; the newest part of the mail is the reply."""
    return Reply(
        id=message.id,
        text=message.text,
        where=str(message.id),
        language=message.language,
        customer=defaults.customer,
        context=replace(defaults.context, channel=message.channel),
        now=message.now,
        mail=message.mail,
        note=message.note,
        place=message.place,
    )


def _of_line(fields: Mapping[str, Any], place: str, name: str, defaults: ReplyDefaults) -> Reply:
    text, language = text_of(fields), language_of(fields)
    said, customer, identity = hint(fields, "now"), hint(fields, "customer"), fields.get("id")
    history, context = _known(fields, defaults)
    title = "" if identity is None else f' "{identity}"'
    return Reply(
        id=identity,
        text=text,
        where=f"{name}:{place.rstrip(': ')}{title}",
        language=language or defaults.common.language,
        customer=customer if customer is not None or history else defaults.customer,
        history=history,
        context=context,
        now=parse_time(said) if said is not None else defaults.common.time(),
        place=place,
    )


def _known(fields: Mapping[str, Any], defaults: ReplyDefaults) -> tuple[tuple[Turn, ...], Context]:
    """History and context of a line, read as those of a conversation (labels-4)."""
    turns, about = fields.get("history"), fields.get("context")
    if turns is not None and not isinstance(turns, list):
        raise InputError(f"history must be a list of turns, came {kind_of_value(turns)}")
    if about is not None and not isinstance(about, dict):
        raise InputError(f"context must be an object, came {kind_of_value(about)}")
    about = about or {}
    said = conversation_of({**about, "turns": turns or []}, defaults.common.channels)
    interface = said.context.interface_language or defaults.context.interface_language
    return said.turns, replace(said.context, kind=hint(about, "kind"), interface_language=interface)


def _of_macros(source: Source, name: str, defaults: ReplyDefaults) -> Iterator[Reply | Failure]:
    text, note = decoded(whole(source.stream))
    for row in macro_rows(text, defaults.columns, defaults.macros):
        if isinstance(row, Failure):
            yield row
            continue
        masked, places = defaults.placeholders.masked(row.text)
        title = f' "{row.title}"' if row.title else ""
        yield Reply(
            id=row.id,
            text=row.text,
            where=f"{name}:row {row.number}{title}",
            language=defaults.common.language,
            customer=defaults.customer,
            context=defaults.context,
            now=defaults.common.time(),
            note=note,
            place=f"row {row.number}: ",
            row=row.number,
            title=row.title,
            masked=masked,
            places=places,
        )
        note = None

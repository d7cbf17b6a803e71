"""Turns a source into messages: a text, a mail, an archive of mails, or lines of JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from zgoda.doors.clock import parse_time
from zgoda.doors.json_fields import Failure, hint, json_lines, language_of, text_of
from zgoda.errors import InputError
from zgoda.text.charset import decode_text
from zgoda.text.mail import Mail, read_mail
from zgoda.text.mbox import split_mbox
from zgoda.values import CHANNELS

__all__ = [
    "MAX_TEXT",
    "Defaults",
    "Failure",
    "Item",
    "Message",
    "channel_names",
    "decoded",
    "level",
    "messages",
    "whole",
]

MAX_TEXT = 64 * 1024 * 1024
_BINARY = (b"\x89PNG", b"%PDF-", b"PK\x03\x04", b"\x7fELF", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Message:
    """One message to read; `mail` where it came as one, `place` says where in its source, `note` what was guessed."""

    id: Any
    text: str
    language: str | None = None
    channel: str | None = None
    now: datetime | None = None
    mail: Mail | None = None
    note: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the caller said for all messages; `now` is None where nobody named a time."""

    language: str | None
    now: datetime | None
    clock: Callable[[], datetime]
    channels: Mapping[str, str]

    def time(self, own: datetime | None = None) -> datetime:
        """The caller's time, else the message's own, else the clock."""
        return self.now or own or self.clock()


Item = Message | Failure


def channel_names(table: Mapping[str, Any]) -> dict[str, str]:
    """Every name of a channel, levelled, with the channel it means; `table` is tables/channels.toml."""
    names = {level(channel): channel for channel in CHANNELS}
    for channel, aliases in table.get("aliases", {}).items():
        names.update({level(alias): channel for alias in aliases})
    return names


def level(name: str) -> str:
    """The name of a channel as it is looked up."""
    return "".join(char for char in name.casefold() if char.isalnum())


def messages(kind: str, name: str, stream: BinaryIO, defaults: Defaults) -> Iterator[Item]:
    """The messages of one source of `kind` (`text`, `eml`, `mbox`, `jsonl`), one in memory at a time.

    Raises InputError for a source that cannot be read at all.
    """
    if kind == "jsonl":
        yield from json_lines(stream, lambda fields, place: _message(fields, defaults, place))
    elif kind == "mbox":
        for number, raw in enumerate(split_mbox(stream), 1):
            yield _mail(f"{name}#{number}", raw, defaults)
    elif kind == "eml":
        yield _mail(name, whole(stream), defaults)
    else:
        text, note = decoded(whole(stream))
        yield Message(name, text, defaults.language, now=defaults.time(), note=note)


def whole(stream: BinaryIO) -> bytes:
    """All bytes of a source that is one thing; raises InputError where they are too many."""
    raw = stream.read(MAX_TEXT + 1)
    if len(raw) > MAX_TEXT:
        raise InputError(f"longer than {MAX_TEXT >> 20} MiB; archives (.mbox, .jsonl) may be of any length")
    return raw


def decoded(raw: bytes) -> tuple[str, str | None]:
    """The text as it stands, untouched where it is UTF-8; raises InputError for what is no text."""
    if raw.startswith(_BINARY):
        raise InputError("a binary file, not a text")
    try:
        text, note = raw.decode("utf-8").removeprefix("\ufeff"), None
    except UnicodeDecodeError:
        if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) and not _wide(raw):
            raise InputError("a binary file, not a text") from None
        return decode_text(raw)
    if "\0" in text:
        if not _wide(raw):
            raise InputError("a binary file, not a text")
        text, note = decode_text(raw)
    return text, note


def _wide(raw: bytes) -> bool:
    """UTF-16 without a mark: the decoder names it, for everything else that holds zero bytes it names another."""
    return "utf-16" in (decode_text(raw[:4000])[1] or "")


def _mail(name: str, raw: bytes, defaults: Defaults) -> Message:
    """A mail is read at the time at which it was written: its "yesterday" is the day before that."""
    mail = read_mail(raw)
    try:
        own = parse_time(mail.date) if mail.date else None
    except InputError:
        own = None
    return Message(name, mail.text, defaults.language, "email", defaults.time(own), mail)


def _message(fields: Mapping[str, Any], defaults: Defaults, place: str) -> Message:
    text, language = text_of(fields), language_of(fields)
    channel = hint(fields, "channel")
    if channel is not None:
        known = defaults.channels.get(level(channel))
        if known is None:
            raise InputError(f"channel must be one of {', '.join(CHANNELS)}, came {channel[:40]!r}")
        channel = known
    said = hint(fields, "now")
    now = parse_time(said) if said is not None else defaults.time()
    return Message(fields.get("id"), text, language or defaults.language, channel, now, place=place)

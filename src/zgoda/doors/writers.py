"""Writes answers as JSON: one object, an array, or one object a line; always UTF-8, whatever the terminal speaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol, TypeVar

from zgoda.doors.json_fields import Failure
from zgoda.doors.messages import Message
from zgoda.text.mail import Mail
from zgoda.values import Reading

# Legal inside a JSON text, yet many programs end a line at them: they are written as escapes.
_LINE_ENDS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}


Wire = Callable[[Any, Any], dict[str, Any]]
Item_contra = TypeVar("Item_contra", contravariant=True)
Answer_contra = TypeVar("Answer_contra", contravariant=True)


class Writer(Protocol[Item_contra, Answer_contra]):
    """Takes answers one after the other, in order."""

    def message(self, message: Item_contra, answer: Answer_contra, /) -> None:
        """One message, or one reply, with its answer."""

    def failure(self, failure: Failure, /) -> None:
        """One place where nothing could be read."""

    def close(self) -> None:
        """Nothing follows."""


def wire(message: Message, reading: Reading) -> dict[str, Any]:
    """The JSON of a reading: labels.md §1 behind the id, for a mail its text and what is known of it."""
    answer = {"id": message.id, **reading.as_dict()}
    if message.mail is not None:
        answer["text"] = message.text
        answer["mail"] = mail_wire(message.mail)
    return answer


def mail_wire(mail: Mail) -> dict[str, Any]:
    """What is known of a mail."""
    return {
        "subject": mail.subject,
        "sender": {"name": mail.sender_name, "address": mail.sender_address},
        "date": mail.date,
        "automatic": mail.automatic,
        "attachments": [
            {"name": one.name, "content_type": one.content_type, "size": one.size} for one in mail.attachments
        ],
        "notes": list(mail.notes),
    }


def encode(value: Any, indent: int | None = None) -> bytes:
    """JSON in UTF-8; letters that have no UTF-8 (halves of a pair) are written as JSON escapes."""
    try:
        return json.dumps(value, ensure_ascii=False, indent=indent).translate(_LINE_ENDS).encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent).encode()


class JsonLines:
    """One object a line; with `live` each line goes out at once, so that a reader at the other end can follow."""

    def __init__(self, stream: BinaryIO, *, live: bool, wire: Wire = wire) -> None:
        self._stream = stream
        self._live = live
        self._wire = wire

    def message(self, message: Any, answer: Any) -> None:
        """A line with an answer."""
        self._write(self._wire(message, answer))

    def failure(self, failure: Failure) -> None:
        """A line with `error`, on the place of the one that could not be read."""
        self._write({"id": failure.id, "error": failure.fault})

    def _write(self, value: dict[str, Any]) -> None:
        self._stream.write(encode(value) + b"\n")
        if self._live:
            self._stream.flush()

    def close(self) -> None:
        """All is written."""
        self._stream.flush()


class JsonDocument:
    """One document: the object itself where exactly one message was asked for (`single`), else an array."""

    def __init__(self, stream: BinaryIO, *, single: bool, wire: Wire = wire) -> None:
        self._stream = stream
        self._single = single
        self._wire = wire
        self._count = 0

    def message(self, message: Any, answer: Any) -> None:
        """An element with an answer."""
        self._write(self._wire(message, answer))

    def failure(self, failure: Failure) -> None:
        """An element with `error`."""
        self._write({"id": failure.id, "error": failure.fault})

    def _write(self, value: dict[str, Any]) -> None:
        if not self._single:
            self._stream.write(b",\n" if self._count else b"[\n")
        self._stream.write(encode(value, 2) + (b"\n" if self._single else b""))
        self._count += 1

    def close(self) -> None:
        """End the array."""
        if not self._single:
            self._stream.write(b"\n]\n" if self._count else b"[]\n")
        self._stream.flush()

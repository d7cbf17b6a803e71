"""What goes back to a client: JSON, or plain text as LanguageTool gives its errors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, body and headers of one answer."""

    status: int
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def line(self) -> str:
        """The status as WSGI wants it, such as `200 OK`."""
        return f"{self.status} {HTTPStatus(self.status).phrase}"


class Refusal(Exception):
    """A request that is not served; the text says what is wrong, where, and what to do."""

    def __init__(self, status: int, text: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
        self.status = status
        self.headers = headers
        super().__init__(text)

    def answer(self) -> Answer:
        """The refusal as it goes out."""
        return Answer(self.status, f"Error: {self}".encode("utf-8", "replace"), headers=self.headers)


def as_json(value: Any) -> Answer:
    """A value as JSON; everything beyond ASCII is escaped, since clients also send halves of surrogate pairs."""
    return Answer(200, json.dumps(value, separators=(",", ":")).encode("ascii"), "application/json; charset=utf-8")


def as_text(text: str) -> Answer:
    """A plain text."""
    return Answer(200, text.encode())

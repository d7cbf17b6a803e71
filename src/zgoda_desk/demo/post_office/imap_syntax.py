"""Reads what an IMAP client writes: words, quoted strings, lists, sets of numbers; and writes strings back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeAlias

Token: TypeAlias = "str | list[Token]"

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PIECE = re.compile(
    r'\s*(?:(?P<open>\()|(?P<close>\))|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>[^\s()"\[]*(?:\[[^\]]*\])?[^\s()"]*))',
    re.DOTALL,
)


class BadSyntax(Exception):
    """The command cannot be understood; the text says what was expected."""


def tokens(text: str) -> list[Token]:
    """The words of a command, lists nested. `BODY.PEEK[HEADER.FIELDS (TO)]<0.9>` is one word. Raises BadSyntax."""
    stack: list[list[Token]] = [[]]
    place = 0
    while text[place:].strip():
        found = _PIECE.match(text, place)
        if found is None or found.end() == place:
            raise BadSyntax("A word, a string or a list was expected")
        place = found.end()
        _put(stack, found)
    if len(stack) != 1:
        raise BadSyntax("A list is not closed")
    return stack[0]


def _put(stack: list[list[Token]], found: re.Match[str]) -> None:
    if found["open"]:
        inner: list[Token] = []
        stack[-1].append(inner)
        stack.append(inner)
    elif found["close"]:
        if len(stack) == 1:
            raise BadSyntax("A list is closed that was not opened")
        stack.pop()
    elif found["quoted"] is not None:
        stack[-1].append(re.sub(r"\\(.)", r"\1", found["quoted"], flags=re.DOTALL))
    else:
        stack[-1].append(found["word"])


def word(given: Sequence[Token], place: int) -> str:
    """The word at a place of a command. Raises BadSyntax where it is missing or is a list."""
    if place >= len(given) or not isinstance(given[place], str):
        raise BadSyntax("Something is missing")
    return str(given[place])


def number_set(text: str, largest: int) -> list[range]:
    """`1:3,7,9:*` as ranges, `*` being the largest number there is. Raises BadSyntax."""
    if not re.fullmatch(r"(?:\d+|\*)(?::(?:\d+|\*))?(?:,(?:\d+|\*)(?::(?:\d+|\*))?)*", text):
        raise BadSyntax("A set of numbers was expected")
    ranges = []
    for part in text.split(","):
        ends = [largest if end == "*" else int(end) for end in part.split(":")]
        ranges.append(range(min(ends), max(ends) + 1))
    return ranges


def quoted(text: str) -> bytes:
    """A short string as IMAP writes it."""
    return b'"' + text.replace("\\", "\\\\").replace('"', '\\"').encode("utf-8") + b'"'


def literal(content: bytes) -> bytes:
    """Any bytes as IMAP writes them."""
    return b"{%d}\r\n%b" % (len(content), content)


def internal_date(moment: datetime) -> bytes:
    """A time as `INTERNALDATE` gives it, without the quotes; months are English whatever the machine speaks."""
    moment = moment.astimezone(UTC)
    return f"{moment.day:2d}-{MONTHS[moment.month - 1]}-{moment:%Y %H:%M:%S} +0000".encode()


def day_of(text: str) -> datetime:
    """`5-Jan-2026` as the beginning of that day, in UTC. Raises BadSyntax."""
    try:
        day, month, year = text.split("-")
        return datetime(int(year), MONTHS.index(month.capitalize()) + 1, int(day), tzinfo=UTC)
    except ValueError as error:
        raise BadSyntax("A day like 5-Jan-2026 was expected") from error

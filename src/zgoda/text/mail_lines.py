"""The lines of a mail with their places, and the small questions that are asked of a line."""

from __future__ import annotations

import re
from typing import NamedTuple

BLANK = " \t\r\f\v\xa0\u200b\ufeff"

_MAIL = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,255}")
_MAIL_END = re.compile(r"@[^\s<>@]{1,255}>{1,2}\s{0,3}:\s{0,3}\Z")
_TIME = re.compile(r"(?<![\d.:])[012]?\d[:.][0-5]\d(?![\d])")
_YEAR = re.compile(r"(?<!\d)(?:(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-]\d\d)(?!\d)")
_WORD = re.compile(r"[^\W\d_]{1,60}")


class Line(NamedTuple):
    """A line `[start, end)` of the text, without its newline; `text` is stripped, and begins at `text_start`."""

    start: int
    end: int
    text: str
    text_start: int

    @property
    def text_end(self) -> int:
        """Where the stripped text ends."""
        return self.text_start + len(self.text)

    @property
    def quoted(self) -> bool:
        """Whether the line carries the sign of a quotation."""
        return self.text.startswith(">")


def lines_of(text: str) -> list[Line]:
    """All lines in order."""
    lines: list[Line] = []
    place = 0
    for line in text.split("\n"):
        tail = line.lstrip(BLANK)
        lines.append(Line(place, place + len(line), tail.rstrip(BLANK), place + len(line) - len(tail)))
        place += len(line) + 1
    return lines


def has_mail(text: str) -> bool:
    """Whether there is an e-mail address."""
    return "@" in text and _MAIL.search(text) is not None


def ends_with_mail(text: str) -> bool:
    """Whether it ends `<name@example.com>:`."""
    return _MAIL_END.search(text[-300:]) is not None


def has_time(text: str) -> bool:
    """Whether there is a time of day."""
    return _TIME.search(text) is not None


def has_year(text: str) -> bool:
    """Whether there is a date with its year."""
    return _YEAR.search(text) is not None


def is_contact(text: str) -> bool:
    """Whether a line under a closing can be a name, a firm or how to reach it, and not one more sentence."""
    if len(text) > 100 or text.endswith(("!", "?", "…")):
        return False
    small: int = sum(word[0].islower() for word in _WORD.findall(text))
    reach = "@" in text or "://" in text or sum(char.isdigit() for char in text) >= 5
    return small <= (4 if reach else 1)


def is_name(text: str) -> bool:
    """Whether there is nothing but up to four words with a capital."""
    words = _WORD.findall(text)
    return 0 < len(words) <= 4 and len(text) <= 60 and not any(word[0].islower() for word in words)

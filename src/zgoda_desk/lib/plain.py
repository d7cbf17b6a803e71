"""Text that any database takes."""

from __future__ import annotations

import re
import unicodedata

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MOST_DIGITS = 15  # a number that any database takes
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def storable(text: str) -> str:
    """The text with NUL and lone surrogates replaced by U+FFFD, so that a write never fails (I01, I02)."""
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str, limit: int) -> str:
    """The text on one line, cut at `limit` characters; for subjects and names."""
    return _BREAKS.sub(" ", storable(text)).strip()[:limit]


def same_word(text: str) -> str:
    """The form in which two words are the same whatever their case, in any alphabet and on any database.

    At most four times as long as the text.
    """
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def number(told: object) -> int:
    """An id or a count that somebody sent, from 0; 0 for anything else, however long it is (I21)."""
    words = str(told or "")
    return int(words) if words.isascii() and words.isdigit() and len(words) <= _MOST_DIGITS else 0

"""Cuts a text where a reader sees a border between signs: never inside a family, a flag or a letter (I03)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"


def graphemes(text: str) -> Iterator[str]:
    """The signs of a text in order; together they are the text."""
    start = 0
    flags = 0
    for at in range(1, len(text)):
        flags = flags + 1 if _is_flag(text[at - 1]) else 0
        if _is_border(text[at - 1], text[at], flags):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def clip(text: str, limit: int) -> tuple[str, int, bool]:
    """The first `limit` signs, how many signs they are, and whether anything was cut off."""
    taken: list[str] = []
    for sign in graphemes(text):
        if len(taken) >= limit:
            return "".join(taken), len(taken), True
        taken.append(sign)
    return text, len(taken), False


def _is_border(before: str, after: str, flags: int) -> bool:
    """Whether a sign ends between two characters; `flags` counts the regional letters up to `before`."""
    if after == _JOINER or _extends(after) or (before == "\r" and after == "\n"):
        return False
    if before == _JOINER:
        return not _is_pictograph(after)
    return not (_is_flag(after) and flags % 2)


def _extends(char: str) -> bool:
    """Combining marks, variation selectors, skin tones, tags and the later jamo of a Korean syllable."""
    if char < "\u0300":
        return False
    code = ord(char)
    if 0x1160 <= code <= 0x11FF or 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return True
    return unicodedata.category(char) in ("Mn", "Me", "Mc")


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_pictograph(char: str) -> bool:
    return unicodedata.category(char) in ("So", "Sm", "Sk") or char >= "\U0001f000"

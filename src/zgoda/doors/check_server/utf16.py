"""Places in a text, counted as LanguageTool's clients count them: in UTF-16 code units."""

from __future__ import annotations

from bisect import bisect_left

_LAST_OF_ONE_UNIT = "\uffff"


class Utf16:
    """Turns code points of one text into UTF-16 code units; an astral character counts two."""

    def __init__(self, text: str) -> None:
        self._wide = [] if text.isascii() else [i for i, char in enumerate(text) if char > _LAST_OF_ONE_UNIT]

    def at(self, position: int) -> int:
        """The place of a code point, or of the end of the text, in code units."""
        return position + bisect_left(self._wide, position)


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return Utf16(text).at(len(text))

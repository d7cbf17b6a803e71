"""Cuts the lines around a span out of a text, as they can be shown, and says which columns to underline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len

from zgoda.doors.paper import clean

_TAB = 4
_WORD = 20  # so far a cut moves to stand between words
_MOST_LINES = 3  # of a span over several lines, so many are shown


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as it is shown, and the columns (in cells) under which the mark stands."""

    line: str
    start: int
    width: int


def position(text: str, start: int) -> tuple[int, int]:
    """Line and column of a place, both from 1; a column is a code point, a line ends as any editor takes it."""
    lines = text.count("\n", 0, start) + text.count("\r", 0, start) - text.count("\r\n", 0, start)
    return lines + 1, start - _line_start(text, start) + 1


def snippet(text: str, start: int, end: int, width: int, more: str) -> list[Shown]:
    """The lines that a span touches, at most three, each cut to `width` cells around it with `more` at the cuts."""
    shown: list[Shown] = []
    for first, a, b, last in _lines(text, start, end):
        if len(shown) == _MOST_LINES:
            break
        shown.append(_cut(text, first, a, b, last, width, more))
    return shown


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _line_end(text: str, place: int) -> int:
    ends = [at for at in (text.find("\n", place), text.find("\r", place)) if at >= 0]
    return min(ends, default=len(text))


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Line start, span start, span end, line end for each line in which the span has a word."""
    at = start
    while at < end:
        last = _line_end(text, at)
        inside = text[at : min(last, end)]
        words = inside.strip()
        if words:
            a = at + len(inside) - len(inside.lstrip())
            yield _line_start(text, at), a, a + len(words), last
        at = last + 1


def _cut(text: str, first: int, a: int, b: int, last: int, width: int, more: str) -> Shown:
    """One line; what is too long is cut so that the span stays in view, its beginning above all."""
    low, high = max(first, a - 4 * width), min(last, min(b, a + 4 * width) + 4 * width)
    pieces = _pieces(text[low:high])
    widths = [cell_len(piece) for piece in pieces]
    a, b = a - low, min(b, high) - low
    left, right = 0, len(pieces)
    if low > first or high < last or sum(widths) > width:
        left, right = _window(widths, a, b, width - 2 * cell_len(more))
        left = left if low + left == first else _next_word(pieces, left, a)
        right = right if low + right == last else _word_before(pieces, right, b)
    before = more if low + left > first else ""
    after = more if low + right < last else ""
    at = cell_len(before + "".join(pieces[left:a]))
    marked = cell_len("".join(pieces[a : min(b, right)]))
    return Shown(before + "".join(pieces[left:right]) + after, at, max(1, marked))


def _pieces(line: str) -> list[str]:
    """What is shown for each code point of a line."""
    pieces: list[str] = []
    column = 0
    for char in line:
        piece = " " * (_TAB - column % _TAB) if char == "\t" else clean(char)
        column += cell_len(piece)
        pieces.append(piece)
    return pieces


def _window(widths: list[int], a: int, b: int, room: int) -> tuple[int, int]:
    """From where to where a line is shown: the span, and as much around it as fits."""
    left, right = a, a
    while right < b and room >= widths[right]:
        room -= widths[right]
        right += 1
    if right < b:
        return left, right
    ahead = room // 2
    while left > 0 and ahead >= widths[left - 1]:
        left -= 1
        ahead -= widths[left]
        room -= widths[left]
    while right < len(widths) and room >= widths[right]:
        room -= widths[right]
        right += 1
    while left > 0 and room >= widths[left - 1]:
        left -= 1
        room -= widths[left]
    return left, right


def _next_word(pieces: list[str], left: int, a: int) -> int:
    """The first word that is whole, unless the cut would move far or into the span."""
    return next((i + 1 for i in range(left, min(a, left + _WORD)) if pieces[i] == " "), left)


def _word_before(pieces: list[str], right: int, b: int) -> int:
    """The end of the last word that is whole."""
    return next((i for i in range(right, max(b, right - _WORD) - 1, -1) if pieces[i : i + 1] == [" "]), right)

"""Spans of a reading made fit for cutting: within the text, in order, none over another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class Stretch(NamedTuple):
    """A part `[start, end)` of a text, in code points, with what it is."""

    start: int
    end: int
    kind: str


def stretches(found: Iterable[Mapping[str, Any]], size: int, key: str = "kind", moved: int = 0) -> list[Stretch]:
    """The spans of one field of a reading, in order, kept within a text of `size` code points; empty ones fall out.

    `moved` is where in the text the part begins that was read.
    """
    kept = []
    for span in found:
        start, end = max(0, span["start"] + moved), min(size, span["end"] + moved)
        if start < end:
            kept.append(Stretch(start, end, str(span[key])))
    return sorted(kept, key=lambda span: (span.start, -span.end))


def disjoint(spans: Iterable[Stretch]) -> list[Stretch]:
    """Of sorted spans those that do not lie over an earlier kept one."""
    kept: list[Stretch] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def touching(spans: Sequence[Stretch], start: int, end: int) -> Sequence[Stretch]:
    """Those of sorted, disjoint spans that share a character with `[start, end)`."""
    first = bisect_right(spans, start, key=lambda span: span.end)
    return spans[first : bisect_left(spans, end, key=lambda span: span.start)]


def without(span: Stretch, cut: Sequence[Stretch]) -> list[Stretch]:
    """What stays of a span when sorted, disjoint spans are cut out of it."""
    left, start = [], span.start
    for gone in touching(cut, span.start, span.end):
        if start < gone.start:
            left.append(Stretch(start, gone.start, span.kind))
        start = max(start, gone.end)
    if start < span.end:
        left.append(Stretch(start, span.end, span.kind))
    return left


def within(part: tuple[int, int] | None, size: int) -> tuple[int, int]:
    """A part of a text of `size` code points, kept within it; all of it where no part is named."""
    if part is None:
        return 0, size
    start = min(max(0, part[0]), size)
    return start, min(max(start, part[1]), size)

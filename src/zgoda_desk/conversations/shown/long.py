"""The short form of a long message: facts and demands first, the rest behind a gap that opens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from zgoda_desk.conversations.shown.folding import Lay
from zgoda_desk.conversations.shown.pieces import GAP, PLAIN, QUOTE, Piece, lay_of, pieces
from zgoda_desk.conversations.shown.spans import Stretch, disjoint, touching, within

LINES = 12  # a message of more lines is folded
_LINE = 75  # signs on a line at the measure of the page


def lines(text: str) -> int:
    """How many lines a text takes on the page, about."""
    return sum(max(1, -(-len(line) // _LINE)) for line in text.split("\n"))


def long_form(
    text: str,
    reading: Mapping[str, Any] | None,
    newest: tuple[int, int] | None = None,
    read_from: int = 0,
) -> tuple[Piece, ...] | None:
    """The pieces of a message of more than 12 lines with all but facts and demands in gaps; None for a shorter one.

    Takes what `pieces` takes, and the texts still make up the whole. Threats and words of self-harm never fall into
    a gap. A message with no facts and no demands, or not read yet, keeps its beginning.
    """
    start, end = within(newest, len(text))
    if lines(text[start:end].strip()) <= LINES:
        return None
    kept = _kept(text, lay_of(text, reading or {}, read_from), start, end)
    return tuple(_gapped(_cut(pieces(text, reading, newest, read_from), kept)))


def _kept(text: str, lay: Lay, start: int, end: int) -> list[Stretch]:
    """The sentences that stay, in order: danger always, then demands, then those with most facts, 12 lines in all."""
    own = [span for span in lay.sentences if start <= span.start and span.end <= end]
    threats = disjoint([span for span in lay.abuse if span.kind == "threat"])
    danger = {s for s in own if touching(threats, s.start, s.end) or touching(lay.care, s.start, s.end)}
    weighed = sorted(own, key=lambda span: (span not in danger, -_weight(span, lay)))
    chosen: list[Stretch] = []
    left = LINES
    for span in weighed:
        left -= lines(text[span.start : span.end])
        if span in danger or (left >= 0 and _weight(span, lay)):
            chosen.append(span)
    return sorted(chosen) or _beginning(text, start, end)


def _weight(span: Stretch, lay: Lay) -> int:
    """How much a sentence says of the matter: a demand more than any number of facts."""
    return (1000 if span.kind == "demand" else 0) + len(touching(lay.facts, span.start, span.end))


def _beginning(text: str, start: int, end: int) -> list[Stretch]:
    """The first lines, cut at a space."""
    cut = start + LINES * _LINE
    rows = text[start:end].split("\n", LINES)
    if len(rows) > LINES:
        cut = min(cut, end - len(rows[-1]) - 1)
    space = text.rfind(" ", start, cut)
    return [Stretch(start, min(end, space if space > start else cut), "")]


def _cut(found: Iterable[Piece], kept: list[Stretch]) -> Iterator[tuple[bool, Piece]]:
    """Each piece with whether it stays; a plain one that stays in part is cut where it does."""
    at = 0
    for piece in found:
        end = at + len(piece.text)
        if piece.kind == PLAIN:
            yield from _plain(piece.text, at, kept)
        else:
            yield piece.kind == QUOTE or piece.safety or bool(touching(kept, at, end)), piece
        at = end


def _plain(text: str, at: int, kept: list[Stretch]) -> Iterator[tuple[bool, Piece]]:
    """A plain run cut where kept sentences begin and end."""
    done = at
    for span in touching(kept, at, at + len(text)):
        if done < span.start:
            yield False, Piece(PLAIN, text[done - at : span.start - at])
        first, done = max(done, span.start), min(span.end, at + len(text))
        yield True, Piece(PLAIN, text[first - at : done - at])
    if done < at + len(text):
        yield False, Piece(PLAIN, text[done - at :])


def _gapped(cut: Iterable[tuple[bool, Piece]]) -> Iterator[Piece]:
    """The pieces that stay, and one gap for each run of those that do not; mere space is no gap."""
    for stays, run in groupby(cut, key=lambda pair: pair[0]):
        if stays:
            yield from (piece for _, piece in run)
            continue
        text = "".join(piece.text for _, piece in run)
        yield Piece(GAP if text.strip() else PLAIN, text)

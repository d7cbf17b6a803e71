"""A sentence of an agent with all that bears on its promises, as a value: equal pieces promise the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from zgoda.guidance.promise_frames import Frame

Span = tuple[int, int]
_Told = tuple[int, int, str, str | None, object, str, tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Piece:
    """The sentence `[start, len(text))` behind the few characters before it, which patterns may look back at.

    `low` is `text` in lower case, of the same length; all places, also those of `quoted` and `frames`, count from the
    beginning of `text`. The frames compare by what is read in them, not by the text they were found in.
    """

    text: str
    low: str
    start: int
    quoted: tuple[Span, ...]
    told: tuple[_Told, ...]
    frames: tuple[Frame, ...] = field(compare=False)

    @classmethod
    def of(
        cls, text: str, low: str, span: Span, frames: Iterable[Frame], quoted: Sequence[Span], behind: int
    ) -> tuple[int, Piece]:
        """The piece `span` of a text, and where in the text it begins; `behind` is how far patterns look back."""
        start, end = span
        begin = max(start - behind, 0)
        held = tuple(f._replace(start=f.start - begin, end=f.end - begin) for f in frames)
        marks = tuple((a - begin, b - begin) for a, b in quoted if b > start)
        told = tuple(map(_told, held)) if held else ()
        return begin, cls(text[begin:end], low[begin:end], start - begin, marks, told, held)

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.text[self.start :].rstrip(' \n)»”"').endswith("?")

    def weight(self) -> int:
        """Code points that are held as long as the piece is: a time keeps the text that it was found in."""
        return len(self.text) + (len(self.frames[0].hit.low) if self.frames else 0)


def _told(frame: Frame) -> _Told:
    """What is read in a time: its words, and where in them the groups of its pattern stand."""
    match = frame.hit.match
    start, end = match.span()
    groups = tuple((a - start, b - start) if a >= 0 else (a, b) for a, b in match.regs)
    return frame.start, frame.end, frame.kind, frame.value, match.re, frame.hit.low[start:end], groups

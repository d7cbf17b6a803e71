"""Draws the message itself: roles in the margin, facts standing out, heat pale, abuse folded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from zgoda.doors.paper import JOIN, Paper, clean
from zgoda.doors.wording import Wording
from zgoda.text.html import blank_markup, looks_like_html
from zgoda.values import Reading, Span

MARGIN = 10
_WHOLE = 22  # a fact of so many characters is never broken: sums and numbers are read at one glance
_GAP = 240  # of a stretch that was not read, so much is shown


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch with a meaning of its own: a fact (`kinds` holds one) or folded abuse."""

    start: int
    end: int
    kinds: tuple[str, ...]
    fold: bool


class MarkedText:
    """The words of one message with its facts and folds; gives any stretch of it, styled."""

    def __init__(self, text: str, reading: Reading, wording: Wording, paper: Paper, show_abuse: bool) -> None:
        self.text = blank_markup(text) if looks_like_html(text) else text
        self.reading = reading
        self.wording = wording
        self.paper = paper
        folded = [] if show_abuse else [s for s in reading.abuse if s.kind in wording.several("show", "fold")]
        self.folds = _merged(folded)
        facts = sorted((f.start, f.end, f.kind) for f in reading.facts)
        self.marks = _marks(facts, self.folds)

    def styled(self, start: int, end: int, *, tags: bool = True, style: str = "") -> Text:
        """The stretch with facts and folds drawn; `tags` puts the kind behind a fact."""
        out = Text(style=style)
        at = start
        for mark in self._within(start, end):
            out.append(clean(self.text[at : max(at, mark.start)]))
            first, last = max(mark.start, start), min(mark.end, end)
            if mark.fold:
                out.append_text(self._fold(mark))
            else:
                self._fact(out, mark, clean(self.text[first:last]), tags and mark.end <= end)
            at = last
        out.append(clean(self.text[at:end]))
        return out

    def _within(self, start: int, end: int) -> Iterator[Mark]:
        low, high = 0, len(self.marks)
        while low < high:
            middle = (low + high) // 2
            if self.marks[middle].end <= start:
                low = middle + 1
            else:
                high = middle
        for mark in self.marks[low:]:
            if mark.start >= end:
                return
            yield mark

    def _fold(self, mark: Mark) -> Text:
        kinds = "+".join(self.wording.name("abuse", kind) for kind in mark.kinds)
        return Text(f"[{kinds}{JOIN}{self.paper.signs.fold}]", style="dim")

    def _fact(self, out: Text, mark: Mark, words: str, tag: bool) -> None:
        if len(words) <= _WHOLE:
            words = words.replace(" ", JOIN)
        if self.paper.plain and tag:
            words = f"*{words}*"
        out.append(words, style="not dim bold underline" if tag else "not dim bold")
        if tag:
            signs = self.paper.signs
            out.append(f"{JOIN}{signs.open}{self.wording.name('facts', mark.kinds[0])}{signs.close}", style="dim")


def _merged(spans: Sequence[Span]) -> list[Mark]:
    """Overlapping spans of abuse as one fold with all their kinds."""
    marks: list[Mark] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        if marks and span.start < marks[-1].end:
            last = marks[-1]
            kinds = tuple(dict.fromkeys((*last.kinds, span.kind)))
            marks[-1] = Mark(last.start, max(last.end, span.end), kinds, True)
        elif span.start < span.end:
            marks.append(Mark(span.start, span.end, (span.kind,), True))
    return marks


def _marks(facts: Sequence[tuple[int, int, str]], folds: Sequence[Mark]) -> list[Mark]:
    """Facts and folds without overlaps, in order: a fact inside abuse stays readable, the fold goes on behind it."""
    clear: list[Mark] = []
    for start, end, kind in facts:
        start = max(start, clear[-1].end if clear else 0)  # noqa: PLW2901
        if start < end:
            clear.append(Mark(start, end, (kind,), False))
    marks: list[Mark] = []
    number = 0
    for fold in folds:
        at = fold.start
        while number < len(clear) and clear[number].end <= at:
            number += 1
        inside = number
        while inside < len(clear) and clear[inside].start < fold.end:
            if clear[inside].start > at:
                marks.append(Mark(at, clear[inside].start, fold.kinds, True))
            at = max(at, clear[inside].end)
            inside += 1
        if at < fold.end:
            marks.append(Mark(at, fold.end, fold.kinds, True))
    return sorted([*marks, *clear], key=lambda mark: mark.start)


def draw_message(marked: MarkedText) -> None:
    """The whole message, a sentence a line, paragraphs apart; what was not read is pale and shortened."""
    paper, text = marked.paper, marked.text
    at = 0
    for sentence in marked.reading.sentences:
        start, end = _with_signs(text, at, sentence.start, sentence.end)
        apart = at > 0 and text.count("\n", at, start) > 1
        if not _gap(marked, at, start) and apart:
            paper.line()
        heat = sentence.role == "emotion"
        body = marked.styled(start, end, style="dim" if heat else "")
        body.rstrip()
        paper.block(Text(marked.wording.name("roles", sentence.role), style="dim"), body, MARGIN)
        at = end
    _gap(marked, at, len(text))


def _with_signs(text: str, before: int, start: int, end: int) -> tuple[int, int]:
    """The sentence with the signs that stand directly at it: a bracket, a currency, an emoji."""
    start, end = max(start, before), max(end, before)
    while start > before and _is_sign(text[start - 1]):
        start -= 1
    while end < len(text) and _is_sign(text[end]):
        end += 1
    return start, end


def _is_sign(char: str) -> bool:
    return not char.isalnum() and not char.isspace()


def _gap(marked: MarkedText, start: int, end: int) -> bool:
    """Words between the sentences, such as a quoted mail; False where there are none but signs."""
    stretch = clean(marked.text[start : min(end, start + 50 * _GAP)]).strip()
    if not any(char.isalnum() for char in stretch):
        return False
    left = end - start - _GAP
    if len(stretch) > _GAP + 40:
        stretch = stretch[:_GAP].rstrip()
        more = marked.wording.name("words", "more_characters").format(n=f"{max(left, 1):,}")
        stretch += f"{marked.paper.signs.more} ({more})"
    note = Text(marked.wording.name("words", "not_read"), style="dim")
    marked.paper.block(note, Text(stretch, style="dim"), MARGIN)
    return True

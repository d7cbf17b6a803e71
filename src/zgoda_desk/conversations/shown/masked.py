"""The newest words on one line with all abuse masked: for the queue, notices, titles and exports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from zgoda_desk.conversations.shown.folding import GRAVITY, Lay, unions, widened
from zgoda_desk.conversations.shown.graphemes import clip
from zgoda_desk.conversations.shown.pieces import lay_of
from zgoda_desk.conversations.shown.spans import Stretch, within
from zgoda_desk.conversations.shown.visible import visible

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MARK = "▒▒▒"  # a mask where there are only letters: a notice, the title of a page, an export
_WIDTH = 4  # signs that a mask counts for
_WIDE = 8  # signs of text that are looked at for one that is shown: breaks and hidden marks shrink
_BLANK = re.compile(r"\s++")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the line: words to show, or a mask in place of words (`kind` names the gravest abuse it hides)."""

    text: str
    kind: str = ""

    @property
    def masked(self) -> bool:
        """Whether this is a mask."""
        return bool(self.kind)

    @property
    def label(self) -> StrOrPromise:
        """What a mask is called for those who do not see it; empty for words."""
        return _LABELS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Preview:
    """One line of a message; `unread` where there is no reading yet, and then no words are shown."""

    parts: tuple[Part, ...] = ()
    unread: bool = False

    @property
    def line(self) -> str:
        """The line in letters alone, masks as marks; never holds abuse that was read."""
        return "".join(MARK if part.masked else part.text for part in self.parts)

    def kept(self) -> list[list[str]]:
        """The parts as plain lists of text and kind, for a column; `preview_of` reads them back."""
        return [[part.text, part.kind] for part in self.parts]

    @property
    def masks(self) -> int:
        """How many masks stand in the line."""
        return sum(part.masked for part in self.parts)


_LABELS: dict[str, StrOrPromise] = {
    "threat": gettext_lazy("masked threat"),
    "hate": gettext_lazy("masked hateful words"),
    "harassment": gettext_lazy("masked intrusive words"),
    "insult": gettext_lazy("masked insult"),
    "profanity": gettext_lazy("masked swearing"),
}


def preview_of(kept: Iterable[Sequence[str]]) -> Preview:
    """A preview from what `Preview.kept` gave."""
    return Preview(tuple(Part(text, kind) for text, kind in kept))


def preview(
    text: str,
    reading: Mapping[str, Any] | None,
    newest: tuple[int, int] | None = None,
    limit: int = 120,
    read_from: int = 0,
) -> Preview:
    """The first `limit` signs of what was written now, on one line, from after the greeting, abuse masked.

    Takes the text and reading that `pieces` takes. A word is masked whole where only a part of it was read as abuse.
    """
    if reading is None:
        return Preview(unread=True)
    start, end = within(newest, len(text))
    lay = lay_of(text, reading, read_from)
    start = _after_greeting(lay, start, end)
    masks = _masks(text, lay)
    return Preview(tuple(_clipped(_runs(text, start, min(end, start + limit * _WIDE), masks), limit)))


def _after_greeting(lay: Lay, start: int, end: int) -> int:
    """Where the matter begins; the start where there is nothing but courtesy."""
    for sentence in lay.sentences:
        if sentence.end > start and sentence.kind != "courtesy" and sentence.start < end:
            return max(start, sentence.start) if _only_courtesy(lay, start, sentence.start) else start
    return start


def _only_courtesy(lay: Lay, start: int, end: int) -> bool:
    return any(s.kind == "courtesy" and start < s.end <= end for s in lay.sentences)


def _masks(text: str, lay: Lay) -> list[Stretch]:
    """The abuse to mask, widened to whole words and sentences of heat, joined where no word stands between."""
    kept: list[Stretch] = []
    for fold in widened(text, lay, unions(lay.abuse)):
        start, end = _whole_words(text, fold.start, fold.end)
        kind = fold.counts[0][0]
        if kept and not any(char.isalnum() for char in text[kept[-1].end : start]):
            last = kept.pop()
            start, end, kind = last.start, max(last.end, end), min(last.kind, kind, key=GRAVITY.index)
        kept.append(Stretch(start, end, kind))
    return kept


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _runs(text: str, start: int, end: int, masks: Iterable[Stretch]) -> Iterable[Part]:
    """Words and masks of `[start, end)` in order, each run on one line."""
    for mask in masks:
        if mask.end <= start or mask.start >= end:
            continue
        if start < mask.start:
            yield Part(_one_line(text[start : mask.start]))
        yield Part("", mask.kind)
        start = mask.end
    if start < end:
        yield Part(_one_line(text[start:end]))


def _one_line(text: str) -> str:
    return _BLANK.sub(" ", visible(text))


def _clipped(runs: Iterable[Part], limit: int) -> Iterable[Part]:
    """The runs up to `limit` signs, with an ellipsis where something was cut off; no space at either end."""
    left, first, held = limit, True, ""
    for run in runs:
        if left <= 0:
            yield Part(held + "…")
            return
        if run.masked:
            if held:
                yield Part(held)
            yield run
            left, first, held = left - _WIDTH, False, ""
            continue
        words, taken, cut = clip(run.text.lstrip() if first else run.text, left)
        left, first = left - taken, first and not words
        if cut:
            yield Part(words.rstrip() + "…")
            return
        held = words
    if held.rstrip():
        yield Part(held.rstrip())

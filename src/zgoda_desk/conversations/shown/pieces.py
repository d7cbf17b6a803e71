"""A customer's message cut into the pieces that are shown: facts, demands, heat, folds, the quoted rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from zgoda_desk.conversations.shown.counted import fold_label
from zgoda_desk.conversations.shown.folding import Counts, Fold, Lay, folds
from zgoda_desk.conversations.shown.spans import Stretch, disjoint, stretches, touching, within
from zgoda_desk.conversations.shown.visible import visible

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PLAIN, FACT, DEMAND, HEAT, FOLD, QUOTE, GAP = "plain", "f", "d", "e", "fold", "quote", "gap"
_OUTER = {"demand": DEMAND, "emotion": HEAT}
_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a message: `text` as written, `kind` as the class it is drawn with, `parts` where pieces lie within it.

    `kind` is `plain`, `f` (fact), `d` (demand sentence), `e` (only heat), `fold` (folded abuse, `counts` by kind, the
    gravest first), `quote` (what was not written now, collapsed) or `gap` (left out of the long form). The texts of
    the pieces, like those of the parts of one piece, make up the whole. `safety` is True where a threat is folded.
    """

    kind: str
    text: str
    parts: tuple[Piece, ...] = ()
    counts: Counts = ()

    @property
    def shown(self) -> str:
        """The text with everything hidden in it made visible; this is what a page prints."""
        return visible(self.text)

    @property
    def safety(self) -> bool:
        """Whether a threat is folded here."""
        return any(kind == "threat" for kind, _ in self.counts)

    @property
    def label(self) -> StrOrPromise:
        """What stands in the place of a folded, quoted or left-out piece; empty for the others."""
        return fold_label(self.kind, self.counts)


class _Leaf(NamedTuple):
    """A run of one kind; `sentence` is the number of the sentence that is drawn round it, -1 where none is."""

    start: int
    end: int
    kind: str
    sentence: int
    counts: Counts = ()


def pieces(
    text: str,
    reading: Mapping[str, Any] | None,
    newest: tuple[int, int] | None = None,
    read_from: int = 0,
) -> tuple[Piece, ...]:
    """Cut a message into its pieces; their texts together are `text`, whatever the reading holds.

    `reading` is the wire form of `zgoda.read` (None: not read yet, nothing is marked), `newest` the `[start, end)` that
    was written now, in code points of `text`; `read_from` is where the part begins that was read, where not all was.
    """
    start, end = within(newest, len(text))
    body = tuple(_body(text, start, end, reading or _NOTHING, read_from))
    return (*_rest(text[:start]), *body, *_rest(text[end:]))


def lay_of(text: str, reading: Mapping[str, Any], read_from: int = 0) -> Lay:
    """The spans of a reading, sorted and kept within the text."""
    size = len(text)
    signals = stretches(reading.get("signals", ()), size, moved=read_from)
    return Lay(
        disjoint(stretches(reading.get("sentences", ()), size, "role", read_from)),
        disjoint(stretches(reading.get("facts", ()), size, moved=read_from)),
        stretches(reading.get("abuse", ()), size, moved=read_from),
        disjoint([span for span in signals if span.kind == "self_harm"]),
    )


def _rest(text: str) -> tuple[Piece, ...]:
    """What stands before or after the newest words: collapsed, unless it is only space."""
    if not text:
        return ()
    return (Piece(QUOTE if text.strip() else PLAIN, text),)


def _body(text: str, start: int, end: int, reading: Mapping[str, Any], read_from: int) -> Iterator[Piece]:
    """The pieces of the newest words: leaves of one sentence that is drawn lie in one piece."""
    lay = lay_of(text, reading, read_from)
    for sentence, run in groupby(_leaves(text, start, end, lay), key=lambda leaf: leaf.sentence):
        inside = tuple(Piece(leaf.kind, text[leaf.start : leaf.end], (), leaf.counts) for leaf in run)
        if sentence < 0:
            yield from inside
            continue
        kind = _OUTER[lay.sentences[sentence].kind]
        whole = "".join(piece.text for piece in inside)
        yield Piece(kind, whole, inside if len(inside) > 1 or inside[0].kind != PLAIN else ())


def _leaves(text: str, start: int, end: int, lay: Lay) -> list[_Leaf]:
    """The runs of `[start, end)` in order, cut wherever a fold, a fact or a sentence begins or ends."""
    folded = folds(text, lay)
    marks = {start, end}
    for first, last, _ in (*folded, *lay.facts, *lay.sentences):
        marks.update((first, last))
    cuts = [mark for mark in sorted(marks) if start <= mark <= end]
    find = _Finder(folded, lay)
    return _grown(find.leaf(first, last) for first, last in pairwise(cuts))


class _Walk:
    """A walk along sorted, disjoint spans, asked for places that only go forward."""

    def __init__(self, spans: Sequence[Stretch] | Sequence[Fold]) -> None:
        self._spans, self._at = spans, 0

    def over(self, place: int) -> int:
        """The number of the span that holds the character at `place`, or -1."""
        while self._at < len(self._spans) and self._spans[self._at].end <= place:
            self._at += 1
        return self._at if self._at < len(self._spans) and self._spans[self._at].start <= place else -1


class _Finder:
    """What each run is, going forward through the sorted spans."""

    def __init__(self, folded: Sequence[Fold], lay: Lay) -> None:
        self._folds, self._sentences = folded, lay.sentences
        self._over_folds, self._over_facts = _Walk(folded), _Walk(lay.facts)
        self._over_sentences = _Walk(lay.sentences)
        self._drawn = [_is_drawn(sentence, lay) for sentence in lay.sentences]

    def leaf(self, start: int, end: int) -> _Leaf:
        """The run `[start, end)`, which no span begins or ends inside."""
        sentence = self._over_sentences.over(start)
        if sentence >= 0 and not self._drawn[sentence]:
            sentence = -1
        over = self._over_folds.over(start)
        if over < 0:
            return _Leaf(start, end, FACT if self._over_facts.over(start) >= 0 else PLAIN, sentence)
        fold = self._folds[over]
        if sentence >= 0 and not _strictly_inside(fold, self._sentences[sentence]):
            sentence = -1
        # A fold that runs on from the one before has told its counts already.
        return _Leaf(start, end, FOLD, sentence, fold.counts if start == fold.start else ())


def _is_drawn(sentence: Stretch, lay: Lay) -> bool:
    """Demands get their line, heat goes pale, but never the words of somebody who speaks of harming himself."""
    return sentence.kind in _OUTER and not (
        sentence.kind == "emotion" and touching(lay.care, sentence.start, sentence.end)
    )


def _strictly_inside(fold: Fold, sentence: Stretch) -> bool:
    return (
        sentence.start <= fold.start
        and fold.end <= sentence.end
        and (fold.start, fold.end) != (sentence.start, sentence.end)
    )


def _grown(leaves: Iterator[_Leaf]) -> list[_Leaf]:
    """Runs of the same kind and sentence joined, so that a cut nobody sees makes no piece."""
    kept: list[_Leaf] = []
    for leaf in leaves:
        last = kept[-1] if kept else None
        alike = last is not None and (last.kind, last.sentence) == (leaf.kind, leaf.sentence)
        if last is not None and alike and (leaf.kind == PLAIN or (leaf.kind == FOLD and not leaf.counts)):
            kept[-1] = last._replace(end=leaf.end)
        else:
            kept.append(leaf)
    return kept

"""Finds the things, people and places that a message names: a small learned tagger over words, lists and concepts."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zgoda.errors import ModelError
from zgoda.expressions import Found
from zgoda.model.weights import SHIPPED, Weights
from zgoda.reading.analysis import Analysis
from zgoda.reading.knowledge import Knowledge
from zgoda.reading.name_features import REACH, STEM, Clues, NameLists, clues_of, own_features, reaches
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.quoted import shape_of
from zgoda.values import LANGUAGES

NAMES = SHIPPED.with_name("names.bin")
KINDS = ("product", "person", "place")
LABELS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))
_SIZE = len(LABELS)
_LANE = 32
_LANES = struct.Struct(f"<{_SIZE}I")
_KEPT = 20_000
_CLOSED = -(10**9)
BEFORE = tuple(
    tuple(s for s in range(_SIZE) if to == 0 or to % 2 or s in (to, to - 1)) for to in range(_SIZE)
)
"""Labels that may stand before a label: an inner word follows the beginning or the inside of its own kind."""

Rows = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """A thing, person or place: words `[first, after)` of the analysis, code points `[start, end)`."""

    kind: str
    first: int
    after: int
    start: int
    end: int


def word_rows(feature_names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The features that a word lends to each place in reach, as (offset, name of the weights' row)."""
    for offset in range(-REACH, REACH + 1):
        for feature in feature_names:
            if reaches(feature, offset):
                yield offset, f"{offset}{feature}"


def place_rows(clues: Clues, place: int) -> Iterator[str]:
    """Rows of what stands around a word, beside the words themselves."""
    yield from clues.places[place]
    for offset in (-1, 0, 1):
        if 0 <= place + offset < len(clues.marks):
            for mark in clues.marks[place + offset]:
                yield f"{offset}c{mark}"


def wide_rows(clues: Clues, sentence: int, language: str) -> Iterator[str]:
    """Rows that hold for every word of a sentence."""
    yield f"lang{language}"
    for mark in clues.wide[sentence]:
        yield f"s{mark}"


def signature_start(text: str, markers: MailMarkers) -> int:
    """Code point at which the signature begins, the length of the text where there is none."""
    span = shape_of(text, markers).signature if "\n" in text else None
    return span[0] if span else len(text)


class NameFinder:
    """The tagger with its weights; rows are long integers with a lane a label, so that one sum adds all labels."""

    def __init__(self, knowledge: Knowledge, weights: Weights) -> None:
        if weights.outputs != LABELS:
            raise ModelError(f"{NAMES.name}: the weights are for other labels; run `./run model`")
        self.lists = NameLists(knowledge.table(part, "names") for part in ("common", *LANGUAGES))
        self._names = knowledge.registry.names
        self._markers = MailMarkers.of(knowledge.table(language, "mail") for language in LANGUAGES)
        self._rows = {name: _packed(row) for name, row in weights.rows.items()}
        self._marks: dict[str, tuple[int, int, int]] = {}
        self._words: dict[tuple[str, str], Rows] = {}
        try:
            self._steps = [[int(step) for step in row] for row in weights.settings["steps"]]
            self._extra = [int(step) for step in weights.settings["extra"]]
            self._gate = int(weights.settings["gate"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{NAMES.name}: the trained weights are damaged ({error}); run `./run model`") from error

    def find(self, analysis: Analysis, before: Sequence[Found]) -> list[Name]:
        """Names in reading order, none overlapping; each is said once. `before` are the facts found by patterns."""
        if not analysis.words:
            return []
        clues = clues_of(analysis, self._names, before, signature_start(analysis.text, self._markers))
        names = names_of(analysis, self._labels(self._sums(analysis, clues)))
        return once(names, analysis.keys)

    # -- weighing ------------------------------------------------------------------------------------------------

    def _word(self, language: str, text: str, key: str) -> Rows:
        """Sums of the rows that a word lends to the places from REACH behind it to REACH before it."""
        known = self._words.get((language, text))
        if known is None:
            sums = [0] * (2 * REACH + 1)
            rows = self._rows
            for offset, name in word_rows(own_features(language, text, key, self.lists)):
                sums[offset + REACH] += rows.get(name, 0)
            known = tuple(sums)
            if len(self._words) < _KEPT and len(text) < _KEPT:
                self._words[language, text] = known
        return known

    def _mark(self, mark: str) -> tuple[int, int, int]:
        """Rows of a concept or fact for the word behind it, its own words, and the word before it."""
        known = self._marks.get(mark)
        if known is None:
            get = self._rows.get
            known = self._marks[mark] = (get(f"-1c{mark}", 0), get(f"0c{mark}", 0), get(f"1c{mark}", 0))
        return known

    def _sums(self, analysis: Analysis, clues: Clues) -> list[int]:
        """The packed sum of every word."""
        words, texts, get = analysis.words, analysis.tokens.texts, self._rows.get
        total = len(words)
        sums = [0] * (total + 2 * REACH)
        for (a, b), own, number in zip(analysis.sentences, analysis.languages, range(total + 1), strict=False):
            base = sum([get(row, 0) for row in wide_rows(clues, number, own)])
            for i in range(a, b):
                sums[i + REACH] += base
                text = texts[words[i]]
                rows = self._words.get((own, text)) or self._word(own, text, analysis.keys[i])
                # A word lends the row of offset d to the word d places before it.
                for shift, row in enumerate(rows):
                    sums[i + 2 * REACH - shift] += row
        for i, rows in enumerate(clues.places):
            sums[i + REACH] += sum([get(row, 0) for row in rows])
        for i, marks in enumerate(clues.marks):
            for mark in marks:
                behind, here, ahead = self._mark(mark)
                sums[i + REACH + 1] += behind
                sums[i + REACH] += here
                sums[i + REACH - 1] += ahead
        return sums[REACH : REACH + total]

    def _labels(self, sums: list[int]) -> list[int]:
        """The best row of labels; words that are surely nothing cut the text into short runs."""
        labels = [0] * len(sums)
        run: list[tuple[int, ...]] = []
        unpack, size, gate = _LANES.unpack, _LANES.size, self._gate
        for place, packed in enumerate(sums):
            values = unpack(packed.to_bytes(size, "little"))
            if values[0] - max(values[1:]) < gate:
                run.append(values)
            elif run:
                labels[place - len(run) : place] = best_path(run, self._steps, self._extra)
                run = []
        if run:
            labels[len(sums) - len(run) :] = best_path(run, self._steps, self._extra)
        return labels


def _packed(row: bytes) -> int:
    return sum(value << (_LANE * lane) for lane, value in enumerate(row))


def best_path(run: Sequence[Sequence[int]], steps: Sequence[Sequence[int]], extra: Sequence[int]) -> list[int]:
    """The best labels of a run of words between two words that are nothing (Viterbi)."""
    scores = [0] + [_CLOSED] * (_SIZE - 1)
    back: list[list[int]] = []
    for values in run:
        fresh, came = [], []
        for to, sources in enumerate(BEFORE):
            row = steps[to]
            best = max(sources, key=[s + t for s, t in zip(scores, row, strict=True)].__getitem__)
            came.append(best)
            fresh.append(scores[best] + row[best] + values[to] + extra[to])
        scores = fresh
        back.append(came)
    label = max(range(_SIZE), key=[s + t for s, t in zip(scores, steps[0], strict=True)].__getitem__)
    labels = [label]
    for came in reversed(back[1:]):
        labels.append(came[labels[-1]])
    return labels[::-1]


def names_of(analysis: Analysis, labels: Sequence[int]) -> list[Name]:
    """Names that a row of labels spells out."""
    names: list[Name] = []
    place = 0
    while place < len(labels):
        if labels[place] == 0:
            place += 1
            continue
        first = place
        kind = (labels[first] - 1) // 2
        place += 1
        while place < len(labels) and labels[place] == 2 * kind + 2:
            place += 1
        names.append(Name(KINDS[kind], first, place, *analysis.span(first, place)))
    return names


def once(names: Sequence[Name], keys: Sequence[str]) -> list[Name]:
    """Without names that say again, perhaps in another case, what a name of their kind has said before."""
    seen: dict[str, set[str]] = {kind: set() for kind in KINDS}
    kept = []
    for name in names:
        stems = {key[:STEM] for key in keys[name.first : name.after]}
        if not stems <= seen[name.kind]:
            kept.append(name)
        seen[name.kind] |= stems
    return kept


def free_of(found: Sequence[Found], names: Sequence[Name]) -> list[Name]:
    """Names that share no letter with a fact found by patterns."""
    return [n for n in names if not any(n.start < f.end and f.start < n.end for f in found)]

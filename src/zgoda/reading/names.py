"""Finds the things, people and places that a message names: a small learned tagger over words, lists and concepts."""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add

from zgoda.errors import ModelError
from zgoda.expressions import Found
from zgoda.model.analysis import Analysis
from zgoda.model.knowledge import Knowledge
from zgoda.model.weights import SHIPPED, Weights
from zgoda.reading.name_features import (
    REACH,
    STEM,
    Around,
    Clues,
    NameLists,
    Zone,
    around_features,
    clues_of,
    own_features,
    reaches,
    zone_features,
)  # fmt: skip
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.quoted import shape_of
from zgoda.values import LANGUAGES

NAMES = SHIPPED.with_name("names.bin")
KINDS = ("product", "person", "place")
LABELS = ("O", *(f"{part}-{kind}" for kind in KINDS for part in "BI"))
_SIZE = len(LABELS)
_LANE = 32
_LANES = struct.Struct(f"<{_SIZE - 1}I")
_ZERO = 1 << 30  # stands for nothing in a lane, so that none falls below
_KEPT = 20_000  # words and places remembered
_LONG = 40  # longer words are worked out each time
_CLOSED = -(10**9)
BEFORE = tuple(tuple(s for s in range(_SIZE) if to == 0 or to % 2 or s in (to, to - 1)) for to in range(_SIZE))
"""Labels that may stand before a label: an inner word follows the beginning or the inside of its own kind."""

Rows = tuple[int, ...]
_NO_ROWS: Rows = (0,) * (2 * REACH + 1)


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
    yield from around_features(clues.around[place])
    yield from zone_features(clues.zones[place])
    for offset in (-1, 0, 1):
        if 0 <= place + offset < len(clues.marks):
            for mark in clues.marks[place + offset]:
                yield f"{offset}c{mark}"


def wide_rows(clues: Clues, sentence: int, language: str) -> Iterator[str]:
    """Rows that hold for every word of a sentence."""
    yield f"lang{language}"
    yield f"ssize{clues.size}"
    for mark in sorted(clues.subjects[sentence]):
        yield f"s{mark}"


def signature_start(text: str, markers: MailMarkers) -> int:
    """Code point at which the signature begins, the length of the text where there is none."""
    span = shape_of(text, markers).signature if "\n" in text else None
    return span[0] if span else len(text)


class NameFinder:
    """The tagger with its weights; rows are long integers with a lane a label, so that one sum adds all labels.

    A lane holds by how much a label of a name gains over being nothing; only differences between labels count.
    """

    def __init__(self, knowledge: Knowledge, weights: Weights) -> None:
        if weights.outputs != LABELS:
            raise ModelError(f"{NAMES.name}: the weights are for other labels; run `./run model`")
        self.lists = NameLists(knowledge.table(part, "names") for part in ("common", *LANGUAGES))
        self._names = knowledge.registry.names
        self._markers = knowledge.markers
        self._rows = {name: _packed(row[1:], row[0]) for name, row in weights.rows.items()}
        self._marks: dict[str, Rows] = {}
        self._places: dict[Around | Zone, int] = {}
        self._words: dict[str, dict[str, Rows]] = {}
        try:
            self._steps = [[int(step) for step in row] for row in weights.settings["steps"]]
            extra = [int(step) for step in weights.settings["extra"]]
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{NAMES.name}: the trained weights are damaged ({error}); run `./run model`") from error
        self._base = _packed([_ZERO + step - extra[0] for step in extra[1:]], 0)
        self._into, self._out = _dearest(self._steps)

    def find(self, analysis: Analysis, before: Sequence[Found]) -> list[Name]:
        """Names in reading order, none overlapping; each is said once. `before` are the facts found by patterns."""
        if not analysis.words:
            return []
        clues = clues_of(analysis, self._names, before, signature_start(analysis.text, self._markers))
        names = names_of(analysis, self._labels(self._sums(analysis, clues)))
        return once(names, analysis.keys)

    @property
    def steps(self) -> tuple[list[list[int]], int, int]:
        """What each step between labels gives (`[to][source]`), and the most that one into and out of a name can."""
        return self._steps, self._into, self._out

    # -- weighing ------------------------------------------------------------------------------------------------

    def _word(self, language: str, text: str, key: str) -> Rows:
        """Sums of the rows that a word lends to the places from REACH behind it to REACH before it."""
        memory = self._words.setdefault(language, {})
        known = memory.get(text)
        if known is None:
            sums = [0] * (2 * REACH + 1)
            rows = self._rows
            for offset, name in word_rows(own_features(language, text, key, self.lists)):
                sums[offset + REACH] += rows.get(name, 0)
            known = tuple(sums)
            if len(memory) >= _KEPT:
                memory.clear()  # a memory that is full and never forgets would slow down all later languages
            if len(text) <= _LONG:
                memory[text] = known
        return known

    def _mark(self, mark: str) -> Rows:
        """Rows of a concept or fact for the word behind it, its own words, the word before it, and its sentence."""
        get = self._rows.get
        rows = self._marks[mark] = (get(f"-1c{mark}", 0), get(f"0c{mark}", 0), get(f"1c{mark}", 0), get(f"s{mark}", 0))
        return rows

    def _sums(self, analysis: Analysis, clues: Clues) -> list[int]:
        """The packed sum of every word."""
        words, texts, get, marked = analysis.words, analysis.tokens.texts, self._rows.get, self._marks.get
        rows: list[Rows] = [_NO_ROWS] * (len(words) + 2 * REACH)
        bases: list[int] = []
        size = self._base + get(f"ssize{clues.size}", 0)
        for number, (a, b) in enumerate(analysis.sentences):
            own = analysis.languages[number]
            known = self._words.setdefault(own, {}).get
            base = size + get(f"lang{own}", 0)
            for mark in clues.subjects[number]:
                base += (marked(mark) or self._mark(mark))[3]
            bases += [base] * (b - a)
            for i in range(a, b):
                text = texts[words[i]]
                rows[i + REACH] = known(text) or self._word(own, text, analysis.keys[i])
        two, one, here, back, far = zip(*rows, strict=True)
        # A word lends the row of offset d to the word d places before it.
        lent = zip(bases, two, one[1:], here[2:], back[3:], far[4:], self._placed(clues), strict=False)
        sums = [base + a + b + c + d + e + place for base, a, b, c, d, e, place in lent]
        self._add_marks(clues, sums)
        return sums

    def _placed(self, clues: Clues) -> list[int]:
        """Packed sums of what stands around each word and of where it stands."""
        placed = self._places.get
        sums = []
        for around, zone in zip(clues.around, clues.zones, strict=True):
            first, second = placed(around), placed(zone)
            if first is None:
                first = self._remember(around, around_features(around))
            if second is None:
                second = self._remember(zone, zone_features(zone))
            sums.append(first + second)
        return sums

    def _add_marks(self, clues: Clues, sums: list[int]) -> None:
        """Add the rows of the concepts and facts that lie upon each word and its neighbours."""
        marked = self._marks.get
        last = len(sums) - 1
        for i, marks in enumerate(clues.marks):
            for mark in marks:
                behind, own, ahead, _ = marked(mark) or self._mark(mark)
                sums[i] += own
                if i:
                    sums[i - 1] += ahead
                if i < last:
                    sums[i + 1] += behind

    def _remember(self, key: Around | Zone, features: tuple[str, ...]) -> int:
        found = sum(self._rows.get(feature, 0) for feature in features)
        if len(self._places) >= _KEPT:
            self._places.clear()
        self._places[key] = found
        return found

    def _labels(self, sums: list[int]) -> list[int]:
        """The best row of labels; a path is sought only in the stretches that can gain anything over nothing."""
        unpack, size, bonus = _LANES.unpack, _LANES.size, self._into - _ZERO
        values = [unpack(packed.to_bytes(size, "little")) for packed in sums]
        gains = [max(row) + bonus for row in values]
        labels = [0] * len(sums)
        if max(gains) + self._out > 0:
            for first, after in stretches(gains, self._out):
                labels[first:after] = best_path(
                    [(0, *[value - _ZERO for value in row]) for row in values[first:after]], self._steps
                )
        return labels


def stretches(gains: Sequence[int], end: int) -> list[tuple[int, int]]:
    """Where the gains of neighbours, summed from either side, and that of a name's end stay above nothing.

    No name that is better than nothing reaches out of these, so that the path need not be sought elsewhere.
    """
    total = len(gains)
    worth = [False] * total
    for order in (range(total), range(total - 1, -1, -1)):
        running = 0
        for place in order:
            running = gains[place] + (running if running > 0 else 0)
            if running + end > 0:
                worth[place] = True
    found: list[tuple[int, int]] = []
    for place in range(total):
        if worth[place]:
            first = found.pop()[0] if found and found[-1][1] == place else place
            found.append((first, place + 1))
    return found


def _packed(row: Sequence[int], less: int) -> int:
    return sum((value - less) << (_LANE * lane) for lane, value in enumerate(row))


def best_path(run: Sequence[Sequence[int]], steps: Sequence[Sequence[int]]) -> list[int]:
    """The best labels of a run of words between two words that are nothing (Viterbi); `steps[to][source]`."""
    # The first word comes behind nothing, so that no label of an inner word is open to it.
    scores = [_CLOSED if to and to % 2 == 0 else run[0][to] + steps[to][0] for to in range(_SIZE)]
    back: list[list[int]] = []
    for values in run[1:]:
        fresh, came = [], []
        for to, row in enumerate(steps):
            if to == 0 or to % 2:  # from anywhere
                reached = list(map(add, scores, row))
                top = max(reached)
                best = reached.index(top)
            else:
                best, top = to - 1, scores[to - 1] + row[to - 1]
                if scores[to] + row[to] > top:
                    best, top = to, scores[to] + row[to]
            came.append(best)
            fresh.append(top + values[to])
        scores = fresh
        back.append(came)
    label = max(range(_SIZE), key=[s + t for s, t in zip(scores, steps[0], strict=True)].__getitem__)
    labels = [label]
    for came in reversed(back):
        labels.append(came[labels[-1]])
    return labels[::-1]


def _dearest(steps: Sequence[Sequence[int]]) -> tuple[int, int]:
    """The most that a step to a word of a name, and the step out of a name, can give over the step between nothings."""
    plain = steps[0][0]
    into = max(steps[to][source] - plain for to in range(1, _SIZE) for source in BEFORE[to])
    return into, max(0, *(steps[0][source] - plain for source in range(1, _SIZE)))


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
    starts = [fact.start for fact in found]
    free = []
    for name in names:
        place = bisect_left(starts, name.end)  # facts go up and do not overlap: only the last before the end can touch
        if place == 0 or found[place - 1].end <= name.start:
            free.append(name)
    return free

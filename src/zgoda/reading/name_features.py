"""What one word of a message shows about being a thing, a person or a place: the features of the name tagger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zgoda.expressions import Found
from zgoda.model.analysis import Analysis
from zgoda.text.fold import fold

REACH = 2  # words to either side whose own features bear on a word
STEM = 5
_TAIL = 5  # words counted from the end of the message
_CLOSE = 3  # words after a closing formula in which a signature begins
_EDGES = (6, 15, 30, 60)
_LONG_WORD = 40
_SHAPES_KEPT = 50_000
_CLOSINGS = frozenset({"closing", "thanks", "thanks-advance"})  # concepts after which people sign
_NEAR_FEATURES = frozenset("pehl")  # kinds of own features that bear on the neighbours, too; "w" reaches furthest


class NameLists:
    """Word lists of all languages: which lists a folded word stands in, and which endings tell a kind of name."""

    def __init__(self, tables: Iterable[Mapping[str, Any]]) -> None:
        self._words: dict[str, tuple[str, ...]] = {}
        self._endings: dict[str, str] = {}
        for table in tables:
            for name, endings in table.get("suffixes", {}).items():
                self._endings.update((fold(ending), name) for ending in endings.split())
            rules = {fold(end): more.split(",") for end, more in table.get("declension", {}).items()}
            for name, words in table.get("lists", {}).items():
                self._add(name, words.split(), rules)
            for name, words in table.get("fixed", {}).items():
                self._add(name, words.split(), {})
        self._lengths = sorted({len(e) for e in self._endings}, reverse=True)

    def _add(self, name: str, words: list[str], rules: Mapping[str, list[str]]) -> None:
        for word in words:
            for form in _declined(fold(word), rules):
                known = self._words.get(form, ())
                if name not in known:
                    self._words[form] = (*known, name)

    def of(self, key: str) -> tuple[str, ...]:
        """Lists of a folded word, then the kinds that its ending tells of."""
        found = self._words.get(key, ())
        for length in self._lengths:
            if length + 2 <= len(key) and (kind := self._endings.get(key[-length:])):
                return (*found, kind)
        return found


def _declined(word: str, rules: Mapping[str, list[str]]) -> Iterator[str]:
    """The word in the cases of its declension, which its longest known ending chooses."""
    yield word
    for length in range(min(3, len(word) - 1), -1, -1):
        end = word[len(word) - length :]
        if end in rules:
            stem = word[: len(word) - length]
            yield from (stem + fold(ending) for ending in rules[end])
            return


def shape_of_word(text: str) -> str:
    """A letter for how a word is written: C capital first, A all capitals, x small, 9 digits, m digits and letters."""
    if text.isdigit():
        return "9"
    if not text.isalpha() and any(c.isdigit() for c in text):
        return "m"
    if text[:1].isupper():
        if len(text) == 1:
            return "I"
        return "A" if text.isupper() else "M" if not text[1:].islower() and text[1:].isalpha() else "C"
    return "x"


class _Shapes(dict[str, str]):
    """Shapes of the words met so far."""

    def __missing__(self, text: str) -> str:
        shape = shape_of_word(text)
        if len(self) < _SHAPES_KEPT and len(text) <= _LONG_WORD:
            self[text] = shape
        return shape


_SHAPES = _Shapes()


def own_features(language: str, text: str, key: str, lists: NameLists) -> list[str]:
    """Features of the word alone; the first letter is the kind: w word, p beginning, e ending, h shape, l list."""
    tag = language if key[:1].isascii() else "ru"
    short = key[:_LONG_WORD]
    shape = shape_of_word(text)
    foreign = "L" if language == "ru" and text[:1].isascii() and text[:1].isalpha() else ""
    features = [f"w{tag}:{short}", f"h{shape}{foreign}", f"e{tag}:{short[-3:]}", f"e{tag}:{short[-2:]}"]
    if len(key) > STEM:
        features.append(f"p{tag}:{key[:STEM]}")
    named = lists.of(key)
    features.extend(f"l{name}" for name in named)
    features.extend(f"l{name}/{shape}" for name in named)
    return features


def reaches(feature: str, offset: int) -> bool:
    """Whether an own feature of the word `offset` places away bears on a word."""
    if offset == 0:
        return True
    kind = feature[0]
    if kind == "w":
        return True
    return kind in _NEAR_FEATURES if abs(offset) == 1 else kind == "l" and "/" not in feature


@lru_cache(maxsize=4096)
def gap_of(between: str) -> str:
    """The kind of what stands between two words: a letter or sign, with a mark where it opens or closes a quotation."""
    if between in (" ", ""):
        return between or "+"
    bare = between.strip(" \t\xa0")
    if "\n" in between:
        mark = "n"
    elif not bare:
        return " "
    else:
        mark = next((c for c in bare if c in ".!?…,;:()/-–—@#№&'"), "o")
        mark = {"–": "-", "—": "-", "…": ".", "!": ".", "?": "."}.get(mark, mark)
        if mark == "-" and bare == between:
            mark = "="
    quotes = "q" if any(c in bare for c in '"«»„“”') else ""
    return mark + quotes


Around = tuple[str, str, str, str, str, bool]
Zone = tuple[int, int, bool, str, bool, bool]


@dataclass(slots=True)
class Clues:
    """What stands around each word, where it stands, which concepts and facts lie upon it; what sentences are about.

    The first two are keys: `around_features` and `zone_features` spell them out.
    """

    around: list[Around]
    zones: list[Zone]
    marks: list[list[str]]
    subjects: list[set[str]]
    size: int


def around_features(key: Around) -> tuple[str, str, str]:
    """The gap before the word, the gap behind it, and the shapes of it and its neighbours."""
    before, behind, previous, shape, following, first = key
    opening = "^" if first else ""
    return f"g{before}|{shape}{opening}", f"G{behind}|{shape}", f"t{previous}{shape}{following}{opening}"


def zone_features(key: Zone) -> tuple[str, str]:
    """How near the word is to the end, to a closing, in the signature; whether its beginning was there before."""
    tail, near, signed, shape, shouted, again = key
    zone = f"z{tail}{near}{'S' if signed else ''}|{shape}{'!' if shouted else ''}"
    return zone, f"a{'again' if again else ''}{shape}"


def clues_of(analysis: Analysis, names: Sequence[str], before: Sequence[Found], signature: int) -> Clues:
    """Clues of a message; `names` are the concepts by number, `signature` the code point where the signature begins."""
    texts = analysis.tokens.texts
    marks: list[list[str]] = [[] for _ in analysis.words]
    for entry, first, after in analysis.concepts:
        name = names[entry]
        for place in range(first, after):
            marks[place].append(name)
    _mark_facts(analysis, marks, before)
    shapes = [_SHAPES[texts[i]] for i in analysis.words]
    subjects = [{name for row in marks[a:b] for name in row} for a, b in analysis.sentences]
    size = sum(len(analysis.keys) >= edge for edge in _EDGES)
    return Clues(_around(analysis, shapes), _zones(analysis, shapes, marks, signature), marks, subjects, size)


def _gaps(analysis: Analysis) -> list[str]:
    """What stands before each word, and behind the last."""
    text, starts, ends = analysis.text, analysis.tokens.starts, analysis.tokens.ends
    gaps = []
    previous = 0
    for i in analysis.words:
        start = starts[i]
        gaps.append(gap_of(text[previous : start if start - previous < 12 else previous + 12]))
        previous = ends[i]
    gaps.append(gap_of(text[previous : previous + 12]))
    if gaps and analysis.words and starts[analysis.words[0]] == 0:
        gaps[0] = "n"
    return gaps


def _mark_facts(analysis: Analysis, marks: list[list[str]], before: Sequence[Found]) -> None:
    if not before:
        return
    starts, ends, words = analysis.tokens.starts, analysis.tokens.ends, analysis.words
    place = 0
    for fact in before:
        while place < len(words) and ends[words[place]] <= fact.start:
            place += 1
        at = place
        while at < len(words) and starts[words[at]] < fact.end:
            marks[at].append("f:" + fact.kind)
            at += 1


def _around(analysis: Analysis, shapes: list[str]) -> list[Around]:
    gaps = _gaps(analysis)
    first = [False] * len(shapes)
    for begin, after in analysis.sentences:
        if begin < after:
            first[begin] = True
    return list(zip(gaps, gaps[1:], [".", *shapes], shapes, [*shapes[1:], "."], first, strict=False))


def _zones(analysis: Analysis, shapes: list[str], marks: list[list[str]], signature: int) -> list[Zone]:
    starts, words = analysis.tokens.starts, analysis.words
    total = len(shapes)
    seen: set[str] = set()
    closing = -_CLOSE - 1
    shouted = shapes.count("x") <= total // 8
    zones: list[Zone] = []
    for i, key in enumerate(analysis.keys):
        tail = total - 1 - i
        stem = key[:STEM]
        near = i - closing
        again = stem in seen and len(key) > 3
        seen.add(stem)
        signed = starts[words[i]] >= signature
        zones.append(
            (tail if tail < _TAIL else _TAIL, near if near <= _CLOSE else 0, signed, shapes[i], shouted, again)
        )
        if marks[i] and not _CLOSINGS.isdisjoint(marks[i]):
            closing = i
    return zones

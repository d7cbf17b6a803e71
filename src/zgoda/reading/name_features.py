"""What one word of a message shows about being a thing, a person or a place: the features of the name tagger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zgoda.expressions import Found
from zgoda.reading.analysis import Analysis
from zgoda.text.fold import fold

REACH = 2  # words to either side whose own features bear on a word
STEM = 5
_TAIL = 5  # words counted from the end of the message
_CLOSE = 3  # words after a closing formula in which a signature begins
_EDGES = (6, 15, 30, 60)
_LONG_WORD = 40
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


@dataclass(slots=True)
class Clues:
    """Per word: what stands around it. `places` are features of the place, `marks` concepts and facts upon the word."""

    gaps: list[str]
    shapes: list[str]
    places: list[tuple[str, ...]]
    marks: list[list[str]]
    wide: list[list[str]]


def clues_of(analysis: Analysis, names: Sequence[str], before: Sequence[Found], signature: int) -> Clues:
    """Clues of a message; `names` are the concepts by number, `signature` the code point where the signature begins."""
    texts, starts, ends = analysis.tokens.texts, analysis.tokens.starts, analysis.tokens.ends
    words = analysis.words
    gaps = _gaps(analysis)
    shapes = [shape_of_word(texts[i]) for i in words]
    marks: list[list[str]] = [[] for _ in words]
    for match in analysis.concepts:
        name = names[match.entry]
        for place in range(match.first, match.after):
            marks[place].append(name)
    _mark_facts(marks, before, [starts[i] for i in words], [ends[i] for i in words])
    return Clues(gaps, shapes, _places(analysis, gaps, shapes, marks, signature), marks, _wide(analysis, marks))


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


def _mark_facts(marks: list[list[str]], before: Sequence[Found], starts: list[int], ends: list[int]) -> None:
    place = 0
    for fact in before:
        while place < len(starts) and ends[place] <= fact.start:
            place += 1
        at = place
        while at < len(starts) and starts[at] < fact.end:
            marks[at].append("f:" + fact.kind)
            at += 1


def _places(
    analysis: Analysis, gaps: list[str], shapes: list[str], marks: list[list[str]], signature: int
) -> list[tuple[str, ...]]:
    keys = analysis.keys
    total = len(keys)
    first = {a for a, _ in analysis.sentences}
    seen: set[str] = set()
    closing = -_CLOSE - 1
    small = sum(shape == "x" for shape in shapes) > total // 8
    rows = []
    starts = analysis.tokens.starts
    for i, key in enumerate(keys):
        shape = shapes[i]
        opening = "^" if i in first else ""
        tail = min(total - 1 - i, _TAIL)
        near = i - closing if i - closing <= _CLOSE else 0
        stem = key[:STEM]
        again = "again" if stem in seen else ""
        seen.add(stem)
        zone = "S" if starts[analysis.words[i]] >= signature else ""
        behind = shapes[i + 1] if i + 1 < total else "."
        rows.append(
            (
                f"g{gaps[i]}|{shape}{opening}",
                f"G{gaps[i + 1]}|{shape}",
                f"t{shapes[i - 1] if i else '.'}{shape}{behind}{opening}",
                f"z{tail}{near}{zone}|{shape}{'' if small else '!'}",
                f"a{again}{shape}" if len(key) > 3 else "",
            )
        )
        if "closing" in marks[i] or "thanks" in marks[i] or "thanks-advance" in marks[i]:
            closing = i
    return rows


def _wide(analysis: Analysis, marks: list[list[str]]) -> list[list[str]]:
    """What each sentence speaks of, and how long the message is."""
    size = sum(len(analysis.keys) >= edge for edge in _EDGES)
    return [
        sorted({name for place in range(a, b) for name in marks[place]}) + [f"size{size}"] for a, b in analysis.sentences
    ]

"""Finds terms among folded words: phrases with alternatives, open ends and gaps; time linear in the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from zgoda.errors import ContentError
from zgoda.guidance.phrase_set import words_of

_GAP = 3  # the most words that `..` stands for


@dataclass(frozen=True, slots=True)
class _Test:
    """What one word must be: `word` itself, or begin (`word*`) or end (`*word`) so."""

    word: str
    begins: bool = False
    ends: bool = False

    def fits(self, said: str) -> bool:
        """Whether a folded word passes."""
        if self.begins:
            return said.startswith(self.word)
        return said.endswith(self.word) if self.ends else said == self.word


_Position = tuple[_Test, ...] | None
_Term = tuple[_Position, ...]
_NONE: list[_Term] = []


class TermSet:
    """Terms as content writes them: `a/b` either, `a*` what begins so, `*a` what ends so, `..` up to three words."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._whole: dict[str, list[_Term]] = {}
        self._begun: dict[str, list[_Term]] = {}
        for term in terms:
            parsed = _parsed(term)
            for test in parsed[0] or ():
                (self._begun if test.begins else self._whole).setdefault(test.word, []).append(parsed)
        self._lengths = sorted({len(first) for first in self._begun})

    def may_stand(self, words: Set[str], beginnings: Set[str]) -> bool:
        """Whether any term can begin in a text with these words and beginnings of words; in most texts none can."""
        return not (self._whole.keys().isdisjoint(words) and self._begun.keys().isdisjoint(beginnings))

    def end(self, words: Sequence[str], at: int, after: int) -> int | None:
        """Where the longest term that begins at the word `at` ends, None where none begins there."""
        opened = self._opened(words[at])
        if not opened:  # nearly every word
            return None
        ends = [end for term in opened if (end := _end(term, 1, words, at + 1, after)) is not None]
        return max(ends, default=None)

    def openers(self, words: Set[str], beginnings: Set[str]) -> list[str]:
        """Those of the words of a text that a term can begin with; `beginnings` are those of its words."""
        whole = self._whole.keys() & words
        begun = tuple(self._begun.keys() & beginnings)
        return [*whole, *(word for word in words if word.startswith(begun) and word not in whole)]

    def spans(self, words: Sequence[str], places: Iterable[int], after: int) -> Iterator[tuple[int, int]]:
        """Ranges of words before `after` in which terms stand, the longest of each place, none within another.

        `places`, going up, are those of the words that a term can begin with.
        """
        free = 0
        for at in places:
            if at >= free and (end := self.end(words, at, after)) is not None:
                yield at, end
                free = end

    def _opened(self, word: str) -> list[_Term]:
        opened = self._whole.get(word, _NONE)
        for length in self._lengths:
            if length > len(word):
                break
            begun = self._begun.get(word[:length])
            if begun:
                opened = opened + begun
        return opened


def _end(term: _Term, position: int, words: Sequence[str], at: int, after: int) -> int | None:
    """Where the rest of a term ends that stands at the word `at`."""
    if position == len(term):
        return at
    tests = term[position]
    if tests is None:
        gaps = range(_GAP + 1)
        return next((e for gap in gaps if (e := _end(term, position + 1, words, at + gap, after)) is not None), None)
    if at >= after or not any(test.fits(words[at]) for test in tests):
        return None
    return _end(term, position + 1, words, at + 1, after)


def _parsed(term: str) -> _Term:
    """The positions of a term; raises ContentError where it begins or ends with a gap or holds no word."""
    positions: list[_Position] = []
    for piece in term.split():
        if piece == "..":
            positions.append(None)
            continue
        tests = [_tests(alternative) for alternative in piece.split("/")]
        if len(tests) == 1:
            positions.extend((test,) for test in tests[0])
        elif all(len(each) == 1 for each in tests):
            positions.append(tuple(each[0] for each in tests))
        else:
            raise ContentError([f"term {term!r}: a hyphenated or empty word cannot be an alternative"])
    opening = positions[0] if positions else None
    if opening is None or positions[-1] is None or any(test.ends for test in opening):
        raise ContentError([f"term {term!r}: begins and ends with a word, and not with `..` or `*word`"])
    return tuple(positions)


def _tests(piece: str) -> list[_Test]:
    words = words_of(piece)
    tests = [_Test(word) for word in words]
    if piece.endswith("*"):
        tests[-1:] = [_Test(word, begins=True) for word in words[-1:]]
    elif piece.startswith("*"):
        tests[:1] = [_Test(word, ends=True) for word in words[:1]]
    return tests

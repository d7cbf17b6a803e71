"""A text as the checks see it: folded words with their places, sentences, questions and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from zgoda.guidance.noticing.terms import TermSet
from zgoda.text.sentences import in_sentences

_QUOTED = re.compile(r"«[^«»]{0,400}+»|„[^„”“\"]{0,400}+[”“\"]|“[^“”]{0,400}+”|\"[^\"\n]{0,400}+\"")
_ENDS = " \n\t)»”\"'"


class Said:
    """Words and sentences of one text; `sentences` are ranges of words, `bounds` their code points."""

    def __init__(self, text: str, abbreviations: frozenset[str] = frozenset()) -> None:
        tokens = in_sentences(text, abbreviations)
        places = [i for i, key in enumerate(tokens.keys) if key[:1].isalnum()]
        self.text = text
        self.words = [tokens.keys[i] for i in places]
        self.starts = [tokens.starts[i] for i in places]
        self.ends = [tokens.ends[i] for i in places]
        self.sentences: list[tuple[int, int]] = []
        self.bounds: list[tuple[int, int]] = []
        self.questions: set[int] = set()
        for first, after in tokens.sentences:
            words = bisect_left(places, first), bisect_left(places, after)
            if words[0] == words[1]:
                continue
            start, end = tokens.starts[first], tokens.ends[after - 1]
            start, end = start + _white(text[start:end]), end - _white(text[start:end][::-1])
            if "?" in text[start:end][-6:]:
                self.questions.add(len(self.sentences))
            self.sentences.append(words)
            self.bounds.append((start, end))
        self._quotes = [found.span() for found in _QUOTED.finditer(text)]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Its different words, and where each stands."""
        places: dict[str, list[int]] = {}
        for at, word in enumerate(self.words):
            places.setdefault(word, []).append(at)
        return places

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """All beginnings of its words, whole words too."""
        return frozenset().union(*map(_beginnings_of, self._places))

    def places(self, terms: TermSet) -> list[int]:
        """The words, by number, that a term of a set can begin with; in most texts there are none."""
        own = self._places
        if not terms.may_stand(own.keys(), self._beginnings):
            return []
        return sorted(at for word in terms.openers(own.keys(), self._beginnings) for at in own[word])

    @cached_property
    def raws(self) -> list[str]:
        """The words as they were written, in lower case."""
        return [self.text[start:end].lower() for start, end in zip(self.starts, self.ends, strict=True)]

    def quoted(self, word: int) -> bool:
        """Whether a word stands in quotation marks."""
        if not self._quotes:
            return False
        at = bisect_right(self._quotes, (self.starts[word], len(self.text))) - 1
        return at >= 0 and self._quotes[at][0] <= self.starts[word] < self._quotes[at][1]

    def sentence(self, word: int) -> int:
        """The number of the sentence in which a word stands."""
        return bisect_right(self.sentences, (word, len(self.words))) - 1

    def touched(self, spans: Iterable[tuple[int, int]]) -> set[int]:
        """The sentences that code-point spans touch."""
        starts = [start for start, _ in self.bounds]
        return {n for a, b in spans for n in range(max(0, bisect_right(starts, a) - 1), bisect_left(starts, b))}

    def raw(self, first: int, after: int | None = None) -> str:
        """A word, or several, as they were written."""
        return self.text[self.starts[first] : self.ends[(after or first + 1) - 1]]

    def span(self, first: int, after: int) -> tuple[int, int]:
        """The code points of words."""
        return self.starts[first], self.ends[after - 1]

    def follows(self, word: int) -> str:
        """The sign behind a word, empty at the end or where the next word stands there."""
        return self.text[self.ends[word] : self.ends[word] + 4].lstrip(" ")[:1]

    def precedes(self, word: int) -> str:
        """The sign before a word, spaces apart, empty at the beginning."""
        return self.text[max(0, self.starts[word] - 4) : self.starts[word]].rstrip(" ")[-1:]

    def opens(self, word: int) -> bool:
        """Whether a word is the first of its sentence."""
        return self.sentences[self.sentence(word)][0] == word

    def asked(self) -> Iterator[int]:
        """The sentences that end in a question mark."""
        yield from sorted(self.questions)


@lru_cache(maxsize=20_000)
def _beginnings_of(word: str) -> tuple[str, ...]:
    return tuple(word[:length] for length in range(1, len(word) + 1))


def _white(text: str) -> int:
    return len(text) - len(text.lstrip())

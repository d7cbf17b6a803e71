"""A text as the checks see it: folded words with their places, sentences, questions and quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from zgoda.text.sentences import split_sentences
from zgoda.text.tokens import tokenise

_QUOTED = re.compile(r"«[^«»]{0,400}+»|„[^„”“\"]{0,400}+[”“\"]|“[^“”]{0,400}+”|\"[^\"\n]{0,400}+\"")
_ENDS = " \n\t)»”\"'"


class Said:
    """Words and sentences of one text; `sentences` are ranges of words, `bounds` their code points."""

    def __init__(self, text: str, abbreviations: frozenset[str] = frozenset()) -> None:
        tokens = tokenise(text)
        places = [i for i, key in enumerate(tokens.keys) if key[:1].isalnum()]
        self.text = text
        self.words = [tokens.keys[i] for i in places]
        self.starts = [tokens.starts[i] for i in places]
        self.ends = [tokens.ends[i] for i in places]
        self.sentences: list[tuple[int, int]] = []
        self.bounds: list[tuple[int, int]] = []
        self.questions: set[int] = set()
        for first, after in split_sentences(tokens, abbreviations):
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


def _white(text: str) -> int:
    return len(text) - len(text.lstrip())

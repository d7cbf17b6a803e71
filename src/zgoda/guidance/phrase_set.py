"""Finds fixed phrases among folded words, in time linear in the words: a plain set, no grammar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zgoda.text.tokens import tokenise


def words_of(text: str) -> list[str]:
    """The folded words of a text, without signs."""
    return [key for key in tokenise(text).keys if key[:1].isalnum()]


class PhraseSet:
    """Phrases of one or several words; a word that ends in `*` stands for all that begin so."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[tuple[str, bool], ...]]] = {}
        self._begun: dict[str, list[tuple[tuple[str, bool], ...]]] = {}
        for phrase in phrases:
            parts = tuple((word, piece.endswith("*")) for piece in phrase.split() for word in words_of(piece))
            if parts:
                first, begins = parts[0]
                (self._begun if begins else self._whole).setdefault(first, []).append(parts)
        self._lengths = sorted({len(first) for first in self._begun})

    def spans(self, words: Sequence[str], first: int = 0, after: int | None = None) -> Iterator[tuple[int, int]]:
        """Where phrases stand among `words[first:after]`: ranges, the longest of each place, in order."""
        end = len(words) if after is None else after
        for i in range(first, end):
            longest = max((len(p) for p in self._opened(words[i]) if _fits(p, words, i, end)), default=0)
            if longest:
                yield i, i + longest

    def within(self, words: Sequence[str], first: int = 0, after: int | None = None, only: int | None = None) -> bool:
        """Whether any phrase stands there, beginning at the word `only` where one is named."""
        end = len(words) if after is None else min(after, len(words))
        places = range(first, end) if only is None else (only,)
        return any(_fits(phrase, words, i, end) for i in places for phrase in self._opened(words[i]))

    def _opened(self, word: str) -> Iterator[tuple[tuple[str, bool], ...]]:
        yield from self._whole.get(word, ())
        for length in self._lengths:
            if length > len(word):
                break
            yield from self._begun.get(word[:length], ())


def _fits(phrase: Sequence[tuple[str, bool]], words: Sequence[str], at: int, end: int) -> bool:
    if at + len(phrase) > end:
        return False
    pairs = zip(phrase, words[at : at + len(phrase)], strict=True)
    return all(said.startswith(word) if begins else said == word for (word, begins), said in pairs)

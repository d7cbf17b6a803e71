"""Whether two texts speak of the same things: content words compared by their beginnings, whatever their endings."""

from __future__ import annotations

from collections.abc import Iterable

from zgoda.guidance.noticing.said import Said
from zgoda.guidance.noticing.words import NoticeWords

_ROOT = 3  # letters that words of one root share at least
_ENDING = 2  # letters in which forms of a word may differ


def content_words(said: Said, words: NoticeWords, sentences: Iterable[int] | None = None) -> list[str]:
    """Words that are no function words and no general words of service talk; numbers count."""
    chosen = range(len(said.sentences)) if sentences is None else sentences
    return [
        word
        for number in chosen
        for word in said.words[slice(*said.sentences[number])]
        if (len(word) >= _ROOT or word.isdigit()) and word not in words.stop
    ]


class Roots:
    """Words of one text, in which the forms of others are found."""

    def __init__(self, words: Iterable[str]) -> None:
        self._roots: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            self._roots.setdefault(word[:_ROOT], []).append(word)

    def touch(self, words: Iterable[str]) -> bool:
        """Whether one of the words stands here in some form."""
        return any(_same(word, each) for word in dict.fromkeys(words) for each in self._roots.get(word[:_ROOT], ()))


def _same(one: str, other: str) -> bool:
    if one.isdigit() or other.isdigit():
        return one == other
    shorter = min(len(one), len(other))
    least = max(_ROOT, shorter - _ENDING)
    return one[:least] == other[:least]


def topics(said: Said, words: NoticeWords, sentences: Iterable[int] | None = None) -> set[str]:
    """The topics of service (money, parcel, repair, ...) that are named."""
    chosen = None if sentences is None else list(sentences)
    return {name for name, terms in words.topics.items() if terms.within(said, chosen)}

"""The words by which notices are known: tables/notices of each language, compiled."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zgoda.guidance.noticing.said import Said
from zgoda.guidance.noticing.terms import TermSet
from zgoda.text.fold import fold


class WordList:
    """Terms that say something, and terms around them that take it back (`unless`)."""

    def __init__(self, raw: Mapping[str, Any] | Iterable[str]) -> None:
        told = raw if isinstance(raw, Mapping) else {"say": raw}
        self.say, self.unless = TermSet(told["say"]), TermSet(told.get("unless", ()))

    def hits(self, said: Said, sentences: Iterable[int] | None = None) -> Iterator[tuple[int, int]]:
        """Ranges of words outside quotation marks, sentence by sentence."""
        places = said.places(self.say)
        if not places:
            return
        for number in range(len(said.sentences)) if sentences is None else sentences:
            first, after = said.sentences[number]
            here = places[bisect_left(places, first) : bisect_left(places, after)]
            found = list(self.say.spans(said.words, here, after)) if here else []
            denied = list(self.unless.spans(said.words, range(first, after), after)) if found else []
            ends = [end for _, end in denied]
            for a, b in found:
                at = bisect_right(ends, a)  # the first denial that ends behind the place
                if not said.quoted(a) and not (at < len(denied) and denied[at][0] < b):
                    yield a, b

    def within(self, said: Said, sentences: Iterable[int] | None = None) -> bool:
        """Whether anything of it is said."""
        return next(self.hits(said, sentences), None) is not None


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is written wrong whoever reads it (`Pan/Pani`, `получил(а)`), and what to write instead."""

    id: str
    regex: re.Pattern[str]
    say: str | None
    channels: frozenset[str]


@dataclass(frozen=True, slots=True)
class Label:
    """Words that label a person, and what they may stand for: behaviour."""

    words: WordList
    say: str


class NoticeWords:
    """Lists, classes of words and suggestions of one language."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._groups = {name: frozenset(str(block).lower().split()) for name, block in table["words"].items()}
        self._forms = table.get("form", ())
        self._lists = {name: WordList(raw) for name, raw in table["lists"].items()}
        self.topics = {name: WordList(terms) for name, terms in table["topics"].items()}
        self.labels = [Label(WordList(raw), raw["instead"]) for raw in table["label"]]
        self.suggestions: dict[str, list[str]] = table["suggestions"]
        self.stop = frozenset(fold(word) for block in table["stop"].values() for word in block.split())

    def of(self, name: str) -> WordList:
        """A list by its name; one that the language does not need is empty."""
        return self._lists.get(name) or _NOTHING

    def group(self, name: str) -> frozenset[str]:
        """Words of [words], lower case with their accents."""
        return self._groups.get(name, _NONE)

    @cached_property
    def forms(self) -> list[Form]:
        """The forms of [[form]]."""
        return [
            Form(raw["id"], re.compile(raw["regex"]), raw.get("instead"), frozenset(raw.get("channels", ())))
            for raw in self._forms
        ]

    def choose(self, kind: str, text: str) -> str | None:
        """One suggestion for a kind; the same draft gets the same one every time."""
        lines = self.suggestions.get(kind, [])
        return lines[sum(map(ord, text[:_TELLING])) % len(lines)] if lines else None


_NONE: frozenset[str] = frozenset()
_NOTHING = WordList(())
_TELLING = 200  # code points of a draft by which its suggestion is chosen

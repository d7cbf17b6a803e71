"""Cut a reply into clauses, the unit in which acts and mistakes are judged."""

from __future__ import annotations

from typing import Any, NamedTuple

from zgoda.model.analysis import Analysis
from zgoda.text.fold import fold

_CUTS = frozenset(",;:—–()\n")


class Clause(NamedTuple):
    """Words `[first, after)` of an analysis and the number of their sentence."""

    first: int
    after: int
    sentence: int


class ClauseRules:
    """How long the parts must be, and which words open a clause, language by language (content: tables/clauses)."""

    def __init__(self, common: dict[str, Any], openers: dict[str, list[str]]) -> None:
        self._least_before: int = common["least_before"]
        self._least_after: int = common["least_after"]
        self._least_at_word: int = common["least_at_word"]
        self._openers = {language: frozenset(fold(word) for word in words) for language, words in openers.items()}

    def cut(self, analysis: Analysis) -> list[Clause]:
        """The clauses of a reply in order; every word outside quoted mails belongs to exactly one."""
        clauses: list[Clause] = []
        texts, words, keys = analysis.tokens.texts, analysis.words, analysis.keys
        for number, (first, after) in enumerate(analysis.sentences):
            openers = self._openers.get(analysis.languages[number], frozenset())
            start = first
            for i in range(first + 1, after):
                if i - start < self._least_before or after - i < self._least_after:
                    continue
                between = range(words[i - 1] + 1, words[i])
                marked = any(texts[t][0] in _CUTS for t in between)
                if marked or (keys[i] in openers and i - start >= self._least_at_word):
                    clauses.append(Clause(start, i, number))
                    start = i
            if after > start:
                clauses.append(Clause(start, after, number))
        return clauses

"""The facts of a message: what patterns find, and the things, people and places it names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime

from zgoda.expressions import Found, Tense
from zgoda.model.analysis import Analysis
from zgoda.model.knowledge import Knowledge
from zgoda.model.weights import Weights, load_weights
from zgoda.reading.names import NAMES, NameFinder, free_of
from zgoda.values import Fact


class PatternFinder:
    """Patterns of each language, built when a language is first met."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        wants = knowledge.table("common", "reading")["tense"]["future"]
        self._wants = frozenset(knowledge.registry.number(concept) for concept in wants)

    def find(self, text: str, analysis: Analysis, now: datetime | None) -> list[Found]:
        """What the patterns of the main language find, in reading order."""
        spoken = self._tense(analysis) if now else None
        languages = list(dict.fromkeys(analysis.languages)) or ["en"]
        if len(languages) == 1:
            return self._knowledge.expressions(languages[0]).find(text, now=now, spoken=spoken)
        found: list[Found] = []
        for language in languages:
            own = [analysis.sentence_span(n) for n, each in enumerate(analysis.languages) if each == language]
            starts = [start for start, _ in own]
            for fact in self._knowledge.expressions(language).find(text, now=now, spoken=spoken):
                place = bisect_right(starts, fact.start) - 1
                if place >= 0 and fact.end <= own[place][1]:
                    found.append(fact)
        return sorted(found, key=lambda fact: fact.start)

    def _tense(self, analysis: Analysis) -> Callable[[int], Tense]:
        """Whether a place of the text speaks of what is wanted (a weekday is the next one) or of what happened."""
        wanted = [
            analysis.span(*sentence) for sentence in _sentences_with(analysis, self._wants) if sentence[0] < sentence[1]
        ]

        def tense(place: int) -> Tense:
            return "future" if any(start <= place < end for start, end in wanted) else "past"

        return tense


def _sentences_with(analysis: Analysis, entries: frozenset[int]) -> list[tuple[int, int]]:
    """Word ranges of the sentences in which one of the entries was found."""
    firsts = [m.first for m in analysis.concepts if m.entry in entries]
    return [(a, b) for a, b in analysis.sentences if any(a <= first < b for first in firsts)]


class FactFinder:
    """Patterns and the tagger of names together; raises ModelError where the tagger's weights cannot be used."""

    def __init__(self, knowledge: Knowledge, weights: Weights | None = None) -> None:
        self._patterns = PatternFinder(knowledge)
        self._names = NameFinder(knowledge, weights or load_weights(NAMES))

    def find(self, text: str, shown: str, analysis: Analysis, now: datetime | None) -> tuple[Fact, ...]:
        """Facts in reading order; `shown` is the text as given, of the same length as `text`."""
        found = self._patterns.find(text, analysis, now)
        facts = [Fact(f.kind, f.start, f.end, shown[f.start : f.end], f.value) for f in found]
        names = free_of(found, self._names.find(analysis, found))
        if not names:
            return tuple(facts)
        facts.extend(Fact(n.kind, n.start, n.end, shown[n.start : n.end]) for n in names)
        return tuple(sorted(facts, key=lambda fact: fact.start))

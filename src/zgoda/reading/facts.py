"""The facts of a message: what patterns find, and the things, people and places it names."""

from __future__ import annotations

from datetime import datetime

from zgoda.expressions import Expressions, build
from zgoda.reading.analysis import Analysis
from zgoda.reading.knowledge import Knowledge
from zgoda.values import Fact


class FactFinder:
    """Patterns of each language, built when a language is first met."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._expressions: dict[str, Expressions] = {}

    def _of(self, language: str) -> Expressions:
        known = self._expressions.get(language)
        if known is None:
            content = self._knowledge.content
            tables = [self._knowledge.table(part, "expressions") for part in ("common", language)]
            entries = [e for part in ("common", language) for e in content.patterns.get(part, [])]
            known = self._expressions[language] = build(language, tables, entries)
        return known

    def find(self, text: str, shown: str, analysis: Analysis, now: datetime | None) -> tuple[Fact, ...]:
        """Facts in reading order; `shown` is the text as given, of the same length as `text`."""
        main = analysis.languages[0] if analysis.languages else "en"
        found = self._of(main).find(text, now=now)
        return tuple(Fact(f.kind, f.start, f.end, shown[f.start : f.end], f.value) for f in found)

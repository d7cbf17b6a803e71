"""The words of a review: why a finding hurts, and what to say instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from zgoda.reviewing.times import has_time
from zgoda.values import LANGUAGES

_ASKS = "?"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a suggestion shall stand: the words it replaces, whether a sentence ends there, whether a term is given.

    `promised` tells that the draft, or a suggestion given before, already promises something by a time.
    """

    text: str
    closes: bool = True
    promised: bool = False

    def unfit(self, suggestion: str) -> int:
        """How badly a suggestion stands here, 0 where it fits: no second promise, no question within a sentence."""
        asks = _ASKS in suggestion
        asked = self.closes and self.text.rstrip().endswith(_ASKS)  # a question is best replaced by a question
        return 4 * (asks and not self.closes) + 2 * (self.promised and has_time(suggestion)) + (asked and not asks)


class ReviewWords:
    """Messages, names and suggestions by language (content: tables/review.toml of each language)."""

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self._messages = {lang: dict(tables[lang].get("messages", {})) for lang in LANGUAGES}
        self._names = {lang: dict(tables[lang].get("names", {})) for lang in LANGUAGES}
        self._suggestions = {lang: dict(tables[lang].get("suggestions", {})) for lang in LANGUAGES}

    def message(self, kind: str, language: str) -> str:
        """One or two sentences to the agent in his language."""
        return str(self._messages.get(language, {}).get(kind) or self._messages["en"].get(kind, kind))

    def name(self, kind: str, language: str) -> str:
        """The short name of an act or finding."""
        return str(self._names.get(language, {}).get(kind) or self._names["en"].get(kind, kind))

    def suggestions(self, kind: str, language: str) -> tuple[str, ...]:
        """Whole clauses that can stand in place of such a mistake, in the reply's language."""
        return tuple(self._suggestions.get(language, {}).get(kind, ()))

    def choose(self, kind: str, language: str, place: Place, taken: Collection[str], own: str = "") -> str | None:
        """The suggestion that fits a place best, of those not yet taken in this reply, its slots of time still open.

        That of the rule itself, `own`, goes before those of the kind. The same words get the same one every time.
        """
        if own and own not in taken and not place.unfit(own):
            return own
        free = [s for s in (*self.suggestions(kind, language), own) if s and s not in taken]
        if not free:
            return None
        least = min(map(place.unfit, free))
        best = [s for s in free if place.unfit(s) == least]
        return best[sum(map(ord, place.text)) % len(best)]

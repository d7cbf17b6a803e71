"""The words of a review: why a finding hurts, and what to say instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zgoda.values import LANGUAGES


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

    def choose(self, kind: str, language: str, text: str, taken: set[str]) -> str | None:
        """One suggestion not yet taken in this reply; the same words get the same one every time."""
        free = [s for s in self.suggestions(kind, language) if s not in taken]
        return free[sum(map(ord, text)) % len(free)] if free else None

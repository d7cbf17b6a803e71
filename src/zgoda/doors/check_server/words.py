"""Names of kinds and languages as clients show them; the names themselves are content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from zgoda.values import LANGUAGES

TABLE = "check_server"
_FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The tables tables/check_server.toml: `common` settings, names by language, and abbreviations for sentences."""

    common: Mapping[str, Any]
    names: Mapping[str, Mapping[str, Any]]
    abbreviations: Callable[[str], frozenset[str]] = lambda _language: frozenset()

    @classmethod
    def of(
        cls, table: Callable[[str, str], Mapping[str, Any]], abbreviations: Callable[[str], frozenset[str]]
    ) -> Words:
        """The tables of loaded content."""
        return cls(table("common", TABLE), {lang: table(lang, TABLE) for lang in LANGUAGES}, abbreviations)

    def kind(self, kind: str, language: str | None) -> str:
        """The name of a kind of finding; one without a name is its wire name with spaces."""
        return str(self._table(language).get("kinds", {}).get(kind, kind.replace("_", " ")))

    def word(self, key: str, language: str | None) -> str:
        """Another word of the table."""
        return str(self._table(language).get("words", {}).get(key, key))

    def issue_type(self, severity: str) -> str:
        """The type of issue by which clients colour."""
        return str(self.common.get("issue_types", {}).get(severity, "uncategorized"))

    def type_name(self, severity: str) -> str:
        """LanguageTool's own type of match."""
        return str(self.common.get("type_names", {}).get(severity, "Other"))

    def waits(self, kind: str) -> bool:
        """Whether the rest of the sentence may still mend this kind."""
        return kind in self.common.get("unfinished", {}).get("kinds", ())

    def languages(self) -> list[dict[str, str]]:
        """The languages on offer, as `/v2/languages` lists them."""
        return [dict(row) for row in self.common.get("languages", ())]

    def variant(self, language: str) -> str:
        """The code with a country that a detected language is reported under."""
        return str(self.common.get("variants", {}).get(language, language))

    def _table(self, language: str | None) -> Mapping[str, Any]:
        return self.names.get(language or _FALLBACK) or self.names.get(_FALLBACK, {})

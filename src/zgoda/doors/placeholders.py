"""Sets aside what a help desk fills into its macros, so that it neither makes findings nor moves their places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Any, TypeVar

from zgoda.values import Finding, Promise, Review, Span

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
Places = tuple[tuple[int, int], ...]
S = TypeVar("S", Span, Finding, Promise)


@dataclass(frozen=True, slots=True)
class Placeholders:
    """Patterns of placeholders, the letters that stand in meanwhile, and the kinds that a filled one may mend."""

    pattern: re.Pattern[str]
    latin: str
    cyrillic: str
    may_tell: frozenset[str]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Placeholders:
        """From `placeholders` of tables/macros.toml."""
        neutral = table["neutral"]
        pattern = re.compile("|".join(table["patterns"]))
        return cls(pattern, neutral["latin"], neutral["cyrillic"], frozenset(table["may_tell"]))

    def masked(self, text: str) -> tuple[str, Places]:
        """The text with neutral letters of the same length instead of placeholders, and where they stand."""
        places = tuple(match.span() for match in self.pattern.finditer(text))
        if not places:
            return text, ()
        bare = self.pattern.sub("", text)
        letters = self.cyrillic if len(_CYRILLIC.findall(bare)) > len(_LATIN.findall(bare)) else self.latin
        return self.pattern.sub(lambda match: "".join(islice(cycle(letters), len(match[0]))), text), places

    def restored(self, review: Review, text: str, places: Places) -> Review:
        """The review of a masked text with the words as they stand, without what rests on a placeholder alone."""
        if not places:
            return review
        findings = [_quoting(f, text) for f in review.findings if not self._mended(f, places)]
        promises = [replace(_quoting(p, text), what=_own(p, text)) for p in review.promises]
        return replace(
            review,
            acts=tuple(_quoting(span, text) for span in review.acts),
            findings=tuple(findings),
            promises=tuple(promises),
        )

    def _mended(self, finding: Finding, places: Places) -> bool:
        if finding.kind in self.may_tell and any(a < finding.end and finding.start < b for a, b in places):
            return True
        return any(a <= finding.start and finding.end <= b for a, b in places)


def _quoting(span: S, text: str) -> S:
    return replace(span, text=text[span.start : span.end])


def _own(promise: Promise, text: str) -> str:
    """What is promised, in the words of the text."""
    at = promise.text.find(promise.what)
    return promise.what if at < 0 else text[promise.start + at : promise.start + at + len(promise.what)]

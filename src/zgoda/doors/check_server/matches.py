"""Turns the findings of a review into LanguageTool's matches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zgoda.doors.check_server.annotated import Annotated
from zgoda.doors.check_server.rules import CATEGORY, rule_id
from zgoda.doors.check_server.utf16 import Utf16, units
from zgoda.doors.check_server.words import Words
from zgoda.text.sentences import split_sentences
from zgoda.text.tokens import tokenise
from zgoda.values import SEVERITIES
from zgoda.values.review import Finding

_AROUND = 40  # characters of context on each side
_CUT = "..."
_LINES = str.maketrans("\r\n\t", "   ")


def apart(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that do not overlap, in order: the graver goes first, then the longer.

    Clients draw one underline over a word, and mend by place; the other is shown once the first is mended.
    """
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (-SEVERITIES.index(f.severity), f.start - f.end, f.start)):
        if finding.start < finding.end and all(finding.end <= k.start or k.end <= finding.start for k in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)


class Matches:
    """Writes matches for one text: places in UTF-16 code units of the text as sent, markup included."""

    def __init__(self, text: Annotated, words: Words, language: str, interface: str | None) -> None:
        self._text = text
        self._words = words
        self._interface = interface or language
        self._utf16 = Utf16(text.given)
        self._sentences = _sentences(text.text, words.abbreviations(language))

    def match(self, finding: Finding) -> dict[str, Any]:
        """One finding on the wire."""
        start, end, markup = self._text.place(finding.start, finding.end)
        offset = self._utf16.at(start)
        return {
            "message": finding.message,
            "shortMessage": self._words.kind(finding.kind, self._interface),
            # Whoever takes a replacement loses the markup inside the span, so there none is offered.
            "replacements": [] if markup or not finding.suggestion else [{"value": finding.suggestion}],
            "offset": offset,
            "length": self._utf16.at(end) - offset,
            "context": _context(self._text.given, start, end),
            "sentence": self._sentence(finding.start),
            "type": {"typeName": self._words.type_name(finding.severity)},
            "rule": self._rule(finding),
            "ignoreForIncompleteSentence": self._words.waits(finding.kind),
            "contextForSureMatch": 0,
        }

    def _rule(self, finding: Finding) -> dict[str, Any]:
        return {
            "id": rule_id(finding.kind),
            "subId": finding.rule,
            "description": self._words.kind(finding.kind, self._interface),
            "issueType": self._words.issue_type(finding.severity),
            "category": {"id": CATEGORY, "name": self._words.word("category", self._interface)},
            "isPremium": False,
        }

    def _sentence(self, position: int) -> str:
        return next((text for after, text in self._sentences if position < after), "")


def _sentences(text: str, abbreviations: frozenset[str]) -> list[tuple[int, str]]:
    """The sentences of a text, each with the place behind it."""
    tokens = tokenise(text)
    ends = [tokens.ends[after - 1] for _, after in split_sentences(tokens, abbreviations)]
    starts = [0, *ends]
    return [(end, text[start:end].strip()) for start, end in zip(starts, ends, strict=False)]


def _context(text: str, start: int, end: int) -> dict[str, Any]:
    """The words around a span, in one line, with dots where they are cut."""
    first, after = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = (_CUT if first else "") + text[first:start]
    behind = text[end:after] + (_CUT if after < len(text) else "")
    return {
        "text": f"{before}{text[start:end]}{behind}".translate(_LINES),
        "offset": units(before),
        "length": units(text[start:end]),
    }

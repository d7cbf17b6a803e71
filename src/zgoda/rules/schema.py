"""The kinds of content entries and what each must have; faults are collected, never raised one by one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from zgoda.rules.terms import Position, TermError, parse_term, split_terms
from zgoda.values import ABUSE, ACTS, CAUSES, DEMANDS, FINDINGS, NOTICES, SIGNALS, STATES

LEVELS = ("hint", "decide", "veto")
LABEL_FIELDS: dict[str, tuple[str, ...]] = {
    "state": STATES,
    "abuse": ABUSE,
    "signals": SIGNALS,
    "causes": CAUSES,
    "demands": DEMANDS,
    "acts": ACTS,
    "findings": (*FINDINGS, *NOTICES),
}
_ID = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+")
_MARK = re.compile(r"\[([^\[\]]{1,400})\]")


@dataclass(frozen=True, slots=True)
class Example:
    """A snippet and the words in it that must be found (none, for a near miss)."""

    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One concept or rule with its own examples."""

    id: str
    kind: str
    gloss: str
    source: str
    level: str
    label: str
    terms: tuple[str, ...]
    parsed: tuple[tuple[Position, ...], ...]
    unless: tuple[tuple[Position, ...], ...]
    catches: tuple[Example, ...]
    passes: tuple[Example, ...]
    known_misses: tuple[Example, ...]
    language: str
    file: str
    line: int
    suggestion: str = ""

    @property
    def shelf(self) -> str:
        """The kind of folder the entry stands in: lexicons, rules, replies, review."""
        return self.file.rsplit("/", 2)[-2]


def parse_example(marked: str) -> Example:
    """`"Вы [идиоты]"` -> the plain text and the span of the marked words."""
    spans: list[tuple[int, int]] = []
    plain: list[str] = []
    length = position = 0
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        plain.append(before)
        length += len(before)
        spans.append((length, length + len(match[1])))
        plain.append(match[1])
        length += len(match[1])
        position = match.end()
    plain.append(marked[position:])
    return Example("".join(plain), tuple(spans))


def _strings(raw: dict[str, Any], key: str, faults: list[str]) -> list[str]:
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        faults.append(f"{key}: expected a list of texts, came {value!r:.60}")
        return []
    return value


def _terms(block: object, key: str, faults: list[str]) -> list[tuple[str, tuple[Position, ...]]]:
    if not isinstance(block, str):
        faults.append(f"{key}: expected a text block of terms, came {block!r:.60}")
        return []
    parsed = []
    for term in split_terms(block):
        try:
            positions = parse_term(term)
            if positions:
                parsed.append((term, positions))
        except TermError as error:
            faults.append(f"{key}: {error}")
    return parsed


def _check_label(kind: str, label: str, faults: list[str]) -> None:
    if not label:
        if kind == "rule":
            faults.append('label: a rule needs one, such as label = "signals:legal"')
        return
    name, _, value = label.partition(":")
    if name not in LABEL_FIELDS or value not in LABEL_FIELDS[name]:
        faults.append(f"label: {label!r} is no label of a reading or a review")


def parse_entry(raw: dict[str, Any], kind: str, language: str, file: str, line: int) -> tuple[Entry, list[str]]:
    """Build an entry of `kind` (`concept` or `rule`); the second value lists what is wrong with it."""
    faults: list[str] = []
    for key in ("id", "source", "level"):
        if not isinstance(raw.get(key), str) or not raw[key]:
            faults.append(f"{key}: expected a text, came {raw.get(key)!r:.40}")
    identity, level, label = str(raw.get("id", "?")), str(raw.get("level", "hint")), str(raw.get("label", ""))
    if not _ID.fullmatch(identity):
        faults.append(f"id: {identity!r} must be lower-case words joined by hyphens")
    if level not in LEVELS:
        faults.append(f"level: expected one of {', '.join(LEVELS)}, came {level!r}")
    _check_label(kind, label, faults)
    unknown = set(raw) - {
        "id", "gloss", "source", "level", "label", "terms", "unless", "catch", "pass", "known_miss", "suggestion",
    }  # fmt: skip
    if unknown:
        faults.append(f"unknown field {', '.join(sorted(unknown))}")
    terms = _terms(raw.get("terms", ""), "terms", faults)
    catches = tuple(parse_example(e) for e in _strings(raw, "catch", faults))
    passes = tuple(parse_example(e) for e in _strings(raw, "pass", faults))
    if terms and not catches:
        faults.append("catch: at least one example that must be caught")
    if terms and not passes and not raw.get("known_miss"):
        faults.append("pass: at least one near miss that must be let pass")
    faults.extend(f"catch example {n}: no [marked] words" for n, e in enumerate(catches, 1) if not e.spans)
    return (
        Entry(
            id=identity,
            kind=kind,
            gloss=str(raw.get("gloss", "")),
            source=str(raw.get("source", "")),
            level=level,
            label=label,
            terms=tuple(t for t, _ in terms),
            parsed=tuple(p for _, p in terms),
            unless=tuple(p for _, p in _terms(raw.get("unless", ""), "unless", faults)),
            catches=catches,
            passes=passes,
            known_misses=tuple(parse_example(e) for e in _strings(raw, "known_miss", faults)),
            language=language,
            file=file,
            line=line,
            suggestion=str(raw.get("suggestion", "")),
        ),
        faults,
    )

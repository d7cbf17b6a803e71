"""Checks of the fact patterns: that they can be used, run in linear time, and do what their own examples say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zgoda.expressions import Expressions, Found, build
from zgoda.expressions.normalise import NORMALISERS
from zgoda.expressions.tables import Words, build_words
from zgoda.model.knowledge import Knowledge
from zgoda.rules.linear import faults as time_faults
from zgoda.rules.schema import Example, parse_example
from zgoda.values import FACTS, LANGUAGES

PARTS = ("common", *LANGUAGES)
_NONE = "none"  # the kind of patterns that only keep others away
_TEXTS = ("id", "kind", "source", "level", "regex")
_LISTS = ("catch", "pass", "known_miss", "values", "needs")
_FIELDS = {*_TEXTS, *_LISTS, "value", "weak", "gloss", "_file", "_line"}

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example of a pattern and what became of it; `fault` is None where all is well."""

    name: str
    number: int
    example: Example
    found: tuple[tuple[int, int], ...]
    fault: str | None


@dataclass(frozen=True)
class PatternBook:
    """The usable patterns of one part of the content (`common` or a language), built, and the faults of the others."""

    entries: tuple[Raw, ...]
    faults: tuple[str, ...]
    expressions: Expressions
    now: datetime | None


def pattern_book(knowledge: Knowledge, part: str) -> PatternBook:
    """Build the patterns of one part; what cannot be used is told in `faults` and left out."""
    parts = ("common",) if part == "common" else ("common", part)
    tables = [knowledge.table(each, "expressions") for each in parts]
    faults: list[str] = []
    usable: list[Raw] = []
    for each in parts:
        for raw in knowledge.content.patterns.get(each, []):
            wrong = _form(raw)
            if each == part:
                faults += [_told(raw, fault) for fault in wrong]
            if not wrong:
                usable.append(raw)
    own = {id(raw) for raw in knowledge.content.patterns.get(part, [])}
    usable, unfit = _compiled(tables, usable)
    expressions, dropped = _built(part, tables, usable)
    unfit += dropped
    faults += [_told(raw, fault) for raw, fault in unfit if id(raw) in own]
    refused = {id(raw) for raw, _ in dropped}
    now = knowledge.table("common", "examples").get("now")
    return PatternBook(
        entries=tuple(raw for raw in usable if id(raw) in own - refused),
        faults=tuple(faults),
        expressions=expressions,
        now=now if isinstance(now, datetime) else None,
    )


def _told(raw: Raw, fault: str) -> str:
    return f"{raw.get('_file')}:{raw.get('_line')}: {raw.get('id', '?')}: {fault}"


def _form(raw: Raw) -> list[str]:
    """What is wrong with the fields of an entry."""
    faults = [
        f"{key}: expected a text, came {raw.get(key)!r:.40}"
        for key in _TEXTS
        if not isinstance(raw.get(key), str) or not raw[key]
    ]
    for key in _LISTS:
        value = raw.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            faults.append(f"{key}: expected a list of texts, came {value!r:.60}")
    if faults:
        return faults
    if raw["kind"] not in (*FACTS, _NONE):
        faults.append(f"kind: {raw['kind']!r} is no kind of fact")
    if raw.get("value", "typed") not in NORMALISERS:
        faults.append(f"value: expected one of {', '.join(NORMALISERS)}, came {raw['value']!r}")
    unknown = sorted(set(raw) - _FIELDS)
    if unknown:
        faults.append(f"unknown field {', '.join(unknown)}")
    for key, needed in (("catch", "an example that must be caught"), ("pass", "a near miss that must be let pass")):
        if not raw.get(key):
            faults.append(f"{key}: at least {needed}")
    faults += [
        f"catch example {n}: no [marked] words"
        for n, text in enumerate(raw.get("catch", ()), 1)
        if not parse_example(text).spans
    ]
    return faults


def _compiled(tables: Sequence[Raw], entries: Sequence[Raw]) -> tuple[list[Raw], list[tuple[Raw, str]]]:
    """The entries whose expanded regex compiles and is linear, and what is wrong with the others."""
    good: list[Raw] = []
    bad: list[tuple[Raw, str]] = []
    words = build_words(tables, [raw["regex"] for raw in entries])
    for raw in entries:
        wrong = [f"regex: {fault}" for fault in _regex_faults(words, raw["regex"])]
        wrong += [f"needs {need!r}: {fault}" for need in raw.get("needs", ()) for fault in time_faults(need)]
        if wrong:
            bad += [(raw, fault) for fault in wrong]
        else:
            good.append(raw)
    return good, bad


def _regex_faults(words: Words, regex: str) -> list[str]:
    try:
        return time_faults(words.expand(regex))
    except KeyError as fault:
        return [f"no such slot or piece: {fault}"]


def _built(part: str, tables: Sequence[Raw], entries: Sequence[Raw]) -> tuple[Expressions, list[tuple[Raw, str]]]:
    """Build; an entry that refuses is set aside and the rest built again."""
    left = list(entries)
    dropped: list[tuple[Raw, str]] = []
    while True:
        try:
            return build(part, tables, left), dropped
        except (ValueError, KeyError, re.error) as fault:
            identity = str(fault.args[0] if fault.args else fault).partition(":")[0]
            refused = next((raw for raw in left if raw["id"] == identity), None)
            if refused is None:
                raise
            left.remove(refused)
            dropped.append((refused, f"regex: {fault}"))


# -- examples --------------------------------------------------------------------------------------------------------


def pattern_outcomes(book: PatternBook, raw: Raw) -> Iterator[Outcome]:
    """Every example of one entry and what it does now."""
    misses = raw.get("known_miss", ())
    values: list[str] = []
    for n, marked in enumerate(raw["catch"], 1):
        example = parse_example(marked)
        found = book.expressions.find(example.text, now=book.now)
        at = {(one.start, one.end): one for one in found}
        values += [(at[span].value or "") if span in at else "" for span in example.spans]
        fault = None if marked in misses else _catch_fault(raw["kind"], example, found)
        yield Outcome("catch", n, example, _spans(found), fault)
    yield from _value_outcome(raw, values)
    for n, text in enumerate(raw["pass"], 1):
        own = [one for one in book.expressions.find(text, now=book.now) if one.pattern == raw["id"]]
        fault = f"expected nothing, came {_show(text, _spans(own))} in {text!r}" if own else None
        yield Outcome("pass", n, Example(text, ()), _spans(own), fault)
    for n, marked in enumerate((m for m in misses if m not in raw["catch"]), 1):
        example = parse_example(marked)
        found = book.expressions.find(example.text, now=book.now)
        right = _catch_fault(raw["kind"], example, found) is None
        yield Outcome("known_miss", n, example, _spans(found), "it is caught now: move it to catch" if right else None)


def _value_outcome(raw: Raw, values: list[str]) -> Iterator[Outcome]:
    if "values" in raw and list(raw["values"]) != values:
        yield Outcome("values", 1, Example("", ()), (), f"expected {raw['values']}, came {values}")


def _catch_fault(kind: str, example: Example, found: Sequence[Found]) -> str | None:
    if kind == _NONE:
        over = [f for f in found if any(f.start < b and a < f.end for a, b in example.spans)]
        return f"expected nothing there, came {_show(example.text, _spans(over))} in {example.text!r}" if over else None
    at = {(one.start, one.end): one.kind for one in found}
    if all(at.get(span) == kind for span in example.spans):
        return None
    near = [f for f in found if any(f.start < b and a < f.end for a, b in example.spans)]
    came = " + ".join(f"[{example.text[f.start : f.end]}] as {f.kind}" for f in near) or "nothing"
    return f"expected {_show(example.text, example.spans)} as {kind}, came {came} in {example.text!r}"


def _spans(found: Sequence[Found]) -> tuple[tuple[int, int], ...]:
    return tuple((one.start, one.end) for one in found)


def _show(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return " + ".join(f"[{text[a:b]}]" for a, b in spans) or "nothing"


def check_patterns(book: PatternBook) -> list[str]:
    """Every fault of the patterns of one part, as `file:line: id: catch example n: expected, came`."""
    faults = list(book.faults)
    seen: set[str] = set()
    for raw in book.entries:
        if raw["id"] in seen:
            faults.append(_told(raw, "the id stands twice"))
        seen.add(raw["id"])
        faults += [
            _told(raw, f"{one.name} example {one.number}: {one.fault}")
            for one in pattern_outcomes(book, raw)
            if one.fault
        ]
    return faults

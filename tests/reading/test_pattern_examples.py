"""Checks of fact patterns: each fault is told, and hides no fault of another."""

import tomllib
from dataclasses import replace
from functools import cache

import pytest

from zgoda.model.knowledge import Knowledge, build_knowledge
from zgoda.reading.pattern_examples import PARTS, check_patterns, pattern_book, pattern_outcomes

PATTERN = """[[pattern]]
id = "our-code"
kind = "order"
source = "usage"
level = "decide"
regex = '(?<![\\w])zed~\\d{4}(?![\\w])'
catch = ["code [zed~1234] zug"]
pass = ["zed~12345"]
"""


@cache
def shipped() -> Knowledge:
    return build_knowledge(strict=False)


def with_ours(text: str) -> Knowledge:
    """The shipped content with English patterns of a company behind it."""
    ours = [{**raw, "_file": "ours.toml", "_line": 2} for raw in tomllib.loads(text)["pattern"]]
    content = shipped().content
    patterns = {**content.patterns, "en": [*content.patterns["en"], *ours]}
    return Knowledge(replace(content, patterns=patterns))


def faults(text: str) -> list[str]:
    found = check_patterns(pattern_book(with_ours(text), "en"))
    return [fault for fault in found if fault.startswith("ours.toml")]


def test_sound_pattern_has_no_fault():
    assert faults(PATTERN) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("[zed~1234]", "zed~[1234]", "catch example 1: expected [1234] as order, came [zed~1234] as order"),
        ("[zed~1234]", "[zed]", "catch example 1: expected [zed] as order, came nothing"),
        ('"zed~12345"', '"zed~1234"', "pass example 1: expected nothing, came [zed~1234]"),
        ("\\d{4}", "\\d+", "an unbounded repeat is neither possessive nor behind a look-behind"),
        ("zed~\\d{4}", "(zed", "cannot be parsed"),
        ("zed~\\d{4}", "{nonsense}", "no such slot or piece"),
        ('"order"', '"colour"', "kind: 'colour' is no kind of fact"),
        ('"order"', '"none"', "catch example 1: expected nothing there, came"),
        ('pass = ["zed~12345"]', "pass = []", "pass: at least a near miss that must be let pass"),
        ("code [zed~1234]", "code zed~1234", "catch example 1: no [marked] words"),
        ('level = "decide"', 'level = "decide"\nvalue = "weight"', "value: expected one of"),
        ('level = "decide"', 'level = "decide"\nvalue = "typed"\nvalues = ["zed~9"]', "values example 1: expected"),
        ('level = "decide"', 'level = "decide"\ncolour = "red"', "unknown field colour"),
        ('level = "decide"', 'level = "decide"\nneeds = ["a+b"]', "needs 'a+b': an unbounded repeat"),
        ('source = "usage"\n', "", "source: expected a text, came None"),
        ('catch = ["code [zed~1234] zug"]', "catch = [4]", "catch: expected a list of texts"),
        (
            'level = "decide"',
            'level = "decide"\nknown_miss = ["a [zed~4321]"]',
            "known_miss example 1: it is caught now: move it to catch",
        ),
    ],
)
def test_fault_is_told_with_file_line_and_id(old, new, fault):
    assert old in PATTERN
    text = PATTERN.replace(old, new)
    if '"none"' in new:  # a pattern that keeps others away, and one that is not kept away
        text += (
            PATTERN.replace("our-code", "other-code")
            .replace("zed~\\d{4}", "zed~\\d{4} zug")
            .replace("[zed~1234] zug", "[zed~1234 zug]")
        )
    rows = [row for row in faults(text) if ": our-code: " in row]
    assert len(rows) == 1
    assert rows[0].startswith("ours.toml:2: our-code: ")
    assert fault in rows[0]


def test_miss_that_is_known_is_no_fault():
    assert faults(PATTERN.replace('level = "decide"', 'level = "decide"\nknown_miss = ["a [zed~43215]"]')) == []


def test_faulty_pattern_hides_no_fault_of_another():
    second = PATTERN.replace("our-code", "other-code").replace("[zed~1234]", "zed~[1234]")
    rows = faults(PATTERN.replace("zed~\\d{4}", "(zed") + second)
    assert [row.split(": ")[1] for row in rows] == ["our-code", "other-code"]


def test_id_that_stands_twice_is_told():
    assert "ours.toml:2: our-code: the id stands twice" in faults(PATTERN + PATTERN)


@pytest.mark.parametrize("part", PARTS)
def test_every_shipped_pattern_is_in_the_book_and_has_outcomes(part):
    book = pattern_book(shipped(), part)
    assert book.now is not None
    assert book.entries
    for raw in book.entries:
        assert len(list(pattern_outcomes(book, raw))) >= len(raw["catch"]) + len(raw["pass"])

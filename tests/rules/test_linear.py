"""The guard against regular expressions that may take more than linear time."""

import pytest

from zgoda.rules.linear import faults, looks_behind


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d++ ?zł",
        r"(?<!\d)\d+ ?zł",
        r"(?<!\w)(?:\d+)x",
        r"a{1,3}b?",
        r"(?:ab|cd){0,5}",
        r"(?>a++)b",
        r"(?=\d{1,3})\d++",
        r"(?<!\d)\b\d+",
        r"\s*+$",
        "",
    ],
)
def test_linear_pattern_has_no_fault(pattern):
    assert faults(pattern) == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d+\s*zł",
        r".*",
        r"a+?b",
        r"(?:\d+)",
        r"x|\w+",
        r"(?=.*x)",
        r"(?<!\d)\d+ *x",
        r"(?<!a)(?:a+)*+",
        r"(?>a+b)",
        r"(?<!x)(?:ab?)+(?:c)+",
        r"a{2,}",
    ],
)
def test_unbounded_repeat_that_can_rescan_is_refused(pattern):
    assert faults(pattern)


def test_nested_bounded_repeats_that_multiply_are_refused():
    assert faults(r"(?:(?:a{0,100}b{0,100}){0,100}){0,100}")


def test_back_reference_is_refused():
    assert faults(r"(a)\1") == ["refers back to a group"]


def test_pattern_that_cannot_be_parsed_is_a_fault():
    assert "cannot be parsed" in faults("(")[0]


def test_every_fault_is_told():
    assert len(faults(r"a+b+|c*")) == 3


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        (r"abc(?=d)", 0),
        (r"\bword", 1),
        (r"(?<!not )\bis", 4),
        (r"(?:(?<!\bi )(?<!\bwe )will|'ll)", 7),
        (r"(?:x(?<=ab)|y(?<=abc)){1,3}", 5),
        (r"(?<=a(?<=bc))d", 3),
        ("", 0),
    ],
)
def test_how_far_a_pattern_looks_back_is_never_told_too_short(pattern, characters):
    assert looks_behind(pattern) >= characters


def test_a_pattern_that_never_looks_back_depends_on_nothing_before_it():
    assert looks_behind(r"abc(?=d)|\d++") == 0

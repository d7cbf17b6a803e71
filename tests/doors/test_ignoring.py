"""Findings that a team lets pass: by rule or kind, never without a reason."""

import pytest

from zgoda.doors.ignoring import Ignores, reasons_in, reasons_of
from zgoda.errors import InputError
from zgoda.values import Finding


def finding(kind, rule):
    return Finding(kind, 0, 1, "x", "warning", "why", None, rule, "source")


def test_rule_or_kind_is_let_pass_and_counted():
    findings = (finding("jargon", "mis-l2"), finding("jargon", "mis-form"), finding("denial", "mis-never"))
    stay, passed = Ignores({"mis-l2": "known", "jargon": "engineers"}).sifted(findings)
    assert [one.kind for one in stay] == ["denial"]
    assert passed == {"mis-l2": 1, "jargon": 1}


def test_reason_may_hold_an_equals_sign():
    assert reasons_of(["mis-l2=L2 = second line"]) == {"mis-l2": "L2 = second line"}


@pytest.mark.parametrize(
    ("pair", "fault"),
    [
        ("jargon", "jargon: give the reason"),
        ("jargon= ", "jargon: give the reason"),
        ("=because", "name the rule or kind"),
        ("calm_dwn=because", "calm_dwn is no kind of finding; there are blame_customer"),
    ],
)
def test_ignoring_without_a_name_or_a_reason_is_refused(pair, fault):
    with pytest.raises(InputError, match=fault):
        reasons_of([pair])


def test_file_names_rules_with_reasons(tmp_path):
    path = tmp_path / "ignore.toml"
    path.write_text('[ignore]\nvague_promise = "Terminy podaje system"\nmis-l2 = "инженеры"\n', "utf-8")
    assert reasons_in(path) == {"vague_promise": "Terminy podaje system", "mis-l2": "инженеры"}
    assert reasons_in(tmp_path / "none.toml") == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("ignore = 1", "expected one table"),
        ('calm_down = "why"', "expected one table"),
        ('[ignore]\ncalm_down = ""', "calm_down: give the reason"),
        ("[ignore]\ncalm_down = true", "calm_down: give the reason"),
        ("[ignore", "ignore.toml: "),
    ],
)
def test_faulty_file_is_told_by_name(tmp_path, text, fault):
    path = tmp_path / "ignore.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=fault):
        reasons_in(path)

"""`zgoda content`: faults of company content are found, entries explained, lists complete."""

from pathlib import Path

from tests.doors.helpers import zgoda

PATTERN = """[[pattern]]
id = "our-code"
kind = "order"
source = "usage"
level = "decide"
regex = '(?<![\\w])zed~\\d{4}(?![\\w])'
catch = ["code [zed~1234] please"]
pass = ["zed~12345"]
"""
CONCEPT = """[[concept]]
id = "our-word"
gloss = "words of our shop"
source = "usage"
level = "hint"
terms = "splork"
catch = ["a [splork] here"]
pass = ["a spork here"]
"""


def company(tmp_path: Path, pattern: str = PATTERN, concept: str = CONCEPT) -> str:
    root = tmp_path / "ours"
    for name, text in (("en/patterns/facts.toml", pattern), ("en/lexicons/ours.toml", concept)):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return str(root)


def ours(*args: str) -> list[str]:
    """What the check says of the company's folder: the shipped content may have faults of its own."""
    result = zgoda("content", "check", "--lang", "en", *args)
    assert isinstance(result.exception, SystemExit | None), result.exception
    return [row for row in result.stdout.splitlines() if row.startswith("ours/")]


def test_sound_company_content_has_no_fault(tmp_path):
    assert ours("--content", company(tmp_path)) == []


def test_fault_of_a_pattern_is_told_with_file_line_and_id(tmp_path):
    (row,) = ours("--content", company(tmp_path, pattern=PATTERN.replace("\\d{4}", "\\d+")))
    assert row.startswith("ours/en/patterns/facts.toml:2: our-code: regex: an unbounded repeat")


def test_fault_of_a_concept_is_told_with_file_line_and_id(tmp_path):
    (row,) = ours("--content", company(tmp_path, concept=CONCEPT.replace("a spork", "a splork")))
    assert row.startswith("ours/en/lexicons/ours.toml:2: our-word: pass example 1: expected nothing, came [splork]")


def test_check_ends_with_one_line_for_each_language_and_one_on_faults(tmp_path):
    folder = company(tmp_path, concept=CONCEPT.replace("a spork", "a splork"))
    result = zgoda("content", "check", "--content", folder)
    assert result.exit_code == 1
    assert [row.partition(":")[0] for row in result.stdout.splitlines()[-5:]] == [
        "common",
        "ru",
        "pl",
        "en",
        "practice",
    ]
    assert "near misses" in result.stdout.splitlines()[-2]


def test_entry_is_explained_with_what_its_examples_do_now(tmp_path):
    folder = company(tmp_path, concept=CONCEPT.replace("a spork", "a splork"))
    drawn = zgoda("content", "show", "our-word", "--content", folder).stdout
    assert "words of our shop" in drawn
    assert "ours/en/lexicons/ours.toml:2" in drawn
    assert "✓ a [splork] here" in drawn
    assert "✗ a [splork] here" in drawn


def test_pattern_is_explained_and_a_broken_one_says_why(tmp_path):
    good = zgoda("content", "show", "our-code", "--content", company(tmp_path)).stdout
    assert "✓ code [zed~1234] please" in good
    bad = zgoda("content", "show", "our-code", "--content", company(tmp_path, PATTERN.replace("zed~\\d{4}", "(zed")))
    assert bad.exit_code == 0
    assert "cannot be parsed" in bad.stdout


def test_entry_of_several_languages_is_shown_in_each():
    drawn = zgoda("content", "show", "profanity").stdout
    assert all(f"{language} concept" in drawn for language in ("ru", "pl", "en"))


def test_unknown_id_is_wrong_usage_and_names_near_ones():
    result = zgoda("content", "show", "profanit")
    assert result.exit_code == 2
    assert "Near: profanity" in result.stderr


def test_list_can_be_narrowed_to_a_kind_and_a_language(tmp_path):
    rows = zgoda("content", "list", "--kind", "pattern", "--lang", "en", "--content", company(tmp_path)).stdout
    assert any(row.split()[:4] == ["our-code", "en", "pattern", "decide"] for row in rows.splitlines())
    assert all(row.split()[1:3] == ["en", "pattern"] for row in rows.splitlines())

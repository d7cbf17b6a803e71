"""Finding facts: spans, precedence, repetition, and time that grows with the text only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.expressions.content import LANGUAGES, entries, expressions
from zgoda.expressions import build
from zgoda.rules.linear import faults

TABLE = {"class": {"unit": {"D": "day days"}, "cardinal": {"2": "two"}}}
WORDS = [
    "два",
    "дня",
    "14",
    "ноября",
    "dwa",
    "zł",
    "piątek",
    "since",
    "monday",
    "12:30",
    "№",
    "+48",
    "(",
    ".",
    "\n",
    "İ",
    "\ue000",
]


def spans(language: str, text: str) -> list[tuple[str, str]]:
    return [(fact.kind, text[fact.start : fact.end]) for fact in expressions(language).find(text)]


@pytest.mark.parametrize("language", ["common", *LANGUAGES])
@given(text=st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join)))
def test_facts_of_any_text_lie_inside_it_in_order_without_overlap(language, text):
    end = 0
    for fact in expressions(language).find(text):
        assert end <= fact.start < fact.end <= len(text)
        end = fact.end


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "piece", ["1", "(", "1 ", "два ", "two ", "dwa ", "a", "1.1.", "A-1/", "+1", "@a.", "zł", ". "]
)
def test_very_long_runs_are_read_to_the_end(language, piece):
    assert isinstance(expressions(language).find(piece * (100_000 // len(piece))), list)


@pytest.mark.parametrize("folder", ["common", *LANGUAGES])
def test_patterns_pass_the_guard_against_slow_ones(folder):
    words = expressions(folder).words
    assert {e["id"]: f for e in entries(folder) if (f := faults(words.expand(e["regex"])))} == {}


def test_same_fact_said_twice_stands_once():
    assert spans("ru", "Звонил дважды. ДВАЖДЫ!") == [("quantity", "дважды")]


def test_preposition_stays_outside_the_span():
    assert spans("pl", "Odbiorę w piątek, do 18:00.") == [("date", "piątek"), ("time", "18:00")]


def test_longest_wins():
    assert spans("en", "It was Friday 13 November.") == [("date", "Friday 13 November")]


def test_letters_whose_lower_case_is_longer_do_not_move_spans():
    assert spans("en", "İİİ waited two weeks") == [("duration", "two weeks")]


def test_non_breaking_space_and_long_dash_are_read():
    assert spans("ru", "Верните 18\u00a0400\u00a0рублей — жду") == [("money", "18\u00a0400\u00a0рублей")]


def test_polish_is_read_without_its_letters():
    assert spans("pl", "czekam od dwoch tygodni") == [("duration", "dwoch tygodni")]


def test_stove_is_not_five():
    assert spans("pl", "zepsuty piec gazowy") == []


def test_weak_pattern_gives_way_to_any_other():
    entries_ = [
        {"id": "weak", "kind": "quantity", "weak": True, "regex": r"{cardinal} {any}"},
        {"id": "strong", "kind": "duration", "regex": r"{unit}"},
    ]
    table = {**TABLE, "macros": {"any": r"(?:[^\W\d_]|[\ue000-\uf8ff])++"}}
    found = build("en", [table], entries_).find("two days")
    assert [(fact.kind, fact.start) for fact in found] == [("duration", 4)]


@pytest.mark.parametrize("regex", ["x?", r"\w+", "{nothing}", "("])
def test_entry_that_cannot_be_used_is_named(regex):
    with pytest.raises(Exception, match="bad-entry"):
        build("en", [TABLE], [{"id": "bad-entry", "kind": "date", "regex": regex}])

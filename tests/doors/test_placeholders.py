"""What a help desk fills in: it keeps its place, makes no finding, and may mend one."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgoda import values
from zgoda.doors.placeholders import Placeholders
from zgoda.rules.linear import faults
from zgoda.values import Finding, Promise, Review, Span

TABLE = tomllib.loads(
    (Path(values.__file__).parents[1] / "content" / "common" / "tables" / "macros.toml").read_text("utf-8")
)["placeholders"]
PLACEHOLDERS = Placeholders.of(TABLE)


def finding(text, words, kind="calm_down"):
    at = text.index(words)
    return Finding(kind, at, at + len(words), "Noma", "warning", "why", None, "rule", "source")


@pytest.mark.parametrize(
    "sign",
    [
        "{{ticket.requester.name}}", "{name}", "%NAME%", "[[Name]]", "{{ agent.first_name | default: 'Ann' }}",
        "<<Imię>>", "${order}", "#{order}", "{% if vip %}", "<%= name %>", "$NAME$", "%имя%", "{Имя клиента}",
    ],
)  # fmt: skip
def test_placeholder_becomes_letters_of_the_same_length(sign):
    text = f"Dear {sign}, thank you."
    masked, places = PLACEHOLDERS.masked(text)
    assert len(masked) == len(text)
    assert [text[a:b] for a, b in places] == [sign]
    assert masked[5 : 5 + len(sign)].isalpha()
    assert (masked[:5], masked[5 + len(sign) :]) == ("Dear ", ", thank you.")


@pytest.mark.parametrize("text", ["Rabat 50% i 20% więcej", "a < b << c", "1 { 2", "Cost: $40 and $50", "[link]"])
def test_ordinary_signs_are_no_placeholders(text):
    assert PLACEHOLDERS.masked(text) == (text, ())


def test_letters_are_those_of_the_text():
    assert PLACEHOLDERS.masked("Здравствуйте, {{name}}!")[0] == "Здравствуйте, НомаНома!"
    assert PLACEHOLDERS.masked("Dzień dobry, {{name}}!")[0] == "Dzień dobry, NomaNoma!"


def test_patterns_run_in_linear_time():
    assert [fault for pattern in TABLE["patterns"] for fault in faults(pattern)] == []


def test_findings_acts_and_promises_quote_the_words_as_they_stand():
    text = "Dear {name}, I will call {name} tomorrow."
    _, places = PLACEHOLDERS.masked(text)
    review = Review(
        "en",
        acts=(Span("commit", 13, 41, "I will call NomaNo tomorrow."),),
        findings=(finding(text, "I will call {name}"),),
        promises=(Promise(13, 41, "I will call NomaNo tomorrow.", "call NomaNo", "agent", None, None),),
    )
    restored = PLACEHOLDERS.restored(review, text, places)
    assert restored.acts[0].text == "I will call {name} tomorrow."
    assert restored.findings[0].text == "I will call {name}"
    assert restored.promises[0].what == "call {name}"


def test_finding_inside_a_placeholder_is_dropped():
    text = "Dear {calm down}, thanks."
    _, places = PLACEHOLDERS.masked(text)
    assert PLACEHOLDERS.restored(Review("en", findings=(finding(text, "calm down"),)), text, places).findings == ()


def test_promise_whose_time_is_filled_in_is_not_vague():
    text = "Calm down, {name}. We will call by {date}. We will write soon."
    _, places = PLACEHOLDERS.masked(text)
    findings = (
        finding(text, "Calm down, {name}."),
        finding(text, "We will call by {date}.", "vague_promise"),
        finding(text, "We will write soon.", "vague_promise"),
    )
    restored = PLACEHOLDERS.restored(Review("en", findings=findings), text, places)
    assert [one.text for one in restored.findings] == ["Calm down, {name}.", "We will write soon."]


@given(st.text(st.sampled_from("{}%[]<>$#aЖ \n"), max_size=60))
def test_masking_keeps_the_length_and_all_other_signs(text):
    masked, places = PLACEHOLDERS.masked(text)
    assert len(masked) == len(text)
    inside = {i for a, b in places for i in range(a, b)}
    assert all(masked[i] == text[i] for i in range(len(text)) if i not in inside)

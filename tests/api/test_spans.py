"""Spans of a review lie in the text as given, whatever stands in it, and suggestions can be put in their place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reviewing.sound import assert_sound
from zgoda.api import review
from zgoda.values import LANGUAGES, Turn

HISTORY = (Turn("customer", "You idiots! Where is my order 4412?"),)
READ = 100_000  # code points read at each end of a long text
FILLER = "(" * READ
MISTAKE = "You should have read the contract."
PARTS = {
    "ru": ("Успокойтесь.", "Таковы правила.", "Вы сами виноваты", "проверю завтра до 15:00.", "простите, Анна,"),
    "pl": ("Proszę się uspokoić.", "to nie mój dział", "Taki mamy regulamin.", "Sprawdzę to jutro do 15:00."),
    "en": (
        "Calm down.",
        "that is our policy",
        "You should have read it",
        "I will call you tomorrow by 3 pm.",
        "Sorry,",
    ),
}
GLUE = [
    " ",
    ", ",
    ". ",
    "\n",
    "! ",
    " — ",
    " (",
    ") ",
    "«",
    "»",
    "😡 ",
    "\u200b",
    "<b>",
    "</b>",
    "<p>",
    ": ",
    "? ",
    "\n> ",
]


def draft(language):
    """Replies made of mistakes, good clauses and what may stand between them."""
    return st.lists(st.sampled_from(PARTS[language]) | st.sampled_from(GLUE), max_size=14).map("".join)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Good morning.</p><p>Calm down.</p>", "Calm down."),
        ("<p>Please <b>calm</b> down, madam.</p>", "Please <b>calm</b> down, madam."),
        ("Good morning. C\u200bal\u200bm down.", "C\u200bal\u200bm down."),
        ("😡🙏🏽 Good morning. Calm down.", "Calm down."),
        ("𝓗𝓮𝓵𝓵𝓸 Anna. Calm down.", "Calm down."),
        ("Good morning.\r\n\r\n\tCalm down.\r\n", "Calm down."),
        ("Good morning.\u00a0Calm\u00a0down.", "Calm\u00a0down."),
    ],
)
def test_finding_marks_its_words_in_the_text_as_given(text, words):
    told = assert_sound(text, language="en")
    assert words in [found.text for found in told.findings if found.kind == "calm_down"]


def test_long_text_is_reviewed_at_both_ends():
    text = "Calm down.\n" + FILLER * 3 + "\nCalm down."
    told = assert_sound(text, language="en")
    assert told.truncated
    assert told.as_dict()["truncated"] is True
    places = [found.start for found in told.findings if found.kind == "calm_down"]
    assert places == [0, len(text) - len("Calm down.")]


def test_text_that_is_read_whole_is_not_called_truncated():
    told = review(FILLER * 2)
    assert not told.truncated
    assert "truncated" not in told.as_dict()


@pytest.mark.parametrize("shift", [0, 1, 9, 20, 33, 34, 35])
def test_words_at_the_gap_of_a_long_text_are_never_joined(shift):
    """The mistake stands before the gap or across it, and the other half of a sentence begins behind it."""
    head = FILLER[: READ - shift - 1] + "\n" + MISTAKE + "\n"
    told = assert_sound(head + FILLER * 2 + "contract.\n" + FILLER[: READ - len("contract.\n")], language="en")
    assert [found.kind for found in told.findings] == (["reproach"] if shift > len(MISTAKE) else [])


def test_mistake_that_begins_at_the_second_end_is_found_in_its_place():
    tail = MISTAKE + "\n" + FILLER[: READ - len(MISTAKE) - 1]
    text = FILLER[:-1] + "\n" + FILLER * 2 + tail
    (found,) = assert_sound(text, language="en").findings
    assert (found.start, found.text) == (text.index(MISTAKE), MISTAKE)


def test_promises_of_a_long_text_are_found_at_both_ends():
    promise = "I will call you tomorrow by 3 pm."
    text = f"{promise}\n" + FILLER * 3 + "\n" + promise
    told = assert_sound(text, language="en")
    assert [one.start for one in told.promises] == [0, text.rindex(promise)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_stand_in_the_order_of_the_text(language):
    text = " ".join(f"{part.strip('., ')}." for part in PARTS[language] * 2)
    places = [(found.start, found.end) for found in assert_sound(text, history=HISTORY).findings]
    assert len(places) >= 4
    assert places == sorted(places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_draft_that_takes_every_suggestion_has_no_mistake_left(language):
    text = {
        "ru": "Анна, здравствуйте. Успокойтесь. Таковы правила. Завтра до 15:00 позвоню.",
        "pl": "Pani Anno, dzień dobry. Proszę się uspokoić. To nie mój dział. Zadzwonię jutro do 15:00.",
        "en": "Hello Anna. Calm down. That is not my department. I will call you tomorrow by 3 pm.",
    }[language]
    findings = review(text).findings
    assert len(findings) == 2
    assert review(taken(text, findings)).findings == ()


def taken(text, findings):
    """The text with suggestions in place of their words, from the last to the first, overlaps left out."""
    end = len(text)
    for found in sorted(findings, key=lambda one: one.start, reverse=True):
        if found.end <= end:
            text = text[: found.start] + (found.suggestion or "") + text[found.end :]
            end = found.start
    return text


@settings(max_examples=60)
@given(st.sampled_from(LANGUAGES).flatmap(draft))
def test_any_draft_has_a_sound_review_and_the_same_each_time(text):
    told = assert_sound(text)
    assert review(text) == told


@settings(max_examples=60)
@given(st.sampled_from(LANGUAGES).flatmap(draft))
def test_every_suggestion_can_take_the_place_of_its_words(text):
    told = assert_sound(text, history=HISTORY)
    for found in told.findings:
        assert_sound(text[: found.start] + (found.suggestion or "") + text[found.end :], history=HISTORY)


@settings(max_examples=60)
@given(st.sampled_from(LANGUAGES).flatmap(draft))
def test_draft_with_every_suggestion_taken_is_reviewed_again(text):
    assert_sound(taken(text, assert_sound(text).findings))

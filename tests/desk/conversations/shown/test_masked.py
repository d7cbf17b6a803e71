from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zgoda
from tests.desk.conversations.shown.readings import reading, texts_and_readings
from zgoda_desk.conversations.shown.graphemes import graphemes
from zgoda_desk.conversations.shown.masked import preview, preview_of


def test_insults_are_masked_and_the_matter_stays() -> None:
    text = "Złodzieje! oddajcie mi moje 280 zł, słyszysz idioto"
    found = preview(text, reading(text, abuse=[("insult", "Złodzieje"), ("insult", "idioto")]))
    assert found.line == "▒▒▒! oddajcie mi moje 280 zł, słyszysz ▒▒▒"
    assert [str(part.label) for part in found.parts if part.masked] == ["masked insult", "masked insult"]


def test_a_word_read_in_part_is_masked_whole() -> None:
    text = "absofuckinglutely late"
    assert preview(text, reading(text, abuse=[("profanity", "fucking")])).line == "▒▒▒ late"


def test_masks_with_no_word_between_are_one_and_named_by_the_gravest() -> None:
    text = "Damn! I will kill you! Order 7."
    found = preview(text, reading(text, abuse=[("profanity", "Damn"), ("threat", "I will kill you")]))
    assert found.masks == 1
    assert str(found.parts[0].label) == "masked threat"


def test_the_line_begins_after_the_greeting() -> None:
    text = "Dzień dobry,\n\nPralka cieknie."
    made = reading(text, sentences=[("courtesy", "Dzień dobry,"), ("fact", "Pralka cieknie.")])
    assert preview(text, made).line == "Pralka cieknie."


def test_a_message_of_courtesy_alone_is_shown() -> None:
    text = "Спасибо!"
    assert preview(text, reading(text, sentences=[("courtesy", text)])).line == "Спасибо!"


def test_only_the_newest_words_are_shown_on_one_line() -> None:
    text = "Where\r\n is \u202eit?\n> you wrote"
    assert preview(text, reading(text), newest=(0, text.index(">"))).line == "Where is ⟨RLO⟩it?"


def test_a_message_not_read_shows_no_words() -> None:
    found = preview("you clown", None)
    assert (found.line, found.unread) == ("", True)


def test_a_cut_falls_between_signs_and_says_so() -> None:
    family = "👨‍👩‍👧‍👦"
    assert preview(family * 9, reading(family * 9), limit=3).line == family * 3 + "…"


def test_words_before_a_mask_that_no_longer_fits_are_kept() -> None:
    text = "abcde fool and more"
    assert preview(text, reading(text, abuse=[("insult", "fool")]), limit=6).line == "abcde …"


@given(texts_and_readings(), st.integers(1, 40))
def test_no_letter_of_abuse_is_ever_shown(given_: tuple[str, dict[str, Any]], limit: int) -> None:
    text, made = given_
    letters = ["x"] * len(text)
    for span in made["abuse"]:
        for place in range(span["start"], min(span["end"], len(text))):
            if span["kind"] != "loss_of_control" and not text[place].isspace():
                letters[place] = "\u2603"  # a snowman stands where abuse is
    drawn = "".join(letters)
    line = preview(drawn, made, limit=limit).line
    assert "\u2603" not in line
    assert "\n" not in line


@given(texts_and_readings(), st.integers(1, 40))
def test_a_line_is_no_longer_than_it_may_be(given_: tuple[str, dict[str, Any]], limit: int) -> None:
    text, made = given_
    made["abuse"] = []
    assert len(list(graphemes(preview(text, made, limit=limit).line))) <= limit + 1


@given(texts_and_readings())
def test_a_preview_is_kept_in_a_column_and_read_back(given_: tuple[str, dict[str, Any]]) -> None:
    found = preview(*given_)
    assert preview_of(found.kept()) == found


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("Вы там все безмозглые? Обманщики! Верните деньги.", ("безмозглые", "Обманщики")),
        ("Ty idioto pierdolony, oddaj 280 zł.", ("idioto", "pierdolony")),
        ("You fucking morons stole £120.", ("fucking", "morons")),
    ],
)
def test_real_abuse_is_gone_from_the_line(text: str, gone: tuple[str, ...]) -> None:
    line = preview(text, zgoda.read(text).as_dict()).line
    assert not [word for word in gone if word in line]


def test_a_sentence_of_heat_is_masked_whole() -> None:
    text = "Анализ не чистый. Дура набитая! Верните деньги."
    made = reading(text, abuse=[("insult", "Дура")], sentences=[("emotion", "Дура набитая!")])
    assert preview(text, made).line == "Анализ не чистый. ▒▒▒ Верните деньги."

"""Replies are cut at marks, line ends and opening words, and no part becomes too short to judge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reviewing.drafts import clauses, draft, drafter
from zgoda.reviewing.features import CustomerWords
from zgoda.values import LANGUAGES


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("en", "I have read your letter, the courier will call.", ["i have read your letter", "the courier will call"]),
        ("en", "We have checked it — the courier was late.", ["we have checked it", "the courier was late"]),
        ("en", "We have checked it (he was late), a refund.", ["we have checked it", "he was late", "a refund"]),
        ("pl", "Dzień dobry, sprawdzę to: numer sprawy.", ["dzien dobry sprawdze to", "numer sprawy"]),
        ("ru", "Мы получили Ваше письмо; курьер позвонит.", ["мы получили ваше письмо", "курьер позвонит"]),
    ],
)
def test_marks_cut_a_sentence(language, text, parts):
    assert clauses(text, language) == parts


@pytest.mark.parametrize(
    ("language", "text", "second"),
    [
        ("en", "I will call the courier because he lost it.", "because he lost it"),
        ("pl", "Zadzwonię dziś do kuriera ponieważ paczka nie dotarła.", "poniewaz paczka nie dotarla"),
        ("ru", "Я сам позвоню курьеру чтобы узнать про посылку.", "чтобы узнать про посылку"),
    ],
)
def test_opening_word_cuts_without_a_mark(language, text, second):
    assert clauses(text, language)[1:] == [second]


def test_word_of_another_language_opens_no_clause():
    assert clauses("Zadzwonię dziś do kuriera because paczka nie dotarła.", "pl")[1:] == []


@pytest.mark.parametrize("text", ["Yes, of course we will.", "Dear Anna, thank you.", "We have checked it, Anna."])
def test_short_part_stays_with_its_neighbour(text):
    assert len(clauses(text, "en")) == 1


def test_opening_word_too_near_the_beginning_cuts_nothing():
    assert clauses("The courier called because it rained.", "en") == ["the courier called because it rained"]


def test_line_end_ends_a_clause():
    assert clauses("Good morning dear Anna\nwe have your parcel\nThank you", "en") == [
        "good morning dear anna",
        "we have your parcel",
        "thank you",
    ]


def test_hyphen_between_spaces_is_no_dash():
    assert len(clauses("We have checked it - the courier was late.", "en")) == 1


@pytest.mark.parametrize("text", ["", "!!!", "— , ;"])
def test_text_without_words_has_no_clauses(text):
    assert clauses(text, "en") == []


def test_words_of_a_quoted_mail_belong_to_no_clause():
    text = "We have checked it.\n> calm down\n"
    quoted = (text.index(">"), len(text))
    analysis = drafter().knowledge.analyse(text, "en", (quoted,))
    made = drafter().draft(analysis, CustomerWords())
    assert [text[slice(*made.span(clause))] for clause in made.clauses] == ["We have checked it"]


@given(
    st.lists(
        st.sampled_from(["я", "the", "но", "ale", "because", ",", ";", "—", "(", ".", "\n", "«", "»", "4412", "?"]),
        max_size=40,
    ),
    st.sampled_from(LANGUAGES),
)
def test_every_word_belongs_to_exactly_one_clause_of_its_sentence(pieces, language):
    made = draft(" ".join(pieces), language)
    ends = [0, *(c.after for c in made.clauses)]
    assert [c.first for c in made.clauses] == ends[:-1]
    assert ends[-1] == len(made.analysis.words)
    for clause in made.clauses:
        first, after = made.analysis.sentences[clause.sentence]
        assert first <= clause.first < clause.after <= after

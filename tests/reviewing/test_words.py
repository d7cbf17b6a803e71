"""Messages and suggestions: in the language asked for, English where that is silent, nothing twice."""

import pytest

from zgoda.reviewing.words import Place, ReviewWords

TABLES = {
    "ru": {"messages": {"denial": "Сначала проверка."}, "names": {}, "suggestions": {}},
    "pl": {},
    "en": {
        "messages": {"denial": "Check first.", "excuse": "No excuses."},
        "names": {"denial": "denial"},
        "suggestions": {
            "denial": ["I'll check it", "Let me look", "I'll find out"],
            "excuse": ["You'll hear from me {soon}", "What would help most?", "I'm on it now"],
        },
    },
}
WORDS = ReviewWords(TABLES)
HERE = Place("Never.")


def test_message_is_in_the_language_asked_for():
    assert WORDS.message("denial", "ru") == "Сначала проверка."


@pytest.mark.parametrize("language", ["ru", "pl", "und"])
def test_message_falls_back_to_english(language):
    assert WORDS.message("excuse", language) == "No excuses."


def test_kind_without_words_is_called_by_its_name():
    assert WORDS.message("novelty", "pl") == "novelty"
    assert (WORDS.name("denial", "pl"), WORDS.name("novelty", "pl")) == ("denial", "novelty")


def test_suggestions_do_not_fall_back():
    assert WORDS.suggestions("denial", "pl") == ()
    assert WORDS.choose("denial", "pl", HERE, set()) is None


def test_same_words_get_the_same_suggestion():
    assert WORDS.choose("denial", "en", HERE, set()) == WORDS.choose("denial", "en", HERE, set())


def test_no_suggestion_is_given_twice_and_none_when_all_are_taken():
    taken = set()
    for _ in range(3):
        taken.add(WORDS.choose("denial", "en", HERE, taken))
    assert taken == set(TABLES["en"]["suggestions"]["denial"])
    assert WORDS.choose("denial", "en", HERE, taken) is None


def chosen(kind="excuse", *, own="", taken=(), **about):
    """All that is chosen in a place over many different words."""
    places = [Place("y" * n, **about) for n in range(1, 30)]
    return {WORDS.choose(kind, "en", place, taken, own) for place in places}


def test_no_second_promise_is_offered_beside_one_that_stands():
    assert chosen(promised=True) == {"What would help most?", "I'm on it now"}
    assert "You'll hear from me {soon}" in chosen()


def test_no_question_is_put_into_the_middle_of_a_sentence():
    assert chosen(closes=False) == {"You'll hear from me {soon}", "I'm on it now"}
    assert chosen(closes=False, promised=True) == {"I'm on it now"}
    assert "What first? Let me see" not in chosen(closes=False, own="What first? Let me see")


def test_a_question_is_replaced_by_a_question():
    assert WORDS.choose("excuse", "en", Place("Do you know how busy we are?"), ()) == "What would help most?"


def test_the_rules_own_suggestion_goes_first_where_it_fits():
    assert chosen(own="I'll call {next}") == {"I'll call {next}"}
    assert "I'll call {next}" not in chosen(own="I'll call {next}", promised=True)
    assert "I'll call {next}" not in chosen(own="I'll call {next}", taken=("I'll call {next}",))


def test_what_fits_ill_is_better_than_nothing():
    taken = ("What would help most?", "I'm on it now")
    assert chosen(taken=taken, promised=True) == {"You'll hear from me {soon}"}

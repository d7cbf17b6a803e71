"""Messages and suggestions: in the language asked for, English where that is silent, nothing twice."""

import pytest

from zgoda.reviewing.words import ReviewWords

TABLES = {
    "ru": {"messages": {"denial": "Сначала проверка."}, "names": {}, "suggestions": {}},
    "pl": {},
    "en": {
        "messages": {"denial": "Check first.", "excuse": "No excuses."},
        "names": {"denial": "denial"},
        "suggestions": {"denial": ["I'll check it", "Let me look", "I'll find out"]},
    },
}
WORDS = ReviewWords(TABLES)


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
    assert WORDS.choose("denial", "pl", "Never.", set()) is None


def test_same_words_get_the_same_suggestion():
    assert WORDS.choose("denial", "en", "Never.", set()) == WORDS.choose("denial", "en", "Never.", set())


def test_no_suggestion_is_given_twice_and_none_when_all_are_taken():
    taken = set()
    for _ in range(3):
        taken.add(WORDS.choose("denial", "en", "Never.", taken))
    assert taken == set(TABLES["en"]["suggestions"]["denial"])
    assert WORDS.choose("denial", "en", "Never.", taken) is None

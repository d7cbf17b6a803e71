from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from zgoda_desk.conversations.models import Contact
from zgoda_desk.portal.address import addressed
from zgoda_desk.portal.words import LANGUAGES, words_of

NOW = datetime(2026, 11, 26, 9, 0)
_SLOT = re.compile(r"\{\w+\}")


def test_every_language_says_everything_with_the_same_slots() -> None:
    base = words_of("en").tables
    for language in LANGUAGES:
        for table, sentences in base.items():
            there = words_of(language).tables[table]
            assert set(sentences) <= set(there)
            for name, text in sentences.items():
                slots = set(_SLOT.findall(str(there[name]))) - {"{you_gen}"}
                assert slots == set(_SLOT.findall(str(text))), (language, table, name)


def test_no_exclamation_marks_and_no_empty_sentence() -> None:
    for language in LANGUAGES:
        for table in words_of(language).tables.values():
            assert all(str(text).strip() and "!" not in str(text) for text in table.values())


@pytest.mark.parametrize(
    ("language", "hours", "words"),
    [
        ("ru", 2, "сегодня до 11:00"), ("ru", 24, "завтра до 09:00"), ("ru", 48, "в субботу, 28 ноября, до 09:00"),
        ("ru", 24 * 5, "во вторник, 1 декабря, до 09:00"), ("pl", 24 * 5, "we wtorek, 1 grudnia, do 09:00"),
        ("pl", 2, "dziś do 11:00"), ("en", 48, "on Saturday, 28 November, by 09:00"), ("en", -24, "yesterday by 09:00"),
        ("en", 24 * 60, "on Monday, 25 January 2027, by 09:00"),
    ],
)  # fmt: skip
def test_days_and_hours_are_said_as_people_say_them(language: str, hours: int, words: str) -> None:
    assert words_of(language).moment(NOW + timedelta(hours=hours), NOW, by=True) == words


@pytest.mark.parametrize(
    ("name", "gender", "language", "called", "you"),
    [
        ("Марина Соколова", "", "ru", "Марина", ""), ("Marina Sokolova", "", "ru", "", ""),
        ("Jan Kowalski", "", "pl", "Panie Janie", "Pana"), ("Marina Sokolova", "", "pl", "", "Pani"),
        ("Sam Carter", "", "pl", "", "Państwa"), ("Sam Carter", "m", "pl", "", "Pana"),
        ("Sam Carter", "", "en", "Sam", ""), ("", "", "ru", "", ""), ("acme office", "", "en", "", ""),
        ("<script>alert(1)</script>", "", "en", "", ""),
    ],
)  # fmt: skip
def test_nobody_is_addressed_by_a_guess(name: str, gender: str, language: str, called: str, you: str) -> None:
    found = addressed(Contact(name=name, gender=gender), language)
    assert (found.name, found.slots.get("you_gen", "")) == (called, you)

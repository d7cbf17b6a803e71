"""Suggestions fit any case of their kind: they promise by slots alone and name no thing, no gender, no past hour."""

import re
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from tools.shipped_phrases import suggested, suggestions
from zgoda.api import engine
from zgoda.reviewing.times import has_time
from zgoda.values import FINDINGS, LANGUAGES

MIDNIGHT = datetime(2026, 11, 23, 0, 20, tzinfo=ZoneInfo("Europe/Warsaw"))
WEEK = [MIDNIGHT + timedelta(hours=n) for n in range(7 * 24)]
THINGS = {
    "en": r"refund|parcel|deliver|order number|photo|receipt|invoice|account|setting|workshop|record|form\b|money|bank",
    "pl": r"zwrot|paczk|wysyłk|zamówieni|zdjęci|paragon|faktur|kont[oa]\b|ustawie|serwis|nagrani|formularz|pieni|bank",
    "ru": r"возврат|посыл|доставк|заказ|фото|чек|счёт|настройк|сервис|запись|анкет|деньг|банк",
}
GENDER = {
    "en": r"(?!)",
    "pl": r"\b\w+ł(?:em|am)\b|\bjestem (?:gotow|pew)",
    "ru": r"\bя \w+л[а]?\b|\b(?:рад|рада|готов|готова|уверен|уверена|должен|должна|сам|сама)\b",
}


@cache
def texts(language):
    """Kind or rule, and words of the suggestions of a language, slots open."""
    return [(identity, text) for lang, identity, text in suggested(engine().knowledge) if lang == language]


def dues(text, language, now):
    """When what a text promises is due, None where it gives no time; a bare date would be no answer to "by when"."""
    told = [promise.due for promise in engine().conversations.promises(text, language, now)]
    assert all(due is None or "T" in due for due in told)
    return [due and datetime.fromisoformat(due) for due in told]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_time_that_is_offered_in_a_week_lies_ahead(language):
    times = engine().reviewer.times
    for identity, text in texts(language):
        if has_time(text):
            for now in WEEK:
                said = times.filled(text, language, now)
                told = [due for due in dues(said, language, now) if due]
                assert told, (identity, said)
                assert min(told) > now, (identity, said, now, told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_time_of_its_own_a_suggestion_promises_nothing(language):
    bare = [text for _, text in texts(language) if not has_time(text)]
    assert [text for text in bare if dues(text, language, WEEK[10])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_suggestion_is_flagged_at_any_hour_of_a_week(language):
    said = {text for lang, _, text in suggestions(engine().knowledge, WEEK) if lang == language}
    flagged = {text: [f.kind for f in engine().review(text, language=language).findings] for text in said}
    assert {text: kinds for text, kinds in flagged.items() if kinds} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_suggestion_names_an_hour_a_thing_or_a_gender_of_its_own(language):
    words = re.compile(rf"\d|{THINGS[language]}|{GENDER[language]}", re.IGNORECASE)
    assert [text for _, text in texts(language) if words.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_choice_with_a_time_and_one_without_and_all_differ(language):
    said = [text for _, text in texts(language)]
    assert len(said) == len(set(said))
    for kind in FINDINGS:
        timed = [has_time(text) for text in engine().reviewer.words.suggestions(kind, language)]
        assert len(timed) >= 5
        assert not all(timed), kind
        assert any(timed), kind

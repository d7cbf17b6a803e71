"""Times in words: days within a sentence, and a promise for a day or an hour."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from zgoda_desk.console import times

FRIDAY = datetime(2026, 11, 27, 15, 0)
MONDAY = datetime(2026, 11, 23, 9, 0)


@pytest.mark.parametrize(("language", "day"), [("en", "Fri 27 Nov"), ("pl", "pt 27 lis"), ("ru", "пт 27 ноя")])
def test_only_english_begins_its_days_with_a_capital(language: str, day: str) -> None:
    with translation.override(language):
        assert times.weekday(FRIDAY).replace(".", "").startswith(day[:5])


@pytest.mark.parametrize(("now", "told"), [(MONDAY, "Fri 27 Nov"), (FRIDAY, "today")])
def test_a_promise_for_a_day_names_the_day_as_within_a_sentence(now: datetime, told: str) -> None:
    with translation.override("en"):
        assert times.promised_by(FRIDAY, now, whole_day=True) == told


@pytest.mark.parametrize(
    ("language", "seconds", "told"),
    [
        ("en", 59, "just now"), ("en", 60, "1 min ago"), ("en", -5, "just now"),
        ("pl", 0, "przed chwilą"), ("pl", 3600, "1 h temu"), ("ru", 0, "только что"),
    ],
)  # fmt: skip
def test_what_was_a_moment_ago_was_just_now(language: str, seconds: int, told: str) -> None:
    with translation.override(language):
        assert times.ago(MONDAY, MONDAY + timedelta(seconds=seconds)) == told

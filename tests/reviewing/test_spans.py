from __future__ import annotations

import pytest

from zgoda.reviewing.spans import fitted

CAPITALS = frozenset({"I"})


@pytest.mark.parametrize(
    ("text", "words", "suggestion", "expected"),
    [
        ("Calm down.", "Calm down.", "Let me look", "Let me look."),
        ("Well, calm down.", "calm down", "Let me look.", "let me look"),
        ("Well, calm down.", "calm down", "I'm looking.", "I'm looking"),
        ("Dear Mr Novak,\ncalm down, please", "calm down", "Let me look.", "Let me look"),
        ("Я всё вижу, успокойтесь", "успокойтесь", "Начинаю с проверки.", "начинаю с проверки."),
        ("Calm down!", "Calm down!", "What happened first?", "What happened first?"),
        ("Calm down\nTom", "Calm down", "Let me look", "Let me look."),
        ("(calm down)", "calm down", "UK rules help", "UK rules help"),
    ],
)
def test_a_suggestion_suits_what_is_around_it(text: str, words: str, suggestion: str, expected: str) -> None:
    start = text.index(words)
    assert fitted(suggestion, text, start, start + len(words), CAPITALS) == expected

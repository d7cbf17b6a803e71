from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgoda.text.fold import fold, squeeze


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Ёлка", "елка"),
        ("SĄD", "sad"),
        ("Łódź", "lodz"),
        ("don’t", "dont"),
        ("ＦＵＬＬ", "full"),
        ("и\u0306", "й"),
        ("за\u200bказ", "заказ"),
        ("z\u0335a\u0335l", "zal"),
    ],
)
def test_words_fold_to_what_a_reader_sees(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_stretched_letters_are_shortened_and_doubles_stay() -> None:
    assert squeeze("kuuuurwa", 1) == "kurwa"
    assert squeeze("coool", 2) == "cool"
    assert squeeze("hello", 1) == "hello"


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)

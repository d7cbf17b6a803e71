from __future__ import annotations

import pytest
from hypothesis import given

from tests.desk.conversations.shown.readings import ANY_TEXT
from zgoda_desk.conversations.shown.graphemes import clip, graphemes
from zgoda_desk.conversations.shown.visible import visible

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("pay \u202exe.pdf", "pay ⟨RLO⟩xe.pdf"),
        ("a\u2066b\u2069", "a⟨LRI⟩b⟨PDI⟩"),
        ("hi\U000e0068\U000e0069", "hi⟨hidden: hi⟩"),
        ("x\U000e0001", "x⟨hidden: ×1⟩"),
        ("x\U000e0100\U000e0101", "x⟨hidden ×2⟩"),
        ("a\x00b\ud83d", "a\ufffdb\ufffd"),
        ("a\r\nb\u2028c", "a\nb\nc"),
        ("e" + "\u0301" * 100, "e" + "\u0301" * 4),
        ("a" + "\u200b" * 1000 + "b", "a\u200bb"),
        ("Дом, żółw, 👍🏽 ❤️", "Дом, żółw, 👍🏽 ❤️"),
    ],
)
def test_what_hides_or_reorders_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("sign", [FAMILY, "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🇵🇱"])
def test_families_and_flags_stay_as_they_are(sign: str) -> None:
    assert visible(sign) == sign


@given(ANY_TEXT)
def test_what_is_shown_is_valid_and_hides_nothing_more(text: str) -> None:
    shown = visible(text)
    shown.encode()
    assert visible(shown) == shown


@given(ANY_TEXT)
def test_signs_make_up_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize("sign", [FAMILY, "🇵🇱", "👍🏽", "e\u0301", "❤️", "й", "각"])
def test_a_cut_never_falls_inside_a_sign(sign: str) -> None:
    assert list(graphemes(sign * 3)) == [sign] * 3
    assert clip(sign * 3, 2) == (sign * 2, 2, True)


def test_a_text_that_fits_is_not_cut() -> None:
    assert clip("abc", 3) == ("abc", 3, False)

"""The line under a finding: the mark stands under the words, whatever stands before them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from zgoda.doors.snippet import position, snippet


def marked(text, words, width=70, more="…"):
    """What stands above the mark in each line shown."""
    at = text.index(words)
    return [under(one) for one in snippet(text, at, at + len(words), width, more)]


def under(shown):
    """The characters over the mark, by cells."""
    out, cell = "", 0
    for char in shown.line:
        if shown.start <= cell < shown.start + shown.width:
            out += char
        cell += cell_len(char)
    return out


@pytest.mark.parametrize(
    "before",
    [
        "",
        "Уважаемая Анна! ",
        "\t",
        "a\tbc\t",
        "您好，",
        "é" * 3,
        "ok\u200b\ufeff\u00ad ",
        "😡😡 ",
        "\x1b[31m ",
        "\u3000",
    ],
    ids=["nothing", "letters", "tab", "tabs", "wide", "accents", "invisible", "emoji", "controls", "wide space"],
)
def test_mark_stands_under_the_words(before):
    assert marked(f"{before}Proszę się uspokoić. Dziękuję.", "Proszę się uspokoić.") == ["Proszę się uspokoić."]


def test_zero_width_signs_inside_the_words_take_no_room():
    assert marked("Calm\u200b down, please.", "Calm\u200b down") == ["Calm down"]


def test_controls_are_made_visible():
    (shown,) = snippet("\x1b]0;x\x07Calm down", 6, 15, 70, "…")
    assert "\x1b" not in shown.line
    assert under(shown) == "Calm down"


def test_long_line_is_cut_around_the_words_between_words():
    text = "слово " * 60 + "Успокойтесь. " + "дальше " * 60
    (shown,) = snippet(text, text.index("Успокойтесь."), text.index("Успокойтесь.") + 12, 60, "…")
    assert cell_len(shown.line) <= 60
    assert under(shown) == "Успокойтесь."
    assert shown.line.startswith("…слово ")
    assert shown.line.endswith(" дальше…")


def test_words_longer_than_the_line_are_shown_from_their_beginning():
    (shown,) = snippet("a" * 300, 100, 290, 40, "...")
    assert cell_len(shown.line) <= 40
    assert shown.start == 3
    assert shown.width == 34


def test_span_over_several_lines_is_marked_line_by_line():
    text = "Dear Ms Novak,\nyou should\n   have read\n\nit. Regards"
    assert marked(text, "you should\n   have read\n\nit.") == ["you should", "have read", "it."]


def test_no_more_than_three_lines_are_shown():
    assert len(marked("a\n" * 10, "a\n" * 10)) == 3


def test_empty_span_shows_nothing():
    assert snippet("Calm down", 3, 3, 70, "…") == []


@pytest.mark.parametrize(
    ("text", "place", "wanted"),
    [("ab", 1, (1, 2)), ("a\nb", 2, (2, 1)), ("a\r\nbc", 4, (2, 2)), ("a\rb", 2, (2, 1)), ("é\n\nx", 3, (3, 1))],
)
def test_position_counts_lines_as_editors_do(text, place, wanted):
    assert position(text, place) == wanted


@given(st.text(st.sampled_from("ab \t\n\r\u200b\u0301漢😡Ж\u2028"), max_size=120), st.data())
def test_lines_fit_and_the_mark_stands_inside(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    width = data.draw(st.integers(20, 90))
    for shown in snippet(text, start, end, width, "..."):
        assert cell_len(shown.line) <= width
        assert shown.start >= 0
        assert shown.width >= 1
        assert shown.start + shown.width <= max(cell_len(shown.line), shown.start + 1)
        assert "\n" not in shown.line

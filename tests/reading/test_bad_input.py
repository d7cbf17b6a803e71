"""Whatever comes in, a reading comes out: spans inside, every label with a reason, `und` where nothing tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.spans import loose_spans, unexplained
from zgoda.api import engine, read
from zgoda.errors import InputError

NOTHING_TO_TELL = {
    "empty": "",
    "spaces": " \t\u00a0 ",
    "new lines": "\n\r\n\n",
    "nul": "\0" * 40,
    "halves of pairs": "\ud83d\ud83d\udc00",
    "directions": "\u202e\u202d\u202c\u2066\u2069",
    "zero width": "\u200b\u200d\ufeff" * 20,
    "accents": "\u0301" * 500,
    "marks": "?!.,;:" * 50,
    "parentheses": "(" * 5_000,
    "digits": "7" * 5_000,
    "emoji": "😡😡😡",
    "empty markup": "<div><p></p></div>",
    "quotes": ">" * 300,
    "Chinese": "我的订单在哪里",
    "unassigned": "\U000e0fff\ufffe\uffff",
}
STRANGE = {
    "letters with accents": ("a" + "\u0301" * 30) * 50,
    "one word": "a" * 10_000,
    "one word between words": "where " + "y" * 10_000 + " order",
    "turned words": "\u202eyou are\u202c idiots",
    "hidden letters": "i\u200bd\u200bi\u200bo\u200bt\u200bs",
    "a nul in a word": "you are id\0iots",
    "a half in a word": "you are id\ud800iots!",
    "deep quotes": "".join(">" * n + " you idiots\n" for n in range(60)),
    "own and quoted": "> a\nb you idiots\n" * 300,
    "nothing but quoted": "> where is my order\n> idiots\n",
    "quotations": '"you idiots" ' * 300,
    "open quotations": '«you „idiots "you “idiots' * 50,
    "open markup": "<div><a href='you are idiots",
    "comment": "<p>where <!-- is my order",
    "nested markup": "<div>" * 500 + "idiots" + "</div>" * 500,
    "references": "<p>&#0;&#xD800;&#x110000;&amp;amp;&nbsp;idiots</p>",
    "masks": "*a*a f*ck f**k *** @#$% " * 40,
    "spaced": "f u c k y o u " * 40,
    "hashtags": "#" * 50 + "#idiots#idiots",
    "headers": "From: a\nSent: b\nTo: c\n\n" * 50,
    "no pauses": "you are idiots and not thieves " * 300,
    "three languages": "Где мой заказ? Gdzie jest paczka? Where is my order? " * 5,
    "shouting": "ГДЕ МОЙ ЗАКАЗ!!! " * 30,
    "a sum without end": "7" * 40 + " zł, " + "8" * 28 + "€, £" + "9" * 400,
    "numbers": "12.03.2026 100 zł +48 601 000 000 a@b.example http://a.example " * 20,
}

WORDS = ("you", "idiot", "вы", "заказ", "4412", "zł", "f*ck", "</p>", "<b>", "> ", "wrote:")
PIECES = [*" \n\0<>&\"'«»(*@#!?.-_>", "\u200b", "\u0301", "\ud800", *WORDS]


def assert_sound(text):
    reading = read(text)
    assert [*loose_spans(text, reading), *unexplained(reading)] == []
    assert reading.sentences == tuple(sorted(reading.sentences, key=lambda one: one.start))
    return reading


@pytest.mark.parametrize("name", NOTHING_TO_TELL)
def test_where_nothing_can_be_told_the_language_is_und(name):
    assert assert_sound(NOTHING_TO_TELL[name]).language == "und"


@pytest.mark.parametrize("name", ["empty", "spaces", "new lines", "nul", "zero width", "empty markup"])
def test_a_blank_message_is_calm_and_about_nothing(name):
    reading = read(NOTHING_TO_TELL[name])
    assert (reading.state, reading.causes, reading.demands, reading.facts) == ("calm", (), (), ())


@pytest.mark.parametrize("name", STRANGE)
def test_strange_text_has_a_reading_with_its_spans_inside(name):
    assert_sound(STRANGE[name])


@pytest.mark.parametrize("name", [*NOTHING_TO_TELL, *STRANGE])
def test_strange_text_is_read_the_same_twice(name):
    text = {**NOTHING_TO_TELL, **STRANGE}[name]
    assert read(text) == read(text)


@pytest.mark.parametrize("unit", ["a", "you idiots ", "\u0301", "> a\n", "(", "идиоты! "])
def test_very_long_text_is_read_at_both_ends(unit):
    text = unit * (210_000 // len(unit))
    reading = assert_sound(text)
    assert reading.truncated
    assert reading.reasons[0].end <= len(text)


def test_hidden_letters_and_turned_words_do_not_hide_an_insult():
    assert [span.kind for span in read(STRANGE["hidden letters"]).abuse] == ["insult"]
    assert "insult" in [span.kind for span in read(STRANGE["turned words"]).abuse]


@pytest.mark.parametrize("what", [None, b"bytes", 3, ["text"]])
def test_what_is_no_text_is_refused(what):
    with pytest.raises(InputError, match="expected the text of a message"):
        read(what)


def test_markup_and_quotations_leave_spans_in_the_text_as_given():
    text = "<p>You are <b>idiots</b></p><blockquote>" + "no " * 50 + "</blockquote>"
    for span in assert_sound(text).abuse:
        assert text[span.start : span.end] == span.text


@given(st.text(max_size=200))
def test_any_text_has_a_sound_reading(text):
    assert_sound(text)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_row_of_odd_pieces_has_a_sound_reading(text):
    assert_sound(text)


@given(st.text(alphabet="aб ы.!", max_size=60), st.sampled_from(["ru", "pl", "en", "und", None]))
def test_a_hint_never_breaks_a_reading(text, hint):
    reading = engine().read(text, language=hint)
    assert list(loose_spans(text, reading)) == []

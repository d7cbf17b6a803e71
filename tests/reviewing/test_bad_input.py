"""Whatever is written, a review comes out: spans inside and right, no finding where nothing is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reviewing.sound import assert_sound
from zgoda.api import review
from zgoda.values import Turn

NOTHING_SAID = {
    "empty": "",
    "spaces": " \t\u00a0 ",
    "new lines": "\n\r\n\n",
    "nul": "\0" * 40,
    "halves of pairs": "\ud83d\ud83d\udc00",
    "directions": "\u202e\u202d\u202c\u2066\u2069",
    "zero width": "\u200b\u200d\ufeff" * 20,
    "accents": "\u0301" * 500,
    "marks": "?!.,;:" * 50,
    "parentheses": "(" * 1_000_000,
    "white flood": " " * 1_000_000,
    "empty markup": "<div><p></p></div>",
    "quote signs": ">" * 300,
    "unassigned": "\U000e0fff\ufffe\uffff",
}
STRANGE = {
    "digits": "7" * 5_000,
    "emoji": "😡😡😡 calm down 😡",
    "Chinese": "我的订单在哪里",
    "letters with accents": ("a" + "\u0301" * 30) * 50,
    "one word between words": "please " + "y" * 10_000 + " calm down",
    "turned words": "\u202eplease calm down\u202c now",
    "hidden letters": "c\u200ba\u200bl\u200bm down",
    "a nul in a word": "calm do\0wn",
    "a half in a word": "calm do\ud800wn!",
    "right to left": "שלום calm down מה",
    "deep quotes": "".join(">" * n + " calm down\n" for n in range(60)),
    "own and quoted": "> a\nb calm down\n" * 50,
    "nothing but quoted": "> calm down\n> you should have read it\n",
    "quotations": '"calm down" ' * 100,
    "open quotations": '«calm „down "calm “down' * 50,
    "open markup": "<div><a href='calm down",
    "comment": "<p>calm <!-- down",
    "nested markup": "<div>" * 500 + "Calm down." + "</div>" * 500,
    "references": "<p>&#0;&#xD800;&#x110000;&amp;amp;&nbsp;calm down</p>",
    "hashtags": "#" * 50 + "#calm#down",
    "headers": "From: a\nSent: b\nTo: c\n\n" * 50,
    "no pauses": "you should have read it and calm down " * 100,
    "three languages": "Успокойтесь. Proszę się uspokoić. Calm down. " * 5,
    "shouting": "УСПОКОЙТЕСЬ!!! " * 30,
    "open slots": "{name}, {clause {{option}} }calm down{ %s %(x)s \\1",
    "promises": "I will call you tomorrow by 3 pm or " * 60,
    "impossible times": "I will call you on 31 February at 25:61. " * 3,
}
HISTORY = (Turn("customer", "You idiots, where is my order 4412?"),)
WORDS = ("calm", "down", "успокойтесь", "zł", "sorry", "</p>", "<b>", "> ", "wrote:", "tomorrow by 3 pm")
PIECES = [*" \n\0<>&\"'«»(*@#!?.-_>{}%", "\u200b", "\u0301", "\ud800", "😡", *WORDS]


@pytest.mark.parametrize("name", NOTHING_SAID)
def test_where_nothing_is_said_nothing_is_found(name):
    told = assert_sound(NOTHING_SAID[name])
    assert (told.acts, told.findings, told.missing, told.promises) == ((), (), (), ())


@pytest.mark.parametrize("name", STRANGE)
def test_strange_reply_has_a_sound_review(name):
    assert_sound(STRANGE[name])


@pytest.mark.parametrize("name", [*list(NOTHING_SAID)[:9], *STRANGE])
def test_strange_reply_in_a_conversation_has_a_sound_review(name):
    assert_sound({**NOTHING_SAID, **STRANGE}[name], history=HISTORY)


@pytest.mark.parametrize("name", STRANGE)
def test_strange_words_of_the_customer_do_no_harm(name):
    assert_sound("Calm down. I will call you tomorrow by 3 pm.", customer=STRANGE[name], language="en")


@pytest.mark.parametrize("name", ["turned words", "hidden letters", "right to left", "nested markup", "emoji"])
def test_order_to_be_calm_is_found_in_strange_surroundings(name):
    assert "calm_down" in {found.kind for found in review(STRANGE[name], language="en").findings}


def test_word_of_ten_million_letters_is_reviewed_at_both_ends():
    assert assert_sound("a" * 10_000_000, history=HISTORY).truncated


@given(st.text(max_size=200))
def test_any_text_has_a_sound_review(text):
    assert_sound(text)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from(["ru", "pl", "en", "und", None]))
def test_any_row_of_odd_pieces_has_a_sound_review(text, hint):
    assert_sound(text, language=hint)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join), st.text(max_size=60))
def test_any_reply_to_any_customer_has_a_sound_review(text, customer):
    assert_sound(text, history=(Turn("customer", customer),))

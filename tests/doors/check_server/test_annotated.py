"""Annotated text and UTF-16: places are those of the text as sent."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doors.check_server.fakes import Client, annotation
from zgoda.doors.check_server.annotated import parse_data
from zgoda.doors.check_server.answers import Refusal
from zgoda.doors.check_server.utf16 import Utf16, units

LETTERS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("😀𝒜ąж\n"), max_size=12)


def cut(text: str, match: dict) -> str:
    """What a client underlines: a slice of the text in UTF-16."""
    wide = text.encode("utf-16-le")
    return wide[2 * match["offset"] : 2 * (match["offset"] + match["length"])].decode("utf-16-le")


def test_offsets_count_markup():
    match = Client().ask(data=annotation(("Hi ",), ("<b>", ""), ("calm down",), ("</b>", ""), (" now",))).matches[0]
    assert (match["offset"], match["length"]) == (6, 9)
    assert cut("Hi <b>calm down</b> now", match) == "calm down"
    assert match["replacements"]


def test_astral_markup_counts_two():
    match = Client().ask(data=annotation(("😀", ""), ("𝒜 calm down",))).matches[0]
    assert match["offset"] == 5


def test_a_mistake_across_markup_takes_the_markup_in_and_offers_no_replacement():
    match = Client().ask(data=annotation(("calm ",), ("<i>", ""), ("down",), ("</i>", ""))).matches[0]
    assert cut("calm <i>down</i>", match) == "calm <i>down"
    assert match["replacements"] == []


def test_a_mistake_in_what_markup_is_read_as_covers_the_markup():
    match = Client().ask(data=annotation(("please ",), ("&calm;", "calm"), (" down",))).matches[0]
    assert cut("please &calm; down", match) == "&calm; down"


def test_text_to_be_read_has_no_markup_but_what_it_is_read_as():
    client = Client()
    client.ask(data=annotation(("a",), ("<p>", "\n\n"), ("b",)))
    assert client.check.calls[0][0] == "a\n\nb"


def test_data_may_hold_a_plain_text():
    assert Client().ask(data=json.dumps({"text": "😀 calm down"})).matches[0]["offset"] == 3


def test_no_parts_are_an_empty_text():
    assert Client().ask(data='{"annotation": []}').matches == []


@pytest.mark.parametrize(
    "data",
    [
        "oops",
        "[" * 100_000,
        "1",
        "{}",
        '{"text": "a", "annotation": []}',
        '{"text": 1}',
        '{"annotation": {}}',
        '{"annotation": ["a"]}',
        '{"annotation": [{}]}',
        '{"annotation": [{"text": null}]}',
        '{"annotation": [{"text": "a", "markup": "b"}]}',
        '{"annotation": [{"text": "a", "interpretAs": "b"}]}',
        '{"annotation": [{"markup": "b", "interpretAs": 1}]}',
    ],
)
def test_data_that_is_wrong_is_refused(data):
    with pytest.raises(Refusal) as caught:
        parse_data(data)
    assert caught.value.status == 400


@given(LETTERS, LETTERS)
def test_utf16_counts_as_the_encoding_does(before, after):
    assert Utf16(before + after).at(len(before)) == len(before.encode("utf-16-le")) // 2
    assert units(after) == len(after.encode("utf-16-le")) // 2


@given(st.lists(st.tuples(LETTERS) | st.tuples(LETTERS, LETTERS), max_size=8), st.data())
def test_spans_come_back_to_the_text_as_sent(parts, data):
    text = parse_data(annotation(*parts))
    assert text.given == "".join(part[0] for part in parts)
    assert text.text == "".join(part[-1] for part in parts)
    if not text.text:
        return
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    begin, after, markup = text.place(start, end)
    assert 0 <= begin <= after <= len(text.given)
    if not markup:
        assert text.given[begin:after] == text.text[start:end]

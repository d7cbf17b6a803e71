from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zgoda.text.sentences import split_sentences
from zgoda.text.tokens import tokenise

ABBREVIATIONS = frozenset({"ul", "nr", "г", "ул"})


def sentences(text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[tokens.starts[a] : tokens.ends[b - 1]].strip() for a, b in split_sentences(tokens, ABBREVIATIONS)]


@given(st.text())
def test_tokens_are_pieces_of_the_text_in_order(text: str) -> None:
    tokens = tokenise(text)
    position = 0
    for token, start, end in zip(tokens.texts, tokens.starts, tokens.ends, strict=True):
        assert position <= start < end
        assert text[start:end] == token
        position = end


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_every_token_is_in_exactly_one_sentence(text: str) -> None:
    tokens = tokenise(text)
    covered = [i for a, b in split_sentences(tokens, ABBREVIATIONS) for i in range(a, b)]
    assert covered == list(range(len(tokens)))


def test_invisible_characters_do_not_cut_a_word() -> None:
    assert tokenise("за\u200bказ").texts == ["за\u200bказ"]


def test_abbreviations_numbers_and_addresses_end_no_sentence() -> None:
    assert sentences("Жду на ул. Садовой. Где заказ?") == ["Жду на ул. Садовой.", "Где заказ?"]
    assert sentences("Kwota 3.500 zł. Proszę o zwrot.") == ["Kwota 3.500 zł.", "Proszę o zwrot."]
    assert sentences("Write to a.b@example.com today. Thanks") == ["Write to a.b@example.com today.", "Thanks"]


def test_a_wrapped_line_goes_on_and_a_short_line_ends() -> None:
    wrapped = "This line of a mail is long enough to have been wrapped by\nthe program that sent it."
    assert len(sentences(wrapped)) == 1
    assert sentences("Hello\nWhere is it?") == ["Hello", "Where is it?"]


def test_marks_and_emoji_belong_to_the_sentence_before_them() -> None:
    assert sentences("Ile można?!! 😡 Oddajcie.") == ["Ile można?!! 😡", "Oddajcie."]

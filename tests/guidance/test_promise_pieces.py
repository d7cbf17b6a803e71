"""Sentences with all that bears on their promises: which are the same and which are not."""

import pytest

from tools.promises_check import finder
from zgoda.expressions import fold
from zgoda.guidance.promise_pieces import Piece

SENTENCE = "I'll ring you by Friday noon."
BEHIND = 6


def piece(text, sentence=SENTENCE, quoted=()):
    start = text.index(sentence)
    frames = [f for f in finder("en").times.find(text) if start <= f.start < start + len(sentence)]
    low = fold.lower(fold.level(text))
    return Piece.of(text, low, (start, start + len(sentence)), frames, quoted, BEHIND)


def test_the_same_sentence_elsewhere_is_the_same_piece():
    begins, one = piece(f"Hello Ann. {SENTENCE}")
    later, other = piece(f"On 12 May we met. Hello Ann. {SENTENCE} Bye.")
    assert one == other
    assert hash(one) == hash(other)
    assert later - begins == len("On 12 May we met. ")


def test_places_count_from_the_beginning_of_the_piece():
    begin, one = piece(f"Hello Ann. {SENTENCE}")
    assert begin == len("Hello Ann. ") - BEHIND
    assert one.text[one.start :] == SENTENCE
    assert [one.text[f.start : f.end] for f in one.frames] == ["by Friday", "noon"]


@pytest.mark.parametrize("before", ["Hello Bob. ", "Hello Ann! ", ""])
def test_other_words_just_before_make_another_piece(before):
    assert piece(f"{before}{SENTENCE}")[1] != piece(f"Hello Ann. {SENTENCE}")[1]


def test_words_further_before_do_not_matter():
    assert piece(f"Dear Ann. {SENTENCE}")[1] == piece(f"Hello, my Ann. {SENTENCE}")[1]


def test_a_quotation_over_the_sentence_makes_another_piece():
    text = f"Hello Ann. {SENTENCE}"
    assert piece(text, quoted=((11, 16),))[1] != piece(text)[1]
    assert piece(text, quoted=((0, 5),))[1] == piece(text)[1]  # over before it begins


def test_a_time_keeps_the_text_it_was_found_in_and_weighs_as_much():
    plain, timed = "I'll ring you.", SENTENCE
    text = f"{plain} {timed} {'word ' * 100}"
    assert piece(text, plain)[1].weight() == len(plain)
    assert piece(text, timed)[1].weight() > len(text)


@pytest.mark.parametrize(("text", "asks"), [("Will you ring?", True), ("Will you ring? »", True), ("Ring me.", False)])
def test_a_question_is_known_by_its_mark(text, asks):
    assert piece(text, text)[1].asks is asks

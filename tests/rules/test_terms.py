from __future__ import annotations

import pytest

from zgoda.rules.terms import Atom, TermError, parse_term, split_terms


def test_a_term_is_a_row_of_positions() -> None:
    assert parse_term("обещал .. не приехал*") == (
        (Atom("word", "обещал"),),
        None,
        (Atom("word", "не"),),
        (Atom("prefix", "приехал"),),
    )


def test_alternatives_exact_forms_and_concepts() -> None:
    assert parse_term("=oddaj/zwróć @money-word") == (
        (Atom("exact", "oddaj"), Atom("word", "zwróć")),
        (Atom("concept", "money-word"),),
    )


def test_a_hyphenated_word_is_two_positions() -> None:
    assert parse_term("pre-trial") == ((Atom("word", "pre"),), (Atom("word", "trial"),))


@pytest.mark.parametrize("term", [".. word", "word ..", "a .. .. b", "well-known/famous"])
def test_what_cannot_be_matched_is_refused_with_a_reason(term: str) -> None:
    with pytest.raises(TermError):
        parse_term(term)


def test_terms_are_separated_by_commas_and_lines() -> None:
    assert split_terms("one, two\n three ,\n") == ["one", "two", "three"]

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from zgoda.rules.lexicon import Registry, compile_lexicon
from zgoda.rules.schema import Entry, parse_entry
from zgoda.text.fold import fold


def entry(identity: str, terms: str, kind: str = "concept", **more: object) -> Entry:
    raw = {"id": identity, "source": "usage", "level": "hint", "terms": terms, "catch": ["[x]"], "pass": ["y"], **more}
    if kind == "rule":
        raw.setdefault("label", "state:angry")
    made, faults = parse_entry(raw, kind, "en", "test.toml", 1)
    assert not faults
    return made


FORMS = {"break": ["breaks", "broke", "broken", "breaking"], "crook": ["crooks"]}


def found(entries: list[Entry], text: str, split: int | None = None) -> list[tuple[str, str]]:
    lexicon = compile_lexicon("en", entries, FORMS, Registry())
    words = text.split()
    keys = [fold(w) for w in words]
    spans = [(0, len(keys))] if split is None else [(0, split), (split, len(keys))]
    concepts, rules = lexicon.match(keys, spans, {})
    return sorted((lexicon.names[m.entry], " ".join(words[m.first : m.after])) for m in (*concepts, *rules))


def test_a_plain_word_matches_its_forms_and_an_exact_one_only_itself() -> None:
    assert found([entry("a", "break")], "it broke and breaks") == [("a", "breaks"), ("a", "broke")]
    assert found([entry("a", "=break")], "it broke") == []


def test_a_prefix_matches_longer_words_and_stretched_ones() -> None:
    assert found([entry("a", "fraud*")], "fraudulent fraaaaudsters") == [("a", "fraaaaudsters"), ("a", "fraudulent")]


def test_a_gap_spans_three_words_and_no_more() -> None:
    terms = [entry("a", "give .. back")]
    assert found(terms, "give me all of back") == [("a", "give me all of back")]
    assert found(terms, "give me all of it back") == []


def test_the_longest_match_of_an_entry_wins_and_sentences_part_matches() -> None:
    terms = [entry("a", "last chance, last chance ever")]
    assert found(terms, "last chance ever") == [("a", "last chance ever")]
    assert found([entry("a", "last chance")], "last chance", split=1) == []


def test_a_rule_builds_on_concepts_and_is_cancelled_by_unless() -> None:
    people = entry("insult", "crook")
    rule = entry("you-are", "you are @insult", kind="rule", unless="not")
    assert ("you-are", "you are crooks") in found([people, rule], "you are crooks all")
    assert found([people, rule], "you are crooks they said not me") == [("insult", "crooks")]


@given(st.lists(st.sampled_from(["you", "are", "crook", "broke", "x"]), max_size=30), st.integers())
def test_matches_agree_with_a_plain_search(words: list[str], seed: int) -> None:
    terms = random.Random(seed).sample(["you are", "crook", "are .. crook", "broke", "you .. broke"], 3)
    text = " ".join(words)
    got = {phrase for _, phrase in found([entry("a", ", ".join(terms))], text)}
    for phrase in got:
        parts = phrase.split()
        assert any(_plain(term.split(), parts) for term in terms)
    for term in terms:
        if ".." not in term and f" {term} " in f" {text} ".replace(" broke ", " break ").replace("break", "broke"):
            assert any(phrase.startswith(term.split()[0]) for phrase in got)


def _plain(term: list[str], words: list[str]) -> bool:
    """Whether a term covers the words from first to last, by exhaustive search."""
    if not term:
        return not words
    if term[0] == "..":
        return any(_plain(term[1:], words[n:]) for n in range(4))
    return bool(words) and words[0] == term[0] and _plain(term[1:], words[1:])

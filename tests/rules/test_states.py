"""A state of the automaton leads on the same way, whether its nodes are asked one by one or through a table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zgoda.rules import automaton
from zgoda.rules.automaton import Automaton
from zgoda.rules.matcher import find
from zgoda.rules.trie import Node, add_term

STEPS = st.one_of(st.none(), st.lists(st.integers(-2, 6), min_size=1, max_size=3, unique=True).map(tuple))
TERMS = st.lists(STEPS, min_size=1, max_size=4).filter(lambda term: term[0] is not None and term[-1] is not None)
WORDS = st.lists(st.sampled_from([(), (0,), (1, 2), (3,), (0, 4), (5, 6, 1), (2, 3, 4, 5, 6)]), max_size=12)


def matches(terms, words, found, few, monkeypatch):
    monkeypatch.setattr(automaton, "_FEW", few)
    root = Node()
    for entry, term in enumerate(terms):
        add_term(root, term, entry)
    kinds = {atoms: number for number, atoms in enumerate(dict.fromkeys(words))}
    numbers = [kinds[atoms] for atoms in words]
    return find(Automaton(root), numbers, words, [(0, len(words))], found)


@settings(max_examples=200, deadline=None)
@given(st.lists(TERMS, min_size=1, max_size=12), WORDS)
def test_few_nodes_and_many_lead_the_same_way(terms, words):
    found = {at: [(0, at + 1), (1, at + 1)] for at in range(0, len(words), 3)}
    with pytest.MonkeyPatch.context() as patch:
        one_by_one = matches(terms, words, found, 10_000, patch)
        assert matches(terms, words, found, 0, patch) == one_by_one

"""Find concepts and rules in a row of words: one walk from each word, linear in the text.

A gap may skip up to three words. Matches never leave the sentence they began in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from zgoda.rules.automaton import NOWHERE, Automaton, States

GAP_WIDTH = 3


class Match(NamedTuple):
    """Entry number and the word range `[first, after)` it covers."""

    entry: int
    first: int
    after: int


Atoms = Sequence[tuple[int, ...]]
Found = dict[int, list[tuple[int, int]]]
"""Concept matches by first word: `first -> [(concept, after)]`."""
_NOTHING: Found = {}


class _Walk(NamedTuple):
    """Words by their atoms (`numbers[i]` is that of `atoms[i]`), concepts found before, and the states."""

    numbers: Sequence[int]
    atoms: Atoms
    found: Found
    automaton: Automaton
    states: States


def find(
    automaton: Automaton,
    numbers: Sequence[int],
    atoms: Atoms,
    sentences: Iterable[tuple[int, int]],
    found: Found | None = None,
) -> list[Match]:
    """All matches, longest per entry and start, in order of their first word; `found` feeds the concept edges.

    `numbers[i]` is the number of `atoms[i]`, the same for the same atoms, so that roads once taken are known.
    """
    matches: list[Match] = []
    if automaton.empty:
        return matches
    states = automaton.states()
    known = found if found is not None else _NOTHING
    walk = _Walk(numbers, atoms, known, automaton, states)
    start = states.rows[0]
    for first, stop in sentences:
        for i in range(first, stop):
            number = numbers[i]
            state = start.by_word[number] if number in start.by_word else automaton.word(states, 0, number, atoms[i])
            heard = i in known and start.by_concept
            if state == NOWHERE and not heard:
                continue
            waiting = [] if state == NOWHERE else [(state, i + 1)]
            if heard:
                _concepts(walk, 0, i, stop, waiting)
            for entry, after in _ends(walk, waiting, stop).items():
                matches.append(Match(entry, i, after))
    return matches


def _concepts(walk: _Walk, state: int, at: int, stop: int, waiting: list[tuple[int, int]]) -> None:
    """Step over the concepts that begin at word `at`."""
    asked = walk.states.rows[state].by_concept
    for concept, after in walk.found[at]:
        if concept in asked and after <= stop:
            further = walk.automaton.concept(walk.states, state, concept)
            if further != NOWHERE:
                waiting.append((further, after))


def _ends(walk: _Walk, waiting: list[tuple[int, int]], stop: int) -> dict[int, int]:
    """The furthest end of each entry from the waiting states; depth is bounded by the longest term."""
    numbers, atoms, found, automaton, states = walk
    rows = states.rows
    hits: dict[int, int] = {}
    while waiting:
        state, at = waiting.pop()
        ends, goes_on, by_word, by_concept, gap = rows[state]
        for entry in ends:
            if at > hits.get(entry, 0):
                hits[entry] = at
        if at >= stop:
            continue
        if goes_on:
            number = numbers[at]
            following = by_word[number] if number in by_word else automaton.word(states, state, number, atoms[at])
            if following != NOWHERE:
                waiting.append((following, at + 1))
            if by_concept and at in found:
                _concepts(walk, state, at, stop, waiting)
        if gap != NOWHERE:
            _, _, by_word, by_concept, _ = rows[gap]
            for skipped in range(at, min(at + GAP_WIDTH + 1, stop)):
                number = numbers[skipped]
                following = (
                    by_word[number] if number in by_word else automaton.word(states, gap, number, atoms[skipped])
                )
                if following != NOWHERE:
                    waiting.append((following, skipped + 1))
                if by_concept and skipped in found:
                    _concepts(walk, gap, skipped, stop, waiting)
    return hits

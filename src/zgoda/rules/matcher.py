"""Find concepts and rules in a row of words: one walk from each word, linear in the text.

The trie's edges are atoms (a lemma, a prefix, an exact form) or concepts found before; a gap edge may skip up to three
words. Matches never leave the sentence they began in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

GAP_WIDTH = 3
_STATES_KEPT = 100_000
_FEW = 4  # nodes that are asked one by one; the edges of more are put into one table
_NONE: frozenset[int] = frozenset()

Step = tuple[int, ...] | None
"""One position of a term in numbers: atoms are >= 0, a concept `c` is written `-1 - c`; None is a gap."""


class Node:
    """One state of the trie: where atoms and concepts lead, and which entries end here.

    Most states have one way on: it stands in `key` and `only`; a table `steps` is made when there are more.
    """

    __slots__ = ("ends", "gap", "key", "only", "steps")

    def __init__(self) -> None:
        self.steps: dict[int, Node] | None = None
        self.key = 0
        self.only: Node | None = None
        self.gap: Node | None = None
        self.ends: tuple[int, ...] = ()

    def child(self, number: int) -> Node:
        """The node behind an edge, made on first use."""
        if self.steps is None:
            if self.only is None:
                self.key, self.only = number, Node()
                return self.only
            if self.key == number:
                return self.only
            self.steps = {self.key: self.only}
            self.only = None
        node = self.steps.get(number)
        if node is None:
            node = self.steps[number] = Node()
        return node

    def get(self, number: int) -> Node | None:
        """The node behind an edge, None where there is none."""
        if self.steps is not None:
            return self.steps.get(number)
        return self.only if self.key == number else None

    @property
    def edges(self) -> dict[int, Node]:
        """All edges with the nodes behind them."""
        if self.steps is not None:
            return self.steps
        return {} if self.only is None else {self.key: self.only}

    @property
    def goes_on(self) -> bool:
        """Whether anything may follow."""
        return self.steps is not None or self.only is not None or self.gap is not None


class Match(NamedTuple):
    """Entry number and the word range `[first, after)` it covers."""

    entry: int
    first: int
    after: int


def add_term(root: Node, steps: Sequence[Step], entry: int) -> None:
    """Add one term to the trie under `root`."""
    nodes = [root]
    for step in steps:
        following: list[Node] = []
        for node in nodes:
            if step is None:
                if node.gap is None:
                    node.gap = Node()
                following.append(node.gap)
            else:
                following.extend(node.child(number) for number in step)
        nodes = following
    for node in nodes:
        if entry not in node.ends:
            node.ends = (*node.ends, entry)


class State:
    """The trie nodes that the words so far have led to, and the entries they have completed.

    Transitions are worked out when they are first needed and kept: most texts take the same few roads.
    """

    __slots__ = ("_edges", "_nodes", "by_concept", "by_word", "concepts", "ends", "gap", "goes_on")

    def __init__(self, nodes: Collection[Node], ends: tuple[int, ...], gap: State | None) -> None:
        self._nodes = tuple(nodes)
        self._edges = _joined(nodes) if len(nodes) > _FEW else None
        self.goes_on = any(node.edges for node in nodes)
        self.ends = ends
        self.gap = gap
        self.by_word: dict[int, State | None] = {}
        self.by_concept: dict[int, State | None] = {}
        # Hundreds of thousands of empty sets would be as many objects for the collector to go through.
        self.concepts = frozenset(-1 - edge for node in nodes for edge in node.edges if edge < 0) or _NONE

    def children(self, numbers: Sequence[int]) -> list[Node]:
        """The nodes behind any of some edges."""
        edges = self._edges
        if edges is None:
            return [child for node in self._nodes for n in numbers if (child := node.get(n)) is not None]
        if len(numbers) <= len(edges):
            return [child for n in numbers if n in edges for child in edges[n]]
        own = frozenset(numbers)
        return [child for edge, below in edges.items() if edge in own for child in below]


def _joined(nodes: Iterable[Node]) -> dict[int, list[Node]]:
    """The edges of several nodes in one table."""
    edges: dict[int, list[Node]] = {}
    for node in nodes:
        for edge, child in node.edges.items():
            edges.setdefault(edge, []).append(child)
    return edges


class Automaton:
    """The trie under a root made deterministic, as far as texts have needed it; bounded in memory."""

    def __init__(self, root: Node) -> None:
        self._states: dict[frozenset[Node], State] = {}
        self.start = State([root], (), None)
        self.empty = not root.goes_on

    def _state(self, nodes: Iterable[Node]) -> State | None:
        """The state of some nodes, None where nothing is completed and nothing goes on."""
        own = frozenset(nodes)
        if not own:
            return None
        known = self._states.get(own)
        if known is None:
            if len(self._states) >= _STATES_KEPT:
                self._forget()
            ends = {entry for node in own if node.ends for entry in node.ends}
            gap = self._state([node.gap for node in own if node.gap is not None])
            known = self._states[own] = State(own, tuple(sorted(ends)), gap)
        return known

    def _forget(self) -> None:
        """Begin anew: texts that need so many states are no ordinary ones."""
        for state in (self.start, *self._states.values()):
            state.by_word.clear()
            state.by_concept.clear()
        self._states.clear()

    def word(self, state: State, number: int, atoms: tuple[int, ...]) -> State | None:
        """Where a word leads; `number` is that of its atoms."""
        children = state.children(atoms)
        following = self._state(children) if children else None  # most words lead nowhere
        state.by_word[number] = following
        return following

    def concept(self, state: State, concept: int) -> State | None:
        """Where a concept found before leads."""
        if concept not in state.by_concept:
            state.by_concept[concept] = self._state(state.children((-1 - concept,)))
        return state.by_concept[concept]


Atoms = Sequence[tuple[int, ...]]
Found = dict[int, list[tuple[int, int]]]
"""Concept matches by first word: `first -> [(concept, after)]`."""
_NOTHING: Found = {}


class _Words(NamedTuple):
    """The words of a text by their atoms (`numbers[i]` is that of `atoms[i]`), and the concepts found before."""

    numbers: Sequence[int]
    atoms: Atoms
    found: Found


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
    known = found if found is not None else _NOTHING
    words = _Words(numbers, atoms, known)
    start = automaton.start
    by_word = start.by_word
    for first, stop in sentences:
        for i in range(first, stop):
            number = numbers[i]
            state = by_word[number] if number in by_word else automaton.word(start, number, atoms[i])
            heard = i in known and start.concepts
            if state is None and not heard:
                continue
            waiting = [] if state is None else [(state, i + 1)]
            if heard:
                _concepts(automaton, start, i, stop, known, waiting)
            for entry, after in _ends(automaton, waiting, stop, words).items():
                matches.append(Match(entry, i, after))
    return matches


def _concepts(
    automaton: Automaton, state: State, at: int, stop: int, found: Found, waiting: list[tuple[State, int]]
) -> None:
    """Step over the concepts that begin at word `at`."""
    for concept, after in found[at]:
        if concept in state.concepts and after <= stop:
            further = automaton.concept(state, concept)
            if further is not None:
                waiting.append((further, after))


def _ends(automaton: Automaton, waiting: list[tuple[State, int]], stop: int, words: _Words) -> dict[int, int]:
    """The furthest end of each entry from the waiting states; depth is bounded by the longest term."""
    numbers, atoms, found = words
    hits: dict[int, int] = {}
    while waiting:
        state, at = waiting.pop()
        for entry in state.ends:
            if at > hits.get(entry, 0):
                hits[entry] = at
        if at >= stop:
            continue
        if state.goes_on:
            number = numbers[at]
            by_word = state.by_word
            following = by_word[number] if number in by_word else automaton.word(state, number, atoms[at])
            if following is not None:
                waiting.append((following, at + 1))
            if state.concepts and at in found:
                _concepts(automaton, state, at, stop, found, waiting)
        gap = state.gap
        if gap is not None:
            by_word = gap.by_word
            for skipped in range(at, min(at + GAP_WIDTH + 1, stop)):
                number = numbers[skipped]
                following = by_word[number] if number in by_word else automaton.word(gap, number, atoms[skipped])
                if following is not None:
                    waiting.append((following, skipped + 1))
                if gap.concepts and skipped in found:
                    _concepts(automaton, gap, skipped, stop, found, waiting)
    return hits


def concepts_in(*roots: Node) -> frozenset[int]:
    """The concepts that stand on an edge anywhere below the roots."""
    concepts: set[int] = set()
    nodes = list(roots)
    while nodes:
        node = nodes.pop()
        for edge, child in node.edges.items():
            nodes.append(child)
            if edge < 0:
                concepts.add(-1 - edge)
        if node.gap is not None:
            nodes.append(node.gap)
    return frozenset(concepts)

"""Find concepts and rules in a row of words: one trie walk from each word, linear in the text.

The trie's edges are atoms (a lemma, a prefix, an exact form) or concepts found before; a gap edge may skip up to three
words. Matches never leave the sentence they began in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

GAP_WIDTH = 3

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


Atoms = Sequence[tuple[int, ...]]
Found = dict[int, list[tuple[int, int]]]
"""Concept matches by first word: `first -> [(concept, after)]`."""
_NONE: tuple[tuple[int, int], ...] = ()


def _walk(node: Node, i: int, stop: int, atoms: Atoms, found: Found, hits: dict[int, int]) -> None:
    """Follow every edge from word `i`; keep the furthest end of each entry. Depth is bounded by the longest term."""
    for entry in node.ends:
        if i > hits.get(entry, 0):
            hits[entry] = i
    if i >= stop:
        return
    steps = node.steps
    if steps is not None and not steps.keys().isdisjoint(atoms[i]):  # most words lead nowhere
        for atom in atoms[i]:
            child = steps.get(atom)
            if child is not None:
                _walk(child, i + 1, stop, atoms, found, hits)
    elif node.only is not None and node.key in atoms[i]:
        _walk(node.only, i + 1, stop, atoms, found, hits)
    if i in found:
        _walk_concepts(node, i, stop, atoms, found, hits)
    if node.gap is not None:
        for skip in range(min(GAP_WIDTH + 1, stop - i)):
            _walk(node.gap, i + skip, stop, atoms, found, hits)


def _walk_concepts(node: Node, i: int, stop: int, atoms: Atoms, found: Found, hits: dict[int, int]) -> None:
    """Follow the concepts that begin at word `i`."""
    for concept, after in found.get(i, _NONE):
        child = node.get(-1 - concept)
        if child is not None and after <= stop:
            _walk(child, after, stop, atoms, found, hits)


def _go_on(nodes: Iterable[Node], i: int, stop: int, atoms: Atoms, found: Found, hits: dict[int, int]) -> None:
    """Walk on from the nodes that the word before `i` opened; most lead nowhere, which is seen without a walk."""
    following = atoms[i]
    heard = i in found
    for node in nodes:
        if node.gap is not None:
            _walk(node, i, stop, atoms, found, hits)
        elif node.steps is not None:
            if heard or not node.steps.keys().isdisjoint(following):
                _walk(node, i, stop, atoms, found, hits)
        elif node.key in following or (heard and node.key < 0):
            _walk(node, i, stop, atoms, found, hits)


class Opening(NamedTuple):
    """What begins at a word: entries it completes by itself, and the nodes from which longer terms go on.

    `ahead` are all edges of the nodes, so that one look at the next word tells whether any term goes on; `beyond`
    those behind their gaps, None where a look at single words could not tell.
    """

    singles: tuple[int, ...]
    nodes: tuple[Node, ...]
    ahead: frozenset[int]
    beyond: frozenset[int] | None


NOTHING = Opening((), (), frozenset(), frozenset())


def opening(root: Node, atoms: tuple[int, ...]) -> Opening:
    """What the atoms of a word open in the trie under `root`."""
    singles: dict[int, None] = {}
    nodes = []
    for atom in atoms:
        child = root.get(atom)
        if child is not None:
            singles.update(dict.fromkeys(child.ends))
            if child.goes_on:
                nodes.append(child)
    if not singles and not nodes:
        return NOTHING
    gaps = [node.gap for node in nodes if node.gap is not None]
    plain = not any(gap.ends or gap.gap for gap in gaps)
    beyond = frozenset(edge for gap in gaps for edge in gap.edges) if plain else None
    return Opening(tuple(singles), tuple(nodes), frozenset(edge for node in nodes for edge in node.edges), beyond)


def _goes_on(opened: Opening, i: int, stop: int, atoms: Atoms, found: Found) -> bool:
    """Whether anything that was opened before word `i` can go on with the words that follow; seldom a false yes."""
    ahead, beyond = opened.ahead, opened.beyond
    if beyond is None or i in found or not ahead.isdisjoint(atoms[i]):
        return True
    if beyond:
        for at in range(i, min(i + GAP_WIDTH + 1, stop)):
            if at in found or not beyond.isdisjoint(atoms[at]):
                return True
    return False


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


def find(
    root: Node,
    openings: Sequence[Opening],
    atoms: Atoms,
    sentences: Iterable[tuple[int, int]],
    found: Found | None = None,
) -> list[Match]:
    """All matches, longest per entry and start, in order of their first word; `found` feeds the concept edges."""
    known = found if found is not None else {}
    matches: list[Match] = []
    for first, stop in sentences:
        for i in range(first, stop):
            opened = openings[i]
            singles, nodes = opened.singles, opened.nodes
            following = i + 1
            goes_on = nodes and following < stop and _goes_on(opened, following, stop, atoms, known)
            started = i in known
            if not goes_on and not started:
                for entry in singles:
                    matches.append(Match(entry, i, following))
                continue
            hits = dict.fromkeys(singles, following)
            if goes_on:
                _go_on(nodes, following, stop, atoms, known, hits)
            if started:
                _walk_concepts(root, i, stop, atoms, known, hits)
            for entry, after in hits.items():
                matches.append(Match(entry, i, after))
    return matches

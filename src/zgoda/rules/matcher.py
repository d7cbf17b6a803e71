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
    if node.only is not None and node.key >= 0:
        if node.key in atoms[i]:
            _walk(node.only, i + 1, stop, atoms, found, hits)
    elif node.only is not None or node.steps is not None:
        for atom in atoms[i]:
            child = node.get(atom)
            if child is not None:
                _walk(child, i + 1, stop, atoms, found, hits)
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


class Opening(NamedTuple):
    """What begins at a word: entries it completes by itself, and the nodes from which longer terms go on."""

    singles: tuple[int, ...]
    nodes: tuple[Node, ...]


NOTHING = Opening((), ())


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
    return Opening(tuple(singles), tuple(nodes)) if singles or nodes else NOTHING


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
            singles, nodes = openings[i]
            started = known.get(i, _NONE) if known else _NONE
            if not nodes and not started:
                for entry in singles:
                    matches.append(Match(entry, i, i + 1))
                continue
            hits = dict.fromkeys(singles, i + 1)
            for node in nodes:
                _walk(node, i + 1, stop, atoms, known, hits)
            if started:
                _walk_concepts(root, i, stop, atoms, known, hits)
            for entry, after in hits.items():
                matches.append(Match(entry, i, after))
    return matches

"""Find concepts and rules in a row of tokens: one trie walk from each token, linear in the text.

The trie's edges are atoms (a lemma, a prefix, an exact form) or concepts found before; a gap edge may skip up to three
tokens. Matches never leave the sentence they began in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from zgoda.rules.terms import Position

GAP_WIDTH = 3


@dataclass(slots=True)
class Node:
    """One state of the trie: where atoms and concepts lead, and which entries end here."""

    atoms: dict[int, Node] = field(default_factory=dict)
    concepts: dict[int, Node] = field(default_factory=dict)
    gap: Node | None = None
    ends: tuple[int, ...] = ()

    def end_with(self, entry: int) -> None:
        """Note that `entry` is complete at this node."""
        if entry not in self.ends:
            self.ends = (*self.ends, entry)


@dataclass(frozen=True, slots=True)
class Match:
    """Entry number and the token range `[first, after)` it covers."""

    entry: int
    first: int
    after: int


class Trie:
    """Terms of many entries in one structure; atoms and concepts are numbered by the caller."""

    def __init__(self) -> None:
        self.root = Node()

    def add(self, positions: Sequence[Position], entry: int, number: Callable[[str, str], int]) -> None:
        """Add one parsed term; `number(kind, text)` gives an atom's or concept's number."""
        nodes = [self.root]
        for position in positions:
            following: list[Node] = []
            for node in nodes:
                if position is None:
                    if node.gap is None:
                        node.gap = Node()
                    following.append(node.gap)
                    continue
                for atom in position:
                    edges = node.concepts if atom.kind == "concept" else node.atoms
                    following.append(edges.setdefault(number(atom.kind, atom.text), Node()))
            nodes = following
        for node in nodes:
            node.end_with(entry)


Atoms = Sequence[tuple[int, ...]]
Found = dict[int, list[tuple[int, int]]]
"""Concept matches by first token: `first -> [(concept, after)]`."""


def _walk(node: Node, i: int, stop: int, atoms: Atoms, found: Found, hits: set[tuple[int, int]]) -> None:
    """Follow every edge from token `i`; collect `(entry, after)`. Depth is bounded by the longest term."""
    if node.ends:
        for entry in node.ends:
            hits.add((entry, i))
    if i >= stop:
        return
    if node.atoms:
        edges = node.atoms
        for atom in atoms[i]:
            child = edges.get(atom)
            if child is not None:
                _walk(child, i + 1, stop, atoms, found, hits)
    if node.concepts:
        for concept, after in found.get(i, ()):
            child = node.concepts.get(concept)
            if child is not None and after <= stop:
                _walk(child, after, stop, atoms, found, hits)
    if node.gap is not None:
        for skip in range(GAP_WIDTH + 1):
            if i + skip >= stop:
                break
            _walk(node.gap, i + skip, stop, atoms, found, hits)


def find(trie: Trie, atoms: Atoms, sentences: Iterable[tuple[int, int]], found: Found | None = None) -> list[Match]:
    """All matches, longest per entry and start, in order of their first token."""
    known = found or {}
    root_atoms, root_concepts = trie.root.atoms, trie.root.concepts
    matches: list[Match] = []
    for first, stop in sentences:
        for i in range(first, stop):
            hits: set[tuple[int, int]] = set()
            for atom in atoms[i]:
                child = root_atoms.get(atom)
                if child is not None:
                    _walk(child, i + 1, stop, atoms, known, hits)
            if root_concepts:
                for concept, after in known.get(i, ()):
                    child = root_concepts.get(concept)
                    if child is not None and after <= stop:
                        _walk(child, after, stop, atoms, known, hits)
            if hits:
                longest: dict[int, int] = {}
                for entry, after in hits:
                    if after > longest.get(entry, 0):
                        longest[entry] = after
                matches.extend(Match(entry, i, after) for entry, after in longest.items())
    return matches

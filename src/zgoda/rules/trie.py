"""The trie of terms: edges are atoms (a lemma, a prefix, an exact form), concepts found before, or a gap."""

from __future__ import annotations

from collections.abc import Sequence

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

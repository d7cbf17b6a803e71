"""The trie made deterministic as far as texts have needed it: where each word and concept leads from where one stands.

States have numbers, and what leads on holds numbers alone: hundreds of thousands of small objects that point to each
other would be as many for the collector of garbage to go through, again and again, in the middle of somebody's typing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import RLock
from typing import NamedTuple

from zgoda.rules.trie import Node

NOWHERE = -1
_NOT_KNOWN = -2  # a concept that leads on; to where was not asked yet
_STATES_KEPT = 100_000
_FEW = 4  # nodes that are asked one by one; the edges of more are put into one table

_Places = tuple[int, ...]
_NO_CONCEPTS: dict[int, int] = {}


class Row(NamedTuple):
    """One state: the entries completed in it, whether anything follows, where words and concepts lead as far as it
    was asked, and the state in which words may be skipped.
    """

    ends: tuple[int, ...]
    goes_on: bool
    by_word: dict[int, int]
    by_concept: dict[int, int]
    gap: int


class States:
    """The states of an automaton by their numbers; they grow in number, and what stands in one is only added to."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.places: list[_Places] = []
        self.edges: list[dict[int, int | _Places] | None] = []
        self.known: dict[_Places, int] = {}


class Automaton:
    """The states over the trie under a root; texts that need very many begin them anew, so memory is bounded.

    A place is a node of the trie by its address: nodes live as long as their root.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._nodes: dict[int, Node] = {}
        self._making = RLock()
        self.empty = not root.goes_on
        self._begin()

    def _begin(self) -> None:
        states = States()
        self._state(states, [self._root])
        self._states = states

    def states(self) -> States:
        """The states to walk through one sentence with; number 0 is the start."""
        if len(self._states.rows) >= _STATES_KEPT:
            self._begin()  # whoever still walks through the old ones keeps them
        return self._states

    def word(self, states: States, state: int, number: int, atoms: _Places) -> int:
        """Where a word leads, NOWHERE for most; `number` is that of its atoms."""
        following = self._state(states, self._children(states, state, atoms)) if atoms else NOWHERE
        states.rows[state].by_word[number] = following
        return following

    def concept(self, states: States, state: int, concept: int) -> int:
        """Where a concept leads that stands in `by_concept` of the state."""
        following = states.rows[state].by_concept[concept]
        if following == _NOT_KNOWN:
            following = self._state(states, self._children(states, state, (-1 - concept,)))
            states.rows[state].by_concept[concept] = following
        return following

    def _state(self, states: States, nodes: Iterable[Node]) -> int:
        """The state of some nodes, made where it is new; NOWHERE for none."""
        own = {id(node): node for node in nodes}
        if not own:
            return NOWHERE
        places = tuple(sorted(own))
        known = states.known.get(places)
        return self._made(states, places, list(own.values())) if known is None else known

    def _made(self, states: States, places: _Places, nodes: Sequence[Node]) -> int:
        with self._making:
            if places in states.known:
                return states.known[places]
            gap = self._state(states, [node.gap for node in nodes if node.gap is not None])
            self._nodes.update(zip(map(id, nodes), nodes, strict=True))
            concepts = {-1 - edge: _NOT_KNOWN for node in nodes for edge in node.edges if edge < 0}
            ends = tuple(sorted({entry for node in nodes for entry in node.ends}))
            goes_on = any(node.edges for node in nodes)
            states.rows.append(Row(ends, goes_on, {}, concepts or _NO_CONCEPTS, gap))
            states.places.append(places)
            states.edges.append(self._joined(nodes) if len(nodes) > _FEW else None)
            states.known[places] = len(states.rows) - 1
            return states.known[places]

    def _children(self, states: States, state: int, numbers: _Places) -> list[Node]:
        """The nodes behind any of some edges."""
        nodes = self._nodes
        edges = states.edges[state]
        if edges is None:
            own = [nodes[place] for place in states.places[state]]
            return [child for node in own for n in numbers if (child := node.get(n)) is not None]
        wanted = numbers if len(numbers) <= len(edges) else edges.keys() & set(numbers)
        found: list[Node] = []
        for n in wanted:
            below = edges.get(n, ())
            found.extend([nodes[below]] if isinstance(below, int) else [nodes[place] for place in below])
        return found

    def _joined(self, nodes: Iterable[Node]) -> dict[int, int | _Places]:
        """The places behind the edges of several nodes in one table."""
        edges: dict[int, list[int]] = {}
        for node in nodes:
            for edge, child in node.edges.items():
                self._nodes[id(child)] = child
                edges.setdefault(edge, []).append(id(child))
        return {edge: below[0] if len(below) == 1 else tuple(below) for edge, below in edges.items()}

"""Where a conversation stands: a frozen value, and the conditions that can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class State:
    """The three tables' states and what is remembered.

    `counts` are the counters by name; `done` are acts of agents so far, `fresh` those done for the stage that is due,
    `now` those since the customer last spoke, `on_rung` those since the open rung was opened; `facts` tell the rest.
    """

    stage: str
    ladder: str = "none"
    safety: str = "none"
    counts: tuple[tuple[str, int], ...] = ()
    facts: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()
    now: frozenset[str] = frozenset()
    on_rung: frozenset[str] = frozenset()

    def count(self, name: str) -> int:
        """The value of a counter."""
        return dict(self.counts).get(name, 0)


class Literal(NamedTuple):
    """One thing that can be asked of a state: `fact:told`, or its contrary where `negated`."""

    kind: str
    name: str
    negated: bool = False


Condition = tuple[tuple[Literal, ...], ...]
"""Any line holds if all literals in it hold; the condition that is always true is one empty line."""
ALWAYS: Condition = ((),)
KINDS = ("fact", "act", "fresh", "now", "rung", "some", "full", "stage", "ladder", "safety")


def holds(condition: Condition, state: State, limits: Mapping[str, int]) -> bool:
    """Whether a condition holds; `limits` are the maxima of the counters."""
    return any(all(_is(literal, state, limits) != literal.negated for literal in line) for line in condition)


def _is(literal: Literal, state: State, limits: Mapping[str, int]) -> bool:
    kind, name, _ = literal
    if kind == "some":
        return state.count(name) > 0
    if kind == "full":
        return state.count(name) >= limits[name]
    if kind in ("stage", "ladder", "safety"):
        return str(getattr(state, kind)) == name
    sets = {"fact": state.facts, "act": state.done, "fresh": state.fresh, "now": state.now, "rung": state.on_rung}
    return name in sets[kind]

"""Follows the tables: what is observed always has an answer, what is commanded may be refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zgoda.errors import ForbiddenStep
from zgoda.protocol.state import State, holds
from zgoda.protocol.table import Due, Mark, Protocol, Row, Table


class Machine:
    """The interpreter of one protocol; it holds no conversation of its own."""

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol
        self._limits = protocol.limits
        self._not_ours = frozenset((*protocol.events["customer"], *protocol.events["people"]))
        self._agent = frozenset(protocol.events["agent"])

    def start(self, channel: str | None = None, facts: Iterable[str] = ()) -> State:
        """The beginning of a conversation on a channel; `facts` are those known from the start."""
        start = self.protocol.start
        return State(start.get(channel or "default", start["default"]), facts=frozenset(facts))

    def observe(self, state: State, event: str) -> State:
        """The state after something was observed. Never raises: what is no event changes nothing."""
        return self.follow(state, event)[0]

    def follow(self, state: State, event: str) -> tuple[State, tuple[str, ...]]:
        """The state after an event, and the rows of the method behind what moved."""
        if event in self._not_ours:
            state = replace(state, now=frozenset())
        elif event in self._agent:
            state = _acted(state, event)
        state = self._remember(state, event)
        why: list[str] = []
        for table in self.protocol.tables:
            row = self.answer(table, state, event)
            if row is not None:
                state = _moved(state, table.name, row)
                why.extend(row.rows)
        return state, tuple(dict.fromkeys(why))

    def turn(self, state: State, events: Iterable[str]) -> tuple[State, tuple[str, ...]]:
        """All events of one turn, then every step that is done by now is passed."""
        why: list[str] = []
        for event in events:
            state, rows = self.follow(state, event)
            why.extend(rows)
        for _ in self.protocol.due["stage"]:  # steps go forward only, so that there are never more than stages
            settled, rows = self.follow(state, self.protocol.settle)
            if settled == state:
                break
            state = settled
            why.extend(rows)
        return state, tuple(dict.fromkeys(why))

    def command(self, state: State, name: str) -> State:
        """The state after a step of ours; raises ForbiddenStep where the protocol does not allow it now."""
        command = self.protocol.commands.get(name)
        if command is None:
            raise ForbiddenStep(f"{name!r} is no command; there are {', '.join(self.protocol.commands)}")
        if not holds(command.when, state, self._limits):
            raise ForbiddenStep(
                f"{name!r} at stage {state.stage!r}, rung {state.ladder!r}, safety {state.safety!r}"
                f" (see rows {', '.join(command.rows)} of the method)"
            )
        return self.observe(state, command.event)

    def answer(self, table: Table, state: State, event: str) -> Row | None:
        """The first row that fits; None for what is no event."""
        for row in table.cells.get((getattr(state, table.name), event), ()):
            if holds(row.when, state, self._limits):
                return row
        return None

    def holds(self, state: State, name: str) -> bool:
        """Whether a ban that stands until something happened is lifted (`name` of [standing.until])."""
        return all(holds(condition, state, self._limits) for ban, condition in self.protocol.until if ban == name)

    def owed(self, state: State, due: Due) -> tuple[str, ...]:
        """What a stage or rung asks for in this state."""
        return () if due.unless is not None and holds(due.unless, state, self._limits) else due.owed

    def _remember(self, state: State, event: str) -> State:
        counts = dict(state.counts)
        for counter in self.protocol.counters:
            if event in counter.on and holds(counter.when, state, self._limits):
                counts[counter.name] = min(counter.most, counts.get(counter.name, 0) + 1)
        facts = set(state.facts)
        for fact in self.protocol.facts:
            self._mark(fact, event, state, facts)
        return replace(state, counts=tuple(sorted(counts.items())), facts=frozenset(facts))

    def _mark(self, fact: Mark, event: str, state: State, facts: set[str]) -> None:
        if event in fact.off:
            facts.discard(fact.name)
        elif event in fact.on and holds(fact.when, state, self._limits):
            facts.add(fact.name)


def _acted(state: State, act: str) -> State:
    """An agent did something: it counts for the stage, for the rung and for ever."""
    one = frozenset((act,))
    return replace(
        state, done=state.done | one, fresh=state.fresh | one, now=state.now | one, on_rung=state.on_rung | one
    )


def _moved(state: State, table: str, row: Row) -> State:
    if table == "stage":
        fresh = state.now if row.afresh else state.fresh
        return replace(state, stage=row.to or state.stage, fresh=fresh)
    if table == "safety":
        return replace(state, safety=row.to or state.safety)
    if row.to in (None, state.ladder):
        return state
    return replace(state, ladder=row.to or state.ladder, on_rung=state.now)

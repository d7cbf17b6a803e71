"""The transition tables as frozen values, read from content (tables/protocol) and checked as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zgoda.errors import ContentError
from zgoda.protocol.check import faults_of_shape, faults_of_table
from zgoda.protocol.conditions import Conditions
from zgoda.protocol.state import ALWAYS, Condition
from zgoda.values.labels import ACTS, RUNGS, SAFETY, STAGES

STATES_OF = {"stage": STAGES, "ladder": RUNGS, "safety": SAFETY}
_DUE_OF = {"stage": "stages", "ladder": "rungs", "safety": "safeties"}
ANY = "*"


@dataclass(frozen=True, slots=True)
class Row:
    """In one of the states `sources`, on one of `events`, while `when` holds: go to `to` (None for staying)."""

    sources: tuple[str, ...]
    events: tuple[str, ...]
    to: str | None
    when: Condition
    rows: tuple[str, ...]
    afresh: bool
    said: tuple[str, ...] = ()

    @property
    def is_default(self) -> bool:
        """Whether it is the row that answers everything else."""
        return self.to is None and self.when == ALWAYS and not self.rows


@dataclass(frozen=True, slots=True)
class Table:
    """One machine: its name, its states, its rows in order, and the rows by state and event."""

    name: str
    states: tuple[str, ...]
    rows: tuple[Row, ...]
    cells: Mapping[tuple[str, str], tuple[Row, ...]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A counter or a fact: the events that raise and take it, the condition, the maximum (1 for a fact)."""

    name: str
    on: tuple[str, ...]
    off: tuple[str, ...]
    when: Condition
    most: int = 1


@dataclass(frozen=True, slots=True)
class Due:
    """What a state asks for and forbids; nothing is owed while `unless` holds; `stops` suspends what a stage owes."""

    owed: tuple[str, ...]
    forbidden: tuple[str, ...]
    rows: tuple[str, ...]
    unless: Condition | None = None
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """What we may be told to do: when it is allowed, and the event it then is."""

    when: Condition
    event: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Protocol:
    """Everything of tables/protocol that moves a conversation; `due` is by table and state."""

    events: Mapping[str, tuple[str, ...]]
    settle: str
    start: Mapping[str, str]
    tables: tuple[Table, ...]
    counters: tuple[Mark, ...]
    facts: tuple[Mark, ...]
    due: Mapping[str, Mapping[str, Due]]
    always: tuple[str, ...]
    until: tuple[tuple[str, Condition], ...]
    commands: Mapping[str, Command]

    @property
    def limits(self) -> dict[str, int]:
        """The maxima of the counters."""
        return {counter.name: counter.most for counter in self.counters}

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """Every event there is."""
        return (*(event for group in self.events.values() for event in group), self.settle)


def _listed(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def load_protocol(table: Mapping[str, Any]) -> Protocol:
    """The protocol of a content table; raises ContentError with every fault at once."""
    faults = faults_of_shape(table)
    if faults:
        raise ContentError(faults)
    reader = _Reader(table)
    protocol = reader.protocol()
    for each in protocol.tables:
        reader.faults += faults_of_table(each, protocol, frozenset(protocol.start.values()))
    if reader.faults:
        raise ContentError([f"common/tables/protocol.toml: {fault}" for fault in reader.faults])
    return protocol


class _Reader:
    """Reads the table part by part and collects what is wrong."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.table = table
        self.faults: list[str] = []
        events = table["events"]
        self.events = {group: tuple(events[group]) for group in ("customer", "agent", "people")}
        self.all = (*(event for group in self.events.values() for event in group), str(events["settle"]))
        known: dict[str, tuple[str, ...]] = dict.fromkeys(("act", "fresh", "now", "rung"), self.events["agent"])
        known |= {"fact": tuple(table["facts"]), **dict.fromkeys(("some", "full"), tuple(table["counters"]))}
        self.conditions = Conditions(known | STATES_OF, self.faults)
        self.conditions.add_guards(table["guards"])

    def protocol(self) -> Protocol:
        """All parts."""
        table, conditions = self.table, self.conditions
        self.faults += [f"events: agent: the act {act!r} is missing" for act in ACTS if act not in self.all]
        standing = table["standing"]
        until = {name: conditions.every([text], "standing: until") for name, text in standing["until"].items()}
        return Protocol(
            events=self.events,
            settle=str(table["events"]["settle"]),
            start=dict(table["start"]),
            tables=tuple(self._table(name, STATES_OF[name]) for name in ("safety", "ladder", "stage")),
            counters=tuple(self._mark(n, raw, "counters", raw["max"]) for n, raw in table["counters"].items()),
            facts=tuple(self._mark(name, raw, "facts") for name, raw in table["facts"].items()),
            due={name: self._due(key) for name, key in _DUE_OF.items()},
            always=tuple(standing["always"]),
            until=tuple(until.items()),
            commands={name: self._command(name, raw) for name, raw in table["commands"].items()},
        )

    def _named(self, names: tuple[str, ...], known: tuple[str, ...], where: str) -> tuple[str, ...]:
        """The names themselves, all of them for "*"."""
        if names == (ANY,):
            return known
        self.faults += [f"{where}: unknown name {name!r}" for name in names if name not in known]
        return names

    def _table(self, name: str, states: tuple[str, ...]) -> Table:
        rows = tuple(self._row(f"{name}: row {n}", raw, states) for n, raw in enumerate(self.table[name]["rows"], 1))
        cells: dict[tuple[str, str], list[Row]] = {}
        for row in rows:
            for source in row.sources:
                for event in row.events:
                    cells.setdefault((source, event), []).append(row)
        return Table(name, states, rows, {cell: tuple(found) for cell, found in cells.items()})

    def _row(self, where: str, raw: Mapping[str, Any], states: tuple[str, ...]) -> Row:
        self.faults += [f"{where}: no {key!r}" for key in ("from", "event", "to") if key not in raw]
        to = str(raw.get("to", ANY))
        if to != ANY:
            self._named((to,), states, f"{where}: to")
        said = tuple(raw.get("when", ()))
        return Row(
            sources=self._named(_listed(raw.get("from", ())), states, f"{where}: from"),
            events=self._named(_listed(raw.get("event", ())), self.all, f"{where}: event"),
            to=None if to == ANY else to,
            when=self.conditions.every(said, where),
            rows=tuple(raw.get("rows", ())),
            afresh=bool(raw.get("afresh", False)),
            said=said,
        )

    def _mark(self, name: str, raw: Mapping[str, Any], part: str, most: int = 1) -> Mark:
        where = f"{part}: {name}"
        on = self._named(tuple(raw.get("on", ())), self.all, where)
        off = self._named(tuple(raw.get("off", ())), self.all, where)
        return Mark(name, on, off, self.conditions.every(raw.get("when", ()), where), most)

    def _due(self, key: str) -> dict[str, Due]:
        return {
            state: Due(
                owed=tuple(raw.get("owed", ())),
                forbidden=tuple(raw.get("forbidden", ())),
                rows=tuple(raw.get("rows", ())),
                unless=self.conditions.every([raw["unless"]], f"{key}: {state}") if "unless" in raw else None,
                stops=bool(raw.get("stops", False)),
            )
            for state, raw in self.table[key].items()
        }

    def _command(self, name: str, raw: Mapping[str, Any]) -> Command:
        event = str(raw["event"])
        self._named((event,), self.all, f"commands: {name}")
        return Command(self.conditions.lines(raw["when"], f"commands: {name}"), event, tuple(raw["rows"]))

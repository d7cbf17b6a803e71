"""Checks of the tables as a whole: parts that are missing, rows that never answer, states that are never reached."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from zgoda.protocol.state import ALWAYS
from zgoda.values.labels import ACTS, FINDINGS, NOTICES, RUNGS, SAFETY, STAGES

if TYPE_CHECKING:  # the tables are checked by what they hold; at run time table.py imports this module
    from zgoda.protocol.table import Due, Protocol, Table

PARTS = (
    *("events", "start", "counters", "facts", "guards", "stage", "ladder", "safety", "standing", "stages", "rungs"),
    *("safeties", "commands", "tension", "observing"),
)
_ROW_ID = re.compile(r"S[1-4]\.\d{1,2}|T\d{1,2}")
_NAMES = frozenset((*ACTS, *FINDINGS, *NOTICES))
_KEYS = {
    "events": ("customer", "agent", "people", "settle"),
    "start": ("default",),
    "stage": ("rows",),
    "ladder": ("rows",),
    "safety": ("rows",),
    "standing": ("always", "until"),
    "tension": ("step", "rises"),
    "observing": ("enough", "not_heat", "at_person", "weak_words", "strong_words"),
}
_ENTRIES = {"counters": ("max",), "commands": ("when", "event", "rows")}
_STATES = {"stages": STAGES, "rungs": RUNGS, "safeties": SAFETY}


def faults_of_shape(table: Mapping[str, Any]) -> list[str]:
    """What must be there before anything can be read."""
    faults = [f"common/tables/protocol.toml: no part [{part}]" for part in PARTS if part not in table]
    for part, keys in _KEYS.items():
        faults += [f"common/tables/protocol.toml: {part}: no {key!r}" for key in keys if key not in table.get(part, {})]
    for part, kinds in _ENTRIES.items():
        for name, raw in table.get(part, {}).items():
            faults += [f"common/tables/protocol.toml: {part}: {name}: no {key!r}" for key in kinds if key not in raw]
    for part, states in _STATES.items():
        found = table.get(part, {})
        faults += [f"common/tables/protocol.toml: {part}: no {state!r}" for state in states if state not in found]
        faults += [f"common/tables/protocol.toml: {part}: unknown {name!r}" for name in found if name not in states]
    return faults


def faults_of_table(table: Table, protocol: Protocol, starts: Collection[str]) -> list[str]:
    """Cells without a default, rows that never answer, unreachable states, wrong names of acts and rows."""
    faults = [*_cells(table, protocol), *_ids(table), *_due(table.name, protocol.due[table.name])]
    first = starts if table.name == "stage" else table.states[:1]
    faults += [f"start: unknown stage {s!r}" for s in starts if table.name == "stage" and s not in table.states]
    reached = set(first)
    while more := {r.to for r in table.rows if r.to and r.to not in reached and reached.intersection(r.sources)}:
        reached |= {state for state in more if state}
    faults += [f"{table.name}: the state {state!r} is never reached" for state in table.states if state not in reached]
    return faults


def _cells(table: Table, protocol: Protocol) -> Iterator[str]:
    answering = set()
    for state in table.states:
        for event in protocol.vocabulary:
            rows = table.cells.get((state, event), ())
            if not any(row.when == ALWAYS for row in rows):
                yield f"{table.name}: no answer to {event!r} in {state!r}; a default row must stand at the end"
            for row in rows:
                answering.add(id(row))
                if row.when == ALWAYS:
                    break
    for number, row in enumerate(table.rows, 1):
        if id(row) not in answering:
            yield f"{table.name}: row {number} never answers: rows above it take all its cases"


def _ids(table: Table) -> Iterator[str]:
    for number, row in enumerate(table.rows, 1):
        for identity in row.rows:
            if not _ROW_ID.fullmatch(identity):
                yield f"{table.name}: row {number}: {identity!r} is no row of the method"


def _due(name: str, due: Mapping[str, Due]) -> Iterator[str]:
    for state, each in due.items():
        for act in each.owed:
            if act not in ACTS:
                yield f"{name}: {state}: owed: {act!r} is no act"
        for ban in each.forbidden:
            if ban not in _NAMES:
                yield f"{name}: {state}: forbidden: {ban!r} is no act and no mistake"
        for identity in each.rows:
            if not _ROW_ID.fullmatch(identity):
                yield f"{name}: {state}: {identity!r} is no row of the method"

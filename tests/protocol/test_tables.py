"""Every state answers every event, as the table says; what a table lacks is told all at once."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.protocol.protocols import machine, protocol, raw
from zgoda.errors import ContentError
from zgoda.protocol import State, load_protocol
from zgoda.protocol.state import ALWAYS, KINDS, holds
from zgoda.values import RUNGS, SAFETY, STAGES

CELLS = [
    (table.name, state, event)
    for table in protocol().tables
    for state in table.states
    for event in protocol().vocabulary
]
METHOD = Path(__file__).resolve().parents[2] / "docs" / "method.md"


def at(table, state, **more):
    return State(**({"stage": "listen"} | {table: state} | more))


def witness(table, state, row):
    """A state in which some line of the row's condition holds, None where only other tables could make it so."""
    line = row.when[0]
    standing = at(table, state)
    for literal in line:
        if literal.negated:
            continue
        kind, name = literal.kind, literal.name
        if kind in ("stage", "ladder", "safety"):
            standing = replace(standing, **{kind: name})
        elif kind in ("some", "full"):
            most = protocol().limits[name] if kind == "full" else 1
            standing = replace(standing, counts=(*standing.counts, (name, most)))
        else:
            field = {"fact": "facts", "act": "done", "fresh": "fresh", "now": "now", "rung": "on_rung"}[kind]
            standing = replace(standing, **{field: getattr(standing, field) | {name}})
    return standing if getattr(standing, table) == state else None


@pytest.mark.parametrize(("name", "state", "event"), CELLS)
def test_every_event_has_one_answer_in_every_state(name, state, event):
    table = next(t for t in protocol().tables if t.name == name)
    rows = table.cells[(state, event)]
    assert sum(row.when == ALWAYS for row in rows) >= 1
    answer = machine().answer(table, at(name, state), event)
    first = next(row for row in rows if holds(row.when, at(name, state), protocol().limits))
    assert answer is first
    after = machine().observe(at(name, state), event)
    assert getattr(after, name) in table.states


@pytest.mark.parametrize(("name", "state", "event"), CELLS)
def test_rows_with_conditions_answer_where_these_hold(name, state, event):
    table = next(t for t in protocol().tables if t.name == name)
    for row in table.cells[(state, event)]:
        standing = witness(name, state, row)
        if standing is None or not holds(row.when, standing, protocol().limits):
            continue
        found = machine().answer(table, standing, event)
        above = table.cells[(state, event)]
        assert above.index(found) <= above.index(row)


def test_unknown_events_change_nothing():
    for stage in STAGES:
        assert machine().observe(State(stage), "no such event").stage == stage


def test_tables_have_the_states_of_the_contract():
    assert [(t.name, t.states) for t in protocol().tables] == [
        ("safety", SAFETY),
        ("ladder", RUNGS),
        ("stage", STAGES),
    ]


def test_every_row_id_stands_in_the_method():
    known = {
        line.split("|")[1].strip()
        for line in METHOD.read_text(encoding="utf-8").splitlines()
        if line[:3] in ("| S", "| T")
    }
    named = {identity for table in protocol().tables for row in table.rows for identity in row.rows}
    named |= {i for due in protocol().due.values() for each in due.values() for i in each.rows}
    assert named <= known


def faults(change):
    table = raw()
    change(table)
    with pytest.raises(ContentError) as told:
        load_protocol(table)
    return told.value.faults


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.pop("ladder"), "no part [ladder]"),
        (lambda t: t["stages"].pop("defer"), "stages: no 'defer'"),
        (lambda t: t["stages"].update(dance={}), "stages: unknown 'dance'"),
        (lambda t: t["stage"]["rows"].pop(), "no answer to"),
        (lambda t: t["stage"]["rows"][0].update(to="dance"), "unknown name 'dance'"),
        (lambda t: t["stage"]["rows"][0].update(event="dances"), "unknown name 'dances'"),
        (lambda t: t["stage"]["rows"][0].update({"from": "dance"}), "unknown name 'dance'"),
        (lambda t: t["stage"]["rows"][3].update(when=["fact:dance"]), "names nothing that exists"),
        (lambda t: t["stage"]["rows"][3].update(when=["dance"]), "no guard and no condition"),
        (lambda t: t["stage"]["rows"][0].update(rows=["S9.1"]), "no row of the method"),
        (lambda t: t["safety"]["rows"].pop(0), "'self_harm' is never reached"),
        (lambda t: t["safety"]["rows"].insert(0, {"from": "*", "event": "*", "to": "*"}), "never answers"),
        (lambda t: t["stages"]["defer"].update(owed=["dance"]), "'dance' is no act"),
        (lambda t: t["stages"]["defer"].update(forbidden=["dance"]), "no act and no mistake"),
        (lambda t: t["events"]["agent"].remove("thanks"), "'thanks' is missing"),
        (lambda t: t["commands"]["close"].update(event="dance"), "unknown name 'dance'"),
        (lambda t: t["events"].pop("people"), "events: no 'people'"),
        (lambda t: t["counters"]["transfers"].pop("max"), "counters: transfers: no 'max'"),
        (lambda t: t["tension"].pop("step"), "tension: no 'step'"),
        (lambda t: t["start"].update(chat="dance"), "unknown stage 'dance'"),
    ],
)
def test_faults_of_a_table_are_told(change, told):
    assert any(told in fault for fault in faults(change))


def test_all_faults_are_told_at_once():
    def change(table):
        table["stage"]["rows"][0]["to"] = "dance"
        table["ladder"]["rows"][0]["event"] = "dances"

    assert len(faults(change)) >= 2


def test_negated_guard_is_its_contrary():
    from zgoda.protocol.conditions import Conditions

    known = dict.fromkeys(KINDS, ("a", "b", "c"))
    conditions = Conditions(known, [])
    conditions.add_guards({"g": [["fact:a", "fact:b"], ["fact:c"]]})
    yes, no = conditions.every(["g"], "x"), conditions.every(["!g"], "x")
    for facts in (set(), {"a"}, {"a", "b"}, {"c"}, {"b"}):
        state = State("listen", facts=frozenset(facts))
        assert holds(yes, state, {}) != holds(no, state, {})

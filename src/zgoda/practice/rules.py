"""How replies move a mood: the weights, floors, ceilings and triggers of the content's table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zgoda.values import ACTS, FINDINGS, NOTICES, STATES

_SAID = ("with_case", "with_details", "way_out", "caring", "leaving", "limiting")
_LIMITS = (
    "cools_most", "heats_most", "again", "marred", "while_abusive", "nothing", "untimely", "accused", "heeded_ceiling",
    "unheeded_most", "kept_moves", "kept_ceiling", "broken_moves", "broken_floor", "silence_moves", "stings_from",
    "stung_floor", "abandoned", "waiting_per_hour", "waiting_most", "floor_without_way_out", "floor_promised",
)  # fmt: skip
EVENTS = ("reply", "promise_kept", "promise_broken", "silence")


@dataclass(frozen=True, slots=True)
class Weight:
    """How far one act or finding moves the heat (degrees, always positive) and what it gives rise to."""

    moves: int
    trigger: str


@dataclass(frozen=True, slots=True)
class MoodRules:
    """The mood table; heat is 0..100, shares are percent.

    `from_heat` gives the lowest heat of each state; `groups` the triggers that are mistakes (`bad`) and merits
    (`good`); `limits` the numbers of the table by name.
    """

    from_heat: Mapping[str, int]
    acts: Mapping[str, Weight]
    findings: Mapping[str, Weight]
    groups: Mapping[str, tuple[str, ...]]
    with_case: frozenset[str]
    with_details: frozenset[str]
    limits: Mapping[str, int]
    way_out: frozenset[str]
    caring: frozenset[str]
    leaving: frozenset[str]
    limiting: frozenset[str]

    @property
    def triggers(self) -> tuple[str, ...]:
        """Everything that a customer answers to."""
        return tuple(trigger for group in self.groups.values() for trigger in group)

    def mood(self, heat: int) -> str:
        """The state of labels-1.1 that a heat stands for."""
        return max((least, state) for state, least in self.from_heat.items() if least <= max(heat, 0))[1]

    def group(self, trigger: str) -> str:
        """The group of a trigger."""
        return next((name for name, members in self.groups.items() if trigger in members), "")


def rules_of(table: Mapping[str, Any]) -> MoodRules:
    """The rules of a table that has passed `rule_faults`."""
    return MoodRules(
        from_heat=table["from_heat"],
        acts=_weights(table["acts"]),
        findings=_weights(table["findings"]),
        groups={name: tuple(members) for name, members in table["groups"].items()},
        with_case=frozenset(table["say"]["with_case"]),
        with_details=frozenset(table["say"]["with_details"]),
        limits=table["limits"],
        way_out=frozenset(table["say"]["way_out"]),
        caring=frozenset(table["say"]["caring"]),
        leaving=frozenset(table["say"]["leaving"]),
        limiting=frozenset(table["say"]["limiting"]),
    )


def _weights(rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Weight]:
    return {kind: Weight(row["moves"], row["trigger"]) for kind, row in rows.items()}


def rule_faults(table: Mapping[str, Any]) -> list[str]:
    """What is wrong with a mood table, one sentence each."""
    needed = ("from_heat", "acts", "findings", "groups", "say", "limits")
    faults = [f"the table [{name}] is missing" for name in needed if not isinstance(table.get(name), dict)]
    if faults:
        return faults
    faults += [f"[say] `{key}` must be a list" for key in _SAID if not isinstance(table["say"].get(key), list)]
    faults += [
        f"[limits] `{key}` must be a whole number" for key in _LIMITS if type(table["limits"].get(key)) is not int
    ]
    if tuple(table["from_heat"]) != STATES:
        faults.append(f"[from_heat] must name {', '.join(STATES)} in this order")
    triggers = {trigger for members in table["groups"].values() for trigger in members}
    for name, known in (("acts", set(ACTS)), ("findings", {*FINDINGS, *NOTICES})):
        for kind, row in table[name].items():
            if kind not in known:
                faults.append(f"[{name}] has no such kind: {kind!r}")
            elif not isinstance(row.get("moves"), int) or row.get("trigger") not in triggers:
                faults.append(f"[{name}] {kind}: expected a whole number `moves` and a `trigger` of [groups]")
        faults.extend(f"[{name}] lacks {kind!r}" for kind in sorted(known - set(table[name]) - set(NOTICES)))
    return faults

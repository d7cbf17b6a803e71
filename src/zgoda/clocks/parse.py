"""Rows as they stand in content files, checked and turned into `Row`; every fault is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from zgoda.clocks import row as words
from zgoda.clocks.row import Extension, Row

LONGEST = 3_660  # days, business days, weeks or months a term may have
_CHOICES = {
    "day_kind": words.DAY_KINDS,
    "count_from": words.COUNTS_FROM,
    "end_shift": words.END_SHIFTS,
    "met_by": words.MET_BY,
    "consequence": words.CONSEQUENCES,
    "cert": words.CERTAINTIES,
    "kind": words.KINDS,
    "term_of": words.TERM_OF,
    "valid_by": words.VALID_BY,
}
_TEXTS = (
    "jurisdiction", "sector", "trigger", "consequence_note", "form", "source", "as_of", "no_term", "calendar", "zone",
)  # fmt: skip
_NEEDED = ("jurisdiction", "sector", "trigger", "source", "as_of", "cert")
_LISTS = ("applies_to", "demands", "channels", "notes")
_DATES = ("valid_from", "valid_to")
_KNOWN = {*_CHOICES, *_TEXTS, *_LISTS, *_DATES, "days", "extension", "enabled"}


def parse_row(identity: str, raw: Mapping[str, Any]) -> tuple[Row | None, list[str]]:
    """A row and the faults of its fields; None where it has any."""
    faults = [f"unknown field {name!r}" for name in raw if name not in _KNOWN]
    fields: dict[str, Any] = {}
    for name, value in raw.items():
        if value == "" and name not in _NEEDED:
            continue  # an empty field takes the value of the row below it away
        if name in _KNOWN:
            fields[name] = _field(name, value, faults)
    faults += [f"{name}: missing" for name in _NEEDED if not fields.get(name)]
    if not faults:
        _agree(fields, faults)
    return (None, faults) if faults else (Row(id=identity, **fields), [])


def _field(name: str, value: Any, faults: list[str]) -> Any:
    if name in _CHOICES and value not in _CHOICES[name]:
        faults.append(f"{name}: expected one of {', '.join(_CHOICES[name])}, came {value!r}")
    elif name in _TEXTS and not isinstance(value, str):
        faults.append(f"{name}: expected a text, came {value!r}")
    elif name in _LISTS:
        return _texts(name, value, faults)
    elif name in _DATES:
        return _day(name, value, faults)
    elif name == "days":
        return _number(name, value, faults, 0)
    elif name == "enabled" and not isinstance(value, bool):
        faults.append(f"enabled: expected true or false, came {value!r}")
    elif name == "extension":
        return _extension(value, faults)
    return value


def _texts(name: str, value: Any, faults: list[str]) -> tuple[str, ...]:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    faults.append(f"{name}: expected a list of texts, came {value!r}")
    return ()


def _day(name: str, value: Any, faults: list[str]) -> date | None:
    try:
        return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        faults.append(f"{name}: expected a day such as 2026-11-26, came {value!r}")
        return None


def _number(name: str, value: Any, faults: list[str], least: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LONGEST:
        faults.append(f"{name}: expected a number from {least} to {LONGEST}, came {value!r}")
        return least
    return value


def _extension(value: Any, faults: list[str]) -> Extension | None:
    if not isinstance(value, dict) or not {"days", "day_kind"} <= set(value) <= {"days", "day_kind", "condition"}:
        faults.append("extension: expected { days, day_kind, condition }")
        return None
    if value["day_kind"] not in words.DAY_KINDS:
        faults.append(f"extension: day_kind: expected one of {', '.join(words.DAY_KINDS)}, came {value['day_kind']!r}")
    days = _number("extension: days", value["days"], faults, 1)
    return Extension(days, str(value["day_kind"]), str(value.get("condition", "")))


def _agree(fields: Mapping[str, Any], faults: list[str]) -> None:
    """Faults between fields that are each right."""
    if fields.get("days") is None and not fields.get("no_term"):
        faults.append("days: missing; a rule without a number says so in no_term")
    if fields.get("days") is not None and fields.get("no_term"):
        faults.append("no_term: the row has days, so it has a term")
    if fields["cert"] == "D" and fields.get("enabled", True) and fields.get("kind", "statutory") == "statutory":
        faults.append("enabled: a row of certainty D is to be verified first; give another cert or enabled = false")
    first, last = fields.get("valid_from"), fields.get("valid_to")
    if first and last and first > last:
        faults.append(f"valid_to: {last} lies before valid_from {first}")

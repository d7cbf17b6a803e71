"""Reads files of ready replies: CSV with a header, JSON arrays, exports of help desks; a row at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zgoda.doors.json_fields import Failure, decoded_json, kind_of_value
from zgoda.doors.messages import MAX_TEXT
from zgoda.errors import InputError

_DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class MacroRow:
    """One ready reply; `number` counts as a spreadsheet does, so that the header of a CSV is row 1."""

    number: int
    id: Any
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column or key holds what: the name that was asked for, else the first known one that is there."""

    known: Mapping[str, Sequence[str]]
    text: str | None = None
    id: str | None = None

    def find(self, names: Sequence[str]) -> tuple[str, str | None, str | None]:
        """Names of the columns of text, id and title; raises InputError where none holds a text."""
        text = self._one(names, "text", self.text)
        if text is None:
            listed = ", ".join(repr(name) for name in names[:12]) or "none"
            raise InputError(f"no column of text is known among {listed}; name it with --text-column")
        return text, self._one(names, "id", self.id), self._one(names, "title", None)

    def knows(self, names: Sequence[str]) -> bool:
        """Whether one of them holds a text."""
        try:
            return bool(self.find(names))
        except InputError:
            return False

    def _one(self, names: Sequence[str], kind: str, asked: str | None) -> str | None:
        levelled = {name.strip().casefold(): name for name in reversed(names)}
        if asked is not None:
            found = levelled.get(asked.strip().casefold())
            if found is None:
                raise InputError(f"no column {asked!r} among {', '.join(repr(name) for name in names[:12])}")
            return found
        return next((levelled[name] for name in self.known[kind] if name in levelled), None)


def macro_rows(text: str, columns: Columns, table: Mapping[str, Any]) -> Iterator[MacroRow | Failure]:
    """The ready replies of a file, JSON where it begins like JSON; rows without a text are left out.

    `table` is tables/macros.toml. Raises InputError for a file that holds none.
    """
    if text.lstrip()[:1] in ("[", "{"):
        return _json_rows(text, columns, table)
    return _csv_rows(text, columns)


# -- CSV -------------------------------------------------------------------------------------------------------------


def _csv_rows(text: str, columns: Columns) -> Iterator[MacroRow]:
    csv.field_size_limit(MAX_TEXT)  # a reply may be longer than the limit that the library starts with
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, columns))
    try:
        header = next(rows, [])
        of_text, of_id, of_title = (None if name is None else header.index(name) for name in columns.find(header))
        for number, row in enumerate(rows, 2):
            body = _cell(row, of_text)
            if body.strip():
                yield MacroRow(number, _cell(row, of_id) or number, _cell(row, of_title), body)
    except csv.Error as error:
        raise InputError(f"not CSV near line {rows.line_num}: {error}") from error


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _delimiter(text: str, columns: Columns) -> str:
    """The sign under which the header has a known column of text, and the most columns."""

    def weigh(sign: str) -> tuple[bool, int]:
        try:
            header = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), [])
        except csv.Error:
            header = []
        return columns.knows(header), len(header)

    return max(_DELIMITERS, key=weigh)


# -- JSON ------------------------------------------------------------------------------------------------------------


def _json_rows(text: str, columns: Columns, table: Mapping[str, Any]) -> Iterator[MacroRow | Failure]:
    for number, macro in enumerate(_macros(decoded_json(text), table["lists"]["names"]), 1):
        try:
            yield from _json_row(number, macro, columns, table["actions"])
        except InputError as error:
            yield Failure(macro.get("id") if isinstance(macro, dict) else None, f"row {number}: {error}")


def _macros(value: Any, names: Sequence[str]) -> list[Any]:
    """The list of macros: the value itself, or what stands under a known key."""
    if isinstance(value, dict):
        value = next((value[name] for name in names if isinstance(value.get(name), list)), None)
    if not isinstance(value, list):
        raise InputError('expected a list of macros, or an object such as {"macros": [...]}')
    return value


def _json_row(number: int, macro: Any, columns: Columns, actions: Mapping[str, Any]) -> Iterator[MacroRow]:
    if not isinstance(macro, dict):
        raise InputError(f"expected an object, came {kind_of_value(macro)}")
    steps = macro.get(actions["key"])
    if isinstance(steps, list):
        of_id, of_title = columns.find([*macro, columns.text or columns.known["text"][0]])[1:]
        bodies = list(_written(steps, actions["fields"]))
    else:
        of_text, of_id, of_title = columns.find(list(macro))
        bodies = [_string(macro, of_text)]
    identity = macro.get(of_id) if of_id is not None else None
    for body in bodies:
        if body.strip():
            title = "" if of_title is None else _string(macro, of_title)
            yield MacroRow(number, number if identity is None else identity, title, body)


def _string(macro: Mapping[str, Any], key: str) -> str:
    value = macro[key]
    if value is not None and not isinstance(value, str):
        raise InputError(f"{key} must be a string, came {kind_of_value(value)}")
    return value or ""


def _written(steps: Sequence[Any], fields: Sequence[str]) -> Iterator[str]:
    """What the actions of a macro write to the customer; a value may be a pair of the channel and the text."""
    for step in steps:
        if isinstance(step, dict) and step.get("field") in fields:
            value = step.get("value")
            value = value[-1] if isinstance(value, list) and value else value
            if isinstance(value, str):
                yield value

"""Reads lines of evaluation: objects or JSON texts, checked, with faults that name the line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from zgoda.errors import InputError
from zgoda.values import LANGUAGES

T = TypeVar("T")
Line = Mapping[str, Any] | str | bytes | InputError


def object_of(line: Line, what: str) -> Mapping[str, Any] | None:
    """The object of a line, None for a blank one; raises InputError that says what is wrong with it."""
    if isinstance(line, InputError):
        raise line
    if isinstance(line, (str, bytes)):
        if not line.strip():
            return None
        try:
            line = json.loads(line)
        except (ValueError, RecursionError) as fault:
            raise InputError(f"not JSON: {fault}") from fault
    if not isinstance(line, Mapping):
        raise InputError(f"expected an object with the fields of a labelled {what}")
    return line


def judged(lines: Iterable[Line], what: str, judge: Callable[[Mapping[str, Any]], T], faults: list[str]) -> Iterator[T]:
    """What `judge` makes of every line that can be used; what is wrong with the others goes to `faults`."""
    for number, line in enumerate(lines, 1):
        try:
            found = object_of(line, what)
            if found is not None:
                yield judge(found)
        except InputError as fault:
            faults.append(f"line {number}: {fault}")


def need_text(line: Mapping[str, Any], *keys: str) -> None:
    """Refuse a line in which one of the keys is no text."""
    for key in keys:
        if not isinstance(line.get(key), str):
            raise InputError(f"{key}: expected a text, came {line.get(key)!r:.40}")


def need_kinds(line: Mapping[str, Any], key: str, known: tuple[str, ...]) -> None:
    """Refuse a line in which the key is no list of known labels."""
    kinds = line.get(key)
    if not isinstance(kinds, list):
        raise InputError(f"{key}: expected a list, came {kinds!r:.40}")
    for kind in kinds:
        if kind not in known:
            raise InputError(f"{key}: {kind!r:.40} is no label of it")


def language_of(line: Mapping[str, Any]) -> str:
    """The language under which a line is counted."""
    return line["lang"] if line["lang"] in LANGUAGES else "und"

"""Lines of JSON, one object in memory at a time, and their fields, checked in words that people understand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

from zgoda.doors.lines import MAX_LINE, numbered_lines
from zgoda.errors import InputError
from zgoda.values import LANGUAGES

T = TypeVar("T")
_LANGUAGES = (*LANGUAGES, "und")


@dataclass(frozen=True, slots=True)
class Failure:
    """A place in the input where nothing could be read; `fault` begins with the line or the mail."""

    id: Any
    fault: str


def json_lines(stream: BinaryIO, make: Callable[[dict[str, Any], str], T]) -> Iterator[T | Failure]:
    """What `make` gives for the object of each line and its place (`line 7: `); blank lines are left out.

    A line that is no object, or for which `make` raises InputError, is a Failure on its place.
    """
    for number, line in numbered_lines(stream):
        if line is None:
            yield Failure(None, f"line {number}: longer than {MAX_LINE >> 20} MiB")
            continue
        if not line.strip():
            continue
        identity: Any = None
        try:
            fields = fields_of(line)
            identity = fields.get("id")
            yield make(fields, f"line {number}: ")
        except InputError as error:
            yield Failure(identity, f"line {number}: {error}")


def fields_of(line: bytes) -> dict[str, Any]:
    """The object in a line; raises InputError for anything else."""
    try:
        fields = decoded_json(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8 at byte {error.start + 1}") from error
    if not isinstance(fields, dict):
        raise InputError('expected an object such as {"id": "1", "text": "..."}')
    return fields


def decoded_json(text: str) -> Any:
    """A JSON value; raises InputError for what is none, and for numbers that are none."""
    try:
        return json.loads(text, parse_constant=_no_number, parse_float=_finite)
    except RecursionError as error:
        raise InputError("not JSON: nested too deeply") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}" if error.lineno > 1 else f"character {error.colno}"
        raise InputError(f"not JSON: {error.msg} at {where}") from error
    except ValueError as error:
        raise InputError(f"not JSON: {error}") from error


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("a number is too large")
    return number


def text_of(fields: Mapping[str, Any]) -> str:
    """The text of a message or a reply."""
    if "text" not in fields:
        raise InputError("no text")
    text = fields["text"]
    if not isinstance(text, str):
        raise InputError(f"text must be a string, came {kind_of_value(text)}")
    return text


def language_of(fields: Mapping[str, Any]) -> str | None:
    """The hint of a language."""
    language = hint(fields, "lang")
    if language is not None and language not in _LANGUAGES:
        raise InputError(f"lang must be one of {', '.join(_LANGUAGES)}, came {language[:40]!r}")
    return language


def hint(fields: Mapping[str, Any], key: str) -> str | None:
    """A string that may be missing."""
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f"{key} must be a string, came {kind_of_value(value)}")
    return value


def kind_of_value(value: object) -> str:
    """The name of a value's kind in the words of JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    for kind, name in ((str, "a string"), (list, "a list"), (dict, "an object")):
        if isinstance(value, kind):
            return name
    return "a number"

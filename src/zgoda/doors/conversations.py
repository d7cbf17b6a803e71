"""Turns lines of JSON into conversations (labels-4): one object a line, one in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, BinaryIO

from zgoda.doors.clock import parse_time
from zgoda.doors.json_fields import Failure, hint, json_lines, kind_of_value, language_of
from zgoda.doors.messages import Defaults, level
from zgoda.errors import InputError
from zgoda.values import AUTHORS, CHANNELS, Context, Conversation, Turn

_WORDS = ("agent_name", "company", "customer_name", "customer_company", "manager", "stage", "interface_language")
_GENDERS = ("agent_gender", "customer_gender")
_MOST_TURNS = 10_000


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation with its id, the time at which it is looked at, and its place in the source."""

    id: Any
    conversation: Conversation
    now: datetime
    place: str


def conversations(stream: BinaryIO, defaults: Defaults) -> Iterator[Case | Failure]:
    """The conversations of a stream; a line that cannot be read is a Failure on its place."""
    return json_lines(stream, lambda fields, place: _case(fields, defaults, place))


def _case(fields: Mapping[str, Any], defaults: Defaults, place: str) -> Case:
    said = hint(fields, "now")
    own = parse_time(said) if said is not None else None
    conversation = conversation_of(fields, defaults.channels)
    if conversation.language is None:
        conversation = replace(conversation, language=defaults.language)
    return Case(fields.get("id"), conversation, defaults.time(own), place)


def conversation_of(fields: Mapping[str, Any], channels: Mapping[str, str]) -> Conversation:
    """A conversation from its JSON object; `channels` are names of channels, levelled, with the channel they mean.

    Raises InputError that says which key is wrong and what was expected.
    """
    raw = fields.get("turns")
    if not isinstance(raw, list):
        raise InputError(f"turns must be a list of turns, came {kind_of_value(raw)}")
    if len(raw) > _MOST_TURNS:
        raise InputError(f"more than {_MOST_TURNS} turns")
    language = language_of(fields)
    turns = tuple(_turn(each, number) for number, each in enumerate(raw))
    return Conversation(turns, language, _context(fields, channels))


def _turn(raw: object, number: int) -> Turn:
    """One turn; what is wrong is said with the number of the turn, from 0 as in the answer."""
    if not isinstance(raw, dict):
        raise InputError(f"turn {number} must be an object, came {kind_of_value(raw)}")
    try:
        author, text = raw.get("author"), raw.get("text")
        if author not in AUTHORS:
            raise InputError(f"author must be customer or agent, came {str(author)[:40]!r}")
        if not isinstance(text, str):
            raise InputError(f"text must be a string, came {kind_of_value(text)}")
        at = hint(raw, "at")
        return Turn(author, text, None if at is None else _time(at), hint(raw, "name"), hint(raw, "role"))
    except InputError as error:
        raise InputError(f"turn {number}: {error}") from error


def _time(text: str) -> datetime:
    try:
        return parse_time(text)
    except InputError as error:
        raise InputError(f"at must be a time such as 2026-11-26T12:00+01:00, came {text[:40]!r}") from error


def _context(fields: Mapping[str, Any], channels: Mapping[str, str]) -> Context:
    words = {key: hint(fields, key) for key in _WORDS}
    for key in _GENDERS:
        words[key] = hint(fields, key)
        if words[key] not in (None, "m", "f"):
            raise InputError(f"{key} must be m or f, came {str(words[key])[:40]!r}")
    available = fields.get("colleague_available")
    if available is not None and not isinstance(available, bool):
        raise InputError(f"colleague_available must be true or false, came {kind_of_value(available)}")
    return Context(
        channel=_channel(hint(fields, "channel"), channels),
        colleague_available=available is not False,
        slots=_slots(fields.get("slots")),
        **words,
    )


def _channel(name: str | None, channels: Mapping[str, str]) -> str | None:
    known = None if name is None else channels.get(level(name))
    if name is not None and known is None:
        raise InputError(f"channel must be one of {', '.join(CHANNELS)}, came {name[:40]!r}")
    return known


def _slots(raw: object) -> tuple[tuple[str, str], ...]:
    if raw is None:
        return ()
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise InputError("slots must be an object of strings")
    return tuple(raw.items())

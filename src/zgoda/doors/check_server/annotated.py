"""LanguageTool's annotated text: what is to be read, and where each letter of it stands in the text as sent."""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from zgoda.doors.check_server.answers import Refusal


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch: it begins at `read` in the text to be read and at `given` in the text as sent, in code points.

    Text is as long in both; markup has `length` in the text as sent and is read as `shown` letters, often none.
    """

    read: int
    given: int
    length: int
    shown: int
    markup: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text to be read and the text as sent, markup included, with the parts that join them."""

    text: str
    given: str
    parts: tuple[Part, ...]

    @classmethod
    def plain(cls, text: str) -> Annotated:
        """A text without markup."""
        return cls(text, text, (Part(0, 0, len(text), len(text), False),))

    def place(self, start: int, end: int) -> tuple[int, int, bool]:
        """A span of the text to be read as a span of the text as sent, and whether markup lies in it.

        What markup is read as stands nowhere in the text as sent, so a span that begins or ends there takes all of
        that markup in. A span must not be empty.
        """
        first, last = self._part(start), self._part(end - 1)
        one, other = self.parts[first], self.parts[last]
        begin = one.given if one.markup else one.given + start - one.read
        after = other.given + (other.length if other.markup else end - other.read)
        return begin, after, any(part.markup for part in self.parts[first : last + 1])

    def _part(self, position: int) -> int:
        """The part in which a letter to be read stands: of those that begin there, the one that is read."""
        return bisect_right(self.parts, position, key=lambda part: part.read) - 1


def parse_data(data: str) -> Annotated:
    """The value of the parameter `data`: JSON with `text`, or with `annotation`, a list of text and markup.

    Raises Refusal (400) for anything else.
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "Could not parse JSON from 'data' parameter") from error
    if not isinstance(value, dict) or ("text" in value) == ("annotation" in value):
        raise Refusal(400, "'data' key in JSON requires either 'text' or 'annotation' key")
    if "text" in value:
        return Annotated.plain(_string(value, "text"))
    items = value["annotation"]
    if not isinstance(items, list):
        raise Refusal(400, "'annotation' in 'data' must be a list")
    return _joined(items)


def _joined(items: list[Any]) -> Annotated:
    read: list[str] = []
    given: list[str] = []
    parts: list[Part] = []
    at_read = at_given = 0
    for item in items:
        source, shown, markup = _item(item)
        parts.append(Part(at_read, at_given, len(source), len(shown), markup))
        read.append(shown)
        given.append(source)
        at_read += len(shown)
        at_given += len(source)
    return Annotated("".join(read), "".join(given), tuple(parts))


def _item(item: Any) -> tuple[str, str, bool]:
    """One entry of `annotation`: as sent, as read, and whether it is markup."""
    if not isinstance(item, dict) or ("text" in item) == ("markup" in item):
        raise Refusal(400, "each entry of 'annotation' requires either 'text' or 'markup'")
    if "text" in item:
        if "interpretAs" in item:
            raise Refusal(400, "'interpretAs' in 'annotation' goes with 'markup', not with 'text'")
        text = _string(item, "text")
        return text, text, False
    shown = "" if item.get("interpretAs") is None else _string(item, "interpretAs")
    return _string(item, "markup"), shown, True


def _string(item: dict[str, Any], key: str) -> str:
    value = item[key]
    if not isinstance(value, str):
        raise Refusal(400, f"'{key}' in 'data' must be a string")
    return value

"""Which characters can a pattern begin with? Lets a pattern be tried only where it has a chance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]
_SETS = {"CATEGORY_DIGIT": "0123456789", "CATEGORY_SPACE": " \n\t"}


def firsts(pattern: str) -> frozenset[str]:
    """The characters a match can begin with; ValueError when the pattern can be empty or begin with anything."""
    chars, open_end = _sequence(_parser.parse(pattern))
    if open_end:
        raise ValueError(f"can match nothing: {pattern}")
    return frozenset(chars)


def _sequence(nodes: Iterable[Any]) -> tuple[set[str], bool]:
    chars: set[str] = set()
    for node in nodes:
        more, open_end = _node(str(node[0]), node[1])
        chars |= more
        if not open_end:
            return chars, False
    return chars, True


def _node(name: str, value: Any) -> tuple[set[str], bool]:
    """The first characters of one part, and whether the part can be empty."""
    read = _READERS.get(name)
    if read is None:
        raise ValueError(f"a pattern may not begin with {name}")
    return read(value)


def _branch(value: Any) -> tuple[set[str], bool]:
    parts = [_sequence(branch) for branch in value[1]]
    return set().union(*(chars for chars, _ in parts)), any(open_end for _, open_end in parts)


def _repeat(value: Any) -> tuple[set[str], bool]:
    least, _, body = value
    chars, open_end = _sequence(body)
    return chars, open_end or least == 0


def _set(items: Iterable[Any]) -> set[str]:
    chars: set[str] = set()
    for name, value in items:
        if str(name) == "LITERAL":
            chars.add(chr(value))
        elif str(name) == "RANGE":
            chars |= {chr(code) for code in range(value[0], value[1] + 1)}
        elif str(value) in _SETS:
            chars |= set(_SETS[str(value)])
        else:
            raise ValueError(f"a pattern may not begin with a set of {name} {value}")
    return chars


_READERS: dict[str, Callable[[Any], tuple[set[str], bool]]] = {
    "LITERAL": lambda value: ({chr(value)}, False),
    "IN": lambda value: (_set(value), False),
    "SUBPATTERN": lambda value: _sequence(value[3]),
    "ATOMIC_GROUP": _sequence,
    "BRANCH": _branch,
    **dict.fromkeys(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"), _repeat),
    **dict.fromkeys(("AT", "ASSERT", "ASSERT_NOT"), lambda _: (set(), True)),
}

"""What can be told of a regular expression by its parts: whether its time may grow too fast, how far it looks back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]
_UNBOUNDED = int(_parser.MAXREPEAT)
_GREEDY = {"MAX_REPEAT", "MIN_REPEAT"}
_REPEATS = {*_GREEDY, "POSSESSIVE_REPEAT"}
_BEHIND = -1  # the direction the parser gives to a look-behind
_MOST = 20_000  # the most ways that bounded repeats within each other may multiply to


def faults(pattern: str) -> list[str]:
    """What is wrong with a pattern, in words; empty when it may be used.

    An unbounded repeat must be possessive (`\\d++`) or follow a look-behind (`(?<!\\d)\\d+`), so that no failed
    match is tried again from within. Bounded repeats in one another must not multiply beyond reason. Back-references
    are refused. A pattern that cannot be parsed is a fault too.
    """
    try:
        tree = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError) as fault:
        return [f"cannot be parsed: {fault}"]
    return _sequence(tree, anchored=False, ways=1, inside=False)


def _sequence(nodes: Sequence[Any], *, anchored: bool, ways: int, inside: bool) -> list[str]:
    """`anchored`: a look-behind stands directly before; `inside`: within an unbounded repeat."""
    found: list[str] = []
    for operator, value in nodes:
        name = str(operator)
        if name in _REPEATS:
            found += _repeat(name, value, anchored=anchored, ways=ways, inside=inside)
        elif name in ("GROUPREF", "GROUPREF_EXISTS"):
            found.append("refers back to a group")
        else:
            for part in _parts(name, value):
                found += _sequence(part, anchored=anchored, ways=ways, inside=inside)
        anchored = _keeps(name, value, anchored)
    return found


def _keeps(name: str, value: Any, anchored: bool) -> bool:
    """Is what follows still anchored? Zero-width parts keep the anchor, a look-behind sets it."""
    if name in ("ASSERT", "ASSERT_NOT"):
        return anchored or value[0] == _BEHIND
    return anchored and name == "AT"


def _repeat(name: str, value: Any, *, anchored: bool, ways: int, inside: bool) -> list[str]:
    least, most, body = value
    unbounded = int(most) >= _UNBOUNDED
    found: list[str] = []
    if unbounded and name in _GREEDY:
        if inside:
            found.append("an unbounded repeat within an unbounded repeat must be possessive")
        elif not anchored:
            found.append("an unbounded repeat is neither possessive nor behind a look-behind")
    if not unbounded and name in _GREEDY and most != least:
        ways *= int(most)
        if ways > _MOST:
            found.append("bounded repeats within each other multiply beyond reason")
    return found + _sequence(body, anchored=anchored, ways=ways, inside=inside or unbounded)


def _parts(name: str, value: Any) -> list[Sequence[Any]]:
    """The sequences inside a group, a look-around or an alternation."""
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "ATOMIC_GROUP":
        return [value]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [value[1]]
    if name == "BRANCH":
        return list(value[1])
    return []


def looks_behind(pattern: str) -> int:
    """How many characters before the place of a match bear on it at most (0 for a pattern that never looks back)."""
    return _behind(_parser.parse(pattern))


def _behind(nodes: Sequence[Any]) -> int:
    """The widths of all look-behinds together, and one for each place that asks whether a word begins or ends."""
    seen = 0
    for operator, value in nodes:
        name = str(operator)
        if name == "AT":
            seen = max(seen, 1)
        elif name in ("ASSERT", "ASSERT_NOT") and value[0] == _BEHIND:
            seen += int(value[1].getwidth()[1]) + _behind(value[1])
        else:
            body = [value[2]] if name in _REPEATS else _parts(name, value)
            seen += sum(_behind(part) for part in body)
    return seen

"""Reads the conditions of the tables: literals, named guards, and lists of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import product

from zgoda.protocol.state import ALWAYS, KINDS, Condition, Literal


class Conditions:
    """Parses conditions against the names that exist; what is wrong is collected in `faults`."""

    def __init__(self, known: Mapping[str, Collection[str]], faults: list[str]) -> None:
        self._known = known
        self._guards: dict[str, Condition] = {}
        self._faults = faults

    def add_guards(self, guards: Mapping[str, Iterable[Iterable[str]]]) -> None:
        """Take in named guards, each a list of lines of literals."""
        for name, lines in guards.items():
            self._guards[name] = self.lines(lines, f"guards: {name}")

    def lines(self, lines: Iterable[Iterable[str]], where: str) -> Condition:
        """A condition written as lines of which any may hold."""
        return tuple(tuple(self._literal(text, where) for text in line) for line in lines) or ALWAYS

    def every(self, texts: Iterable[str], where: str) -> Condition:
        """A condition written as a row's `when`: literals and guards, all of which must hold."""
        parts = [self._part(text, where) for text in texts]
        return tuple(tuple(literal for line in lines for literal in line) for lines in product(*parts))

    def _part(self, text: str, where: str) -> Condition:
        bare = text.removeprefix("!")
        guard = self._guards.get(bare)
        if guard is None:
            return ((self._literal(text, where),),)
        if bare == text:
            return guard
        contrary = [[Literal(x.kind, x.name, not x.negated) for x in line] for line in guard]
        return tuple(product(*contrary))  # not (a and b, or c) = (not a, or not b) and not c

    def _literal(self, text: str, where: str) -> Literal:
        kind, _, name = text.removeprefix("!").partition(":")
        if kind not in KINDS:
            self._faults.append(f"{where}: {text!r} is no guard and no condition; kinds are {', '.join(KINDS)}")
        elif name not in self._known[kind]:
            self._faults.append(f"{where}: {text!r} names nothing that exists")
        return Literal(kind, name, text.startswith("!"))

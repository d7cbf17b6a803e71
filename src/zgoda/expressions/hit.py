"""What a normaliser is given: one match, the tables that explain its words, and the time it is read at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from zgoda.expressions.tables import Words

Parts = Mapping[str, tuple[str, ...]]  # a part's name, and the groups that may hold it


class Hit(NamedTuple):
    """A match in the shadow; `low` is the text it shadows, in lower case and with the same offsets."""

    match: re.Match[str]
    parts: Parts
    low: str
    words: Words
    language: str
    now: datetime | None
    spoken: str | None

    def part(self, name: str) -> str | None:
        """The words of a named part (group `n`, or `n2`, `n3` ... of another alternative); None where it is absent."""
        for group in self.parts.get(name, ()):
            start, end = self.match.span(group)
            if start >= 0:
                return self.low[start:end]
        return None

    def value(self, name: str) -> str | None:
        """The table value of the one word in the part `name`, in the class of the same name."""
        word = self.part(name)
        return None if word is None else self.words.value(name, word)


def parts_of(regex: re.Pattern[str]) -> Parts:
    """Which groups of a regex hold which part: `n`, `n2`, `n3` are one part in different alternatives."""
    parts: dict[str, tuple[str, ...]] = {}
    for group in regex.groupindex:
        name = group.rstrip("0123456789")
        parts[name] = (*parts.get(name, ()), group)
    return parts

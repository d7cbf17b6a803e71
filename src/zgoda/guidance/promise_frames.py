"""Times in what an agent writes: "в четверг до 15:00", „w ciągu dwóch dni roboczych", "by Friday noon"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from zgoda.expressions import fold
from zgoda.expressions.firsts import firsts
from zgoda.expressions.hit import Hit, Parts, parts_of
from zgoda.expressions.tables import Words
from zgoda.guidance.promise_words import compile_regex

_PIECE = re.compile(r"([^\W\d_]++)")
_WORD_BEFORE = re.compile(r"([\w']{1,20})[ ,]{1,2}\Z")
_LEADS = 5  # words before a time that belong to it: "не позднее чем в", "no later than"
NONE = "none"  # the kind of frames that only keep others away: "за час до приезда"


class Frame(NamedTuple):
    """A time in the text: `[start, end)` with its prepositions, its kind, a fixed value or None, and the match.

    Kinds: `day`, `clock`, `span` (a duration from now), `edge` (the end of a day, week, month, year), `now`.
    """

    start: int
    end: int
    kind: str
    value: str | None
    hit: Hit


@dataclass(frozen=True, slots=True)
class _Pattern:
    kind: str
    value: str | None
    regex: re.Pattern[str]
    parts: Parts


@dataclass(frozen=True)
class Frames:
    """Finds times; built once from a language's table."""

    language: str
    words: Words
    patterns: tuple[_Pattern, ...]
    leads: frozenset[str]
    not_due: frozenset[str]
    begun: Mapping[str, tuple[int, ...]]  # the patterns, by number, that a sign may begin
    starts: re.Pattern[str]

    @classmethod
    def of(cls, language: str, table: Mapping[str, Any], words: Words) -> Frames:
        """`words` know the classes of the table; KeyError or ValueError name an entry that cannot be used."""
        patterns = []
        for entry in table["frame"]:
            regex = compile_regex(words.expand(entry["regex"]), entry["regex"])
            patterns.append(_Pattern(entry["kind"], entry.get("value"), regex, parts_of(regex)))
        leads, not_due = (frozenset(table["sets"][name].split()) for name in ("leads", "not_due"))
        begun = _begun(patterns)
        starts = re.compile(f"[{''.join(map(re.escape, sorted(begun)))}]" if begun else "(?!)")
        return cls(language, words, tuple(patterns), leads, not_due, begun, starts)

    def find(self, text: str) -> list[Frame]:
        """Times in reading order, without overlaps: the longest wins, of two equals the earlier entry."""
        low = fold.lower(fold.level(text))
        mark = self.words.marks.get
        pieces = _PIECE.split(low)  # every second one is a word
        pieces[1::2] = [mark(word, word) for word in pieces[1::2]]
        shadow = "".join(pieces)
        hits = [(m.start() - m.end(), order, m, self.patterns[order]) for order, m in self._matches(shadow)]
        taken: list[Frame] = []
        starts: list[int] = []
        for _, _, match, pattern in sorted(hits, key=lambda hit: hit[:2]):
            start, end = match.span()
            place = bisect_left(starts, start)
            free = (place == 0 or taken[place - 1].end <= start) and (place == len(starts) or starts[place] >= end)
            if free:
                starts.insert(place, start)
                hit = Hit(match, pattern.parts, low, self.words, self.language, None, "future")
                taken.insert(place, Frame(start, end, pattern.kind, pattern.value, hit))
        led = [self._with_leads(frame, low) for frame in taken if frame.kind != NONE]
        return [frame for frame in led if not self._dated(frame, low)]

    def _matches(self, shadow: str) -> Iterator[tuple[int, re.Match[str]]]:
        """Every pattern's matches that do not overlap, looked for only where a sign stands that it may begin with."""
        free = [0] * len(self.patterns)
        matchers = [pattern.regex.match for pattern in self.patterns]
        for start in self.starts.finditer(shadow):
            place = start.start()
            for order in self.begun[start[0]]:
                if place >= free[order] and (match := matchers[order](shadow, place)):
                    free[order] = match.end()
                    yield order, match

    def _dated(self, frame: Frame, low: str) -> bool:
        """Whether the day is that of a letter or a bill: "письмо от 14 ноября"."""
        before = _WORD_BEFORE.search(low, max(frame.start - 22, 0), frame.start)
        return frame.kind == "day" and not frame.hit.part("relday") and before is not None and before[1] in self.not_due

    def _with_leads(self, frame: Frame, low: str) -> Frame:
        start = frame.start
        for _ in range(_LEADS):
            before = _WORD_BEFORE.search(low, max(start - 22, 0), start)
            if before is None or before[1] not in self.leads:
                break
            start = before.start()
        return frame._replace(start=start)


def _begun(patterns: Iterable[_Pattern]) -> dict[str, tuple[int, ...]]:
    """The numbers of the patterns by the signs that they may begin with; ValueError names one that may be empty."""
    begun: dict[str, tuple[int, ...]] = {}
    for order, pattern in enumerate(patterns):
        for char in firsts(pattern.regex.pattern):
            begun[char] = (*begun.get(char, ()), order)
    return begun

"""Finds facts: marks known words, tries each pattern only where one of its beginnings stands, keeps the longest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from zgoda.expressions import fold
from zgoda.expressions.firsts import firsts
from zgoda.expressions.hit import Hit, Parts, parts_of
from zgoda.expressions.normalise import NORMALISERS
from zgoda.expressions.tables import Words, build_words

Tense = Literal["past", "future"]
Spoken = Tense | Callable[[int], Tense | None] | None

_PIECES = re.compile(r"[^\W\d_]++|[\W\d_]++")
_ONE_VALUE = {"date", "money", "phone", "email", "url"}  # equal values of these kinds are one fact, however worded
_NONE = "none"  # the kind of patterns that only keep others away


class Found(NamedTuple):
    """A fact: its kind, its span `[start, end)` in code points, its normalised value or None, the pattern's id."""

    kind: str
    start: int
    end: int
    value: str | None
    pattern: str


@dataclass(frozen=True, slots=True)
class _Pattern:
    id: str
    kind: str
    order: int
    weak: bool
    regex: re.Pattern[str]
    normalise: Callable[[Hit], str | None] | None
    needs: re.Pattern[str] | None
    parts: Parts
    spans: tuple[str | int, ...]  # the groups that may hold the span, the whole match last


_Hits = list[tuple[int, int, int, _Pattern, re.Match[str]]]
_Chosen = tuple[int, int, _Pattern, re.Match[str]]


@dataclass(frozen=True)
class Expressions:
    """The patterns of one language, ready to run; immutable, built once by `build`."""

    language: str
    words: Words
    at_start: Mapping[str, tuple[_Pattern, ...]]
    starts: re.Pattern[str]
    searched: tuple[_Pattern, ...]

    def find(self, text: str, *, now: datetime | None = None, spoken: Spoken = None) -> list[Found]:
        """Facts in reading order: no overlaps, the longest wins, the same fact said twice once.

        `now` resolves relative dates and missing years (without it they have no value). `spoken` says whether the words
        tell what happened ("past": a weekday is the last one) or what is wanted ("future": the next one); it may be
        a function of the offset. None reads as past for weekdays and as the nearest for dates without a year.
        """
        levelled = fold.level(text)
        low = fold.lower(levelled)
        shadow = self._shadow(low)
        hits = self._search(levelled)
        self._match(shadow, hits)
        if not hits:
            return []
        return _unique(self._found(hits, low, now, spoken), low)

    def _shadow(self, low: str) -> str:
        """The text with a mark in place of every known word; most words stand between spaces, the rest is cut up."""
        mark = self.words.marks.get
        parts = [mark(word) or (word if word.isalpha() else self._cut(word)) for word in low.split(" ")]
        return " ".join(parts)

    def _cut(self, piece: str) -> str:
        mark = self.words.marks.get
        head = piece[:-1]
        if head.isalpha():  # a word and the sign behind it
            return mark(head, head) + piece[-1]
        return "".join([mark(part, part) for part in _PIECES.findall(piece)])

    def _search(self, text: str) -> _Hits:
        hits: _Hits = []
        for pattern in self.searched:
            if pattern.needs and pattern.needs.search(text):
                for match in pattern.regex.finditer(text):
                    _add(hits, pattern, match)
        return hits

    def _match(self, shadow: str, hits: _Hits) -> None:
        at_start = self.at_start
        for start in self.starts.finditer(shadow):
            position = start.start()
            for pattern in at_start[shadow[position]]:
                match = pattern.regex.match(shadow, position)
                if match:
                    _add(hits, pattern, match)

    def _found(self, hits: _Hits, low: str, now: datetime | None, spoken: Spoken) -> Iterable[Found]:
        for start, end, pattern, match in _choose(hits):
            if pattern.kind == _NONE:
                continue
            value = None
            if pattern.normalise:
                tense = spoken(start) if callable(spoken) else spoken
                value = pattern.normalise(Hit(match, pattern.parts, low, self.words, self.language, now, tense))
            yield Found(pattern.kind, start, end, value, pattern.id)


def _add(hits: _Hits, pattern: _Pattern, match: re.Match[str]) -> None:
    start, end = next(span for group in pattern.spans if (span := match.span(group))[0] >= 0)
    if start < end:
        hits.append((start, start - end, pattern.order, pattern, match))


def _choose(hits: _Hits) -> list[_Chosen]:
    """No overlaps: any pattern before a weak one, the longer before the shorter, the earlier entry before the later."""
    strong = _longest([hit for hit in hits if not hit[3].weak])
    weak = _longest([hit for hit in hits if hit[3].weak])
    free = [one for one in weak if not _overlapped(one, strong)]
    return sorted(strong + free, key=lambda one: one[0]) if free else strong


def _overlapped(one: _Chosen, others: Sequence[_Chosen]) -> bool:
    """Whether one of `others`, which go up and do not overlap, shares a letter with it."""
    place = bisect_left(others, one[1], key=lambda other: other[0])
    return place > 0 and others[place - 1][1] > one[0]


def _longest(hits: _Hits) -> list[_Chosen]:
    hits.sort(key=lambda hit: hit[:3])
    chosen: list[_Chosen] = []
    for start, minus, _, pattern, match in hits:
        one = (start, start - minus, pattern, match)
        if not chosen or start >= chosen[-1][1]:
            chosen.append(one)
        elif -minus > chosen[-1][1] - chosen[-1][0]:
            chosen[-1] = one
    return chosen


def _unique(found: Iterable[Found], low: str) -> list[Found]:
    seen: set[tuple[str, str]] = set()
    kept = []
    for fact in found:
        said = (fact.kind, low[fact.start : fact.end])
        meant = (fact.kind, fact.value) if fact.value and fact.kind in _ONE_VALUE else said
        if said not in seen and meant not in seen:
            kept.append(fact)
        seen |= {said, meant}
    return kept


def build(language: str, tables: Sequence[Mapping[str, Any]], entries: Sequence[Mapping[str, Any]]) -> Expressions:
    """Builds the expressions of one language from parsed content.

    `tables`: the tables/expressions.toml files that apply (common first); `entries`: the `[[pattern]]` tables of all
    patterns/facts.toml that apply, in order of precedence. Raises ValueError, KeyError or re.error with the id of
    the entry whose regex cannot be used.
    """
    words = build_words(tables, [entry["regex"] for entry in entries])
    at_start: dict[str, list[_Pattern]] = {}
    searched: list[_Pattern] = []
    for order, entry in enumerate(entries):
        try:
            pattern = _compile(order, entry, words)
            if pattern.needs:
                searched.append(pattern)
                continue
            for char in firsts(pattern.regex.pattern):
                at_start.setdefault(char, []).append(pattern)
        except (ValueError, KeyError, re.error) as fault:
            raise type(fault)(f"{entry['id']}: {fault}") from fault
    begun = {char: tuple(patterns) for char, patterns in at_start.items()}
    return Expressions(language, words, begun, _starts(begun), tuple(searched))


def _starts(at_start: Mapping[str, object]) -> re.Pattern[str]:
    """Where a pattern may begin; a run of digits is one beginning, not one for each digit."""
    if not at_start:
        return re.compile("(?!)")
    signs = "".join(re.escape(char) for char in sorted(at_start))
    return re.compile(f"[{signs}](?:(?<=[0-9])[0-9]*+|(?<![0-9]))")


def _compile(order: int, entry: Mapping[str, Any], words: Words) -> _Pattern:
    regex = re.compile(words.expand(entry["regex"]))
    needs = "|".join(entry.get("needs", ()))
    parts = parts_of(regex)
    return _Pattern(
        id=entry["id"],
        kind=entry["kind"],
        order=order,
        weak=bool(entry.get("weak")),
        regex=regex,
        normalise=NORMALISERS[entry["value"]] if entry.get("value") else None,
        needs=re.compile(needs) if needs else None,
        parts=parts,
        spans=(*parts.get("span", ()), 0),
    )

"""Cut a sentence of an agent into parts, and see which of them promise something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from zgoda.guidance.promise_frames import Frame
from zgoda.guidance.promise_words import PromiseWords, Verb
from zgoda.rules.linear import looks_behind

_WORD = re.compile(r"[^\W\d_]++(?:['-][^\W\d_]++)*+")
_MARKS = re.compile(r"[,;:()\n]|(?<=\s)[-](?=\s)")
_NEAR = 2  # words before a verb in which a negation bears on it
_MAIN, _SUB, _CONDITION = "main", "sub", "condition"


class Act(NamedTuple):
    """A verb (or another opening) that promises, at `[start, end)`."""

    start: int
    end: int
    verb: Verb


@dataclass(slots=True)
class Part:
    """`[start, end)` of a sentence: its kind (`main`, `sub`, `condition`), words, times and promising acts."""

    start: int
    end: int
    kind: str
    joined: bool
    words: list[tuple[str, int]] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    def has(self, words: frozenset[str]) -> bool:
        """Whether one of the words stands here."""
        return any(word in words for word, _ in self.words)

    def untimed(self) -> list[str]:
        """Its words outside its times."""
        if not self.frames:
            return [word for word, _ in self.words]
        return [word for word, at in self.words if not any(f.start <= at < f.end for f in self.frames)]


class Clauses:
    """Cuts and judges sentences of one language; `low` is the whole text in lower case, of the same length."""

    def __init__(self, words: PromiseWords) -> None:
        self._words = words
        sets = words.sets
        self._joining = sets["and"] | sets["joins"]
        self._openers = self._joining | sets["conditions"] | sets["subordinate"]
        self._ahead = sets["customers"] | sets["customers_ahead"]
        self._no_verbs = sets["no_verbs"] | sets["vows"]
        patterns = (_WORD, _MARKS, *(head.regex for head in words.heads))
        self.behind = max(looks_behind(pattern.pattern) for pattern in patterns)
        """How many characters before a sentence bear on its parts."""

    def parts(
        self, low: str, start: int, end: int, frames: Sequence[Frame], quoted: Sequence[tuple[int, int]]
    ) -> list[Part]:
        """The parts of the sentence `[start, end)` in order, with their acts."""
        words = [
            (found[0], found.start())
            for found in _WORD.finditer(low, start, end)
            if not any(a <= found.start() < b for a, b in quoted)
        ]
        cuts = self._cuts(low, start, end, words, frames)
        made: list[Part] = []
        for first, after in zip(cuts, [*cuts[1:], end], strict=True):
            part = self._part(first, after, words, frames, made[-1] if made else None)
            if part.words or part.frames:
                made.append(part)
                if part.kind == _MAIN:
                    part.acts = self._acts(low, part)
                if not part.acts and self._past(part):
                    part.frames = []  # when it happened, not when it will be done
        return made

    def _cuts(self, low: str, start: int, end: int, words: list[tuple[str, int]], frames: Sequence[Frame]) -> list[int]:
        """Behind marks and before opening words, never within a time."""
        places = {mark.end() for mark in _MARKS.finditer(low, start, end)}
        places |= {at for word, at in words if word in self._openers}
        inside = [(f.start, f.end) for f in frames]
        return [start, *sorted(p for p in places if start < p < end and not any(a < p < b for a, b in inside))]

    def _part(
        self, start: int, end: int, words: list[tuple[str, int]], frames: Sequence[Frame], before: Part | None
    ) -> Part:
        own = [(word, at) for word, at in words if start <= at < end]
        sets = self._words.sets
        joined = bool(own) and own[0][0] in sets["and"]
        opening = next((word for word, _ in own if word not in self._joining), "")
        kind = _MAIN
        asked = before is not None and bool(before.words) and before.words[-1][0] in sets["indirect"]
        if opening in sets["conditions"]:
            kind = _SUB if asked else _CONDITION
        elif opening in sets["subordinate"] and not (before is not None and self._vow(before)):
            kind = _SUB
        held = [frame for frame in frames if start <= frame.start < end]
        return Part(start, end, kind, joined, own, held)

    def _past(self, part: Part) -> bool:
        return any(self._words.past.fullmatch(word) for word in part.untimed())

    def _vow(self, part: Part) -> bool:
        """ "I promise that ..." makes what follows a promise; "I did not promise that ..." does not."""
        sets = self._words.sets
        return part.has(sets["vows"]) and not part.has(sets["negations"])

    def _acts(self, low: str, part: Part) -> list[Act]:
        sets = self._words.sets
        bare = part.untimed()
        if any(word in sets["hedges"] for word in bare):  # "May" within a date is no hedge
            return []
        habit = part.has(sets["general"]) or any(word in sets["habits"] for word in bare)
        past = self._past(part)
        acts = self._verbs(part) + self._heads(low, part)
        acts = [act for act in acts if not (past and act.verb.present)] or self._guessed(part, past=past)
        if habit:
            acts = [act for act in acts if not act.verb.present and act.verb.who in ("agent", "team")]
        if not acts and not habit and not past:
            return self._nouns(low, part)
        return sorted(acts, key=lambda act: act.start)

    def _verbs(self, part: Part) -> list[Act]:
        acts = []
        sets = self._words.sets
        for number, (word, at) in enumerate(part.words):
            verb = self._words.verbs.get(word)
            if verb is None:
                continue
            ahead = part.words[number - 1][0] if number else ""
            behind = part.words[number + 1][0] if number + 1 < len(part.words) else ""
            customer = ahead in self._ahead or behind in sets["customers"]
            if not (customer and verb.who == "third") and not self._negated(part, number):
                acts.append(Act(at, at + len(word), verb))
        return acts

    def _guessed(self, part: Part, *, past: bool) -> list[Act]:
        """A verb that is in no list, known by its ending; only where a day or term stands beside it.

        An hour alone is no term there: "Salon otwieramy o 10:00".
        """
        if past or all(frame.kind in ("clock", "now") for frame in part.frames):
            return []
        for number, (word, at) in enumerate(part.words):
            for who, regex in self._words.guesses:
                if word not in self._no_verbs and regex.fullmatch(word) and not self._negated(part, number):
                    return [Act(at, at + len(word), Verb(who, None, present=True))]
        return []

    def _negated(self, part: Part, number: int) -> bool:
        negations = self._words.sets["negations"]
        return any(word in negations for word, _ in part.words[max(number - _NEAR, 0) : number])

    def _heads(self, low: str, part: Part) -> list[Act]:
        acts = []
        nobody = any(word in self._words.sets["nobody"] for word in part.untimed())
        for head in self._words.heads:
            if head.bare or (nobody and head.who == "third"):
                continue
            for found in head.regex.finditer(low, part.start, part.end):
                if not any(found.start() <= at < found.end() or at == found.start() for _, at in part.words):
                    continue  # within a quotation
                verb = found.groupdict().get("verb")
                if head.known and verb not in self._words.bases:
                    continue
                channel = head.channel or (self._words.bases.get(verb) if verb else None)
                acts.append(Act(found.start(), found.end(), Verb(head.who, channel, head.present)))
        return acts

    def _nouns(self, low: str, part: Part) -> list[Act]:
        """Without a verb a noun promises where a time stands beside it: "замена в пятницу"."""
        if not part.frames or part.has(self._words.sets["negations"]):
            return []
        for head in self._words.heads:
            found = head.regex.search(low, part.start, part.end) if head.bare else None
            if found:
                return [Act(found.start(), found.end(), Verb(head.who, head.channel, present=True))]
        return []

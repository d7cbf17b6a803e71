"""Finds what an agent promises: who does what, by when, by which channel."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from functools import cached_property
from typing import Any

from zgoda.expressions import Expressions, fold
from zgoda.guidance.promise_clauses import Act, Clauses, Part
from zgoda.guidance.promise_due import Terms, due_of
from zgoda.guidance.promise_frames import Frame, Frames
from zgoda.guidance.promise_pieces import Piece
from zgoda.guidance.promise_words import PromiseWords, frame_words, promise_words
from zgoda.text.remembered import Remembered
from zgoda.text.sentences import in_sentences
from zgoda.values import Promise

_QUOTED = re.compile(r"«[^«»]{0,400}+»|„[^„”“\"]{0,400}+[”“\"]|“[^“”]{0,400}+”|\"[^\"\n]{0,400}+\"")
_LONGEST = 600  # characters of a sentence; what is longer is a flood, and is read in pieces
_KEPT = 1_000_000  # code points of sentences that are remembered: a draft is read again at every pause in typing
_VISIT = "visit"
_WORD = re.compile(r"[^\W\d_]++(?:-[^\W\d_]++)*+")
_ENDS = " \n\t,;:.!?…—–-()"


@dataclass(slots=True)
class _Draft:
    """A promise in the making: its parts and the acts that promise it."""

    parts: list[Part]
    acts: list[Act] = field(default_factory=list)

    def frames(self) -> list[Frame]:
        """Its times; those of subordinate clauses ("прослежу, чтобы выехал сегодня") where it has no others."""
        own = [f for part in self.parts if part.kind == "main" for f in part.frames]
        return own or [f for part in self.parts for f in part.frames]


@dataclass(frozen=True)
class PromiseFinder:
    """Finds promises in one language; immutable, built once by `of`."""

    words: PromiseWords
    clauses: Clauses
    times: Frames
    terms: Terms
    abbreviations: frozenset[str]

    @classmethod
    def of(
        cls, language: str, tables: Mapping[str, Any], expressions: Expressions, abbreviations: Iterable[str] = ()
    ) -> PromiseFinder:
        """`tables` is the table `promises` of the language, `expressions` gives numbers, months and weekdays.

        `abbreviations` are words after which a dot ends no sentence (`Knowledge.abbreviations`). KeyError and
        ValueError name an entry that cannot be used.
        """
        words = promise_words(tables)
        times = Frames.of(language, tables, frame_words(expressions.words, tables))
        return cls(words, Clauses(words), times, Terms(**tables["terms"]), frozenset(abbreviations))

    def find(self, text: str, *, now: datetime | None = None, zone: tzinfo | None = None) -> tuple[Promise, ...]:
        """Promises in reading order, spans in code points of `text`.

        `now` (with a time zone) resolves times; `zone` is the customer's, that of `now` where it is None. Without
        `now` only full dates have a `due`. A promise without a time, or with one that says nothing, has `due` None.
        """
        low = fold.lower(fold.level(text))
        frames = self.times.find(text)
        starts = [frame.start for frame in frames]
        quoted = [found.span() for found in _QUOTED.finditer(text)]
        tokens = in_sentences(text, self.abbreviations)
        found: list[Promise] = []
        opened = [start for start, _ in quoted]
        sentences = [(tokens.starts[a], tokens.ends[b - 1]) for a, b in tokens.sentences]
        for start, end in (piece for span in sentences for piece in _pieces(text, *span)):
            here = frames[bisect_left(starts, start) : bisect_left(starts, end)]
            quotes = quoted[max(bisect_left(opened, start) - 1, 0) : bisect_left(opened, end)]
            own = [f for f in here if not any(a <= f.start < b for a, b in quotes)]
            begin, piece = Piece.of(text, low, (start, end), own, quotes, self.clauses.behind)
            promises = self._promised(piece, now, zone)
            found += [replace(one, start=one.start + begin, end=one.end + begin) for one in promises]
        return tuple(found)

    def only_steps(self, promise: Promise) -> bool:
        """Whether all that is promised is to look into it or to be in touch (S2.20)."""
        words = _WORD.findall(fold.lower(fold.level(promise.text)))
        verbs = {word for word in words if word in self.words.verbs or word in self.words.bases}
        return bool(verbs) and verbs <= self.words.sets["steps"]

    def _promised(self, piece: Piece, now: datetime | None, zone: tzinfo | None) -> list[Promise]:
        """The promises of one sentence, spans within the piece."""
        drafts, conditional = self._remembered(piece)
        said: list[Frame] = []
        found: list[Promise] = []
        for draft in drafts:
            said = _with_day(draft.frames(), said)
            promise = self._promise(draft, said, piece.text, now, zone, conditional=conditional)
            if promise is not None:
                found.append(promise)
        return found

    @cached_property
    def _remembered(self) -> Remembered[tuple[list[_Draft], bool]]:
        return Remembered(self._drafted, _KEPT, Piece.weight)

    def _drafted(self, piece: Piece) -> tuple[list[_Draft], bool]:
        """The promises in the making, which no time of reading bears on, and whether there is a condition."""
        parts = self.clauses.parts(piece.low, piece.start, len(piece.low), piece.frames, piece.quoted)
        if piece.asks:
            parts = self._before_question(parts)
        return _drafts(parts, self.words.sets["asked"]), any(part.kind == "condition" for part in parts)

    def _before_question(self, parts: Sequence[Part]) -> list[Part]:
        """ "Перезвоню в 19:30, будете дома?" promises and then asks; offers and plain questions promise nothing."""
        last = next((n for n in range(len(parts) - 1, -1, -1) if parts[n].kind == "main"), 0)
        before = list(parts[:last])
        if any(part.has(self.words.sets["asks"]) for part in before):
            return []
        for part in before:
            part.acts = [act for act in part.acts if act.verb.who != "receive"]
        return before

    def _promise(
        self,
        draft: _Draft,
        frames: Sequence[Frame],
        text: str,
        now: datetime | None,
        zone: tzinfo | None,
        *,
        conditional: bool,
    ) -> Promise | None:
        timed = any(not _past(frame) for frame in frames)
        present = all(act.verb.present for act in draft.acts)
        if not timed and (present or conditional or not self._meant(draft)):
            return None
        due = due_of(frames, now, zone, self.terms)
        if present and now is not None and due is None and not self._at_once(draft, frames):
            return None
        start, end = _trim(text, draft.parts[0].start, draft.parts[-1].end)
        what = _what(text, draft, frames, start, end)
        return Promise(start, end, text[start:end], what, self._who(draft), due, self._channel(draft))

    def _who(self, draft: _Draft) -> str:
        act, part = draft.acts[0], next(p for p in draft.parts if p.acts)
        if act.verb.who in ("agent", "team", "other"):
            return act.verb.who
        sets = self.words.sets
        if act.verb.who == "receive":
            return "agent" if part.has(sets["mine"]) else "team"
        return "other" if part.has(sets["others"]) else "team"

    def _channel(self, draft: _Draft) -> str | None:
        """By the means named, else by the verb, else by what is sent or paid."""
        words = [word for part in draft.parts if part.kind == "main" for word, _ in part.words]
        means = next((self.words.means[word] for word in words if word in self.words.means), None)
        named = [act.verb.channel for act in draft.acts if act.verb.channel]
        verb = next((channel for channel in named if channel != _VISIT or self._comes(draft)), None)
        return means or verb or next((self.words.objects[word] for word in words if word in self.words.objects), None)

    def _meant(self, draft: _Draft) -> bool:
        """Whether an undated act is for the customer: "Вам перезвонят", "money will be refunded", not "he'll know"."""
        if draft.acts[0].verb.who != "third":
            return True
        sets, objects = self.words.sets, self.words.objects.keys() | self.words.means.keys()
        main = [part for part in draft.parts if part.kind == "main"]
        return any(part.has(sets["others"] | sets["to_you"] | objects) for part in main)

    @staticmethod
    def _at_once(draft: _Draft, frames: Sequence[Frame]) -> bool:
        """ "I'm issuing the refund now" is a promise without a date."""
        return draft.acts[0].verb.who in ("agent", "team") and any(frame.kind == "now" for frame in frames)

    def _comes(self, draft: _Draft) -> bool:
        """Whether somebody visits; "заказ приедет", „paczka przyjdzie" are no visits."""
        return self._who(draft) != "team" or draft.acts[0].verb.who == "team"


def _pieces(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """A sentence, or pieces of one without end, cut at spaces: time must not grow with the square of its length."""
    while end - start > _LONGEST:
        cut = max(text.rfind(" ", start + 1, start + _LONGEST), text.rfind("\n", start + 1, start + _LONGEST))
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _drafts(parts: Sequence[Part], asked: frozenset[str]) -> list[_Draft]:
    """Groups the parts of a sentence into promises."""
    drafts: list[_Draft] = []
    leading: list[Part] = []
    for number, part in enumerate(parts):
        if part.kind == "condition":
            continue
        part.acts = _resolved(part.acts, drafts)
        if not part.acts:
            if drafts and not leading and not _leads_on(parts, number):
                drafts[-1].parts.append(part)
            elif part.frames and part.kind == "main" and not part.has(asked):
                leading.append(part)
            continue
        fresh = _Draft([*leading, part], list(part.acts))
        leading = []
        if drafts and _one(drafts[-1], fresh, joined=part.joined):
            drafts[-1].parts += fresh.parts
            drafts[-1].acts += fresh.acts
        else:
            drafts.append(fresh)
    return drafts


def _leads_on(parts: Sequence[Part], number: int) -> bool:
    """Whether a part without an act gives its time to the act behind it, not to the one before.

    So does one that begins with "and", and a bare day before an hour: "..., в четверг, до 15:00 позвоню".
    """
    part = parts[number]
    following = next((n for n in range(number + 1, len(parts)) if parts[n].acts), None)
    if not part.frames or following is None:
        return False
    if part.joined:
        return True
    act = parts[following]
    bare = all(not other.untimed() for other in parts[number:following])
    return bare and bool(act.frames) and act.frames[0].start < act.acts[0].start and _clocks(act.frames)


def _clocks(frames: Sequence[Frame]) -> bool:
    return all(frame.kind == "clock" for frame in frames)


def _resolved(acts: Sequence[Act], drafts: Sequence[_Draft]) -> list[Act]:
    """Acts whose person is said before ("and ring you on Monday") take it from there; without one they are none."""
    who = drafts[-1].acts[-1].verb.who if drafts else None
    known = [act._replace(verb=replace(act.verb, who=who)) if act.verb.who == "same" and who else act for act in acts]
    return [act for act in known if act.verb.who != "same"]


def _one(before: _Draft, after: _Draft, *, joined: bool) -> bool:
    """Whether two parts are one promise: the same actor, one time for both, joined by "and" or led up to by the first.

    "I'll check the log and ring you by noon" is one; "we'll mend it by Friday, the courier will ring" is two.
    """
    if after.acts[0].verb.who != before.acts[-1].verb.who:
        return False
    first, second = before.frames(), after.frames()
    if first and second:
        return False
    return joined or (not first and bool(second))


def _with_day(own: list[Frame], said: Sequence[Frame]) -> list[Frame]:
    """An hour alone is of the day said before: "завтра утром водитель привезёт, а вечером я позвоню"."""
    if own and _clocks(own):
        return [*(frame for frame in said if frame.kind == "day"), *own]
    return own


def _past(frame: Frame) -> bool:
    return (frame.hit.value("relday") or "").startswith("-")


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks and spaces at its edges."""
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return start, end


def _what(text: str, draft: _Draft, frames: Sequence[Frame], start: int, end: int) -> str:
    """The words around the first act up to a time, a comma of another promise or the end of the clause."""
    act = draft.acts[0]
    part = next(p for p in draft.parts if p.acts)
    left = max([max(start, part.start), *(f.end for f in frames if f.end <= act.start)])
    right = min([min(end, part.end), *(f.start for f in frames if f.start >= act.end)])
    left, right = _trim(text, left, right)
    return text[left:right]

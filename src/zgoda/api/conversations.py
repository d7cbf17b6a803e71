"""Conversations followed: what each turn says or does, the step that is due, and what a draft leaves out of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

from zgoda.api.own_words import as_written, own_words
from zgoda.guidance.guide import Guide
from zgoda.guidance.notices import Noticer
from zgoda.guidance.observe import Promised, acts_of
from zgoda.guidance.phrases import PhraseBank
from zgoda.guidance.promises import PromiseFinder
from zgoda.guidance.turns import AgentTurn, CustomerTurn, Observed
from zgoda.text.remembered import Remembered
from zgoda.values import LANGUAGES, Context, Conversation, Finding, Guidance, Promise, Review, Turn

if TYPE_CHECKING:
    from zgoda.api.engine import Engine

_CUSTOMER, _AGENT, _NOTE = "customer", "agent", "note"
_TURNS_HEARD = 4  # of the customer: what a reply may repeat, also one of a colleague who has just taken over
_KEPT = 1_000_000  # code points of turns: a draft is reviewed at every pause in typing, its history stays the same
_DRAFTS_KEPT = 50_000  # code points of texts whose quotations and promises are looked for once in one review
_HISTORIES_KEPT = 200_000  # code points of the turns before drafts
_SOME_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)  # any day does where only the presence of a time is asked


class Conversations:
    """Reads customers' turns, reviews agents' turns, and follows the protocol over both."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        tables = engine.knowledge.content.tables
        self._guide = Guide.of(tables, PhraseBank.of(tables).choose)
        self._steps = self._guide.without_phrases()
        self._noticer = Noticer.of(tables)
        limits = engine.knowledge.table("common", "reading")["limits"]
        self._whole: int = limits["whole"]
        self._part: int = limits["part"]
        self._markers = engine.knowledge.markers
        self._own = Remembered(lambda text: own_words(text, self._markers), _DRAFTS_KEPT)
        self._promises: dict[str, PromiseFinder] = {}
        self._heard = Remembered(self._hear, _KEPT)
        self._acted = Remembered(self._act, _KEPT)
        self._found = Remembered(self._find, _DRAFTS_KEPT)
        self._undated = Remembered(self._promised_in, _KEPT)
        self._before = Remembered(self._followed, _HISTORIES_KEPT, _length)

    def _hear(self, text: str, language: str | None) -> CustomerTurn:
        return self._guide.hear(text, self._engine.read(text, language=language))

    def _act(self, text: str, customer: str, language: str | None) -> Review:
        return self._engine.judged(text, customer=customer, hint=language)

    def _observed(self, turns: Sequence[Turn], language: str | None) -> list[Observed]:
        """Turns as the guide needs them, in order."""
        seen: list[Observed] = []
        said: deque[str] = deque(maxlen=_TURNS_HEARD)
        for turn in turns:
            if turn.author == _CUSTOMER:
                said.append(turn.text)
                heard = self._heard(turn.text, language)
                language = heard.reading.language if heard.reading.language in LANGUAGES else language
                seen.append(heard)
            else:
                review = self._acted(turn.text, "\n".join(said), language)
                acts = acts_of(review.acts, self._undated(turn.text, review.language))
                seen.append(AgentTurn(acts, self._dated(turn.text, acts, review.language), turn.role))
        return seen

    def _dated(self, text: str, acts: frozenset[str], language: str) -> bool:
        """Whether a promise with a time stands in an agent's turn."""
        return "commit" in acts or self._has_time(text, language)

    def _promised_in(self, text: str, language: str) -> tuple[Promised, ...]:
        return tuple(
            Promised(one.start, one.end, bool(one.due), self._finder_of(language).only_steps(one))
            for one in self.promises(text, language, None)
        )

    def _has_time(self, text: str, language: str) -> bool:
        return any(promise.dated for promise in self._undated(text, language))

    def promises_by_a_time(self, text: str, language: str, now: datetime | None) -> bool:
        """Whether anything is promised by a time, also where nobody says what day it is."""
        return any(promise.due for promise in self.promises(text, language, now or _SOME_DAY))

    def _followed(
        self, history: tuple[Turn, ...], context: Context, hint: str | None, language: str
    ) -> tuple[tuple[Observed, ...], Guidance]:
        """The turns before a draft as observed, and the step that is due after them."""
        observed = self._observed(history, hint)
        return tuple(observed), self._steps.guide(observed, context, language=language)[-1]

    def guided(self, conversation: Conversation, now: datetime | None) -> tuple[Guidance, ...]:
        """One answer a turn."""
        turns, language = conversation.turns, conversation.language
        observed = self._observed(turns, language)
        lapsed = now is not None and self._lapsed(turns, now, language)
        return self._guide.guide(observed, conversation.context, language=language, lapsed=lapsed)

    def command(self, conversation: Conversation, name: str, counts: Mapping[str, int] | None = None) -> None:
        """Raise ForbiddenStep where a step of ours is not allowed now; `counts` are counters known from elsewhere."""
        observed = self._observed(conversation.turns, conversation.language)
        state = self._steps.state(observed, conversation.context, language=conversation.language)
        known = dict(state.counts)
        for counter, number in (counts or {}).items():
            most = self._steps.machine.protocol.limits[counter]
            known[counter] = min(most, max(number, known.get(counter, 0)))
        self._steps.machine.command(replace(state, counts=tuple(sorted(known.items()))), name)

    def _lapsed(self, turns: Sequence[Turn], now: datetime, language: str | None) -> bool:
        """Whether the last dated promise of the agents has run out and no agent has written since it was due."""
        for turn in reversed(turns):
            if turn.author != _AGENT or turn.at is None:
                continue
            due = [p.due for p in self.promises(turn.text, self._language(turn.text, language), turn.at) if p.due]
            return bool(due) and max(due) < (now.isoformat() if "T" in max(due) else now.date().isoformat())
        return False

    def _language(self, text: str, hint: str | None) -> str:
        return hint if hint in LANGUAGES else self._acted(text, "", None).language

    def promises(self, text: str, language: str, now: datetime | None) -> tuple[Promise, ...]:
        """What an agent promises in a text (of a very long one at its ends); none in a language that is not ours."""
        return self._found(text, language, now, now and now.tzinfo)  # equal moments may be another day elsewhere

    def _find(self, text: str, language: str, now: datetime | None, _zone: tzinfo | None) -> tuple[Promise, ...]:
        if language not in LANGUAGES:
            return ()
        finder = self._finder_of(language)
        parts = [(at, part, self._own(part)) for at, part in self._ends(text)]
        return tuple(as_written(one, own, part, at) for at, part, own in parts for one in finder.find(own, now=now))

    def _finder_of(self, language: str) -> PromiseFinder:
        finder = self._promises.get(language)
        if finder is None:
            finder = self._promises[language] = self._finder(language)
        return finder

    def _ends(self, text: str) -> list[tuple[int, str]]:
        """The parts of a text that are looked at, and where they begin."""
        if len(text) <= self._whole:
            return [(0, text)]
        last = len(text) - self._part
        return [(0, text[: self._part]), (last, text[last:])]

    def _finder(self, language: str) -> PromiseFinder:
        knowledge = self._engine.knowledge
        table, expressions = knowledge.table(language, "promises"), knowledge.expressions(language)
        return PromiseFinder.of(language, table, expressions, knowledge.abbreviations(language))

    def completed(
        self,
        review: Review,
        text: str,
        history: tuple[Turn, ...],
        context: Context,
        now: datetime | None,
        *,
        noticing: bool,
    ) -> Review:
        """A review with what only the conversation tells: what is missing, what is promised, and notices if wanted."""
        review = replace(review, promises=self.promises(text, review.language, now))
        if not history:
            return self._noticed(review, text, (), [], context, None, now) if noticing else review
        hint = review.language if review.language in LANGUAGES else None
        observed, due = self._before(history, _bearing(context), hint, review.language)
        done = {span.kind for span in review.acts}
        if context.kind != _NOTE:  # colleagues are owed no acts
            review = replace(review, missing=tuple(act for act in due.missing if act not in done))
        return self._noticed(review, text, history, observed, context, due, now) if noticing else review

    def _noticed(
        self,
        review: Review,
        text: str,
        history: tuple[Turn, ...],
        observed: Sequence[Observed],
        context: Context,
        due: Guidance | None,
        now: datetime | None,
    ) -> Review:
        """The findings with the notices of labels-5 among them, in the order in which they stand."""
        draft = self._own(self._ends(text)[0][1])
        notices = self._noticer.notices(
            draft,
            language=review.language,
            review=_within(review, len(draft)),
            history=history,
            readings=[turn.reading for turn in observed if isinstance(turn, CustomerTurn)],
            stage=due.stage if due else "",
            ladder=due.ladder if due else "none",
            context=context,
            done=due.done if due else (),
        )
        reviewer, interface = self._engine.reviewer, context.interface_language or review.language
        found: list[Finding] = []
        for notice in notices:
            said = notice.suggestion and reviewer.times.filled(notice.suggestion, review.language, now)
            finding = notice.finding(text, reviewer.words.message(notice.kind, interface))
            found.append(replace(finding, suggestion=said))
        return replace(review, findings=tuple(sorted((*review.findings, *found), key=lambda f: (f.start, f.end))))


def _length(history: Sequence[Turn]) -> int:
    return sum(len(turn.text) for turn in history)


def _bearing(context: Context) -> Context:
    """What of a context bears on the step that is due."""
    return Context(context.channel, colleague_available=context.colleague_available, stage=context.stage)


def _within(review: Review, end: int) -> Review:
    """The acts and findings of the first code points of a text."""
    return replace(
        review,
        acts=tuple(span for span in review.acts if span.end <= end),
        findings=tuple(finding for finding in review.findings if finding.end <= end),
    )

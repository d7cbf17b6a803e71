"""The public calls, composed from the rooms below; the engine is built once and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path

from zgoda.errors import InputError
from zgoda.model.knowledge import Knowledge, build_knowledge
from zgoda.model.language import LanguageGuess
from zgoda.model.prepare import Prepared, Preparer
from zgoda.model.weights import LANGUAGE, REPLIES, load_weights
from zgoda.reading.facts import FactFinder
from zgoda.reading.reader import Reader
from zgoda.reviewing.reviewer import Reviewer
from zgoda.values import CHANNELS, LANGUAGES, Context, Fact, Finding, Reading, Reason, Review, Sentence, Span, Turn


class Engine:
    """Content and weights, ready to read any number of messages; safe to keep for the life of a process."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.guess = LanguageGuess(load_weights(LANGUAGE))
        self._preparer = Preparer(knowledge, self.guess)
        self._reader = Reader(knowledge, load_weights(), self.guess, FactFinder(knowledge))

    def read(
        self, text: str, *, now: datetime | None = None, language: str | None = None, channel: str | None = None
    ) -> Reading:
        """Read one customer's message; see `zgoda.read`."""
        if channel is not None and channel not in CHANNELS:
            raise InputError(f"channel must be one of {', '.join(CHANNELS)} or None, came {channel!r}")
        _check(text, now, language)
        prepared = self._preparer.prepare(text, language)
        reading = self._reader.read(prepared, now)
        return reading if prepared.offset is None else _moved(reading, prepared)

    @cached_property
    def reviewer(self) -> Reviewer:
        """The other half of the engine, built when the first reply is reviewed."""
        return Reviewer(self.knowledge, load_weights(REPLIES), self.guess)

    def review(
        self,
        text: str,
        *,
        customer: str | None = None,
        history: Sequence[Turn] = (),
        context: Context | None = None,
        now: datetime | None = None,
        language: str | None = None,
    ) -> Review:
        """Review one reply before it is sent; see `zgoda.review`."""
        _check(text, now, language)
        context = context or Context()
        prepared = self._preparer.prepare(text, language)
        last = customer if customer is not None else _last_of_customer(history)
        judged = self.reviewer.review(prepared, last, context.interface_language)
        at = prepared.place
        return Review(
            language=prepared.language,
            acts=tuple(Span(s.kind, at(s.start), at(s.end), s.text) for s in judged.acts),
            findings=tuple(_moved_finding(f, prepared) for f in judged.findings),
            truncated=prepared.offset is not None,
        )


def _check(text: object, now: datetime | None, language: str | None) -> None:
    """Raise InputError for what is no text, no time with a zone, no language of ours."""
    if not isinstance(text, str):
        raise InputError(f"expected the text of a message, came {type(text).__name__}")
    if language is not None and language not in (*LANGUAGES, "und"):
        raise InputError(f"language must be one of ru, pl, en or None, came {language!r}")
    if now is not None and now.tzinfo is None:
        raise InputError("now needs a time zone, such as datetime.now(timezone.utc)")


def _last_of_customer(history: Sequence[Turn]) -> str:
    """The customer's last words before the reply, empty where he said none."""
    return next((turn.text for turn in reversed(history) if turn.author == "customer"), "")


def _moved_finding(finding: Finding, prepared: Prepared) -> Finding:
    return replace(finding, start=prepared.place(finding.start), end=prepared.place(finding.end))


def _moved(reading: Reading, prepared: Prepared) -> Reading:
    """Spans of a shortened text, put back to where the words stand in the text as given."""
    at = prepared.place
    return replace(
        reading,
        abuse=tuple(Span(s.kind, at(s.start), at(s.end), s.text) for s in reading.abuse),
        signals=tuple(Span(s.kind, at(s.start), at(s.end), s.text) for s in reading.signals),
        facts=tuple(Fact(f.kind, at(f.start), at(f.end), f.text, f.value) for f in reading.facts),
        sentences=tuple(Sentence(at(s.start), at(s.end), s.role) for s in reading.sentences),
        reasons=tuple(
            Reason(r.label, at(r.start), at(r.end), r.source, rule=r.rule, feature=r.feature) for r in reading.reasons
        ),
        truncated=True,
    )


@lru_cache(maxsize=4)
def engine(overlays: tuple[str, ...] = ()) -> Engine:
    """The engine over the shipped content, with company content folders laid over it."""
    return Engine(build_knowledge(overlays))


def read(
    text: str,
    *,
    now: datetime | None = None,
    language: str | None = None,
    channel: str | None = None,
) -> Reading:
    """Read one customer's message: state, abuse, signals, causes, demands, facts, roles of its sentences, and why.

    `now` (with a time zone) resolves relative dates; `language` (`ru`, `pl`, `en`) is a hint that decides only where
    the text does not; `channel` is checked and bears on nothing else yet. Raises InputError for what is no text; any
    text, however broken, has a reading. Spans are code points of `text`.
    """
    return engine().read(text, now=now, language=language, channel=channel)


def review(
    text: str,
    *,
    customer: str | None = None,
    history: Sequence[Turn] = (),
    context: Context | None = None,
    now: datetime | None = None,
    language: str | None = None,
) -> Review:
    """Review one reply before it is sent: what it does, what in it makes things worse and what to say instead.

    `customer` is his last message (else the last of `history`); `context.interface_language` is the language of the
    messages to the agent (default: the reply's); suggestions are in the reply's language. Raises InputError for what
    is no text. Spans are code points of `text`.
    """
    return engine().review(text, customer=customer, history=history, context=context, now=now, language=language)


def load_content(overlays: Iterable[Path | str] = ()) -> Knowledge:
    """Load and check the shipped content with company folders laid over it; raises ContentError with every fault."""
    return build_knowledge(overlays)

"""Content and weights, ready for any number of messages, replies and conversations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from zgoda.api.conversations import Conversations
from zgoda.api.moved import in_one_end, moved_finding, moved_reading, moved_span
from zgoda.errors import InputError
from zgoda.model.knowledge import Knowledge
from zgoda.model.language import LanguageGuess
from zgoda.model.prepare import Preparer
from zgoda.model.weights import LANGUAGE, REPLIES, load_weights
from zgoda.reading.facts import FactFinder
from zgoda.reading.reader import Reader
from zgoda.reviewing.reviewer import Reviewer
from zgoda.values import CHANNELS, LANGUAGES, Context, Conversation, Guidance, Reading, Review, Turn

_NOTE = "note"
_WORDLESS = "1"  # has no language of its own, so the hint decides


class Engine:
    """Content and weights, built once; safe to keep for the life of a process."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.guess = LanguageGuess(load_weights(LANGUAGE))
        self._preparer = Preparer(knowledge, self.guess)
        self._reader = Reader(knowledge, load_weights(), self.guess, FactFinder(knowledge))

    @cached_property
    def reviewer(self) -> Reviewer:
        """The half that reviews, built when the first reply is reviewed."""
        return Reviewer(self.knowledge, load_weights(REPLIES), self.guess)

    @cached_property
    def conversations(self) -> Conversations:
        """The part that follows conversations, built when the first one is met."""
        return Conversations(self)

    def warm(self, language: str) -> None:
        """Load what one language needs; raises InputError for what is no language of ours."""
        turns = (Turn("agent", _WORDLESS), Turn("customer", _WORDLESS))
        self.review(_WORDLESS, history=turns, language=language)
        self.guide(Conversation(turns, language))

    def read(
        self, text: str, *, now: datetime | None = None, language: str | None = None, channel: str | None = None
    ) -> Reading:
        """Read one customer's message; see `zgoda.read`."""
        _check_channel(channel)
        _check(text, now, language)
        prepared = self._preparer.prepare(text, language)
        reading = self._reader.read(prepared, now)
        return reading if prepared.offset is None else moved_reading(reading, prepared)

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
        _check_texts(customer, history)
        context = context or Context()
        _check_channel(context.channel)
        noticing = bool(history) or context.kind == _NOTE
        if customer is not None and not (history and history[-1].text == customer):
            history = (*history, Turn("customer", customer))
        last, interface = _last_of_customer(history), context.interface_language
        alone = self.judged(text, customer=last, interface=interface, hint=language, now=now)
        if context.kind == _NOTE:
            alone = replace(alone, acts=(), findings=())  # a note is read by colleagues; only labels on persons hurt
        return self.conversations.completed(alone, text, tuple(history), context, now, noticing=noticing)

    def judged(
        self,
        text: str,
        *,
        customer: str,
        interface: str | None = None,
        hint: str | None = None,
        now: datetime | None = None,
    ) -> Review:
        """Acts and findings of a reply by its own words and the customer's last ones, without the conversation."""
        prepared = self._preparer.prepare(text, hint)

        def promised() -> bool:
            return self.conversations.promises_by_a_time(text, prepared.language, now)

        judged = self.reviewer.review(prepared, customer, interface, now, promised)
        return Review(
            language=prepared.language,
            acts=tuple(moved_span(span, prepared) for span in judged.acts if in_one_end(span, prepared)),
            findings=tuple(moved_finding(one, prepared) for one in judged.findings if in_one_end(one, prepared)),
            truncated=prepared.offset is not None,
        )

    def guide(self, conversation: Conversation, *, now: datetime | None = None) -> Guidance:
        """Where a conversation stands now; see `zgoda.guide`."""
        if not conversation.turns:
            raise InputError("a conversation needs at least one turn")
        return self.guide_turns(conversation, now=now)[-1]

    def guide_turns(self, conversation: Conversation, *, now: datetime | None = None) -> tuple[Guidance, ...]:
        """Where a conversation stands after each of its turns; the last answer is the present."""
        _check_now(now)
        _check_texts(None, conversation.turns)
        _check_channel(conversation.context.channel)
        return self.conversations.guided(conversation, now)

    def command(self, conversation: Conversation, name: str, counts: Mapping[str, int] | None = None) -> None:
        """Raise ForbiddenStep where the protocol does not allow a step of ours (`boundary`, `close` ...) now.

        `counts` are counters of the protocol that are known from elsewhere, such as `boundaries` set by telephone.
        """
        _check_texts(None, conversation.turns)
        self.conversations.command(conversation, name, counts)


def _check(text: object, now: datetime | None, language: str | None) -> None:
    """Raise InputError for what is no text, no time with a zone, no language of ours."""
    if not isinstance(text, str):
        raise InputError(f"expected the text of a message, came {type(text).__name__}")
    if language is not None and language not in (*LANGUAGES, "und"):
        raise InputError(f"language must be one of ru, pl, en or None, came {language!r}")
    _check_now(now)


def _check_now(now: datetime | None) -> None:
    """Raise InputError for a time without a zone."""
    if now is not None and now.tzinfo is None:
        raise InputError("now needs a time zone, such as datetime.now(timezone.utc)")


def _check_texts(customer: object, turns: Sequence[Turn]) -> None:
    """Raise InputError for a customer's message or a turn that is no text."""
    if customer is not None and not isinstance(customer, str):
        raise InputError(f"expected the customer's message as a text or None, came {type(customer).__name__}")
    for number, turn in enumerate(turns):
        if not isinstance(turn.text, str):
            raise InputError(f"turn {number}: expected a text, came {type(turn.text).__name__}")


def _check_channel(channel: str | None) -> None:
    if channel is not None and channel not in CHANNELS:
        raise InputError(f"channel must be one of {', '.join(CHANNELS)} or None, came {channel!r}")


def _last_of_customer(history: Sequence[Turn]) -> str:
    """The customer's last words before the reply, empty where he said none."""
    return next((turn.text for turn in reversed(history) if turn.author == "customer"), "")

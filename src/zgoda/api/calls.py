"""The functions of the package, over one engine that is built on first use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from zgoda.api.collecting import loading
from zgoda.api.engine import Engine
from zgoda.model.knowledge import Knowledge, build_knowledge
from zgoda.values import LANGUAGES, Context, Conversation, Guidance, Reading, Review, Turn


@lru_cache(maxsize=4)
def engine(overlays: tuple[str, ...] = ()) -> Engine:
    """The engine over the shipped content, with company content folders laid over it."""
    return Engine(build_knowledge(overlays))


def prepare(languages: Iterable[str] = LANGUAGES, *, overlays: tuple[str, ...] = ()) -> Engine:
    """Load all that `languages` need before the first message comes; for servers, once a process.

    What was loaded never changes, so the collector of garbage is told to leave it alone, and from then on to work in
    small portions (`zgoda.api.collecting`): a full pass would hold up a message now and then. Whoever forks workers
    calls this before the fork. Raises InputError for a language that is not ru, pl or en.
    """
    with loading():
        ready = engine(overlays) if overlays else engine()  # that of `read` and `review`
        for language in languages:
            ready.warm(language)
    return ready


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
    messages to the agent (default: the reply's); suggestions are in the reply's language. With the customer's message
    or a history the acts are told that are owed at this point and missing. `now` (with the time zone of the agent)
    resolves the times of promises and tells which times suggestions may offer. Raises InputError for what is no text.
    Spans are code points of `text`.
    """
    return engine().review(text, customer=customer, history=history, context=context, now=now, language=language)


def guide(conversation: Conversation, *, now: datetime | None = None, context: Context | None = None) -> Guidance:
    """Where a conversation stands and what is due next: stage, ladder, safety, tension, acts owed, bans, phrases.

    `context` replaces that of the conversation; `now` (with a time zone) tells whether a promise has run out. Any
    transcript has an answer. Raises InputError for a conversation without turns and for a channel there is none of.
    """
    if context is not None:
        conversation = Conversation(conversation.turns, conversation.language, context)
    return engine().guide(conversation, now=now)


def load_content(overlays: Iterable[Path | str] = ()) -> Knowledge:
    """Load and check the shipped content with company folders laid over it; raises ContentError with every fault."""
    return build_knowledge(overlays)

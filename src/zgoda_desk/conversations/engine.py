"""Where the desk asks the engine: a message's reading, a draft's review, where a conversation stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from zgoda.api.collecting import loading
from zgoda.api.engine import Engine
from zgoda.errors import ZgodaError
from zgoda.guidance.phrases import PhraseBank
from zgoda.values import LANGUAGES, Context, Guidance, Review, Turn
from zgoda.values import Conversation as Spoken
from zgoda_desk.conversations import overlay
from zgoda_desk.conversations.models import Conversation, Message

RECENT = 40  # turns that a review and a guide look back on; older ones change nothing they answer
_ALL_PHRASES = 1000  # of one stage: more than there are
_WRITTEN = {"email", "web_form", "letter", "review", "sms", "messenger", "chat", "phone", "face_to_face"}


def engine() -> Engine:
    """The engine over the shipped content and the company's own, built on first use."""
    return overlay.engine()


def prepare() -> None:
    """Load all that a review and a guide need in every language, so that the first person at a draft does not wait.

    What was loaded never changes, so the collector of garbage leaves it alone from now on.
    """
    with loading():
        ready = engine()
        for language in LANGUAGES:
            ready.warm(language)
        _bank(ready)


def read(text: str, *, now: datetime, language: str = "", channel: str = "email") -> dict[str, Any] | None:
    """The reading of a text, as_dict; None where the engine could not read it: the desk then shows it unmarked."""
    hint = language if language in ("ru", "pl", "en") else None
    try:
        return engine().read(text, now=now, language=hint, channel=_channel(channel)).as_dict()
    except ZgodaError:
        return None


def recent(conversation: Conversation) -> list[Message]:
    """The last messages of a conversation, in order, with what the engine needs of them alone."""
    spoken = conversation.messages.filter(kind__in=[Message.Kind.CUSTOMER, Message.Kind.OURS], automatic=False)
    fields = (
        "kind",
        "text",
        "newest_start",
        "newest_end",
        "at",
        "supervisor",
        "automatic",
        "conversation_id",
        "correction",
    )
    return list(reversed(spoken.only(*fields, "correction").order_by("-at", "-id")[:RECENT]))


def turns(messages: Sequence[Message]) -> tuple[Turn, ...]:
    """The last spoken turns of a conversation; notes and events are not said to the customer."""
    spoken = [one for one in messages if one.kind in (Message.Kind.CUSTOMER, Message.Kind.OURS) and not one.automatic]
    return tuple(
        Turn(
            "customer" if one.kind == Message.Kind.CUSTOMER else "agent",
            heard(one),
            at=one.at,
            role="supervisor" if one.supervisor else None,
        )
        for one in spoken[-RECENT:]
    )


def newest(message: Message) -> str:
    """What was written now, without the mails quoted below."""
    return message.text[message.newest_start : message.newest_end]


def heard(message: Message) -> str:
    """What the engine hears of a message: its newest words, without those that a person said are no abuse.

    A correction must bear on the ladder too, and the engine takes words, not readings.
    """
    if not message.correction or message.correction.get("abuse") != [] or not message.reading:
        return newest(message)
    text, end = message.text, len(message.text) if message.newest_end is None else message.newest_end
    kept, at = [], message.newest_start
    for span in sorted(message.reading.get("abuse", ()), key=lambda span: int(span["start"])):
        kept.append(text[at : max(at, span["start"])])
        at = min(max(at, span["end"]), end)
    return "".join((*kept, text[at:end]))


def guide(spoken: tuple[Turn, ...], context: Context, language: str, now: datetime) -> Guidance | None:
    """Where the conversation stands; None before anybody said anything."""
    if not spoken:
        return None
    hint = language if language in ("ru", "pl", "en") else None
    return engine().guide(Spoken(spoken, hint, context), now=now)


def phrases_for(
    guidance: Mapping[str, Any], context: Context, language: str, fits: Callable[[str], bool] = lambda _text: True
) -> list[dict[str, Any]]:
    """The phrases of a stored answer in the name of somebody else; no turn is read again. Empty in another language.

    In the place of one whose text does not fit comes the next that does.
    """
    named = [str(one["id"]) for one in guidance.get("phrases", ())]
    bank = _bank(engine())
    known = {one.id: one for one in bank.phrases(language)}
    stored = [known[name] for name in named if name in known]
    facts = {need for one in stored for need in one.needs}
    keys = dict.fromkeys(one.stage for one in stored)
    chosen: list[dict[str, Any]] = []
    for key in keys:
        found = bank.choose(
            key, language=language, channel=context.channel, context=context, facts=facts, count=_ALL_PHRASES
        )
        told = (one.as_dict() for one in found if fits(one.text))
        chosen += islice(told, sum(one.stage == key for one in stored))
    return chosen


def promised_in(text: str, language: str, now: datetime) -> list[str]:
    """When what a text promises is due, ISO days and times in the zone of `now`; no model is asked."""
    return [str(one.due) for one in engine().conversations.promises(text, language, now) if one.due]


@lru_cache(maxsize=2)
def _bank(engine: Engine) -> PhraseBank:
    return PhraseBank.of(engine.knowledge.content.tables)


def command(spoken: Spoken, name: str, counts: Mapping[str, int]) -> None:
    """Raise ForbiddenStep where the protocol does not allow a step of ours now; `counts` are those taken by hand."""
    engine().command(spoken, name, counts)


def review(text: str, spoken: tuple[Turn, ...], context: Context, language: str, now: datetime) -> Review:
    """The review of a draft in its conversation."""
    hint = language if language in ("ru", "pl", "en") else None
    return engine().review(text, history=spoken, context=context, now=now, language=hint)


def context_of(
    conversation: Conversation,
    *,
    person: Any = None,
    company: Any = None,
    colleague: bool = True,
    kind: str | None = None,
) -> Context:
    """What the desk knows beside the words: names as told, genders only where somebody told them."""
    language = conversation.language if conversation.language in ("ru", "pl", "en") else "en"
    contact = conversation.contact
    return Context(
        channel=_channel(conversation.channel),
        agent_name=person.name_in(language) if person else None,
        agent_gender=(person.gender or None) if person else None,
        company=company.name_in(language) if company else None,
        customer_name=contact.form or contact.name or None,
        customer_gender=contact.gender or None,
        colleague_available=colleague,
        kind=kind,
        interface_language=person.language if person else None,
    )


def _channel(name: str) -> str | None:
    return name if name in _WRITTEN else None

"""Where the desk asks the engine: a message's reading, a draft's review, where a conversation stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zgoda.api import calls
from zgoda.api.engine import Engine
from zgoda.errors import ZgodaError
from zgoda.values import Context, Guidance, Review, Turn
from zgoda.values import Conversation as Spoken
from zgoda_desk.conversations.models import Conversation, Message

RECENT = 40  # turns that a review and a guide look back on; older ones change nothing they answer
_WRITTEN = {"email", "web_form", "letter", "review", "sms", "messenger", "chat", "phone", "face_to_face"}


def engine() -> Engine:
    """The engine over the shipped content and the company's own, built on first use."""
    from zgoda_desk.conversations.overlay import folders

    return calls.engine(folders())


def prepare() -> None:
    """Load all that a review and a guide need, so that the first person at a draft does not wait for it."""
    loaded = engine()
    loaded.read("Where is my order?")
    loaded.review("Thank you, I will write today by 15:00.", history=(Turn("customer", "Where is my order?"),))
    loaded.guide(Spoken((Turn("customer", "Where is my order?"),)))


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
    fields = ("kind", "text", "newest_start", "newest_end", "at", "supervisor", "automatic", "conversation_id")
    return list(reversed(spoken.only(*fields).order_by("-at", "-id")[:RECENT]))


def turns(messages: Sequence[Message]) -> tuple[Turn, ...]:
    """The last spoken turns of a conversation; notes and events are not said to the customer."""
    spoken = [one for one in messages if one.kind in (Message.Kind.CUSTOMER, Message.Kind.OURS) and not one.automatic]
    return tuple(
        Turn(
            "customer" if one.kind == Message.Kind.CUSTOMER else "agent",
            newest(one),
            at=one.at,
            role="supervisor" if one.supervisor else None,
        )
        for one in spoken[-RECENT:]
    )


def newest(message: Message) -> str:
    """What was written now, without the mails quoted below."""
    return message.text[message.newest_start : message.newest_end]


def guide(spoken: tuple[Turn, ...], context: Context, language: str, now: datetime) -> Guidance | None:
    """Where the conversation stands; None before anybody said anything."""
    if not spoken:
        return None
    hint = language if language in ("ru", "pl", "en") else None
    return engine().guide(Spoken(spoken, hint, context), now=now)


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

"""What the customer's page shows: what was read by whom, what is promised by when, and how we understood him."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from zgoda_desk.accounts.access import company, leads_of
from zgoda_desk.accounts.models import Company, Person
from zgoda_desk.commitments.actions import OWED
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.conversations.shown.facts_card import Said, facts_card
from zgoda_desk.portal.address import Addressed, addressed
from zgoda_desk.portal.steps import Step, Teller
from zgoda_desk.portal.words import LANGUAGES, Words, words_of
from zgoda_desk.workflow.promises import zone_of
from zgoda_desk.workflow.standing import effective

_FACTS = ("order", "product", "money", "date", "place")


@dataclass(frozen=True)
class Page:
    """All that the template prints, in one language; `owed` is the promise that a wish would be about."""

    words: Words
    company: str
    heading: str
    lead: str
    steps: tuple[Step, ...]
    fail: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    zone: str
    owed: Promise | None = None
    languages: tuple[tuple[str, str], ...] = field(
        default=tuple((name, words_of(name).say("page.language")) for name in LANGUAGES)
    )

    @property
    def can_move(self) -> bool:
        """Whether there is a call to move, or to be made a letter."""
        return self.owed is not None and self.owed.channel == "phone"


def page_of(conversation: Conversation, language: str, now: datetime) -> Page:
    """The page of a conversation; a language that it is not written in gives that of the customer."""
    house = company()
    words = words_of(language if language in LANGUAGES else language_of(conversation, house))
    zone = zone_of(conversation, house)
    here = now.astimezone(ZoneInfo(zone))
    ours = conversation.messages.filter(kind=Message.Kind.OURS, automatic=False, person__isnull=False)
    first = ours.select_related("person").order_by("at", "id").first()
    promises = [one for one in conversation.promises.select_related("owner") if one.state != "withdrawn"]
    called = addressed(conversation.contact, words.language)
    owed = next((one for one in promises if one.state in OWED), None)
    teller = Teller(words, called, here, _changed(conversation))
    return Page(
        words=words,
        company=house.name_in(words.language),
        heading=_heading(words, called, bool(first)),
        lead=_lead(words, _whose(conversation, owed, first), bool(first), owed is not None),
        steps=teller.steps(conversation, first, promises),
        fail=_fail(words, conversation, owed),
        facts=tuple(_facts(conversation, words, here.date())),
        zone=zone,
        owed=owed,
    )


def language_of(conversation: Conversation, house: Company) -> str:
    """The language the customer writes in, else that of the inbox."""
    told = (conversation.language, conversation.contact.language, conversation.inbox.language, house.language)
    return next((one for one in told if one in LANGUAGES), "en")


def _changed(conversation: Conversation) -> frozenset[int]:
    """The promises that are no longer what the reply said: its words would contradict the hour beside them."""
    events = conversation.messages.filter(kind=Message.Kind.EVENT, event="promise_changed")
    return frozenset(int(data["promise"]) for data in events.values_list("data", flat=True))


def _heading(words: Words, called: Addressed, was_read: bool) -> str:
    key = "page.read" if was_read else "page.got"
    return words.say(f"{key}_name" if called.name else key, name=called.name, **called.slots)


def _whose(conversation: Conversation, owed: Promise | None, first: Message | None) -> Person | None:
    """Who answers for it: the owner of the promise, else whose the conversation is, else who answered first."""
    told = (owed.owner if owed else None, conversation.assignee, first.person if first else None)
    return next((one for one in told if one is not None and one.is_active), None)


def _lead(words: Words, person: Person | None, was_read: bool, promised: bool) -> str:
    if person is None or not (was_read or promised):
        return words.say("page.lead_got")
    return words.say("page.lead" if promised else "page.lead_bare", agent=person.name_in(words.language))


def _fail(words: Words, conversation: Conversation, owed: Promise | None) -> str:
    """What happens by itself when the time passes: it is what the tick does, no more."""
    if owed is None:
        return ""
    key = "fail.broken" if owed.state == "broken" else "fail.open"
    leads = sorted(leads_of(conversation.inbox), key=lambda one: (one.is_head, one.pk))
    if not leads:
        return words.say(f"{key}_bare")
    return words.say(key, lead=leads[0].name_in(words.language))


def _facts(conversation: Conversation, words: Words, today: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    """His own facts by kind, as he wrote them, `tomorrow` as the day it meant.

    Nothing that somebody else could use of him is among them: no names, no numbers to call.
    """
    said = conversation.messages.filter(kind=Message.Kind.CUSTOMER, automatic=False)
    found = [Said(one.text, effective(one) or None, one.at) for one in said.only("text", "reading", "correction", "at")]
    readable = [one for one in found if one.reading and "facts" in one.reading]
    items = [item for row in facts_card(readable) if row.kind == "what" for item in row.items]
    for kind in _FACTS:
        told = (words.date(item.meant, today) if item.meant else str(item.text) for item in items if item.kind == kind)
        values = tuple(dict.fromkeys(told))
        if values:
            yield words.say(f"facts.{kind}"), values

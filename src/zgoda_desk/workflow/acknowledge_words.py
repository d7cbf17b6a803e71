"""The words of an acknowledgement: that it arrived, a detail of it, and when the answer comes (S2.9-S2.11)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from zgoda.api.engine import Engine
from zgoda.guidance.phrases import PhraseBank
from zgoda.values import CHANNELS
from zgoda_desk.accounts.models import Company, Inbox, Person
from zgoda_desk.commitments.hours import due_in, hours_of
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Contact, Conversation, Message

CONTENT = Path(__file__).with_name("acknowledge.toml")
LANGUAGES = ("ru", "pl", "en")
_SETTINGS = ("groups", "calendar", "defaults", "policy")
_STEP = 15  # minutes: nobody promises 15:07
_SOON = timedelta(minutes=15)


@dataclass(frozen=True)
class Acknowledgement:
    """What is said and by when we answer, in the zone in which it is told."""

    text: str
    due_at: datetime


def acknowledgement(
    conversation: Conversation, message: Message, person: Person | None, company: Company, now: datetime
) -> Acknowledgement | None:
    """The acknowledgement of a customer's message in his language; of nobody's hand where `person` is None.

    None where the content has no words that fit. The automatic one holds nothing that he wrote (T15).
    """
    language = language_of(conversation)
    due = answer_by(conversation, company, now)
    sent = message.at.astimezone(due.tzinfo)
    known = {"date": due.date().isoformat(), "time": f"{due:%H:%M}"}
    known |= {"date2": sent.date().isoformat(), "time2": f"{sent:%H:%M}"}
    facts = {"today" if due.date() == now.astimezone(due.tzinfo).date() else "later"}
    if person is None:
        facts.add("automatic")
    else:
        kind, slots = _detail(conversation, message, language)
        facts |= {"person", kind}
        known |= slots
    context = engine.context_of(conversation, person=person, company=company)
    found = _bank(engine.engine()).choose(
        "acknowledge", language=language, channel=None, context=context, slots=known, count=1, facts=facts
    )
    return Acknowledgement(found[0].text, due) if found and not found[0].open_slots else None


def sample(inbox: Inbox, company: Company, now: datetime) -> str:
    """What the automatic acknowledgement of an inbox says to a new customer who writes now; empty without words."""
    hours = hours_of(inbox, company)
    minutes = inbox.answer_minutes or company.answer_minutes
    due = max(_quarter(due_in("answer", now, minutes, hours), hours.zone), _quarter(now + 2 * _SOON, hours.zone))
    here = now.astimezone(due.tzinfo)
    known = {"date": due.date().isoformat(), "time": f"{due:%H:%M}"}
    known |= {"date2": here.date().isoformat(), "time2": f"{here:%H:%M}"}
    facts = {"today" if due.date() == here.date() else "later", "automatic"}
    imagined = Conversation(inbox=inbox, contact=Contact(), language=inbox.language)
    found = _bank(engine.engine()).choose(
        "acknowledge", language=inbox.language, channel=None, context=engine.context_of(imagined, company=company),
        slots=known, count=1, facts=facts,
    )  # fmt: skip
    return found[0].text if found and not found[0].open_slots else ""


def language_of(conversation: Conversation) -> str:
    """The customer's language, else that of the inbox."""
    return conversation.language if conversation.language in LANGUAGES else conversation.inbox.language


def answer_by(conversation: Conversation, company: Company, now: datetime) -> datetime:
    """When the answer comes: the quarter before its clock is over; counted anew from now where that is too soon."""
    hours = hours_of(conversation.inbox, company)
    clock = conversation.clocks.filter(kind="answer", state="running").order_by("due_at").first()
    due = _quarter(clock.due_at, hours.zone) if clock else now
    if due < now + _SOON:
        minutes = conversation.inbox.answer_minutes or company.answer_minutes
        due = _quarter(due_in("answer", now, minutes, hours), hours.zone)
    return max(due, _quarter(now + 2 * _SOON, hours.zone))


def _quarter(moment: datetime, zone: str) -> datetime:
    """The last whole quarter of an hour at or before a moment."""
    here = moment.astimezone(ZoneInfo(zone))
    return here.replace(minute=here.minute - here.minute % _STEP, second=0, microsecond=0)


def _detail(conversation: Conversation, message: Message, language: str) -> tuple[str, dict[str, str]]:
    """What shows that it was read: the order, in English also the product, else when he wrote."""
    facts = (message.reading or {}).get("facts") or ()
    orders = [str(one["text"]) for one in facts if one["kind"] == "order"] or [conversation.reference]
    products = [str(one["text"]) for one in facts if one["kind"] == "product"]
    if orders[0]:
        return "order", {"order": orders[0]}
    if language == "en" and products:
        return "product", {"option": products[0]}
    return "sent", {}


@lru_cache(maxsize=2)
def _bank(engine: Engine) -> PhraseBank:
    """Our own phrases beside the names and the calendar of the engine."""
    own = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    tables: dict[str, dict[str, Any]] = {}
    for language, shipped in engine.knowledge.content.tables.items():
        tables[language] = {name: table for name, table in shipped.items() if name != "phrases"}
        if language in own:
            settings = {name: shipped["phrases"][name] for name in _SETTINGS if name in shipped["phrases"]}
            tables[language]["phrases"] = settings | {name: _row(raw) for name, raw in own[language].items()}
    return PhraseBank.of(tables)


def _row(raw: dict[str, Any]) -> dict[str, Any]:
    return {**raw, "stage": "acknowledge", "channels": list(CHANNELS), "acts": ["acknowledge"], "rows": ["S2.9"]}

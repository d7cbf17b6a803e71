"""Promises: found in a reply, shown before sending, kept as rows after it, ended by people alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from zgoda.clocks.zones import first_moment, in_range, zone_named
from zgoda.errors import ZgodaError
from zgoda.values import Promise as Found
from zgoda.values import Review
from zgoda_desk.accounts.models import Company, Hours
from zgoda_desk.audit.actions import fingerprint, record
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.commitments.hours import closing, hours_of
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations import engine, live
from zgoda_desk.conversations.models import Conversation, Message

_OURS = ("agent", "team")
_ENDS = re.compile(r"[.!?…](?=\s)\s*|\n+")


@dataclass(frozen=True)
class Offered:
    """A promise in a draft: where it stands in the text, what it says, and by when in the zone of the inbox's hours."""

    start: int
    end: int
    words: str
    what: str
    channel: str
    due_at: datetime
    whole_day: bool
    zone: str


def zone_of(conversation: Conversation, company: Company) -> str:
    """The zone in which hours are told to this customer; UTC where the company's is not known here."""
    try:
        return zone_named(hours_of(conversation.inbox, company).zone).key
    except ZgodaError:
        return "UTC"


def offered(review: Review, conversation: Conversation, company: Company) -> tuple[Offered, ...]:
    """The promises of a reviewed draft that have a time; one without is a finding, not a promise.

    The review's `now` must have been in `zone_of`, for its times are told in that zone.
    """
    made = (_offered(one, conversation, company) for one in review.promises if one.who in _OURS and one.due)
    return tuple(one for one in made if one is not None)


def found_in(
    text: str, language: str, now: datetime, conversation: Conversation, company: Company
) -> tuple[Offered, ...]:
    """The promises of a text that stands alone, such as a note of a call, each with its last moment."""
    here = now.astimezone(ZoneInfo(zone_of(conversation, company)))
    review = engine.review(text, (), engine.context_of(conversation, company=company), language, here)
    return offered(review, conversation, company)


def keep_from_reply(message: Message, promised: Sequence[Offered], company: Company, now: datetime) -> list[Promise]:
    """Keep the promises of a sent reply; its writer owns them. A thank-you of the customer clears none (S2.30).

    `tell_made` tells of them, after everything slow.
    """
    return [_kept(message, one, company, now) for one in promised]


def tell_made(message: Message, promises: Sequence[Promise], now: datetime) -> None:
    """Audit what a reply promised and let open pages know."""
    for promise in promises:
        record(
            "promise.made", actor=message.person_id, object_type="promise", object_id=promise.pk, now=now,
            conversation=message.conversation_id, due=promise.due_at.isoformat(), what=fingerprint(promise.what),
        )  # fmt: skip
        live.publish("promise", conversation=message.conversation, now=now, promise=promise.pk, what="made")


def _kept(message: Message, one: Offered, company: Company, now: datetime) -> Promise:
    return make_promise(
        message.conversation, message, what=one.what, words=sentence(message.text, one.start, one.end),
        channel=one.channel, person=message.person, due_at=one.due_at, whole_day=one.whole_day, zone=one.zone,
        remind_minutes=company.remind_minutes, now=now,
    )  # fmt: skip


def _offered(found: Found, conversation: Conversation, company: Company) -> Offered | None:
    hours = hours_of(conversation.inbox, company)
    due, whole_day = moment(str(found.due), hours)
    if due is None:
        return None
    zone = zone_of(conversation, company)
    return Offered(found.start, found.end, found.text, found.what, found.channel or "", due, whole_day, zone)


def moment(due: str, hours: Hours) -> tuple[datetime | None, bool]:
    """The last moment of an ISO day or time, and whether it is a whole day: that ends with the day's work (C01).

    An hour that clocks skip is the first one after it, one that they show twice is the first of the two.
    """
    try:
        zone = zone_named(hours.zone)
        day = in_range(date.fromisoformat(due[:10]))
        if "T" in due:
            return _existing(datetime.fromisoformat(due), zone), False
        return closing(day, hours), True
    except (ValueError, ZgodaError):
        return None, False


def _existing(told: datetime, zone: ZoneInfo) -> datetime:
    wall = told.replace(tzinfo=None)
    if told.tzinfo is not None and told.astimezone(zone).replace(tzinfo=None) == wall:
        return told
    return first_moment(wall.date(), wall.hour * 60 + wall.minute, zone)


def sentence(text: str, start: int, end: int) -> str:
    """The sentence in which `[start, end)` stands, for whoever reads the promise without the reply around it."""
    first = max((one.end() for one in _ENDS.finditer(text, 0, start)), default=0)
    after = _ENDS.search(text, end)
    return " ".join(text[first : after.start() + 1 if after else len(text)].split())

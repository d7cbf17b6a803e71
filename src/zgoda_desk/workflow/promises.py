"""Promises: found in a reply, shown before sending, kept as rows after it, ended by people alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from zgoda.values import Promise as Found
from zgoda.values import Review
from zgoda_desk.accounts.models import Company
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.commitments.hours import hours_of, worked
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Conversation, Message

_LAST = time(23, 59)
_OURS = ("agent", "team")


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
    """The zone in which hours are told to this customer."""
    return hours_of(conversation.inbox, company).zone


def offered(review: Review, conversation: Conversation, company: Company) -> tuple[Offered, ...]:
    """The promises of a reviewed draft that have a time; one without is a finding, not a promise.

    The review's `now` must have been in `zone_of`, for its times are told in that zone.
    """
    made = (_offered(one, conversation, company) for one in review.promises if one.who in _OURS and one.due)
    return tuple(one for one in made if one is not None)


def keep_from_reply(message: Message, promised: Sequence[Offered], company: Company, now: datetime) -> list[Promise]:
    """Keep the promises of a sent reply; its writer owns them."""
    return [
        make_promise(
            message.conversation, message, what=one.what, words=one.words, channel=one.channel, person=message.person,
            due_at=one.due_at, whole_day=one.whole_day, zone=one.zone, remind_minutes=company.remind_minutes, now=now,
        )
        for one in promised
    ]  # fmt: skip


def _offered(found: Found, conversation: Conversation, company: Company) -> Offered | None:
    zone = zone_of(conversation, company)
    due, whole_day = _moment(str(found.due), conversation, company)
    if due is None:
        return None
    return Offered(found.start, found.end, found.text, found.what, found.channel or "", due, whole_day, zone)


def _moment(due: str, conversation: Conversation, company: Company) -> tuple[datetime | None, bool]:
    """The last moment of a promise; a day without an hour ends with that day's work (its end where nobody works)."""
    zone = ZoneInfo(zone_of(conversation, company))
    try:
        if "T" in due:
            told = datetime.fromisoformat(due)
            return (told if told.tzinfo else told.replace(tzinfo=zone)), False
        day = date.fromisoformat(due)
    except ValueError:
        return None, False
    return datetime.combine(day, _closing(day, conversation, company), zone), True


def _closing(day: date, conversation: Conversation, company: Company) -> time:
    hours = worked(hours_of(conversation.inbox, company))
    pieces = hours.of(day.weekday()) if hours else ()
    last = min(max((end for _start, end in pieces), default=0), 24 * 60 - 1)
    return time(last // 60, last % 60) if last else _LAST

"""What can still be said today: no ready phrase promises an hour that is over where we work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from zgoda_desk.accounts.models import Company
from zgoda_desk.commitments.hours import closing, hours_of
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow.promises import moment, zone_of

_HOUR = "{time}"  # the open place of an hour in a phrase
_LEAST = timedelta(minutes=30)  # before the end of work, in which nothing new is promised for today


def timely(conversation: Conversation, company: Company, now: datetime) -> Callable[[str], bool]:
    """Whether a phrase can be said now: with the end of today's work as its open hour, nothing in it is over."""
    hours = hours_of(conversation.inbox, company)
    here = now.astimezone(ZoneInfo(zone_of(conversation, company)))
    end = closing(here.date(), hours)
    late = end - now < _LEAST
    last = f"{end.astimezone(here.tzinfo):%H:%M}"

    def fits(text: str) -> bool:
        if not late or _HOUR not in text:
            return True
        dues = engine.promised_in(text.replace(_HOUR, last), conversation.language, here)
        at = (moment(due, hours)[0] for due in dues)
        return all(one is None or one - now >= _LEAST for one in at)

    return fits

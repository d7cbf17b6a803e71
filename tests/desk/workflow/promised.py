"""Makes a promise as a sent reply makes one."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Conversation

WORDS = "I will call you today by 15:00."


def promise_in(
    cast: Cast,
    conversation: Conversation | None = None,
    *,
    due_at: datetime = NOW + timedelta(hours=4),
    owner: Person | None = None,
    channel: str = "phone",
    whole_day: bool = False,
    unowned: bool = False,
) -> Promise:
    """A promise of the owner's (or of somebody else, or nobody's), due in four hours unless told."""
    place = conversation or make_conversation(cast)
    return make_promise(
        place, None, what="call you", words=WORDS, channel=channel, person=None if unowned else owner or cast.owner,
        due_at=due_at, whole_day=whole_day, zone="Europe/Warsaw", remind_minutes=30, now=NOW,
    )  # fmt: skip

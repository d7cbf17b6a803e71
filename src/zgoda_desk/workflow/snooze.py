"""Putting a conversation off; what falls due in it, or a danger to somebody, ends that by itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.conversations.shown.burning import SOON
from zgoda_desk.workflow.standing import refresh_due, touch

LONGEST = timedelta(days=90)
_MORNING = time(9)


class CannotSnooze(Exception):
    """Something in the conversation does not wait: a danger, a clock that is over or soon will be; or it is closed."""


def snooze(person: Person, conversation_id: int, until: datetime, now: datetime) -> datetime:
    """Put a conversation off until a time, at most to a quarter of an hour before its next promise or clock.

    Gives back the time it was put off to. Raises CannotSnooze and changes nothing.
    """
    with transaction.atomic():
        conversation = locked(conversation_id)
        refresh_due(conversation)  # what is due next must be true at this moment
        end = min(until, now + LONGEST)
        if conversation.next_due is not None:
            end = min(end, conversation.next_due - SOON)
        closed = conversation.status == Conversation.Status.CLOSED
        if closed or conversation.rank_safety or conversation.promise_broken or end <= now:
            raise CannotSnooze
        conversation.snoozed_until, conversation.snoozed_by = end, person
        add_event(conversation, "snoozed", person=person, now=now, until=end.isoformat())
        _said(conversation, person, "snoozed", now)
        return end


def wake(person: Person | None, conversation_id: int, now: datetime) -> bool:
    """Bring a conversation back into the queue; False where it was not put off."""
    with transaction.atomic():
        conversation = locked(conversation_id)
        if conversation.snoozed_until is None:
            return False
        conversation.snoozed_until = conversation.snoozed_by = None
        add_event(conversation, "woken", person=person, now=now)
        _said(conversation, person, "woken", now)
        return True


def wake_snoozed(now: datetime, most: int = 200) -> int:
    """Bring back all whose time is over, in which something falls due soon, or somebody is in danger; how many."""
    over = Q(snoozed_until__lte=now) | Q(next_due__lte=now + SOON) | Q(promise_broken=True) | Q(rank_safety__gt=0)
    asleep = Conversation.objects.filter(over, snoozed_until__isnull=False)
    return sum(wake(None, number, now) for number in asleep.values_list("pk", flat=True)[:most])


def until_of(choice: str, now: datetime, day: str = "") -> datetime | None:
    """The time a choice means at `now`, in its zone: `hour`, `tomorrow` at nine, `monday`, or `date` with an ISO day.

    None for no choice, for a day that is over and for one that is none.
    """
    if choice == "hour":
        return now + timedelta(hours=1)
    ahead = {"tomorrow": 1, "monday": 7 - now.weekday()}.get(choice)
    if ahead is not None:
        return _morning(now, (now + timedelta(days=ahead)).date().isoformat())
    return _morning(now, day) if choice == "date" else None


def _morning(now: datetime, day: str) -> datetime | None:
    try:
        at = datetime.combine(datetime.fromisoformat(day[:10]).date(), _MORNING, now.tzinfo)
    except ValueError:
        return None
    return at if at > now and at.year < 9000 else None


def _said(conversation: Conversation, person: Person | None, name: str, now: datetime) -> None:
    touch(conversation, now)
    record(
        f"conversation.{name}", actor=person.pk if person else None, object_type="conversation",
        object_id=conversation.pk, now=now,
    )  # fmt: skip
    live.publish("conversation", conversation=conversation, now=now, what=name)

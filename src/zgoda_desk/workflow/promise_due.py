"""What happens to promises by time alone: a reminder before, broken at the hour, a new owner where theirs is away.

Each happens once, however often it is asked and whatever the clock does: the row itself says that it was done, in the
transaction of what is told of it (C07).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from zgoda_desk.accounts.access import leads_of
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments import actions
from zgoda_desk.commitments.hours import shift_end_before
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow.standing import save_due

_AHEAD = timedelta(days=14)  # how far ahead shifts are looked at


def to_break(now: datetime) -> QuerySet[Promise]:
    """Open promises whose time has passed."""
    return Promise.objects.filter(state="open", due_at__lte=now)


def break_one(promise: Promise, conversation: Conversation, now: datetime) -> bool:
    """A promise is broken: its owner and whoever leads hear of it at the same moment."""
    if not actions.break_promise(promise, now):
        return False
    add_event(
        conversation, "promise_broken", person=None, now=now, promise=promise.pk, what=promise.what,
        due_at=promise.due_at.isoformat(),
    )  # fmt: skip
    save_due(conversation)
    record(
        "promise.broken", actor=None, object_type="promise", object_id=promise.pk, now=now,
        conversation=conversation.pk, owner=promise.owner_id,
    )  # fmt: skip
    live.publish("promise", conversation=conversation, now=now, promise=promise.pk, what="broken")
    for person in _told(promise, conversation):
        live.publish("broken", conversation=conversation, person=person, now=now, promise=promise.pk)
    return True


def _told(promise: Promise, conversation: Conversation) -> Iterable[Person]:
    found = {one.pk: one for one in leads_of(conversation.inbox)}
    if promise.owner is not None and promise.owner.is_active:
        found[promise.owner.pk] = promise.owner
    return found.values()


def to_remind(now: datetime) -> QuerySet[Promise]:
    """Open promises of which their owner is to be reminded; one that is over by now is told as broken instead."""
    return Promise.objects.filter(state="open", reminded_at=None, remind_at__lte=now, due_at__gt=now)


def remind_one(promise: Promise, conversation: Conversation, now: datetime) -> bool:
    """Remind the owner; where there is none, a new owner is asked for instead."""
    if not actions.note_reminded(promise, now):
        return False
    if promise.owner is not None:
        live.publish("reminder", conversation=conversation, person=promise.owner, now=now, promise=promise.pk)
    live.publish("promise", conversation=conversation, now=now, promise=promise.pk, what="reminder")
    return True


def to_hand_over(now: datetime) -> QuerySet[Promise]:
    """Promises nobody was asked to take over yet whose owner may not be there; `is_away` tells."""
    unasked = Promise.objects.filter(state__in=actions.OWED, owner_asked_at=None)
    gone = Q(owner=None) | Q(owner__is_active=False) | Q(owner__absent_until__gt=now) | Q(owner__available=False)
    near = Q(owner__shift__isnull=False, due_at__lte=now + _AHEAD, due_at__gt=now)
    return unasked.filter(gone | near).select_related("owner__shift")


def is_away(promise: Promise, now: datetime) -> bool:
    """Whether a new owner must be asked for by now; as early as its own reminder comes is time enough."""
    return away(promise, promise.due_at - (promise.remind_at or promise.due_at), now)


def away(promise: Promise, early: timedelta, now: datetime) -> bool:
    """Whether the owner of a promise must be replaced: nobody, gone, absent when it is due, or his shift ends before.

    The end of a shift is told `early` before it, or at once; "not available" has no end, so it counts from `early`
    before the hour on.
    """
    owner = promise.owner
    if owner is None or not owner.is_active:
        return True
    back = owner.absent_until if owner.absent_until and owner.absent_until > now else None
    if back is not None and back > promise.due_at - early:
        return True
    if not owner.available and promise.due_at - early <= now:
        return True
    return _shift_ends(promise, back or now, early, now)


def _shift_ends(promise: Promise, since: datetime, early: timedelta, now: datetime) -> bool:
    shift = promise.owner.shift if promise.owner else None
    if shift is None or promise.due_at <= now:
        return False
    end = shift_end_before(promise.due_at, since, shift)
    return end is None or (end < promise.due_at and end - early <= now)


def ask_owner(promise: Promise, conversation: Conversation, now: datetime) -> bool:
    """Ask everybody who works in the inbox, leads too, who takes a promise over."""
    if not actions.note_owner_asked(promise, now):
        return False
    add_event(conversation, "owner_asked", person=None, now=now, promise=promise.pk, what=promise.what)
    record(
        "promise.owner_asked", actor=None, object_type="promise", object_id=promise.pk, now=now,
        conversation=conversation.pk, owner=promise.owner_id,
    )  # fmt: skip
    live.publish("owner", conversation=conversation, now=now, promise=promise.pk, by=promise.owner_id)
    live.publish("promise", conversation=conversation, now=now, promise=promise.pk, what="owner")
    return True

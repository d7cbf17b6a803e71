"""What people do with a promise: keep it, withdraw it, open it again, hand it over, change it; each is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from zgoda_desk.accounts.access import company, may_work_in
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments import actions
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.lib.plain import one_line
from zgoda_desk.workflow.assign import MayNotWork
from zgoda_desk.workflow.standing import touch

Deed = Callable[[Promise], dict[str, Any] | None]


class NotChanged(Exception):
    """A change without words, or to a time that is over; nothing was changed."""


@dataclass(frozen=True)
class Change:
    """What is promised now, and by when; a whole day has its end of work as `due_at`."""

    what: str
    due_at: datetime
    whole_day: bool = False


def keep(person: Person, promise_id: int, now: datetime) -> bool:
    """Say that a promise was kept, late ones too; False where somebody ended it before."""
    return _do(
        person,
        promise_id,
        "kept",
        now,
        lambda one: {} if actions.end_promise(one, "kept", person=person, now=now) else None,
    )


def withdraw(person: Person, promise_id: int, reason: str, now: datetime) -> bool:
    """Take a promise back, with what the customer was told; NotChanged without a reason, False where it had ended."""
    note = one_line(reason, 300)
    if not note:
        raise NotChanged

    def deed(promise: Promise) -> dict[str, Any] | None:
        done = actions.end_promise(promise, "withdrawn", person=person, now=now, note=note)
        return {"note": note} if done else None

    return _do(person, promise_id, "withdrawn", now, deed)


def reopen(person: Person, promise_id: int, now: datetime) -> bool:
    """Take back that it was kept or withdrawn; one whose time has passed is broken with the next tick."""
    return _do(person, promise_id, "reopened", now, lambda one: {} if actions.reopen_promise(one) else None)


def hand_over(person: Person, promise_id: int, to: Person, now: datetime, *, chosen: bool = True) -> bool:
    """Give a promise to somebody, or take it oneself; False where it was his and nobody asked for a new owner.

    It stays his when its conversation goes to another, unless he was not `chosen` for it alone.
    Raises MayNotWork and changes nothing where he may not work in the inbox. He hears of it.
    """

    def deed(promise: Promise) -> dict[str, Any] | None:
        if not may_work_in(to, promise.conversation.inbox):
            raise MayNotWork
        if promise.owner_id == to.pk and promise.owner_asked_at is None:
            return None
        actions.give_promise(promise, to, chosen=chosen)
        if to.pk != person.pk:
            live.publish("owner", conversation=promise.conversation, person=to, now=now, by=person.pk)
        return {"to": to.pk, "to_name": to.name}

    return _do(person, promise_id, "given", now, deed)


def change(person: Person, promise_id: int, to: Change, now: datetime, *, back: bool = False) -> bool:
    """Change the words or the time of a promise that is owed; False where nothing is different or it has ended.

    Raises NotChanged without words, or for a new time that is over; `back` takes an earlier change back, whose time may
    be over. That he is told is for the reply: the page of the customer shows it at once.
    """
    what = one_line(to.what, 300)

    def deed(promise: Promise) -> dict[str, Any] | None:
        moved = (to.due_at, to.whole_day) != (promise.due_at, promise.whole_day)
        if not what or (moved and to.due_at <= now and not back):
            raise NotChanged
        if promise.state not in actions.OWED or (what == promise.what and not moved):
            return None
        actions.change_promise(
            promise, what=what, due_at=to.due_at, whole_day=to.whole_day, remind_minutes=company().remind_minutes,
            now=now,
        )  # fmt: skip
        return {"what": what, "due_at": to.due_at.isoformat()}

    return _do(person, promise_id, "changed", now, deed)


def _do(person: Person, promise_id: int, name: str, now: datetime, deed: Deed) -> bool:
    """One transaction: the deed under the conversation's lock, then timeline, queue, audit and open pages."""
    with transaction.atomic():
        number = Promise.objects.values_list("conversation_id", flat=True).get(pk=promise_id)
        conversation = locked(number)
        promise = Promise.objects.get(pk=promise_id)
        promise.conversation = conversation
        told = deed(promise)
        if told is None:
            return False
        add_event(conversation, f"promise_{name}", person=person, now=now, promise=promise_id, **told)
        touch(conversation, now)
        record(
            f"promise.{name}", actor=person.pk, object_type="promise", object_id=promise_id, now=now,
            conversation=conversation.pk, due=promise.due_at.isoformat(), to=told.get("to"),
        )  # fmt: skip
        live.publish("promise", conversation=conversation, now=now, promise=promise_id, what=name, by=person.pk)
    return True

"""Promises go with their conversation: whoever owns it now answers for what is still owed in it (S2.30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.actions import OWED, give_promise
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Conversation

Owed = tuple[Promise, int | None]  # a promise that went with its conversation, and the id of who owned it before


@dataclass(frozen=True)
class Before:
    """Whose a conversation was, and whose the promises that went with it: each by its id, with that of its owner."""

    assignee: int | None
    promises: tuple[tuple[int, int | None], ...] = ()


def follow(conversation: Conversation, to: Person) -> list[Owed]:
    """Give what is owed, open or broken, to the new owner of the conversation, which the caller holds.

    A promise whose owner was chosen for it alone stays with him, unless he is gone or a new owner is asked for.
    """
    absent = Q(owner=None) | Q(owner__is_active=False) | Q(owner_asked_at__isnull=False)
    owed = Promise.objects.filter(Q(owner_chosen=False) | absent, conversation=conversation, state__in=OWED)
    return [_given(promise, to) for promise in owed.exclude(owner=to, owner_asked_at=None)]


def put_back(conversation: Conversation, before: Before) -> list[Owed]:
    """Give promises back to their owners of before, where they are still owed by the one who has the conversation."""
    was = dict(before.promises)
    owners = Person.objects.in_bulk([owner for owner in was.values() if owner])
    owed = conversation.promises.filter(pk__in=was, state__in=OWED, owner=conversation.assignee_id, owner_chosen=False)
    return [_given(promise, owners.get(was[promise.pk] or 0)) for promise in owed]


def promised(owed: list[Owed]) -> dict[str, list[str]]:
    """What an event says of the promises that went along; nothing where there were none."""
    return {"promised": [one.what for one, _owner in owed]} if owed else {}


def tell_given(person: Person, conversation: Conversation, owed: list[Owed], now: datetime) -> None:
    """Audit each and let open pages know; after everything slow, for all wait for the one lock of the audit."""
    for one, _owner in owed:
        record(
            "promise.given", actor=person.pk, object_type="promise", object_id=one.pk, now=now,
            conversation=conversation.pk, due=one.due_at.isoformat(), to=one.owner_id,
        )  # fmt: skip
        live.publish("promise", conversation=conversation, now=now, promise=one.pk, what="given", by=person.pk)


def _given(promise: Promise, to: Person | None) -> Owed:
    before = promise.owner_id
    give_promise(promise, to)
    return promise, before

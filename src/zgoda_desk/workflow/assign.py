"""Whose a conversation is: taken by oneself, given to a colleague who may work there, or put down again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.access import may_work_in
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.workflow.standing import refresh


class MayNotWork(Exception):
    """The person may not answer in the inbox of the conversation."""


def assign(person: Person, conversation_id: int, to: Person | None, now: datetime) -> bool:
    """Give a conversation to somebody, or to nobody; False where it was his before. A promise keeps its owner.

    Raises MayNotWork and changes nothing where he may not work in the inbox. He hears of it, unless he did it himself.
    """
    with transaction.atomic():
        conversation = locked(conversation_id)
        if to is not None and not may_work_in(to, conversation.inbox):
            raise MayNotWork
        if conversation.assignee_id == (to.pk if to else None):
            return False
        before, conversation.assignee = conversation.assignee_id, to
        name, told = _told(person, to)
        add_event(conversation, name, person=person, now=now, **told)
        refresh(conversation, now)
        record(
            f"conversation.{name}", actor=person.pk, object_type="conversation", object_id=conversation.pk, now=now,
            to=to.pk if to else None, before=before,
        )  # fmt: skip
        live.publish("conversation", conversation=conversation, now=now, what=name)
        if to is not None and to.pk != person.pk:
            live.publish("assigned", conversation=conversation, person=to, now=now, by=person.pk, name=person.name)
    return True


def take(person: Person, conversation_id: int, now: datetime) -> bool:
    """Take a conversation oneself; False where one had it."""
    return assign(person, conversation_id, person, now)


def _told(person: Person, to: Person | None) -> tuple[str, dict[str, object]]:
    if to is None:
        return "put_down", {}
    return ("taken", {}) if to.pk == person.pk else ("assigned", {"to": to.pk, "to_name": to.name})

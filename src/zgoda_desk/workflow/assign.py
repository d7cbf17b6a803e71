"""Whose a conversation is: taken by oneself, given to a colleague who may work there, or put down again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.access import may_work_in
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow.following import Before, Owed, follow, promised, put_back, tell_given
from zgoda_desk.workflow.standing import save_owner


class MayNotWork(Exception):
    """The person may not answer in the inbox of the conversation."""


def assign(person: Person, conversation_id: int, to: Person | None, now: datetime) -> bool:
    """Give a conversation to somebody, or to nobody; False where it was his before."""
    return give(person, conversation_id, to, now) is not None


def take(person: Person, conversation_id: int, now: datetime) -> bool:
    """Take a conversation oneself; False where one had it."""
    return assign(person, conversation_id, person, now)


def give(person: Person, conversation_id: int, to: Person | None, now: datetime) -> Before | None:
    """Give a conversation to somebody, with what is owed in it; back comes whose all that was, None for no change.

    A promise whose owner was chosen in its own form stays with him; put down, a conversation leaves every promise with
    its owner. Raises MayNotWork and changes nothing where he may not work in the inbox. He hears of it, unless he did
    it himself.
    """
    with transaction.atomic():
        conversation = _locked_for(conversation_id, to)
        if conversation.assignee_id == (to.pk if to else None):
            return None
        owed = follow(conversation, to) if to else []
        before = Before(conversation.assignee_id, tuple((one.pk, owner) for one, owner in owed))
        _hand(person, conversation, to, owed, now)
        return before


def give_back(person: Person, conversation_id: int, before: Before, now: datetime) -> bool:
    """Take the giving back: the conversation and each promise that went with it are whose they were."""
    to = Person.objects.filter(pk=before.assignee or 0, is_active=True).first()
    with transaction.atomic():
        conversation = _locked_for(conversation_id, to)
        if conversation.assignee_id == (to.pk if to else None):
            return False
        _hand(person, conversation, to, put_back(conversation, before), now)
    return True


def _locked_for(conversation_id: int, to: Person | None) -> Conversation:
    conversation = locked(conversation_id)
    if to is not None and not may_work_in(to, conversation.inbox):
        raise MayNotWork
    return conversation


def _hand(person: Person, conversation: Conversation, to: Person | None, owed: list[Owed], now: datetime) -> None:
    before, conversation.assignee = conversation.assignee_id, to
    name, told = _told(person, to)
    add_event(conversation, name, person=person, now=now, **told, **promised(owed))
    save_owner(conversation, now)
    record(
        f"conversation.{name}", actor=person.pk, object_type="conversation", object_id=conversation.pk, now=now,
        to=to.pk if to else None, before=before,
    )  # fmt: skip
    tell_given(person, conversation, owed, now)
    live.publish("conversation", conversation=conversation, now=now, what=name)
    if to is not None and to.pk != person.pk:
        live.publish("assigned", conversation=conversation, person=to, now=now, by=person.pk, name=person.name)


def _told(person: Person, to: Person | None) -> tuple[str, dict[str, object]]:
    if to is None:
        return "put_down", {}
    return ("taken", {}) if to.pk == person.pk else ("assigned", {"to": to.pk, "to_name": to.name})

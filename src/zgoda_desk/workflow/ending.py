"""Closing a conversation, opening it again, and saying that something was no spam."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.actions import end_clocks
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.workflow.clocks import start_for_message
from zgoda_desk.workflow.standing import count, touch

SPAM = "spam"


_HOT = ("angry", "abusive")


class StillOwed(Exception):
    """A conversation was to be closed in which something is owed, and nobody confirmed it.

    `promises` are those still open; `answer` says that a hot or dangerous message has none yet.
    """

    def __init__(self, promises: list[Promise], *, answer: bool) -> None:
        super().__init__(f"{len(promises)} open, {'an' if answer else 'no'} answer owed")
        self.promises = promises
        self.answer = answer


def open_promises(conversation: Conversation) -> QuerySet[Promise]:
    """What we still owe."""
    return conversation.promises.filter(state__in=["open", "broken"]).select_related("owner")


def owes_answer(conversation: Conversation) -> bool:
    """Nobody has answered yet, and the customer's last message is hot or speaks of a danger."""
    pressing = conversation.state in _HOT or conversation.rank_safety > 0
    return conversation.waiting_since is not None and pressing


def close(person: Person, conversation_id: int, now: datetime, *, confirmed: bool = False) -> Conversation:
    """Close a conversation; its promises stay owed whatever happens here, statutory clocks go on (S2.30, S1.35).

    Raises StillOwed where a promise is open, or a hot message has no answer, and nobody confirmed it.
    """
    with transaction.atomic():
        conversation = locked(conversation_id)
        if conversation.status == Conversation.Status.CLOSED:
            return conversation
        owed, answer = list(open_promises(conversation)), owes_answer(conversation)
        if (owed or answer) and not confirmed:
            raise StillOwed(owed, answer=answer)
        conversation.status = Conversation.Status.CLOSED
        conversation.snoozed_until = conversation.snoozed_by = None
        for kind in ("acknowledge", "answer"):
            end_clocks(conversation, kind, state="stopped", now=now)
        _said(person, conversation, "closed", now)
        return conversation


def reopen(person: Person, conversation_id: int, now: datetime) -> Conversation:
    """Open a closed conversation again; a message without an answer gets its clock back."""
    with transaction.atomic():
        conversation = locked(conversation_id)
        if conversation.status != Conversation.Status.CLOSED:
            return conversation
        conversation.status = Conversation.Status.OPEN
        _restart(conversation)
        _said(person, conversation, "reopened", now)
        return conversation


def not_spam(person: Person, conversation_id: int, now: datetime) -> bool:
    """Say that its messages are no spam: the clocks run from when they came in. False where there was no mark."""
    with transaction.atomic():
        conversation = locked(conversation_id)
        marked = [one for one in conversation.messages.all() if SPAM in one.problems]
        for message in marked:
            message.problems = [name for name in message.problems if name != SPAM]
            message.save(update_fields=["problems"])
        if marked:
            _restart(conversation)
            count(conversation)
            _said(person, conversation, "not_spam", now)
        return bool(marked)


def _restart(conversation: Conversation) -> None:
    """The clock of the first message that has no answer yet; its time began when it came in, not now."""
    first = (
        conversation.messages.filter(kind=Message.Kind.CUSTOMER, at__gte=conversation.waiting_since)
        .order_by("at", "id")
        .first()
        if conversation.waiting_since
        else None
    )
    if first is not None:
        conversation.clocks.filter(kind="answer", since=first.at, state="stopped").update(
            state="running", ended_at=None
        )
        start_for_message(conversation, first, company())


def _said(person: Person, conversation: Conversation, name: str, now: datetime) -> None:
    add_event(conversation, name, person=person, now=now)
    touch(conversation, now)
    record(f"conversation.{name}", actor=person.pk, object_type="conversation", object_id=conversation.pk, now=now)
    live.publish("conversation", conversation=conversation, now=now, what=name)

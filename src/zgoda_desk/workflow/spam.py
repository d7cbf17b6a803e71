"""Saying of a conversation that it is spam; that it is none stands in `ending`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.actions import end_clocks
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.workflow.ending import SPAM
from zgoda_desk.workflow.standing import count, touch


def is_spam(person: Person, conversation_id: int, now: datetime) -> bool:
    """Mark a conversation's messages as spam: its clocks to acknowledge and to answer stop. False where it was.

    A new message that does not look like spam brings it back; promises and terms of law go on.
    """
    with transaction.atomic():
        conversation = locked(conversation_id)
        if not _mark(conversation):
            return False
        for kind in ("acknowledge", "answer"):
            end_clocks(conversation, kind, state="stopped", now=now)
        add_event(conversation, "spam", person=person, now=now)
        count(conversation)
        touch(conversation, now)
        record("conversation.spam", actor=person.pk, object_type="conversation", object_id=conversation.pk, now=now)
        live.publish("conversation", conversation=conversation, now=now, what="spam")
    return True


def _mark(conversation: Conversation) -> int:
    said = conversation.messages.filter(kind=Message.Kind.CUSTOMER).only("problems", "conversation_id")
    clean = [one for one in said if SPAM not in one.problems]
    for message in clean:
        message.problems = [*message.problems, SPAM]
        message.save(update_fields=["problems"])
    return len(clean)

"""A person says what became of a mail of which the desk is not certain, or sends one again that did not leave."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event
from zgoda_desk.conversations.models import Message
from zgoda_desk.post import actions as post


def settle_reply(person: Person, message: Message, *, arrived: bool, now: datetime) -> bool:
    """Mark a failed or uncertain reply as arrived, or queue it again under its Message-ID.

    False where somebody settled it before; nothing is then sent a second time.
    """
    if message.outgoing is None:
        return False
    with transaction.atomic():
        if not post.settle_unknown(message.outgoing, person, arrived=arrived, now=now):
            return False
        name = "mail_sent" if arrived else "mail_again"
        add_event(message.conversation, name, person=person, now=now, message=message.pk)
        record(f"reply.{name}", actor=person.pk, object_type="message", object_id=message.pk, now=now)
        live.publish(
            "mail", conversation=message.conversation, now=now, message=message.pk, by=person.pk,
            state="sent" if arrived else "queued",
        )  # fmt: skip
    return True

"""Taking a reply back in its first seconds: the mail stays, its words are the draft again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import locked
from zgoda_desk.conversations.models import Conversation, Message, Overrule
from zgoda_desk.post import actions as post
from zgoda_desk.post.models import Attachment
from zgoda_desk.workflow.drafts import put_before
from zgoda_desk.workflow.standing import refresh


def undo_reply(person: Person, message_id: int, now: datetime) -> bool:
    """Take a person's reply back; False where it has begun to leave. One transaction: all of it or nothing.

    The revision rises: whoever read the reply has to see that it is gone before he answers.
    """
    with transaction.atomic():
        message = Message.objects.select_related("outgoing").get(pk=message_id)
        conversation = locked(message.conversation_id)
        if message.person_id != person.pk or message.outgoing is None or not post.undo(message.outgoing, now):
            return False
        _draft_again(person, conversation, message, now)
        _forget(message)
        _as_before(conversation, message)
        _clocks_again(conversation, message, now)
        message.kind, message.event, message.text, message.review = Message.Kind.EVENT, "taken_back", "", None
        message.data = {"message": message.pk, "key": message.data.get("key", "")}
        message.save(update_fields=["kind", "event", "data", "text", "review"])
        conversation.revision += 1
        refresh(conversation, now)
        record("reply.undone", actor=person.pk, object_type="message", object_id=message.pk, now=now)
        live.publish(
            "undone", conversation=conversation, now=now, message=message.pk, by=person.pk,
            revision=conversation.revision,
        )  # fmt: skip
    return True


def _draft_again(person: Person, conversation: Conversation, message: Message, now: datetime) -> None:
    """The words come before what he has begun since, and the files hang on the draft again."""
    draft = put_before(person, conversation, message.text, now)
    Attachment.objects.filter(message=message.pk).update(message=None, draft=draft.pk)


def _forget(message: Message) -> None:
    """What the reply promised, the rung it took and the mistakes it was sent with were never said."""
    Promise.objects.filter(message=message).delete()
    Overrule.objects.filter(message=message).delete()
    message.rungs.all().delete()


def _as_before(conversation: Conversation, message: Message) -> None:
    """What the reply set and nobody changed since is as it was."""
    before = message.data.get("before") or {}
    if conversation.status in (Conversation.Status.WAITING, Conversation.Status.AGREED):
        conversation.status = before.get("status", Conversation.Status.OPEN)
    if conversation.assignee_id == message.person_id and before.get("assignee") is None:
        conversation.assignee = None
    if conversation.acknowledged_at == message.at:
        conversation.acknowledged_at = None


def _clocks_again(conversation: Conversation, message: Message, now: datetime) -> None:
    """What this reply met runs again, in the place of a clock of the kind that a later message started."""
    met = Clock.objects.filter(conversation=conversation, state="met", ended_at=message.at)
    for clock in met:
        later = Clock.objects.filter(conversation=conversation, kind=clock.kind, state="running", row=clock.row)
        later.update(state="stopped", ended_at=now)
        clock.state, clock.ended_at = "running", None
        clock.save(update_fields=["state", "ended_at"])

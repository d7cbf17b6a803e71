"""Taking a reply back in its first seconds: the mail stays, its words are the draft again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Conversation, Draft, Message
from zgoda_desk.post import actions as post
from zgoda_desk.workflow.standing import refresh


def undo_reply(person: Person, message_id: int, now: datetime) -> bool:
    """Take a person's reply back; False where it has begun to leave. One transaction: all of it or nothing."""
    with transaction.atomic():
        message = Message.objects.select_related("outgoing").get(pk=message_id)
        conversation = (
            Conversation.objects.select_for_update().select_related("inbox", "contact").get(pk=message.conversation_id)
        )
        if message.person_id != person.pk or message.outgoing is None or not post.undo(message.outgoing, now):
            return False
        _draft_again(person, message, now)
        Promise.objects.filter(message=message).delete()
        message.rungs.all().delete()
        _clocks_again(conversation, message)
        message.kind, message.event = Message.Kind.EVENT, "taken_back"
        message.data, message.text = {"message": message.pk}, ""
        message.save(update_fields=["kind", "event", "data", "text"])
        conversation.revision += 1
        conversation.status = Conversation.Status.OPEN
        refresh(conversation, now)
        record("reply.undone", actor=person.pk, object_type="message", object_id=message.pk, now=now)
        live.publish("undone", conversation=conversation, now=now, message=message.pk)
    return True


def _draft_again(person: Person, message: Message, now: datetime) -> None:
    """The words come before what he has begun since."""
    draft = Draft.objects.filter(conversation=message.conversation, person=person, kind="reply").first()
    if draft is None:
        Draft.objects.create(
            conversation=message.conversation, person=person, kind="reply", text=message.text, version=1, kept_at=now
        )
        return
    draft.text = f"{message.text}\n\n{draft.text}" if draft.text.strip() else message.text
    draft.version, draft.kept_at = draft.version + 1, now
    draft.save(update_fields=["text", "version", "kept_at"])


def _clocks_again(conversation: Conversation, message: Message) -> None:
    """What this reply met runs again; an acknowledgement it gave is taken back with it."""
    met = Clock.objects.filter(conversation=conversation, state="met", ended_at=message.at)
    met.update(state="running", ended_at=None)
    if conversation.acknowledged_at == message.at:
        conversation.acknowledged_at = None

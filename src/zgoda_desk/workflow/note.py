"""Notes among ourselves: kept in the timeline, never sent, looked at for labels on persons."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from zgoda.errors import ZgodaError
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import fingerprint, record
from zgoda_desk.conversations import engine, live
from zgoda_desk.conversations.actions import locked_with_merged
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.conversations.searched import index
from zgoda_desk.lib.plain import storable
from zgoda_desk.workflow.drafts import spend_draft

MOST = 20_000  # code points of a note


def add_note(
    person: Person, conversation: Conversation, text: str, now: datetime, *, key: str = "", version: int = 0
) -> Message | None:
    """Keep a note; None for an empty one. The same `key` again answers with the same note.

    The note is reviewed (`person_label`) and kept whatever the review says: a person decides.
    """
    words = storable(text).strip()[:MOST]
    if not words:
        return None
    with transaction.atomic():
        conversation = locked_with_merged(conversation.pk)
        known = conversation.messages.filter(kind=Message.Kind.NOTE, data__key=key).first() if key else None
        if known is not None:
            return known
        note = Message.objects.create(
            conversation=conversation, kind=Message.Kind.NOTE, person=person, at=now, text=words,
            newest_end=len(words), review=_review(person, conversation, words, now), data={"key": key} if key else {},
        )  # fmt: skip
        spend_draft(person, conversation, "note", words, version, now)
        Conversation.objects.filter(pk=conversation.pk).update(changed_at=now)
        index(conversation)
        record(
            "note.added", actor=person.pk, object_type="message", object_id=note.pk, now=now,
            conversation=conversation.pk, text=fingerprint(words),
        )  # fmt: skip
        live.publish("note", conversation=conversation, now=now, message=note.pk, by=person.pk)
        return note


def _review(person: Person, conversation: Conversation, words: str, now: datetime) -> dict[str, Any] | None:
    """The engine's review of a note; None where it has none, which keeps nothing back."""
    context = engine.context_of(conversation, person=person, kind="note")
    try:
        return engine.review(words, (), context, "", now).as_dict()
    except ZgodaError:
        return None

"""Words of the company's own on a conversation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import locked
from zgoda_desk.conversations.models import Conversation, Tag
from zgoda_desk.conversations.searched import index
from zgoda_desk.lib.plain import one_line, same_word

LONGEST = 40
MOST = 20  # tags of one conversation


def add_tag(person: Person, conversation: Conversation, name: str, now: datetime) -> Tag | None:
    """Put a tag on a conversation, made where there is none in any case of letters; None for no name, or too many."""
    word = " ".join(one_line(name, LONGEST).split()).strip("#,; ")
    if not word or conversation.tags.count() >= MOST:
        return None
    with transaction.atomic():
        conversation = locked(conversation.pk)
        tag, _made = Tag.objects.get_or_create(key=same_word(word), defaults={"name": word})
        if not conversation.tags.filter(pk=tag.pk).exists():
            conversation.tags.add(tag)
            _said(person, conversation, tag, "tag.added", now)
        return tag


def remove_tag(person: Person, conversation: Conversation, tag_id: int, now: datetime) -> bool:
    """Take a tag off; False where it was not on."""
    with transaction.atomic():
        conversation = locked(conversation.pk)
        tag = conversation.tags.filter(pk=tag_id).first()
        if tag is None:
            return False
        conversation.tags.remove(tag)
        _said(person, conversation, tag, "tag.removed", now)
        return True


def suggestions(conversation: Conversation, count: int = 30) -> list[str]:
    """Names of tags in use that are not on the conversation."""
    on = conversation.tags.values("pk")
    return list(Tag.objects.exclude(pk__in=on).values_list("name", flat=True)[:count])


def _said(person: Person, conversation: Conversation, tag: Tag, kind: str, now: datetime) -> None:
    index(conversation)
    record(kind, actor=person.pk, object_type="conversation", object_id=conversation.pk, now=now, tag=tag.pk)
    live.publish("conversation", conversation=conversation, now=now, what="tags")

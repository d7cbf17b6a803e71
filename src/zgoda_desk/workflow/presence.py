"""Who has a conversation open and who is writing in it: told, never locked."""

from __future__ import annotations

from datetime import datetime, timedelta

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Conversation, Presence

FADES = timedelta(seconds=15)
FORGOTTEN = timedelta(minutes=10)


def note_presence(person: Person, conversation: Conversation, now: datetime, *, writing: bool) -> list[Presence]:
    """Remember that a person is here; gives back the others who are writing now."""
    before = Presence.objects.filter(conversation=conversation, person=person).first()
    fields = {"at": now, "writing_at": now} if writing else {"at": now}
    Presence.objects.update_or_create(conversation=conversation, person=person, defaults=fields)
    quiet = before is None or before.writing_at is None or now - before.writing_at > FADES
    if writing and quiet:
        live.publish("presence", conversation=conversation, now=now, by=person.pk, name=person.name)
    return others_writing(person, conversation, now)


def others_writing(person: Person, conversation: Conversation, now: datetime) -> list[Presence]:
    """Colleagues who wrote in the last seconds."""
    writing = Presence.objects.filter(conversation=conversation, writing_at__gt=now - FADES).exclude(person=person)
    return list(writing.select_related("person"))


def forget_presences(now: datetime) -> int:
    """Drop what nobody renewed."""
    return Presence.objects.filter(at__lt=now - FORGOTTEN).delete()[0]

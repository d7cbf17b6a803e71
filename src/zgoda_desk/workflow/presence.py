"""Who has a conversation open and who is writing in it: told, never locked."""

from __future__ import annotations

from datetime import datetime, timedelta

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Conversation, Presence

WRITES = timedelta(seconds=15)  # after the last key that was told
STAYS = timedelta(seconds=75)  # after the last sign of an open page, which comes every 30 s
FORGOTTEN = timedelta(minutes=10)


def note_presence(person: Person, conversation: Conversation, now: datetime, *, writing: bool) -> list[Presence]:
    """Remember that a person is here; gives back the others who are, those who write first.

    Open pages hear of it when he comes and when he begins to write.
    """
    before = Presence.objects.filter(conversation=conversation, person=person).first()
    fields = {"at": now, "writing_at": now} if writing else {"at": now}
    Presence.objects.update_or_create(conversation=conversation, person=person, defaults=fields)
    came = before is None or now - before.at > STAYS
    begins = writing and (before is None or before.writing_at is None or now - before.writing_at > WRITES)
    if came or begins:
        live.publish("presence", conversation=conversation, now=now, by=person.pk, name=person.name, writing=writing)
    return others_here(person, conversation, now)


def others_here(person: Person, conversation: Conversation, now: datetime) -> list[Presence]:
    """Colleagues who have the conversation open, those who write first."""
    here = Presence.objects.filter(conversation=conversation, at__gt=now - STAYS).exclude(person=person)
    return sorted(here.select_related("person"), key=lambda one: not is_writing(one, now))


def is_writing(presence: Presence, now: datetime) -> bool:
    """Whether somebody wrote in the last seconds."""
    return presence.writing_at is not None and presence.writing_at > now - WRITES


def forget_presences(now: datetime) -> int:
    """Drop what nobody renewed."""
    return Presence.objects.filter(at__lt=now - FORGOTTEN).delete()[0]

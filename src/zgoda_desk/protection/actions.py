"""Counting the time spent in heat, for rest, and logging who opened the words kept as evidence."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.protection.models import Exposure, Unmasked

MOST = 60  # seconds that one report may tell


def add_time(person: Person, day: date, state: str, seconds: int) -> Exposure:
    """Add seconds in an angry or abusive conversation to a person's own day; nothing for a calmer one."""
    exposure, _made = Exposure.objects.get_or_create(person=person, day=day)
    if state in ("angry", "abusive") and 0 < seconds <= MOST:
        Exposure.objects.filter(pk=exposure.pk).update(**{state: F(state) + seconds})
        exposure.refresh_from_db()
    return exposure


def rest(person: Person, day: date, now: datetime) -> None:
    """Note that a person took a rest; what was counted stays."""
    exposure, _made = Exposure.objects.get_or_create(person=person, day=day)
    exposure.rested_at = now
    exposure.save(update_fields=["rested_at"])


def log_opening(person: Person, conversation: Conversation, messages: list[Message], now: datetime) -> None:
    """Log that somebody opened messages as they were written."""
    Unmasked.objects.bulk_create(
        Unmasked(conversation=conversation, person=person, message=one.pk, at=now) for one in messages
    )

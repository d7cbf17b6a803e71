"""Changes of conversations that several things that happen have in common."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Conversation, Message


def add_event(conversation: Conversation, name: str, *, person: Person | None, now: datetime, **data: Any) -> Message:
    """Put an event into the timeline; `data` holds ids and names, times as ISO, never a customer's words."""
    return Message.objects.create(
        conversation=conversation, kind=Message.Kind.EVENT, event=name[:30], person=person, at=now, text="", data=data
    )

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


def locked(pk: int) -> Conversation:
    """A conversation held until the transaction ends, with its inbox and contact; raises Conversation.DoesNotExist.

    Its own row alone: an inbox that is held would keep every mail to it waiting. Held before anything is written to the
    audit or told live: whoever has their one lock must wait for no row, or two could wait for each other.
    """
    held = Conversation.objects.select_for_update(of=("self",), no_key=True)  # what only names it need not wait
    return held.select_related("inbox", "contact").get(pk=pk)


def locked_with_merged(pk: int) -> Conversation:
    """The same, of a merged conversation the one it was merged into: where whatever is added to it is seen."""
    found = locked(pk)
    while found.merged_into_id is not None:
        found = locked(found.merged_into_id)
    return found

"""How much waits on the pages of the post, for their side and for the queue's."""

from __future__ import annotations

from django.db.models import Count, Q

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.access import outgoing_of, raw_messages_of


def waiting(person: Person) -> dict[str, int]:
    """`unreadable`, `aside` (set aside), `unsettled` (failed or uncertain), `leaving` (queued or being sent)."""
    came = raw_messages_of(person).aggregate(
        unreadable=Count("pk", filter=Q(state="unreadable")), aside=Count("pk", filter=Q(state="set_aside"))
    )
    goes = outgoing_of(person).aggregate(
        unsettled=Count("pk", filter=Q(state__in=["failed", "unknown"])),
        leaving=Count("pk", filter=Q(state__in=["queued", "sending"])),
    )
    return {**came, **goes}

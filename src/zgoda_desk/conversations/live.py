"""Tells open pages that something happened; who hears it is decided by `access.events_of`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zgoda_desk.accounts.models import Inbox, Person
from zgoda_desk.audit.actions import one_writer
from zgoda_desk.conversations.models import Conversation, LiveEvent

KEPT = timedelta(days=1)


def publish(
    kind: str,
    *,
    now: datetime,
    conversation: Conversation | None = None,
    inbox: Inbox | None = None,
    person: Person | None = None,
    **data: Any,
) -> None:
    """Add an event in the present transaction; `data` holds ids, names and counts, never what somebody wrote."""
    with transaction.atomic():
        one_writer()
        LiveEvent.objects.create(
            kind=kind,
            at=now,
            conversation=conversation,
            inbox_id=conversation.inbox_id if conversation else (inbox.pk if inbox else None),
            person=person,
            data=data,
        )


def forget(now: datetime) -> int:
    """Drop events older than a day; a page that was away longer loads anew."""
    return LiveEvent.objects.filter(at__lt=now - KEPT).delete()[0]

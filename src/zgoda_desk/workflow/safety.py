"""Danger to a person: whoever leads is told at the moment it is read, before any clock (S1.6)."""

from __future__ import annotations

from datetime import datetime

from zgoda_desk.accounts.access import leads_of
from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Conversation


def tell_leads(conversation: Conversation, before: str, now: datetime) -> int:
    """Tell the leads of the inbox and every head where danger is new since `before`; how many were told."""
    if conversation.safety in ("none", before):
        return 0
    told = list(leads_of(conversation.inbox))
    for one in told:
        live.publish(conversation.safety, conversation=conversation, person=one, now=now)
    return len(told)

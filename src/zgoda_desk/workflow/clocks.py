"""Which clocks a customer's message starts, and what stops them."""

from __future__ import annotations

from zgoda_desk.accounts.models import Company
from zgoda_desk.commitments.actions import start_clock
from zgoda_desk.commitments.hours import due_in, hours_of
from zgoda_desk.conversations.models import Conversation, Message


def start_for_message(conversation: Conversation, message: Message, company: Company) -> None:
    """Start the clocks to acknowledge (the first message) and to answer (the first one without an answer)."""
    if message.automatic or "spam" in message.problems:
        return
    hours, inbox, since = hours_of(conversation.inbox, company), conversation.inbox, message.at
    if conversation.acknowledged_at is None and not conversation.clocks.filter(kind="acknowledge").exists():
        minutes = inbox.acknowledge_minutes or company.acknowledge_minutes
        start_clock(conversation, "acknowledge", since=since, due_at=due_in("acknowledgement", since, minutes, hours))
    if not conversation.clocks.filter(kind="answer", state__in=["running", "over"]).exists():
        minutes = inbox.answer_minutes or company.answer_minutes
        start_clock(conversation, "answer", since=since, due_at=due_in("answer", since, minutes, hours))

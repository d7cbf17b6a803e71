"""Which clocks a customer's message starts, and what stops them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from zgoda.clocks import Due, Row, due, load_book
from zgoda.errors import ZgodaError
from zgoda_desk.accounts.models import Company, Hours, Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.actions import end_clock, start_clock
from zgoda_desk.commitments.hours import closing, due_in, hours_of
from zgoda_desk.commitments.models import Clock
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.lib.plain import one_line
from zgoda_desk.workflow.standing import effective, refresh

log = logging.getLogger(__name__)
_CLAIMS = {"legal", "regulator"}


def start_for_message(conversation: Conversation, message: Message, company: Company) -> None:
    """Start the clocks to acknowledge (the first message), to answer (the first one without an answer), and of law.

    Own clocks count working time and run only while we owe: our answer meets them, so that none runs while we wait for
    the customer, and his next message starts a new one. A statutory clock of the rows that the company switched on
    starts with the receipt of the first message that complains, once a conversation and row; neither an answer nor the
    end of the conversation stops it, only a person who says that it was met or does not apply (S1.35).
    """
    if message.automatic or "spam" in message.problems:
        return
    hours, inbox, since = hours_of(conversation.inbox, company), conversation.inbox, message.at
    if conversation.acknowledged_at is None and not conversation.clocks.filter(kind="acknowledge").exists():
        minutes = inbox.acknowledge_minutes or company.acknowledge_minutes
        start_clock(conversation, "acknowledge", since=since, due_at=due_in("acknowledgement", since, minutes, hours))
    if not conversation.clocks.filter(kind="answer", state__in=["running", "over"]).exists():
        minutes = inbox.answer_minutes or company.answer_minutes
        start_clock(conversation, "answer", since=since, due_at=due_in("answer", since, minutes, hours))
    if company.statutes and complains(message):
        _start_statutes(conversation, message, company, hours)


def complains(message: Message) -> bool:
    """Whether a message is a complaint: dissatisfied or hotter, or it names the law or an authority."""
    reading = effective(message)
    named = {signal["kind"] for signal in reading.get("signals") or ()}
    return reading.get("state", "calm") != "calm" or bool(named & _CLAIMS)


def _start_statutes(conversation: Conversation, message: Message, company: Company, hours: Hours) -> None:
    known = set(conversation.clocks.filter(kind="statute").values_list("row", flat=True))
    for row in _rows(message, company):
        if row.id not in known:
            _start_statute(conversation, row, message.at, hours)


def _rows(message: Message, company: Company) -> Iterator[Row]:
    """The rows the company switched on that may bind this message; one for certain wishes only where he has one."""
    wishes, rows = set(effective(message).get("demands") or ()), load_book().rows
    for name in company.statutes:
        row = rows.get(str(name))
        if row is None or row.term_of != "company":
            continue
        if row.channels and message.conversation.channel not in row.channels:
            continue
        if not row.demands or wishes & set(row.demands):
            yield row


def _start_statute(conversation: Conversation, row: Row, since: datetime, hours: Hours) -> None:
    try:
        term = due(row.id, since)
    except ZgodaError as error:  # switched off, not in force then, or needs the day of the contract
        log.info("clock %s did not start: %s", row.id, error)
        return
    if term.due_at is not None:
        start_clock(
            conversation, "statute", since=since, due_at=_safe_moment(term, hours), row=row.id, legal_due=term.due_at,
            source=row.source, certainty=row.cert if len(row.cert) == 1 else "",
        )  # fmt: skip


def _safe_moment(term: Due, hours: Hours) -> datetime:
    """The end of work on the safe day, never after the end of the law's own term."""
    assert term.due_at is not None
    return min(closing(term.safe_due, hours), term.due_at) if term.safe_due else term.due_at


def end_statute(person: Person, clock: Clock, state: str, reason: str, now: datetime) -> bool:
    """Say that a statutory term was `met` (sent as the law asks) or `stopped` (does not apply; needs a reason).

    False where it ended before or the reason is missing.
    """
    note = one_line(reason, 300)
    if clock.kind != "statute" or state not in ("met", "stopped") or (state == "stopped" and not note):
        return False
    with transaction.atomic():
        conversation = locked(clock.conversation_id)
        if not end_clock(clock, state, now):
            return False
        add_event(conversation, f"clock_{state}", person=person, now=now, clock=clock.pk, row=clock.row, note=note)
        refresh(conversation, now)
        record(f"clock.{state}", actor=person.pk, object_type="clock", object_id=clock.pk, now=now, row=clock.row)
        live.publish("clock", conversation=conversation, now=now, clock=clock.pk, what=state, by=person.pk)
    return True

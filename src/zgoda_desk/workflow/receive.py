"""What happens to a thing that came in: read, joined to its conversation, shown; the second, repeatable step."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from zgoda_desk.accounts.access import company
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import engine, live
from zgoda_desk.conversations.actions import locked_with_merged
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.lib.plain import one_line, storable
from zgoda_desk.post import actions as post
from zgoda_desk.post.mail import Address, ParsedMail, parse
from zgoda_desk.post.models import MailAccount, RawMessage
from zgoda_desk.workflow import acknowledge, contacts, robots, threads
from zgoda_desk.workflow.clocks import start_for_message
from zgoda_desk.workflow.standing import refresh, save_due

log = logging.getLogger(__name__)


class TooOften(Exception):
    """A thing whose readers died again and again; a person looks before it is tried once more."""


def read_next(now: datetime) -> bool:
    """Read the oldest incoming thing that waits; False where nothing waits. Nothing it holds can stop the next one."""
    raw = post.lease_raw(now)
    if raw is None:
        return False
    try:
        if raw.attempts > post.MOST_READINGS:
            raise TooOften(f"{post.MOST_READINGS} readers ended while they read this")
        with transaction.atomic():
            _take_in(raw, now)
    except post.LeaseLost:
        log.warning("incoming thing %d was taken by another reader", raw.pk)
    except (OperationalError, InterfaceError):  # the database is away or full: it is no fault of the mail
        raise
    except Exception as error:
        log.exception("incoming thing %d could not be read", raw.pk)
        _could_not(raw, error, now)
    return True


def _take_in(raw: RawMessage, now: datetime) -> None:
    own = own_addresses()
    mail = parse(bytes(raw.body), own_addresses=own, installation=company().installation)
    reason = robots.set_aside(mail, own)
    if reason:
        robots.note_bounce(mail, raw, now)
        post.finish_raw(raw, "set_aside", now=now, reason=reason)
        return
    message = add_message(raw, mail, now)
    post.finish_raw(raw, "read", now=now)
    live.publish("message", conversation=message.conversation, now=now, message=message.pk)


def add_message(raw: RawMessage, mail: ParsedMail, now: datetime) -> Message:
    """The message that an incoming mail makes, in its old conversation or a new one, read and with clocks started."""
    sender = writer(mail)
    address, name = (sender.address, one_line(sender.name, 120)) if sender else ("", "")
    known = threads.joined(mail, raw.inbox, address)
    conversation = _held(known) if known else _begun(raw, mail, address, name, now)
    message = _message(raw, mail, conversation, address, name)
    _read(message, now)
    message.save()
    for part in mail.attachments:
        post.keep_file(
            name=part.name, mime=part.mime, body=part.content, now=now, raw=raw, message=message.pk,
            content_id=part.content_id or "", inline=part.inline,
        )  # fmt: skip
    _wake(conversation, message)
    start_for_message(conversation, message, company())
    refresh(conversation, now)
    if acknowledge.automatic(message, mail, own_addresses(), now):
        save_due(conversation)  # its clock to acknowledge is met
    if known is None:
        record("conversation.made", actor=None, object_type="conversation", object_id=conversation.pk, now=now)
    return message


def _held(known: Conversation) -> Conversation:
    """The conversation, held after its contact, of whom a mail may tell something new.

    Whoever changes a contact holds him before his conversations: the other way round two would wait for each other.
    """
    contacts.hold(known.contact_id)
    return locked_with_merged(known.pk)


def _begun(raw: RawMessage, mail: ParsedMail, address: str, name: str, now: datetime) -> Conversation:
    return Conversation.objects.create(
        inbox=raw.inbox,
        contact=contacts.of_address(address, name, now),
        channel=raw.channel,
        subject=one_line(mail.subject, 300),
        made_at=raw.received_at,
        changed_at=now,
    )


def writer(mail: ParsedMail) -> Address | None:
    """Who wrote: the sender, or whom to answer where a form of our own site sent it in our name."""
    if mail.sender and mail.reply_to and mail.robot == "own":
        return mail.reply_to
    return mail.sender


def _message(raw: RawMessage, mail: ParsedMail, conversation: Conversation, address: str, name: str) -> Message:
    start, end = mail.newest
    problems = [*mail.problems, *(["hidden"] if mail.hidden else []), *(["verification"] if mail.verification else [])]
    return Message(
        conversation=conversation,
        kind=Message.Kind.CUSTOMER,
        contact=conversation.contact,
        address=address[:254],
        sender_name=name,
        recipients=[one.address for one in (*mail.to, *mail.cc)][:50],
        at=raw.received_at,
        subject=one_line(mail.subject, 300),
        text=storable(mail.text),
        newest_start=start,
        newest_end=end,
        html=storable(mail.html or ""),
        problems=problems + (["spam"] if mail.spam or raw.in_spam else []) + (["truncated"] if raw.truncated else []),
        raw=raw,
        mail_id=(mail.message_id or "")[:300],
        references=" ".join(mail.references)[:4000],
    )


def _read(message: Message, now: datetime) -> None:
    """Lay the engine's reading over the message; its spans index the whole text."""
    conversation = message.conversation
    written = engine.newest(message)
    reading = engine.read(written, now=now, language=conversation.language, channel=conversation.channel)
    if reading is None:
        return
    message.reading = _moved(reading, message.newest_start)
    message.language = reading["language"]
    message.state, message.temperature = reading["state"], reading["temperature"]
    if reading["language"] != "und" or not conversation.language:
        conversation.language = reading["language"]


def _moved(reading: dict[str, Any], by: int) -> dict[str, Any]:
    """Spans of the newest part as spans of the whole text."""
    if not by:
        return reading
    moved = dict(reading)
    for field in ("abuse", "signals", "facts", "sentences", "reasons"):
        moved[field] = [{**one, "start": one["start"] + by, "end": one["end"] + by} for one in reading[field]]
    return moved


def _wake(conversation: Conversation, message: Message) -> None:
    """The customer wrote: the conversation is ours again, whatever it waited for; a promise is cleared by nothing."""
    conversation.status = Conversation.Status.OPEN
    conversation.snoozed_until = conversation.snoozed_by = None
    conversation.revision += 1
    if conversation.assignee is not None and not conversation.assignee.is_active:
        conversation.assignee = None  # who has left answers nobody
    contacts.note_language(conversation.contact, message.language)


def _could_not(raw: RawMessage, error: Exception, now: datetime) -> None:
    """Put it where a person sees it; its bytes are kept and it can be read again."""
    with suppress(post.LeaseLost), transaction.atomic():
        post.finish_raw(raw, "unreadable", now=now, reason=type(error).__name__, fault=storable(str(error)))
        live.publish("unreadable", inbox=raw.inbox, now=now, raw=raw.pk)


def own_addresses() -> frozenset[str]:
    """Every address of this desk: what comes from one of them is our own mail and starts no conversation."""
    return frozenset(address.lower() for address in MailAccount.objects.values_list("address", flat=True))

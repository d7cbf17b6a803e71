"""Telling a customer that his message arrived: by a person with one key, or by itself where an inbox wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from zgoda.text.mail_parts import read_headers
from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.actions import end_clocks
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.post import actions as post
from zgoda_desk.post.mail import ParsedMail
from zgoda_desk.workflow.acknowledge_words import Acknowledgement, acknowledgement
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.letters import CannotSend, Posting, account_of, key_of, post_letter

NEW = timedelta(hours=3)  # what is older when it is read came before the mailbox was connected, or waited too long
_NO_REPLY = ("noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounce")
_STRANGE = {"spam", "verification", "unreadable", "no_sender", "several_senders", "looks_alike"}
_NOT_WANTED = ("list-id", "list-unsubscribe", "precedence", "x-auto-response-suppress")
_HEADERS = 100_000  # bytes in which the headers of a mail are looked for


def prepared(person: Person, conversation: Conversation, now: datetime) -> Acknowledgement:
    """The acknowledgement of the customer's last message in a person's name; CannotSend where there is none."""
    last = conversation.messages.filter(kind=Message.Kind.CUSTOMER, automatic=False).order_by("-at", "-id").first()
    made = acknowledgement(conversation, last, person, company(), now) if last else None
    if made is None:
        raise CannotSend(_("There is nothing to acknowledge here."))
    return made


def acknowledge(person: Person, conversation_id: int, reply: Reply, now: datetime) -> Message:
    """Send an acknowledgement: the words of `reply`, else those prepared. Its hour becomes a promise of his.

    It stops the clock to acknowledge and leaves that to answer. Raises what `send_reply` raises.
    """
    if not reply.text:
        conversation = Conversation.objects.select_related("inbox", "contact").get(pk=conversation_id)
        reply = replace(reply, text=prepared(person, conversation, now).text)
    return send_reply(person, conversation_id, replace(reply, acknowledges=True), now)


def automatic(message: Message, mail: ParsedMail, own: frozenset[str], now: datetime) -> Message | None:
    """Tell a new customer by itself that his mail arrived; None where it must not be told, or was told today (T14).

    Called in the transaction in which the mail became a message.
    """
    conversation = message.conversation
    if not _wanted(message, mail, own, now) or not _has_account(conversation):
        return None
    house = company()
    made = acknowledgement(conversation, message, None, house, now)
    if made is None or not post.may_send_automatic(message.address, now):
        return None
    try:
        return _leave(message, made.text, now)
    except CannotSend:  # an address to which no mail can be written: he is to be read all the same
        return None


def _wanted(message: Message, mail: ParsedMail, own: frozenset[str], now: datetime) -> bool:
    conversation = message.conversation
    local = message.address.partition("@")[0].lower()
    return (
        conversation.inbox.auto_acknowledge
        and conversation.acknowledged_at is None
        and conversation.messages.filter(kind=Message.Kind.CUSTOMER).count() == 1
        and now - message.at <= NEW
        and not mail.robot
        and not message.automatic
        and not _STRANGE.intersection(message.problems)
        and bool(message.address)
        and message.address.lower() not in own
        and not any(local.startswith(name) for name in _NO_REPLY)
        and not _asks_for_none(message)
    )


def _asks_for_none(message: Message) -> bool:
    """Whether the mail itself says that nobody waits for an automatic answer (RFC 3834): a list, a null sender."""
    raw = bytes(message.raw.body[:_HEADERS]) if message.raw else b""
    headers = read_headers(raw, 0)[0]
    by_hand = headers.first("auto-submitted").strip().lower() in (b"", b"no")
    listed = any(headers.has(name) for name in _NOT_WANTED)
    return listed or not by_hand or headers.first("return-path").strip() == b"<>"


def _has_account(conversation: Conversation) -> bool:
    try:
        account_of(conversation)
    except CannotSend:
        return False
    return True


def _leave(message: Message, text: str, now: datetime) -> Message:
    conversation = message.conversation
    key = key_of(conversation, None, f"automatic:{message.pk}")
    with transaction.atomic():
        mail = post_letter(conversation, text, Posting(key, automatic=True), company(), now)
        told = Message.objects.create(
            conversation=conversation, kind=Message.Kind.OURS, at=now, text=text, newest_end=len(text),
            language=conversation.language, automatic=True, outgoing=mail, mail_id=mail.message_id if mail else "",
            data={"key": key, "acknowledges": True},
        )  # fmt: skip
        conversation.acknowledged_at = now
        conversation.save(update_fields=["acknowledged_at"])
        end_clocks(conversation, "acknowledge", state="met", now=now)
        record("acknowledged", actor=None, object_type="message", object_id=told.pk, now=now)
    return told

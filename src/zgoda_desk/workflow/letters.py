"""The mail that a reply is: to whom, in which thread, under which id, in the outbox until its seconds are over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from zgoda_desk.accounts.models import Company, Person
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.lib import tokens
from zgoda_desk.post import actions as post
from zgoda_desk.post.mail import Address
from zgoda_desk.post.mail import Attachment as File
from zgoda_desk.post.mail.compose import Outgoing as Letter
from zgoda_desk.post.mail.compose import compose
from zgoda_desk.post.mail.written_headers import ComposeError
from zgoda_desk.post.models import Attachment, MailAccount, Outgoing

BY_MAIL = ("email", "web_form")  # channels whose answer is a mail


class CannotSend(Exception):
    """A reply that is not sent; the message says why and what to do, the draft is kept."""


@dataclass(frozen=True)
class Posting:
    """How a mail leaves: `wait` before it does, `files` with it, `automatic` for one that no person wrote."""

    key: str
    wait: timedelta = timedelta(0)
    files: tuple[Attachment, ...] = ()
    automatic: bool = False


def key_of(conversation: Conversation, person: Person | None, given: str) -> str:
    """The key of a decision in the outbox: two people or two conversations never share one, whatever a form sends."""
    whole = f"{conversation.pk}:{person.pk if person else 0}:{given}"
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def post_letter(
    conversation: Conversation, text: str, posting: Posting, company: Company, now: datetime
) -> Outgoing | None:
    """Put a reply into the outbox; None where the channel is not mail. Raises CannotSend."""
    if conversation.channel not in BY_MAIL:
        return None
    account = account_of(conversation)
    recipient = recipient_of(conversation)
    identity = message_id(conversation, account)
    letter = _letter(conversation, account, text, posting, company, now, recipient, identity)
    try:
        raw = compose(letter)
    except ComposeError as fault:
        raise CannotSend(_("This cannot be sent as a mail: %(fault)s") % {"fault": fault}) from fault
    return post.enqueue(
        account, key=posting.key, message_id=identity, sender="" if posting.automatic else account.address,
        recipients=[recipient], body=raw, now=now, wait=posting.wait, automatic=posting.automatic,
    )  # fmt: skip


def account_of(conversation: Conversation) -> MailAccount:
    """The mailbox that answers for a conversation: the one it was written to, else any of its inbox."""
    accounts = MailAccount.objects.filter(inbox=conversation.inbox_id, is_active=True)
    last = _last(conversation).select_related("raw__account").first()
    wrote_to = last.raw.account_id if last and last.raw else None
    account = (accounts.filter(pk=wrote_to).first() if wrote_to else None) or accounts.first()
    if account is None:
        raise CannotSend(_("This inbox has no mailbox to send from. A lead can connect one in the settings."))
    return account


def recipient_of(conversation: Conversation) -> str:
    """The address the customer last wrote from."""
    last = _last(conversation).exclude(address="").first()
    if last is None:
        raise CannotSend(_("No address is known to answer to. Add one on the contact's page."))
    return last.address


def message_id(conversation: Conversation, account: MailAccount) -> str:
    """A new Message-ID that carries the conversation's signed token, kept for ever once it is in the outbox."""
    domain = account.address.rpartition("@")[2] or "zgoda.invalid"
    return f"z.{tokens.reply_token(conversation.pk)}.{tokens.plain(10)}@{domain}"


def _last(conversation: Conversation) -> QuerySet[Message]:
    said = conversation.messages.filter(kind=Message.Kind.CUSTOMER, automatic=False)
    return said.defer("text", "html", "reading").order_by("-at", "-id")


def _letter(
    conversation: Conversation,
    account: MailAccount,
    text: str,
    posting: Posting,
    company: Company,
    now: datetime,
    recipient: str,
    identity: str,
) -> Letter:
    last = _last(conversation).exclude(mail_id="").first()
    automatic: Literal["auto-replied"] | None = "auto-replied" if posting.automatic else None
    name = account.display_name or company.name_in(conversation.language)
    return Letter(
        sender=Address(name, account.address),
        to=(Address("" if posting.automatic else conversation.contact.name, recipient),),
        subject=_own_subject(conversation) if posting.automatic else _subject(conversation),
        text=_signed(text, conversation),
        message_id=identity,
        date=now,
        installation=company.installation,
        in_reply_to=last.mail_id if last else None,
        references=tuple(last.references.split()) if last else (),
        reply_to=_plus(account, conversation),
        attachments=tuple(File(one.name, one.mime, bytes(one.body)) for one in posting.files),
        automatic=automatic,
    )


def _subject(conversation: Conversation) -> str:
    subject = conversation.subject or _own_subject(conversation)
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _own_subject(conversation: Conversation) -> str:
    """A subject with no word of the customer's, in his language (T15)."""
    with override(conversation.language if conversation.language in ("ru", "pl", "en") else "en"):
        return _("Your message")


def _plus(account: MailAccount, conversation: Conversation) -> Address | None:
    """An address that carries the token, for mail programs that drop References; where the mailbox knows such."""
    if not account.plus_addresses:
        return None
    local, _at, domain = account.address.rpartition("@")
    return Address("", f"{local}+{tokens.reply_token(conversation.pk)}@{domain}")


def _signed(text: str, conversation: Conversation) -> str:
    return f"{text}\n\n{conversation.inbox.signature}" if conversation.inbox.signature else text

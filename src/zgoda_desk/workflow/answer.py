"""Sending a reply: the second answer nobody saw is stopped, the words are kept, the mail waits in the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from zgoda.values import Review
from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import fingerprint, record
from zgoda_desk.commitments.actions import end_clocks
from zgoda_desk.conversations import engine, live
from zgoda_desk.conversations.models import Conversation, Draft, Message, Overrule, RungTaken
from zgoda_desk.lib import tokens
from zgoda_desk.lib.plain import storable
from zgoda_desk.post import actions as post
from zgoda_desk.post.mail import Address
from zgoda_desk.post.mail import Attachment as File
from zgoda_desk.post.mail.compose import Outgoing as Letter
from zgoda_desk.post.mail.compose import compose
from zgoda_desk.post.mail.written_headers import ComposeError
from zgoda_desk.post.models import Attachment, MailAccount, Outgoing
from zgoda_desk.workflow import promises
from zgoda_desk.workflow.standing import refresh

_RUNGS = ("personalise", "boundary", "transfer", "release")


class CannotSend(Exception):
    """A reply that is not sent; the message says why and what to do, the draft is kept."""


class Unseen(CannotSend):
    """Somebody (a colleague, the customer) wrote since the person last looked; `messages` are what he has not seen."""

    def __init__(self, messages: Sequence[Message]) -> None:
        super().__init__(_("Something new was written while you were answering. Your text is kept."))
        self.messages = tuple(messages)


class FindingsOpen(CannotSend):
    """Errors stand in the text and no reason was given to send it all the same."""

    def __init__(self, review: Review) -> None:
        super().__init__(_("There are mistakes left in the text. Mend them, or send it anyway with a reason."))
        self.review = review


@dataclass(frozen=True)
class Reply:
    """What a person decided to send; `seen` is the revision he looked at, `key` names the decision once for ever."""

    text: str
    seen: int
    key: str
    reason: str = ""  # for sending over errors
    rung: str = ""  # the rung of the ladder this reply takes
    rung_reason: str = ""  # for taking a closed one
    promised: frozenset[tuple[int, int]] | None = None  # spans the person confirmed; None where he was not asked


def send_reply(person: Person, conversation_id: int, reply: Reply, now: datetime) -> Message:
    """Send a reply of a person's: one transaction from the look at what is new to the mail in the outbox.

    Raises Unseen, FindingsOpen or CannotSend and changes nothing. The same `key` again answers with the same message.
    """
    with transaction.atomic():
        conversation = (
            Conversation.objects.select_for_update().select_related("inbox", "contact").get(pk=conversation_id)
        )
        known = Message.objects.filter(conversation=conversation, outgoing__key=reply.key).first()
        if known is not None:
            return known
        _check_seen(conversation, reply)
        house = company()
        review = _reviewed(person, conversation, reply, now.astimezone(ZoneInfo(promises.zone_of(conversation, house))))
        message = _message(person, conversation, reply, review, now)
        _keep_reasons(person, conversation, message, reply, review, now)
        promises.keep_from_reply(message, _confirmed(reply, promises.offered(review, conversation, house)), house, now)
        _take_rung(person, conversation, message, reply, now)
        Draft.objects.filter(conversation=conversation, person=person, kind="reply").delete()
        _ours_now(conversation, person, now)
        refresh(conversation, now)
        record(
            "reply.sent", actor=person.pk, object_type="message", object_id=message.pk, now=now,
            conversation=conversation.pk, text=fingerprint(reply.text),
        )  # fmt: skip
        live.publish("reply", conversation=conversation, now=now, message=message.pk, by=person.pk)
        return message


def _confirmed(reply: Reply, offered: Sequence[promises.Offered]) -> list[promises.Offered]:
    """What he left ticked; everything that is promised where the page could not ask."""
    return [one for one in offered if reply.promised is None or (one.start, one.end) in reply.promised]


def _check_seen(conversation: Conversation, reply: Reply) -> None:
    if not reply.text.strip():
        raise CannotSend(_("There is nothing to send yet."))
    if conversation.merged_into_id:
        raise CannotSend(_("This conversation was merged into another one. Answer there."))
    if reply.seen != conversation.revision:
        newer = conversation.messages.filter(kind__in=[Message.Kind.CUSTOMER, Message.Kind.OURS]).order_by("-id")
        raise Unseen(list(reversed(newer[: max(conversation.revision - reply.seen, 1)])))


def _reviewed(person: Person, conversation: Conversation, reply: Reply, now: datetime) -> Review:
    spoken = engine.turns(list(conversation.messages.all()))
    context = engine.context_of(conversation, person=person, company=company())
    review = engine.review(reply.text, spoken, context, conversation.language, now)
    errors = [one for one in review.findings if one.severity == "error" and not _ignored(conversation, person, one)]
    if errors and not reply.reason.strip():
        raise FindingsOpen(review)
    return review


def _ignored(conversation: Conversation, person: Person, finding: object) -> bool:
    """Whether this person gave a reason for these words before."""
    rule, words = getattr(finding, "rule", ""), getattr(finding, "text", "")
    return Overrule.objects.filter(
        conversation=conversation, person=person, rule=rule, words=words, way="ignored"
    ).exists()


def _message(person: Person, conversation: Conversation, reply: Reply, review: Review, now: datetime) -> Message:
    text = storable(reply.text)
    message = Message(
        conversation=conversation, kind=Message.Kind.OURS, person=person, at=now, text=text, newest_end=len(text),
        language=review.language, review=review.as_dict(),
        supervisor=person.is_lead or conversation.rungs.filter(rung="transfer").exclude(person=person).exists(),
    )  # fmt: skip
    files = _files(conversation, person)
    message.outgoing = _mail(conversation, message, reply, files, now)
    message.mail_id = message.outgoing.message_id if message.outgoing else ""
    message.save()
    Attachment.objects.filter(pk__in=[file.pk for file in files]).update(message=message.pk, draft=None)
    return message


def _files(conversation: Conversation, person: Person) -> list[Attachment]:
    draft = Draft.objects.filter(conversation=conversation, person=person, kind="reply").first()
    return list(Attachment.objects.filter(draft=draft.pk)) if draft else []


def _mail(
    conversation: Conversation,
    message: Message,
    reply: Reply,
    files: Sequence[Attachment],
    now: datetime,
) -> Outgoing | None:
    """The mail of a reply, in the outbox until its ten seconds are over; None where the channel is not mail."""
    if conversation.channel != "email":
        return None
    account = MailAccount.objects.filter(inbox=conversation.inbox, is_active=True).first()
    if account is None:
        raise CannotSend(_("This inbox has no mailbox to send from. A lead can connect one in the settings."))
    recipient = _recipient(conversation)
    house = company()
    last = conversation.messages.filter(kind=Message.Kind.CUSTOMER).exclude(mail_id="").order_by("-at", "-id").first()
    identity = message_id(conversation, account)
    letter = Letter(
        sender=Address(account.display_name or house.name_in(conversation.language), account.address),
        to=(Address(conversation.contact.name, recipient),),
        subject=_subject(conversation),
        text=_signed(message.text, conversation),
        message_id=identity,
        date=now,
        installation=house.installation,
        in_reply_to=last.mail_id if last else None,
        references=tuple(last.references.split()) if last else (),
        reply_to=_plus(account, conversation),
        attachments=tuple(File(one.name, one.mime, bytes(one.body)) for one in files),
    )
    try:
        raw = compose(letter)
    except ComposeError as fault:
        raise CannotSend(_("This cannot be sent as a mail: %(fault)s") % {"fault": fault}) from fault
    return post.enqueue(
        account, key=reply.key, message_id=identity, sender=account.address, recipients=[recipient], body=raw, now=now,
        wait=timedelta(seconds=house.undo_seconds),
    )  # fmt: skip


def message_id(conversation: Conversation, account: MailAccount) -> str:
    """A new Message-ID that carries the conversation's signed token, kept for ever once it is in the outbox."""
    domain = account.address.rpartition("@")[2] or "zgoda.invalid"
    return f"z.{tokens.reply_token(conversation.pk)}.{tokens.plain(10)}@{domain}"


def _recipient(conversation: Conversation) -> str:
    last = conversation.messages.filter(kind=Message.Kind.CUSTOMER).exclude(address="").order_by("-at", "-id").first()
    if last is None:
        raise CannotSend(_("No address is known to answer to. Add one on the contact's page."))
    return last.address


def _subject(conversation: Conversation) -> str:
    subject = conversation.subject or _("Your message")
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _plus(account: MailAccount, conversation: Conversation) -> Address | None:
    """An address that carries the token, for mail programs that drop References; where the mailbox knows such."""
    if not account.plus_addresses:
        return None
    local, _at, domain = account.address.rpartition("@")
    return Address("", f"{local}+{tokens.reply_token(conversation.pk)}@{domain}")


def _signed(text: str, conversation: Conversation) -> str:
    return f"{text}\n\n{conversation.inbox.signature}" if conversation.inbox.signature else text


def _keep_reasons(
    person: Person, conversation: Conversation, message: Message, reply: Reply, review: Review, now: datetime
) -> None:
    """Findings sent over are kept with the reason, and the lead hears of errors among them."""
    if not reply.reason.strip():
        return
    for one in review.findings:
        if one.severity == "error":
            Overrule.objects.create(
                conversation=conversation, message=message, person=person, rule=one.rule, kind=one.kind,
                severity=one.severity, words=one.text, reason=reply.reason.strip()[:300], way="sent", at=now,
            )  # fmt: skip


def _take_rung(person: Person, conversation: Conversation, message: Message, reply: Reply, now: datetime) -> None:
    """Keep the rung this reply takes; a closed one takes a reason, and the lead is told."""
    if reply.rung not in _RUNGS:
        return
    closed = reply.rung != conversation.ladder and _RUNGS.index(reply.rung) >= _rank(conversation.ladder)
    if closed and not reply.rung_reason.strip():
        raise CannotSend(_("This rung is not open yet. Say why it is taken all the same."))
    RungTaken.objects.create(
        conversation=conversation, rung=reply.rung, person=person, message=message, at=now, words=message.text,
        overruled=reply.rung_reason.strip()[:300] if closed else "",
    )  # fmt: skip
    live.publish("rung", conversation=conversation, now=now, rung=reply.rung, overruled=closed)


def _rank(rung: str) -> int:
    return _RUNGS.index(rung) if rung in _RUNGS else 0


def _ours_now(conversation: Conversation, person: Person, now: datetime) -> None:
    """We answered: the clocks to acknowledge and to answer are met, the conversation waits for the customer."""
    conversation.revision += 1
    conversation.assignee = conversation.assignee or person
    conversation.acknowledged_at = conversation.acknowledged_at or now
    conversation.status = Conversation.Status.WAITING
    end_clocks(conversation, "acknowledge", state="met", now=now)
    end_clocks(conversation, "answer", state="met", now=now)

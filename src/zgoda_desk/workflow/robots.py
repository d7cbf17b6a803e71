"""Mail that no person wrote: set aside with its reason, never answered, always to be seen (T14)."""

from __future__ import annotations

from datetime import datetime

from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Message
from zgoda_desk.lib import tokens
from zgoda_desk.post.mail import ParsedMail
from zgoda_desk.post.models import RawMessage

ASIDE = ("bounce", "receipt", "auto_reply", "newsletter")


def set_aside(mail: ParsedMail, own: frozenset[str]) -> str:
    """The reason for which a mail makes no conversation, empty where it makes one.

    Mail in our own name is our own, unless somebody else is to be answered: then a form of our site sent it.
    """
    if mail.robot == "own":
        answered = mail.reply_to.address if mail.reply_to else ""
        return "" if answered and _bare(answered) not in own else "own"
    return mail.robot if mail.robot in ASIDE else ""


def _bare(address: str) -> str:
    """An address without what stands behind a plus, which is ours (the reply token)."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def note_bounce(mail: ParsedMail, raw: RawMessage, now: datetime) -> None:
    """Tell in the conversation that a reply of ours came back, where the bounce names it by a true token."""
    if mail.robot != "bounce":
        return
    for token in mail.reply_tokens:
        number = tokens.conversation_of(token)
        if number is None:
            continue
        ours = Message.objects.filter(conversation_id=number, kind=Message.Kind.OURS).order_by("-id").first()
        if ours is None or ours.conversation.inbox_id != raw.inbox_id:
            continue
        Message.objects.create(
            conversation=ours.conversation, kind=Message.Kind.EVENT, event="bounced", at=raw.received_at, text="",
            data={"raw": raw.pk, "message": ours.pk},
        )  # fmt: skip
        live.publish("bounced", conversation=ours.conversation, now=now, message=ours.pk)
        return

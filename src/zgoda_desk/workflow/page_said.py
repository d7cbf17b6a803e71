"""What a customer says on his page: a correction comes in like any message, a wish stands at the promise."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime

from django.db import transaction

from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.actions import OWED, note_wish
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Conversation, Message
from zgoda_desk.lib import tokens
from zgoda_desk.lib.plain import one_line, storable
from zgoda_desk.post.actions import Incoming, store_raw
from zgoda_desk.post.models import RawMessage

MOST = 10  # things said on one page within an hour
LONGEST = 5000
FARTHEST = timedelta(days=61)
_HOUR = timedelta(hours=1)
_CHANNEL = "web_form"


class TooOften(Exception):
    """More came from this page within an hour than a person says; nothing was kept."""


class NotSaid(Exception):
    """There is nothing in it: no words, no time that lies ahead, or no promise any more."""


def correct_us(conversation: Conversation, text: str, key: str, now: datetime) -> bool:
    """Take in what the customer corrects, as a message of his; False where this very form was sent before.

    It is stored as bytes like a mail that answers us, and read by the same way (T12: the link is his proof).
    """
    words = storable(text).strip()[:LONGEST]
    address = address_of(conversation)
    if not words or not address:
        raise NotSaid
    _not_too_often(conversation, now)
    raw = _letter(conversation, address, words, now)
    thing = Incoming(f"page:{conversation.pk}:{tokens.digest(key)[:32]}", raw, now)
    return store_raw(conversation.inbox, None, thing, channel=_CHANNEL)


def wish(conversation: Conversation, kind: str, at: datetime | None, now: datetime) -> None:
    """Keep what he asks for instead: `time` with a moment ahead, or `writing`; whoever promised hears of it.

    It changes no promise: that is for the person who made it. Raises NotSaid or TooOften and changes nothing.
    """
    if kind not in ("time", "writing") or (kind == "time" and not (at and now < at <= now + FARTHEST)):
        raise NotSaid
    with transaction.atomic():
        conversation = locked(conversation.pk)
        _not_too_often(conversation, now)
        promise = conversation.promises.filter(state__in=OWED).first()
        told = {"kind": kind, "at": now.isoformat(), **({"at_time": at.isoformat()} if kind == "time" and at else {})}
        if promise is None or not note_wish(promise, told):
            raise NotSaid
        _tell(conversation, promise, told, now)


def address_of(conversation: Conversation) -> str:
    """The address in whose name the page speaks: that of his last message which is known as his; empty for none."""
    known = set(conversation.contact.addresses.filter(kind="email").values_list("value", flat=True))
    said = conversation.messages.filter(kind=Message.Kind.CUSTOMER).exclude(address="").order_by("-at", "-id")
    used = [one.lower() for one in said.values_list("address", flat=True)[:20]]
    return next((one for one in used if one in known), min(known, default=""))


def _tell(conversation: Conversation, promise: Promise, told: dict[str, str], now: datetime) -> None:
    when = {"until": told["at_time"]} if "at_time" in told else {}
    name = f"wish_{told['kind']}"
    add_event(conversation, name, person=None, now=now, promise=promise.pk, what=promise.what, **when)
    record(f"promise.{name}", actor=None, object_type="promise", object_id=promise.pk, now=now)
    live.publish("promise", conversation=conversation, now=now, promise=promise.pk, what=name)
    live.publish("wish", conversation=conversation, person=promise.owner, now=now, promise=promise.pk)


def _not_too_often(conversation: Conversation, now: datetime) -> None:
    since = now - _HOUR
    sent = RawMessage.objects.filter(
        channel=_CHANNEL, external_id__startswith=f"page:{conversation.pk}:", received_at__gt=since
    )
    wished = conversation.messages.filter(event__in=["wish_time", "wish_writing"], at__gt=since)
    if sent.count() + wished.count() >= MOST:
        raise TooOften


def _letter(conversation: Conversation, address: str, words: str, now: datetime) -> bytes:
    """The message as a mail from him that answers ours; it has no Message-ID, for no mail program knows it."""
    head = [
        f"From: <{one_line(address, 254)}>",
        f"Subject: {one_line(conversation.subject, 200) or '-'}",
        f"In-Reply-To: <z.{tokens.reply_token(conversation.pk)}.{tokens.plain(10)}@page.invalid>",
        f"Date: {format_datetime(now)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\r\n".join([*head, "", *lines, ""]).encode("utf-8", "replace")

"""Delivering the outbox: leased, sent, settled; an uncertain one waits for a person (reliability §0.5)."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Message
from zgoda_desk.lib import clock
from zgoda_desk.post import actions as post
from zgoda_desk.post.mailbox import NoSecret, smtp_of
from zgoda_desk.post.models import Outgoing
from zgoda_desk.post.transport.errors import TransportError
from zgoda_desk.post.transport.settings import SettingsError
from zgoda_desk.post.transport.smtp import Outcome, send
from zgoda_desk.workflow import access_tokens

log = logging.getLogger(__name__)


def deliver_next(now: datetime) -> bool:
    """Send the next mail that is due; False where none is. The row is leased and committed before a byte leaves."""
    mail = post.lease_outgoing(now)
    if mail is None:
        return False
    outcome = _send(mail)
    if outcome.kind != "sent":
        log.warning("mail %d, %s at %s: %s", mail.pk, outcome.kind, kept_code(outcome), _heard(outcome))
    with transaction.atomic():
        if post.settle_attempt(mail, outcome.kind, kept_code(outcome), outcome.detail, clock.now()):
            _tell(mail, clock.now())
    return True


def kept_code(outcome: Outcome) -> str:
    """What is kept of how an attempt ended: `step:reason`, with the number of the server where there is no reason."""
    return f"{outcome.at}:{outcome.reason or outcome.code}"


def _heard(outcome: Outcome) -> str:
    """What the log tells; a server that refuses a recipient repeats his address, which is not for the log."""
    return str(outcome.code) if outcome.at == "recipient" else outcome.detail


def surface_lost(now: datetime, *, at_start: bool = False) -> int:
    """Make mails whose sending was cut off uncertain, and show them; gives back how many."""
    lost = post.lost_leases(now, at_start=at_start)
    for mail in lost:
        _tell(mail, now)
    return len(lost)


def _send(mail: Outgoing) -> Outcome:
    try:
        access_tokens.fresh(mail.account, clock.now())
        settings = smtp_of(mail.account)
    except TransportError as fault:
        return Outcome("temporary", 0, fault.detail, "login", fault.code)
    except (NoSecret, SettingsError) as fault:
        return Outcome("temporary", 0, str(fault) or NoSecret.__doc__ or "", "login", "no_secret")
    try:
        return send(settings, mail.sender, list(mail.recipients), bytes(mail.body))
    except Exception as error:  # the border is unknown when our own code breaks, so a person looks
        log.exception("sending mail %d broke", mail.pk)
        return Outcome("unknown", 0, type(error).__name__, "data", "broke")


def _tell(mail: Outgoing, now: datetime) -> None:
    """Say in the open pages how the mail stands; what did not leave is an event of the conversation."""
    message = Message.objects.select_related("conversation").filter(outgoing=mail).first()
    if message is None:
        return
    if mail.state in ("failed", "unknown"):
        Message.objects.create(
            conversation=message.conversation, kind=Message.Kind.EVENT, event=f"mail_{mail.state}", at=now, text="",
            data={"message": message.pk, "code": mail.last_code},
        )  # fmt: skip
    live.publish("mail", conversation=message.conversation, now=now, message=message.pk, state=mail.state)

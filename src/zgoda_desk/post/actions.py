"""Changes of the raw inbox and the outbox: store first, lease, mark; each one transaction."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q

from zgoda_desk.accounts.models import Inbox, Person
from zgoda_desk.lib import tokens
from zgoda_desk.post.models import Attachment, AutomaticMail, FolderMark, MailAccount, Outgoing, RawMessage

READING_LEASE = timedelta(minutes=1)
SENDING_LEASE = timedelta(minutes=3)
MOST_ATTEMPTS = 12
MOST_READINGS = 10  # times a thing may take its reader down with it before it stands in the could-not-read list
_PAUSES = (10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400)  # seconds before the next attempt to send
_QUIET = timedelta(hours=24)


class LeaseLost(Exception):
    """Somebody else holds this by now: what was done with it is not kept (F12)."""


@dataclass(frozen=True)
class Incoming:
    """One thing as it came, before anybody looked into it."""

    external_id: str
    body: bytes
    received_at: datetime
    message_id: str = ""
    truncated: bool = False
    in_spam: bool = False


def store_raw(inbox: Inbox, account: MailAccount | None, thing: Incoming, *, channel: str = "email") -> bool:
    """Store an incoming thing and commit; False where it is stored already, by its id or by what it is.

    Only after this has returned may the sender be told that it arrived (reliability §0.3). The second net (Message-ID
    and bytes, for a mailbox that numbers its mails anew) holds per mailbox: the same mail to two inboxes is two mails.
    """
    digest = hashlib.sha256(thing.body).hexdigest()
    stored = RawMessage.objects.filter(channel=channel, account=account)
    again = Q(message_id=thing.message_id[:300], sha256=digest)
    if not thing.message_id:  # without an id the same bytes are the same mail only if they came at the same moment
        again &= Q(received_at=thing.received_at)
    if stored.filter(external_id=thing.external_id).exists() or (thing.body and stored.filter(again).exists()):
        return False
    try:
        with transaction.atomic():
            RawMessage.objects.create(
                inbox=inbox,
                account=account,
                channel=channel,
                external_id=thing.external_id,
                message_id=thing.message_id[:300],
                sha256=digest,
                body=thing.body,
                truncated=thing.truncated,
                in_spam=thing.in_spam,
                received_at=thing.received_at,
            )
    except IntegrityError:  # another process stored it between our look and our write
        return False
    return True


def mark_folder(account: MailAccount, folder: str, uid_validity: int, last_uid: int) -> None:
    """Remember how far a folder is read; called after the mail of that UID is stored."""
    FolderMark.objects.update_or_create(
        account=account, folder=folder, defaults={"uid_validity": uid_validity, "last_uid": last_uid}
    )


def lease_raw(now: datetime) -> RawMessage | None:
    """The oldest thing that waits to be read, held for a minute; None where nothing waits.

    What ended a reader before comes last, so that nothing else waits for it.
    """
    with transaction.atomic():
        waiting = RawMessage.objects.select_for_update(skip_locked=_skips()).filter(state="new")
        found = waiting.filter(Q(lease_until=None) | Q(lease_until__lt=now)).order_by("attempts", "id").first()
        if found is None:
            return None
        found.lease_until = now + READING_LEASE
        found.attempts += 1
        found.save(update_fields=["lease_until", "attempts"])
        return found


def release_raw() -> int:
    """Give back what a reader held that is gone, for a process that knows it is the only one; gives back how many."""
    return RawMessage.objects.filter(state="new", lease_until__isnull=False).update(lease_until=None)


def finish_raw(raw: RawMessage, state: str, *, now: datetime, reason: str = "", fault: str = "") -> None:
    """Say what became of an incoming thing; in the transaction of what came of it.

    Raises LeaseLost where another reader has taken it meanwhile: `attempts` is the number by which a late one is known.
    """
    raw.state, raw.reason, raw.fault, raw.done_at, raw.lease_until = state, reason[:60], fault[:500], now, None
    held = RawMessage.objects.filter(pk=raw.pk, state="new", attempts=raw.attempts)
    if not held.update(state=raw.state, reason=raw.reason, fault=raw.fault, done_at=now, lease_until=None):
        raise LeaseLost


def replay_raw(raw: RawMessage) -> None:
    """Have a thing read again that could not be read or was set aside."""
    raw.state, raw.reason, raw.fault, raw.attempts, raw.lease_until, raw.done_at = "new", "", "", 0, None, None
    raw.save(update_fields=["state", "reason", "fault", "attempts", "lease_until", "done_at"])


def dismiss_raw(raw: RawMessage, now: datetime) -> None:
    """A person has seen a thing that could not be read and wants nothing of it; its bytes stay."""
    raw.state, raw.reason, raw.done_at = "set_aside", "dismissed", now
    raw.save(update_fields=["state", "reason", "done_at"])


def enqueue(
    account: MailAccount,
    *,
    key: str,
    message_id: str,
    sender: str,
    recipients: list[str],
    body: bytes,
    now: datetime,
    wait: timedelta = timedelta(0),
    automatic: bool = False,
) -> Outgoing:
    """Put a mail into the outbox, in the transaction that records the decision to send it; `key` makes it once."""
    made, _ = Outgoing.objects.get_or_create(
        key=key,
        defaults={
            "account": account,
            "message_id": message_id,
            "sender": sender,
            "recipients": recipients,
            "body": body,
            "automatic": automatic,
            "made_at": now,
            "not_before": now + wait,
        },
    )
    return made


def lease_outgoing(now: datetime) -> Outgoing | None:
    """The next mail to send, in state `sending` with a new fence; None where nothing is due.

    A lease that ran out while sending is never taken again: the mail may have left, so it becomes `unknown`.
    """
    with transaction.atomic():
        due = Outgoing.objects.select_for_update(skip_locked=_skips()).filter(state="queued", not_before__lte=now)
        found = due.filter(account__is_active=True).order_by("not_before", "id").first()
        if found is None:
            return None
        found.state, found.lease_until = "sending", now + SENDING_LEASE
        found.fence += 1
        found.attempts += 1
        found.save(update_fields=["state", "lease_until", "fence", "attempts"])
        return found


def lost_leases(now: datetime, *, at_start: bool = False) -> list[Outgoing]:
    """Mails whose sender died while sending: they become `unknown`, for a person to settle.

    `at_start` takes all that stand in `sending`, for a process that knows it is the only one to send.
    """
    with transaction.atomic():
        held = Outgoing.objects.select_for_update(skip_locked=_skips()).filter(state="sending")
        lost = list(held if at_start else held.filter(lease_until__lt=now))
        for mail in lost:
            mail.state, mail.lease_until, mail.last_code = "unknown", None, "interrupted"
            mail.save(update_fields=["state", "lease_until", "last_code"])
        return lost


def settle_attempt(mail: Outgoing, outcome: str, code: str, detail: str, now: datetime) -> bool:
    """Write how an attempt to send ended; False where the lease was lost meanwhile and nothing was written.

    `outcome` is `sent`, `temporary`, `permanent` or `unknown`, as `post.transport.smtp` says.
    """
    fields: dict[str, object] = {"lease_until": None, "last_code": code[:40], "last_detail": detail[:300]}
    if outcome == "sent":
        fields |= {"state": "sent", "sent_at": now}
    elif outcome == "unknown":
        fields |= {"state": "unknown"}
    elif outcome == "temporary" and mail.attempts < MOST_ATTEMPTS:
        pause = _PAUSES[min(mail.attempts, len(_PAUSES)) - 1]
        fields |= {"state": "queued", "not_before": now + timedelta(seconds=pause)}
    else:
        fields |= {"state": "failed"}
    changed = Outgoing.objects.filter(pk=mail.pk, state="sending", fence=mail.fence).update(**fields)
    if changed:
        mail.refresh_from_db(fields=["state", "sent_at", "last_code", "last_detail", "not_before"])
    return bool(changed)


def undo(mail: Outgoing, now: datetime) -> bool:
    """Take a mail back that has not begun to leave; False where it is too late."""
    waiting = Outgoing.objects.filter(pk=mail.pk, state="queued", attempts=0, not_before__gt=now)
    return bool(waiting.update(state="undone"))


def settle_unknown(mail: Outgoing, person: Person, *, arrived: bool, now: datetime) -> bool:
    """A person says whether an uncertain mail arrived; if not, it is queued again under the same Message-ID."""
    fields: dict[str, object] = {"settled_by": person}
    fields |= {"state": "sent", "sent_at": now} if arrived else {"state": "queued", "not_before": now}
    return bool(Outgoing.objects.filter(pk=mail.pk, state__in=["unknown", "failed"]).update(**fields))


def send_again(mail: Outgoing, person: Person, now: datetime) -> bool:
    """Queue a mail again that failed; its Message-ID stays."""
    return settle_unknown(mail, person, arrived=False, now=now)


def may_send_automatic(address: str, now: datetime) -> bool:
    """Whether an address may get an automatic mail now, and takes the turn if so: one in 24 hours (T14, T15)."""
    with transaction.atomic():
        mark, made = AutomaticMail.objects.select_for_update().get_or_create(
            address=address.lower(), defaults={"at": now}
        )
        if made:
            return True
        if now - mark.at < _QUIET:
            return False
        mark.at = now
        mark.save(update_fields=["at"])
        return True


def keep_file(
    *,
    name: str,
    mime: str,
    body: bytes,
    now: datetime,
    raw: RawMessage | None = None,
    draft: int | None = None,
    message: int | None = None,
    content_id: str = "",
    inline: bool = False,
) -> Attachment:
    """Keep a file under a random key; its name is data and no path (T34)."""
    return Attachment.objects.create(
        raw=raw,
        draft=draft,
        message=message,
        key=tokens.fresh(),
        name=name[:255] or "file",
        mime=mime[:120],
        size=len(body),
        content_id=content_id[:300],
        inline=inline,
        body=body,
        made_at=now,
    )


def new_key() -> str:
    """A key for a decision to send that no form named."""
    return uuid.uuid4().hex


def _skips() -> bool:
    """Whether the database can pass over rows that another worker holds; SQLite has one writer at a time."""
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked

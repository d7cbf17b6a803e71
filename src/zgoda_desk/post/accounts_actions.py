"""Changes of mailboxes: connected, changed, consented to, started, paused; secrets are locked and never given back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from zgoda_desk.accounts.changes import change
from zgoda_desk.accounts.models import Inbox, Person
from zgoda_desk.audit.actions import record
from zgoda_desk.lib import secret
from zgoda_desk.post.models import MailAccount
from zgoda_desk.post.transport.oauth import Client, Token

SERVERS = frozenset(
    {
        "address", "display_name", "auth", "user", "imap_host", "imap_port", "imap_security", "smtp_host", "smtp_port",
        "smtp_security", "folder", "spam_folder", "plus_addresses",
    }
)  # fmt: skip


def connect_mailbox(actor: Person, inbox: Inbox, values: Mapping[str, Any], now: datetime) -> MailAccount:
    """A mailbox of an inbox; nothing is read until it is started. ValueError for a field that is not a server's."""
    if set(values) - SERVERS:
        raise ValueError(f"these fields may not be set here: {', '.join(sorted(set(values) - SERVERS))}")
    with transaction.atomic():
        account = MailAccount.objects.create(inbox=inbox, **values)
        record("mailbox.connected", actor=actor.pk, object_type="mailaccount", object_id=account.pk, now=now)
    return account


def change_mailbox(actor: Person, account: MailAccount, values: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """Where and how the mailbox is reached."""
    return change(account, values, SERVERS, kind="mailbox.changed", actor=actor.pk, now=now)


def set_password(actor: Person, account: MailAccount, password: str, now: datetime) -> None:
    """Keep the password of a mailbox, locked."""
    _keep(account, "secret", secret.lock(password))
    record("mailbox.password", actor=actor.pk, object_type="mailaccount", object_id=account.pk, now=now)


def set_client(actor: Person, account: MailAccount, client: Client, now: datetime) -> None:
    """Keep under which name the provider knows this installation; a consent given before ends."""
    _keep(account, "oauth", _locked({"client_id": client.client_id, "client_secret": client.client_secret}))
    record("mailbox.client", actor=actor.pk, object_type="mailaccount", object_id=account.pk, now=now)


def client_of(account: MailAccount) -> Client | None:
    """The installation as the provider knows it; None where nobody told it yet or the key does not fit."""
    kept = _unlocked(account)
    return Client(kept["client_id"], kept.get("client_secret", "")) if kept.get("client_id") else None


def has_consent(account: MailAccount) -> bool:
    """Whether the owner of the mailbox has consented."""
    return bool(_unlocked(account).get("refresh_token"))


def keep_token(account: MailAccount, token: Token, now: datetime, *, actor: Person | None = None) -> None:
    """Keep fresh tokens beside the client; with an `actor` it is a new consent, which the audit tells."""
    kept = _unlocked(account)
    kept |= {
        "access_token": token.access_token,
        "expires_at": (now + timedelta(seconds=token.expires_in)).isoformat(),
    }
    if token.refresh_token:
        kept["refresh_token"] = token.refresh_token
    _keep(account, "oauth", _locked(kept))
    if actor is not None:
        record("mailbox.consent", actor=actor.pk, object_type="mailaccount", object_id=account.pk, now=now)


def refresh_token_of(account: MailAccount) -> str:
    """What a fresh access token is asked for with; empty without consent."""
    return str(_unlocked(account).get("refresh_token", ""))


def expires_at(account: MailAccount) -> datetime | None:
    """When the access token runs out; None where there is none."""
    try:
        return datetime.fromisoformat(_unlocked(account)["expires_at"])
    except (KeyError, ValueError):
        return None


def start_mailbox(actor: Person, account: MailAccount, since: date, now: datetime) -> None:
    """Take mail in from a day on; what is older is left alone, and none of it is acknowledged or marked read."""
    fields = frozenset({"since", "is_active"})
    values = {"since": since, "is_active": True}
    change(account, values, fields, kind="mailbox.started", actor=actor.pk, now=now)


def pause_mailbox(actor: Person, account: MailAccount, *, paused: bool, now: datetime) -> None:
    """Stop taking mail in, or go on from where it stopped."""
    kind = "mailbox.paused" if paused else "mailbox.resumed"
    change(account, {"is_active": not paused}, frozenset({"is_active"}), kind=kind, actor=actor.pk, now=now)


def _keep(account: MailAccount, field: str, value: str) -> None:
    setattr(account, field, value)
    account.save(update_fields=[field])


def _locked(kept: Mapping[str, Any]) -> str:
    return secret.lock(json.dumps(kept))


def _unlocked(account: MailAccount) -> dict[str, Any]:
    text = secret.unlock(account.oauth) if account.oauth else None
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}

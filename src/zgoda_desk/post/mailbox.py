"""From the row of a mail account to what the transports need."""

from __future__ import annotations

import json
from typing import Literal, cast

from zgoda_desk.lib import secret
from zgoda_desk.post.models import MailAccount
from zgoda_desk.post.transport.settings import ImapSettings, SmtpSettings

_Security = Literal["tls", "starttls", "none"]


class NoSecret(Exception):
    """The password of this mailbox cannot be read with this installation's key; enter it again in the settings."""


def imap_of(account: MailAccount) -> ImapSettings:
    """Settings to read the mailbox; raises NoSecret, and SettingsError for what cannot be."""
    return ImapSettings(
        host=account.imap_host,
        port=account.imap_port,
        security=cast("_Security", account.imap_security),
        user=account.user,
        secret=_secret(account),
        auth="password" if account.auth == "password" else "oauth2",
        folder=account.folder,
        spam_folder=account.spam_folder or None,
    )


def smtp_of(account: MailAccount) -> SmtpSettings:
    """Settings to send from the mailbox; raises NoSecret, and SettingsError for what cannot be."""
    return SmtpSettings(
        host=account.smtp_host,
        port=account.smtp_port,
        security=cast("_Security", account.smtp_security),
        user=account.user,
        secret=_secret(account),
        auth="password" if account.auth == "password" else "oauth2",
    )


def _secret(account: MailAccount) -> str:
    """The password, or the access token that `workflow.access_tokens` keeps fresh."""
    if account.auth != "password":
        kept = secret.unlock(account.oauth) if account.oauth else None
        if kept is None:
            raise NoSecret
        return str(json.loads(kept).get("access_token", ""))
    found = secret.unlock(account.secret) if account.secret else ""
    if found is None:
        raise NoSecret
    return found

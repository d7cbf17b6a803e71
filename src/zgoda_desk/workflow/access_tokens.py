"""Keeps the access tokens of mailboxes with consent fresh, just before they are used."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from zgoda_desk.post import accounts_actions as accounts
from zgoda_desk.post.models import MailAccount
from zgoda_desk.post.transport import oauth
from zgoda_desk.post.transport.errors import TransportError

_BEFORE = timedelta(minutes=5)


def fresh(account: MailAccount, now: datetime) -> None:
    """Renew the token where it runs out within five minutes; raises TransportError at the step `login` where not.

    Code `consent` asks the owner anew; `unavailable` is tried again.
    """
    if account.auth == "password":
        return
    ends = accounts.expires_at(account)
    if ends is not None and ends - now > _BEFORE:
        return
    client, renewing = accounts.client_of(account), accounts.refresh_token_of(account)
    if client is None or not renewing:
        raise TransportError("login", "consent", "The owner of the mailbox has not consented.")
    try:
        token = oauth.refresh(oauth.PROVIDERS[account.auth], client, renewing)
    except oauth.OAuthError as error:
        raise TransportError("login", "consent" if error.lasting else "unavailable", error.detail) from error
    with transaction.atomic():
        held = MailAccount.objects.select_for_update().get(pk=account.pk)
        accounts.keep_token(held, token, now)
        account.oauth = held.oauth

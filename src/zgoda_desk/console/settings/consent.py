"""The way to a provider for the consent of a mailbox's owner, and back with the code that gives the first tokens."""

from __future__ import annotations

import logging
import secrets

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zgoda_desk.accounts.access import require_head
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.settings.mailboxes import back_url
from zgoda_desk.lib import clock
from zgoda_desk.post import accounts_actions as actions
from zgoda_desk.post.access import access_account
from zgoda_desk.post.transport import oauth

log = logging.getLogger(__name__)

_KEPT = "consent_asked"


@never_cache
@require_safe
def ask(request: Asked, pk: int) -> HttpResponse:
    """To the provider's page; a fresh random state in the session binds the way back to this person (T22)."""
    require_head(request.user)
    account = access_account(request.user, pk)
    client, provider = actions.client_of(account), oauth.PROVIDERS.get(account.auth)
    if client is None or provider is None:
        raise Http404
    state = secrets.token_urlsafe(32)
    request.session[_KEPT] = {"state": state, "account": account.pk}
    return redirect(oauth.consent_url(provider, client.client_id, back_url(), state, login_hint=account.address))


@never_cache
@require_safe
def back(request: Asked) -> HttpResponse:
    """Back from the provider: the code is good only with the state that was sent along."""
    require_head(request.user)
    asked = request.session.pop(_KEPT, None)
    state = request.GET.get("state", "")
    if not asked or not state.isascii() or not secrets.compare_digest(str(asked["state"]), state):
        raise Http404
    account = access_account(request.user, int(asked["account"]))
    client, provider = actions.client_of(account), oauth.PROVIDERS.get(account.auth)
    code = request.GET.get("code", "")
    if client is None or provider is None:
        raise Http404
    if not code or len(code) > 4000:
        messages.warning(request, _("The provider gave no consent. Nothing was changed."))
        return redirect("settings_mailbox", account.pk)
    try:
        token = oauth.exchange(provider, client, code, back_url())
    except oauth.OAuthError as fault:
        log.warning("the consent for mailbox %d was not accepted: %s", account.pk, fault)
        messages.warning(
            request,
            _("The provider did not accept it. Compare the client ID and its secret, then ask for consent again."),
        )
        return redirect("settings_mailbox", account.pk)
    actions.keep_token(account, token, clock.now(), actor=request.user)
    messages.success(request, _("The consent is there. Test the mailbox, then start it."))
    return redirect("settings_mailbox", account.pk)

"""Connecting a mailbox: address, servers, test, consent, the day it starts from."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zgoda_desk.accounts.access import access_inbox, company, require_head
from zgoda_desk.console import times
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.post.faults import at_server
from zgoda_desk.console.settings import mailbox_words as words
from zgoda_desk.console.settings.answers import page, saved
from zgoda_desk.console.settings.mailbox_forms import SERVER_FIELDS, AddressForm, MailboxForm, StartForm, first_values
from zgoda_desk.lib import clock
from zgoda_desk.post import accounts_actions as actions
from zgoda_desk.post.access import access_account
from zgoda_desk.post.mailbox import NoSecret, imap_of, smtp_of
from zgoda_desk.post.models import MailAccount
from zgoda_desk.post.transport.errors import TransportError
from zgoda_desk.post.transport.guess import guess
from zgoda_desk.post.transport.oauth import Client
from zgoda_desk.post.transport.probe import Tried, probe_imap, probe_smtp, works
from zgoda_desk.post.transport.settings import SettingsError
from zgoda_desk.workflow import access_tokens

_PATIENCE = 10.0  # seconds for each step of the test


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def new(request: Asked, pk: int) -> HttpResponse:
    """A mailbox for an inbox: with an address in the query the whole form, filled as far as it is known."""
    require_head(request.user)
    inbox = access_inbox(request.user, pk)
    asked = AddressForm(request.GET or None)
    if request.method != "POST" and not asked.is_valid():
        return page(request, "mailbox_address", "inboxes", inbox=inbox, form=asked)
    address = str(request.POST.get("address", "") if request.method == "POST" else asked.cleaned_data["address"])
    found = guess(address[:254])
    form = MailboxForm(request.POST or None, initial=first_values(address.strip().lower(), found))
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        account = actions.connect_mailbox(request.user, inbox, form.servers(), now)
        _keep_secrets(request, account, form, now)
        return saved(request, "settings_mailbox", account.pk, said=_("Connected. Test it, then start it."))
    return page(request, "mailbox_new", "inboxes", inbox=inbox, form=form, guess=asdict(found), back_url=back_url())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def mailbox(request: Asked, pk: int) -> HttpResponse:
    """One mailbox: how it is, how it is reached, with POST changed."""
    require_head(request.user)
    account, now = access_account(request.user, pk), clock.now()
    form = MailboxForm(request.POST or None, account=account, initial=_initial(account))
    if request.method == "POST" and form.is_valid():
        changed = actions.change_mailbox(request.user, account, form.servers(), now)
        kept = _keep_secrets(request, account, form, now)
        return saved(request, "settings_mailbox", pk, changed=bool(changed) or kept)
    return _page(request, access_account(request.user, pk), form=form)


@require_POST
def test(request: Asked, pk: int) -> HttpResponse:
    """Try the mailbox both ways without changing anything in it, and say step by step what works."""
    require_head(request.user)
    account = access_account(request.user, pk)
    incoming, outgoing = _try(account, clock.now())
    good = works(incoming) and works(outgoing)
    return _page(
        request, account, tried={"incoming": words.lines(incoming), "outgoing": words.lines(outgoing), "good": good}
    )


@require_POST
def start(request: Asked, pk: int) -> HttpResponse:
    """Take mail in from a day on."""
    require_head(request.user)
    account = access_account(request.user, pk)
    form = StartForm(request.POST, today=_today())
    if account.since is not None:
        return saved(request, "settings_mailbox", pk, said=_("It was started before."))
    if not form.is_valid():
        return _page(request, account, start_form=form)
    actions.start_mailbox(request.user, account, form.cleaned_data["since"], clock.now())
    return saved(request, "settings_mailbox", pk, said=_("Started. The first mail comes in within a minute."))


@require_POST
def pause(request: Asked, pk: int) -> HttpResponse:
    """Stop taking mail in, or go on."""
    require_head(request.user)
    account = access_account(request.user, pk)
    paused = request.POST.get("paused") == "1"
    actions.pause_mailbox(request.user, account, paused=paused, now=clock.now())
    return saved(
        request, "settings_mailbox", pk, said=_("Paused.") if paused else _("It goes on from where it stopped.")
    )


def back_url() -> str:
    """Where a provider sends the owner back to; it must be told to the provider as it stands."""
    return f"{settings.URL}{reverse('settings_consent_back')}"


def _page(request: Asked, account: MailAccount, **more: Any) -> HttpResponse:
    first_day = {"since": _today()}
    context: dict[str, Any] = {
        "form": MailboxForm(account=account, initial=_initial(account)),
        "start_form": StartForm(today=_today(), initial=first_day) if account.since is None else None,
        "tried": None, "account": account, "back_url": back_url(), "consent": actions.has_consent(account),
        "has_client": actions.client_of(account) is not None,
        "fault": _fault(account), "looked": times.ago(account.checked_at, clock.now()) if account.checked_at else "",
    }  # fmt: skip
    return page(request, "mailbox", "inboxes", **{**context, **more})


def _fault(account: MailAccount) -> str:
    """What is wrong with taking mail in, and where; empty for nothing."""
    if account.state_code in ("", "fine"):
        return ""
    return at_server(account.imap_host, account.imap_port, words.why_of_state(account.state_code))


def _today() -> Any:
    return clock.now().astimezone(times.zone_of(company())).date()


def _try(account: MailAccount, now: datetime) -> tuple[tuple[Tried, ...], tuple[Tried, ...]]:
    """Both reports; what keeps us from trying at all is a failed log-in."""
    try:
        access_tokens.fresh(account, now)
        return (
            probe_imap(imap_of(account), timeout=_PATIENCE),
            probe_smtp(smtp_of(account), account.address, timeout=_PATIENCE),
        )
    except TransportError as fault:
        failed = Tried("login", "fails", fault.code, fault.detail)
    except (NoSecret, SettingsError) as fault:
        failed = Tried("login", "fails", "refused", str(fault) or str(NoSecret.__doc__))
    return (failed,), (failed,)


def _keep_secrets(request: Asked, account: MailAccount, form: MailboxForm, now: datetime) -> bool:
    given = form.cleaned_data
    if given["auth"] == "password" and given["password"]:
        actions.set_password(request.user, account, given["password"], now)
        return True
    if given["auth"] != "password" and given["client_id"]:
        actions.set_client(request.user, account, Client(given["client_id"], given["client_secret"]), now)
        return True
    return False


def _initial(account: MailAccount) -> dict[str, Any]:
    client = actions.client_of(account)
    first = {name: getattr(account, name) for name in SERVER_FIELDS}
    return first | {"client_id": ""} | ({"client_known": client.client_id} if client else {})

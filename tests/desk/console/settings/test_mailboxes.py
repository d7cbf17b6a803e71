"""Connecting a mailbox, on a real mail server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast
from zgoda_desk.audit.models import Entry
from zgoda_desk.demo.post_office import PostOffice
from zgoda_desk.lib import clock
from zgoda_desk.post import accounts_actions as actions
from zgoda_desk.post.mailbox import imap_of
from zgoda_desk.post.models import MailAccount
from zgoda_desk.post.transport import oauth
from zgoda_desk.post.transport.errors import TransportError
from zgoda_desk.workflow import access_tokens

ADDRESS, PASSWORD = "shop@polana.example", "a mailbox secret"


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice({ADDRESS: PASSWORD}, tokens={ADDRESS: "fresh token"}) as opened:
        yield opened


def filled(office: PostOffice, **more: Any) -> dict[str, Any]:
    return {
        "address": ADDRESS, "display_name": "Polana", "auth": "password", "user": ADDRESS, "password": PASSWORD,
        "imap_host": "127.0.0.1", "imap_port": office.imap_port, "imap_security": "none", "smtp_host": "127.0.0.1",
        "smtp_port": office.smtp_port, "smtp_security": "none", "folder": "INBOX", "spam_folder": "",
    } | more  # fmt: skip


def connected(cast: Cast, head: Client, office: PostOffice, **more: Any) -> MailAccount:
    response = head.post(f"/settings/inboxes/{cast.inbox.pk}/mailbox", filled(office, **more))
    assert response.status_code == 302, response.content.decode()
    return MailAccount.objects.get(address=ADDRESS)


def test_the_servers_follow_from_the_address(cast: Cast, clients: dict[str, Client]) -> None:
    page = clients["head"].get(f"/settings/inboxes/{cast.inbox.pk}/mailbox?address=firma@wp.pl").content.decode()
    assert 'value="imap.wp.pl"' in page
    assert 'value="smtp.wp.pl"' in page
    assert 'value="firma"' in page  # this provider takes the part before the sign
    page = clients["head"].get(f"/settings/inboxes/{cast.inbox.pk}/mailbox?address=a@firma.example").content.decode()
    assert "The servers are guessed" in page


def test_a_mailbox_is_connected_tested_and_started(cast: Cast, clients: dict[str, Client], office: PostOffice) -> None:
    head = clients["head"]
    account = connected(cast, head, office)
    assert account.since is None
    assert imap_of(account).secret == PASSWORD
    report = head.post(f"/settings/mailboxes/{account.pk}/test").content.decode()
    assert "Both ways work" in report
    day = clock.now().date()
    assert head.post(f"/settings/mailboxes/{account.pk}/start", {"since": "1999-01-01"}).status_code == 422
    tomorrow = (day + timedelta(days=2)).isoformat()
    assert head.post(f"/settings/mailboxes/{account.pk}/start", {"since": tomorrow}).status_code == 422
    assert head.post(f"/settings/mailboxes/{account.pk}/start", {"since": day.isoformat()}).status_code == 302
    account.refresh_from_db()
    assert account.since == day
    head.post(f"/settings/mailboxes/{account.pk}/start", {"since": (day - timedelta(days=9)).isoformat()})
    account.refresh_from_db()
    assert account.since == day  # started once
    head.post(f"/settings/mailboxes/{account.pk}/pause", {"paused": "1"})
    account.refresh_from_db()
    assert not account.is_active


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"password": "wrong"}, "User name or password are not accepted"),
        ({"folder": "Nowhere"}, "There is no folder of this name"),
        ({"imap_port": 1}, "Nothing answers at this port"),
        ({"imap_host": "nowhere.invalid", "imap_security": "tls"}, "No server has this name"),
    ],
)
def test_the_test_says_what_fails_and_what_to_do(
    cast: Cast, clients: dict[str, Client], office: PostOffice, more: dict[str, Any], words: str
) -> None:
    account = connected(cast, clients["head"], office, **more)
    report = clients["head"].post(f"/settings/mailboxes/{account.pk}/test").content.decode()
    assert words in report
    assert "Something does not work yet" in report


def test_a_secret_is_never_shown_again_nor_audited(cast: Cast, clients: dict[str, Client], office: PostOffice) -> None:
    account = connected(cast, clients["head"], office)
    account.refresh_from_db()
    assert PASSWORD not in account.secret
    for path in ("", "test"):
        page = (
            clients["head"].get(f"/settings/mailboxes/{account.pk}/")
            if not path
            else clients["head"].post(f"/settings/mailboxes/{account.pk}/{path}")
        )
        assert PASSWORD not in page.content.decode()
        assert account.secret not in page.content.decode()
    wrong = clients["head"].post(f"/settings/mailboxes/{account.pk}/", filled(office, imap_port="x"))
    assert wrong.status_code == 422
    assert PASSWORD not in wrong.content.decode()
    assert PASSWORD not in str(list(Entry.objects.values()))
    assert {"mailbox.connected", "mailbox.password"} <= set(Entry.objects.values_list("kind", flat=True))


def test_a_kept_password_goes_to_no_new_server(cast: Cast, clients: dict[str, Client], office: PostOffice) -> None:
    account = connected(cast, clients["head"], office)
    moved = filled(office, password="", imap_host="localhost")
    assert clients["head"].post(f"/settings/mailboxes/{account.pk}/", moved).status_code == 422
    same = filled(office, password="", display_name="Other")
    assert clients["head"].post(f"/settings/mailboxes/{account.pk}/", same).status_code == 302
    account.refresh_from_db()
    assert (account.display_name, imap_of(account).secret) == ("Other", PASSWORD)


@pytest.mark.parametrize(
    "more",
    [
        {"imap_host": "mail.example.com"}, {"imap_host": "a b"}, {"imap_port": "0"}, {"imap_port": "99999"},
        {"address": "no address"}, {"address": "HELP@polana.example"}, {"auth": "kerberos"}, {"password": ""},
        {"user": ""}, {"smtp_security": "rot13"}, {"auth": "google", "client_id": "x", "client_secret": ""},
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_not_kept(
    cast: Cast, clients: dict[str, Client], office: PostOffice, more: dict[str, Any]
) -> None:
    response = clients["head"].post(f"/settings/inboxes/{cast.inbox.pk}/mailbox", filled(office, **more))
    assert response.status_code == 422
    assert MailAccount.objects.count() == 2


def consenting(cast: Cast, head: Client, office: PostOffice) -> MailAccount:
    given = {"auth": "google", "password": "", "client_id": "our-client", "client_secret": "our-secret"}
    return connected(cast, head, office, **given)


def test_consent_is_asked_for_and_brings_the_first_tokens(
    cast: Cast, clients: dict[str, Client], office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = clients["head"]
    account = consenting(cast, head, office)
    asked = head.get(f"/settings/mailboxes/{account.pk}/consent").headers["Location"]
    assert asked.startswith("https://accounts.google.com/")
    state = asked.partition("state=")[2].partition("&")[0]
    monkeypatch.setattr(oauth, "exchange", lambda *_a, **_k: oauth.Token("fresh token", 3600, "renew"))
    assert head.get(f"/settings/consent/back?code=abc&state=x{state}").status_code == 404
    head.get(f"/settings/mailboxes/{account.pk}/consent")
    state = head.session["consent_asked"]["state"]
    stranger = Client()
    stranger.force_login(cast.head, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert stranger.get(f"/settings/consent/back?code=abc&state={state}").status_code == 404
    assert head.get(f"/settings/consent/back?code=abc&state={state}").status_code == 302
    account.refresh_from_db()
    assert actions.has_consent(account)
    assert imap_of(account).secret == "fresh token"
    assert "Both ways work" in head.post(f"/settings/mailboxes/{account.pk}/test").content.decode()
    assert head.get(f"/settings/consent/back?code=abc&state={state}").status_code == 404  # once
    kept = str(list(Entry.objects.values())) + account.oauth
    assert not any(word in kept for word in ("our-secret", "fresh token", "renew'"))


def test_a_token_is_renewed_before_it_runs_out(
    cast: Cast, clients: dict[str, Client], office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = consenting(cast, clients["head"], office)
    with pytest.raises(TransportError, match="consent"):
        access_tokens.fresh(account, NOW)
    actions.keep_token(account, oauth.Token("first", 3600, "renew"), NOW)
    asked: list[str] = []

    def renew(_provider: object, client: oauth.Client, token: str) -> oauth.Token:
        asked.append(f"{client.client_id} {token}")
        return oauth.Token("second", 3600)

    monkeypatch.setattr(oauth, "refresh", renew)
    access_tokens.fresh(account, NOW)
    assert asked == []
    access_tokens.fresh(account, NOW + timedelta(minutes=56))
    assert asked == ["our-client renew"]
    account.refresh_from_db()
    assert imap_of(account).secret == "second"
    assert actions.refresh_token_of(account) == "renew"

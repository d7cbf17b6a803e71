"""The log-in as strangers meet it."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import hashers
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404

from tests.desk.cast import NOW, PASSWORD, Cast
from zgoda_desk.accounts import joining
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.models import Entry

pytestmark = pytest.mark.usefixtures("cast")
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:  # noqa: ARG001
    cache.clear()


def log_in(client: Client, email: str = "nina@polana.example", password: str = PASSWORD, **more: str) -> HttpResponse:
    return client.post(LOGIN, {"login": email, "password": password, **more})  # type: ignore[return-value]


def words(response: HttpResponse) -> list[str]:
    """The page without the token of its form and what was written into it."""
    text = response.content.decode()
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line and 'name="login"' not in line]


def test_somebody_known_comes_in() -> None:
    client = Client()
    response = log_in(client)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.get("/settings/me/").status_code == 200


def test_a_wrong_password_and_an_unknown_address_are_told_the_same() -> None:
    known, unknown = log_in(Client(), password="wrong"), log_in(Client(), email="nobody@polana.example")
    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown)
    assert "The address or the password is not right." in known.content.decode()


def test_whoever_was_shut_out_is_told_the_same(cast: Cast) -> None:
    Person.objects.filter(pk=cast.owner.pk).update(is_active=False)
    assert words(log_in(Client())) == words(log_in(Client(), email="nobody@polana.example"))


@pytest.mark.parametrize(
    "email", ["nına@polana.example", "NINA@POLANA.EXAMPLE\u0000", "ＮＩＮＡ@polana.example", "nina@polana.exampſe"]
)
def test_look_alike_addresses_are_nobody(email: str) -> None:
    assert log_in(Client(), email=email).status_code == 200


def test_capitals_in_an_address_do_not_matter() -> None:
    assert log_in(Client(), email=" Nina@Polana.Example ").status_code == 302


def test_of_a_thousand_tries_at_most_ten_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []

    def count(_self: Person, raw: str) -> bool:
        checked.append(raw)
        return False

    monkeypatch.setattr(Person, "check_password", count)
    client, last = Client(), None
    for number in range(1000):
        last = log_in(client, password=f"try {number}")
    assert 1 <= len(checked) <= 10
    assert last is not None
    assert last.status_code == 429


def test_tries_at_many_addresses_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(Person, "set_password", lambda _self, raw: made.append(raw))  # what stands in for a check
    for number in range(60):
        log_in(Client(), email=f"nobody{number}@polana.example")
    assert len(made) <= 10


def test_a_forged_address_of_the_visitor_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    checked = []
    monkeypatch.setattr(Person, "check_password", lambda _self, raw: checked.append(raw))
    for number in range(40):
        Client().post(
            LOGIN,
            {"login": "nina@polana.example", "password": "wrong"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )
    assert len(checked) <= 10


def test_a_megabyte_is_no_password_and_is_not_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_more: object) -> bool:
        raise AssertionError("a password of a megabyte was hashed")

    monkeypatch.setattr(hashers, "check_password", fail)
    monkeypatch.setattr(Person, "check_password", fail)
    response = log_in(Client(), password="x" * 1_000_000)
    assert response.status_code == 200
    assert "The address or the password is not right." in response.content.decode()


def test_the_session_changes_its_id_at_log_in_and_log_out() -> None:
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["mark"] = "set before"
    session.save()
    before = session.session_key
    client.cookies["zgoda_session"] = before
    log_in(client)
    inside = client.cookies["zgoda_session"].value
    assert inside != before
    old = Client()
    old.cookies["zgoda_session"] = before
    assert old.get("/settings/me/").status_code == 302
    client.post("/account/logout/")
    stale = Client()
    stale.cookies["zgoda_session"] = inside
    assert stale.get("/settings/me/").status_code == 302


FOREIGN = [
    "https://evil.example", "http://evil.example/x", "//evil.example", "///evil.example", "////evil.example",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "https:evil.example", "https:/evil.example",
    "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "ftp://evil.example",
    " //evil.example", "\t//evil.example", "\n//evil.example", "/\t/evil.example", "/\n/evil.example", "http:///evil.example",
    "http://testserver@evil.example", "http://testserver:80@evil.example", "http://evil.example#testserver",
    "http://evil.example?testserver", "http://evil.example/testserver", "//evil.example@testserver/..", "http://[::1]",
    "http://127.0.0.1:9000/", "http://localhost/", "http://testserver.evil.example", "//testserver.evil.example",
    "%2F%2Fevil.example:x", "https://evil%2eexample", "HTTPS://EVIL.EXAMPLE", "//evil。example", "x://evil.example", "https://\u202eevil.example",
    "//\u200bevil.example", "http://evil.example\\@testserver",
]  # fmt: skip


@pytest.mark.parametrize("target", FOREIGN)
def test_after_log_in_nobody_is_sent_elsewhere(cast: Cast, target: str) -> None:
    for place in (LOGIN, "/account/logout/"):
        client = Client()
        if place == LOGIN:
            response = log_in(client, next=target)
        else:
            client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
            response = client.post(place, {"next": target})  # type: ignore[assignment]
        where = response.headers.get("Location", "/")
        assert where.startswith("/")
        assert not where.startswith(("//", "/\\"))
        assert ":" not in where.partition("?")[0]


def test_a_page_of_the_desk_is_a_place_to_go_on_to() -> None:
    assert log_in(Client(), next="/promises/?view=mine").headers["Location"] == "/promises/?view=mine"


@pytest.mark.parametrize(
    "path", ["signup/", "password/reset/", "password/reset/key/1-abc/", "email/", "confirm-email/", "inactive/",
             "password/set/", "login/code/", "2fa/webauthn/", "reauthenticate/code/", "2fa/trust/", ""],
)  # fmt: skip
def test_pages_nobody_needs_are_not_there(path: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/account/{path}")
    assert Client().get(f"/account/{path}").status_code == 404


def test_the_log_in_page_says_whom_to_ask_and_names_nobody() -> None:
    page = Client().get(LOGIN).content.decode()
    assert "Ask a lead of your team" in page
    assert "Helena" not in page


def test_other_sessions_can_be_ended() -> None:
    here, elsewhere = Client(), Client()
    log_in(here)
    log_in(elsewhere)
    assert here.post("/settings/me/sessions").status_code == 302
    assert here.get("/settings/me/").status_code == 200
    assert elsewhere.get("/settings/me/").status_code == 302


def test_a_changed_password_ends_every_session() -> None:
    here, elsewhere = Client(), Client()
    log_in(here)
    log_in(elsewhere)
    new = "a quite different phrase"
    given = {"oldpassword": "not it", "password1": new, "password2": new}
    assert here.post("/account/password/change/", given).status_code == 200
    given["oldpassword"] = PASSWORD
    assert here.post("/account/password/change/", given).headers["Location"] == LOGIN
    assert elsewhere.get("/settings/me/").status_code == 302
    assert log_in(Client(), password=new).status_code == 302


def _code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_with_a_second_factor_the_password_alone_opens_nothing(cast: Cast) -> None:
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(cast.owner, secret)
    assert secret not in str(Authenticator.objects.get(user=cast.owner).data)
    client = Client()
    assert log_in(client).headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/settings/me/").status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": "000000x"}).status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": _code(secret)}).status_code == 302
    assert client.get("/settings/me/").status_code == 200


def test_a_second_factor_is_switched_on_only_after_the_password(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get(reverse("mfa_activate_totp"))
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    sent = {"password": PASSWORD, "next": reverse("mfa_activate_totp")}
    assert client.post(reverse("account_reauthenticate"), sent).headers["Location"] == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    for name in ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"):
        assert client.get(reverse(name)).status_code == 200
    assert client.get(reverse("mfa_reauthenticate")).status_code == 200


def test_links_are_the_same_page_whatever_is_wrong_with_them(cast: Cast) -> None:
    used, token = joining.invite(cast.head, joining.Guest("ewa@polana.example"), NOW)
    joining.join(used, joining.Joiner("Ewa", "f", "pl", "correct horse staple"), NOW)
    bad = [
        "/account/join/",
        f"/account/join/{token}/",
        "/account/join/None/",
        "/account/join/x/",
        f"/account/join/{'a' * 60_000}/",
    ]
    pages = {path: Client().get(path) for path in bad}
    assert {page.status_code for page in pages.values()} == {404}
    assert len({page.content for page in pages.values()}) == 1


def test_somebody_invited_sets_a_password_and_logs_in(cast: Cast) -> None:
    from zgoda_desk.lib import clock

    teams = tuple(cast.lead.teams.all())
    guest = joining.Guest("ewa@polana.example", name="Ewa Nowa", language="pl", teams=teams)
    _made, token = joining.invite(cast.lead, guest, clock.now())
    client, path = Client(), f"/account/join/{token}/"
    for _again in range(3):
        assert client.get(path).status_code == 200  # looked at by a robot first (T22)
    sent = {"name": "Ewa Nowa", "gender": "f", "language": "pl", "password": "1234567890", "again": "1234567890"}
    assert client.post(path, sent).status_code == 422
    sent |= {"password": "correct horse staple", "again": "other"}
    assert client.post(path, sent).status_code == 422
    sent |= {"again": "correct horse staple", "role": "head", "email": "x@y.example", "teams": "2", "is_active": "0"}
    assert client.post(path, sent).headers["Location"] == LOGIN
    ewa = Person.objects.get(email="ewa@polana.example")
    assert (ewa.role, ewa.is_active, list(ewa.teams.all())) == ("agent", True, list(teams))
    assert client.post(path, sent).status_code == 404
    assert log_in(client, email="ewa@polana.example", password="correct horse staple").status_code == 302
    assert not any("correct horse" in str(entry.data) for entry in Entry.objects.all())

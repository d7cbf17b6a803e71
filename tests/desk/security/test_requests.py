"""What a visitor may say of himself changes nothing: forged proxy headers, hosts, places to go on to, old sessions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.desk.access.world import HELP, make_place
from tests.desk.cast import PASSWORD, Cast
from zgoda_desk.audit.models import Entry
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Conversation, Message

FORGED: dict[str, Any] = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_PORT": "444", "HTTP_X_REAL_IP": "203.0.113.9", "HTTP_CF_CONNECTING_IP": "203.0.113.9",
    "HTTP_FORWARDED": "for=203.0.113.9;host=evil.example;proto=https", "HTTP_X_REMOTE_USER": "helena@polana.example",
    "HTTP_REMOTE_USER": "helena@polana.example", "HTTP_X_ORIGINAL_URL": "/settings/company/",
    "HTTP_X_REWRITE_URL": "/settings/company/", "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE",
    "HTTP_X_FORWARDED_USER": "helena", "HTTP_TRUE_CLIENT_IP": "203.0.113.9", "HTTP_CLIENT_IP": "127.0.0.1",
}  # fmt: skip


def test_forged_headers_open_nothing_and_name_no_other_host(clients: dict[str, Client]) -> None:
    for role, status in (("nobody", 302), ("owner", 404)):
        plain, forged = clients[role].get("/settings/company/"), clients[role].get("/settings/company/", **FORGED)
        assert (plain.status_code, forged.status_code) == (status, status)
        assert forged.headers.get("Location", "") == plain.headers.get("Location", "")
    page = clients["head"].post(
        "/settings/people/", {"email": "new@polana.example", "language": "en", "role": "agent"}, **FORGED
    )
    assert "evil.example" not in page.content.decode()
    assert "203.0.113.9" not in str(list(Entry.objects.values_list("data", flat=True)))


@pytest.mark.django_db
def test_another_address_in_a_header_does_not_reset_the_count_of_tries(cast: Cast) -> None:
    client, statuses = Client(), []
    for number in range(40):
        form = {"login": cast.owner.email, "password": f"wrong {number}"}
        forged = f"198.51.100.{number}"
        response = client.post(
            "/account/login/", form, HTTP_X_FORWARDED_FOR=forged, HTTP_X_REAL_IP=forged, HTTP_FORWARDED=f"for={forged}"
        )
        statuses.append(response.status_code)
    assert client.post("/account/login/", {"login": cast.owner.email, "password": PASSWORD}).status_code != 302
    assert set(statuses) <= {200, 429}


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost@evil.example", "testserver.evil.example", "[::1", ""]
)
@pytest.mark.django_db
def test_another_host_is_refused(host: str) -> None:
    assert Client().get("/account/login/", HTTP_HOST=host or "x y").status_code == 400


NEXT = [
    "https://evil.example/", "http://evil.example", "//evil.example", "///evil.example", "////evil.example",
    "\\\\evil.example", "/\\evil.example", "\\/evil.example", "/\t/evil.example", "/\n/evil.example",
    "\thttps://evil.example", " //evil.example", "https:evil.example", "https:/evil.example", "https:///evil.example",
    "HTTPS://evil.example", "javascript:alert(1)", "data:text/html,x", "vbscript:x", "ftp://evil.example",
    "mailto:x@evil.example", "http:\\\\evil.example", "//testserver@evil.example", "https://testserver@evil.example",
    "https://testserver.evil.example", "//evil.example/%2f..", "/%09/evil.example", "//evil%E3%80%82example",
    "//evil。example", "https://[evil.example]", "//[::1]/", "http://127.0.0.1:1", "http://0/", "//0x7f.1",
    "?next=//evil.example", "evil.example", "./evil", "../evil", "%2f%2fevil.example", "//evil.example\\@x",
    "/account/login/?next=//evil.example", "\x00//evil.example", "/" * 3000, "//EVIL.EXAMPLE:443",
]  # fmt: skip


@pytest.mark.parametrize("place", NEXT)
def test_after_log_in_one_stays_here(cast: Cast, place: str) -> None:
    client = Client()
    form = {"login": cast.owner.email, "password": PASSWORD, "next": place}
    response = client.post("/account/login/", form)
    if response.status_code == 302:
        to = response["Location"]
        assert to.startswith("/")
        assert not to.startswith(("//", "/\\", "/\t", "/\n"))


@pytest.mark.django_db
def test_a_session_is_another_after_log_in_and_dead_after_log_out(cast: Cast) -> None:
    client = Client()
    client.cookies["zgoda_session"] = "a" * 32
    client.get("/account/login/")
    client.post("/account/login/", {"login": cast.owner.email, "password": PASSWORD})
    inside = client.cookies["zgoda_session"].value
    assert inside != "a" * 32
    assert client.get("/").status_code == 200
    client.post("/account/logout/")
    old = Client()
    old.cookies["zgoda_session"] = inside
    assert old.get("/").status_code == 302


def test_a_link_in_a_mail_may_be_opened_a_hundred_times_and_changes_nothing(cast: Cast) -> None:
    place, robot = make_place(cast, HELP), Client()

    def state() -> tuple[object, ...]:
        return (
            list(Promise.objects.values()), Message.objects.count(), Entry.objects.count(),
            list(Conversation.objects.values("pk", "revision", "status", "changed_at")),
        )  # fmt: skip

    before = state()
    for _ in range(100):
        assert robot.get(f"/p/{place.things['portal']}").status_code == 200
        assert robot.get(f"/p/{place.things['portal']}/writing").status_code == 405
    for method in ("head", "options", "put", "delete", "patch", "trace"):
        getattr(robot, method)(f"/p/{place.things['portal']}")
    assert state() == before

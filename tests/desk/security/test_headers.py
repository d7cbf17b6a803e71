"""Every page says what a browser may do with it, and no page holds a script or a style of its own (S12)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.test import Client

from tests.desk.access.harness import Answer, ask
from tests.desk.access.matrix import ROWS
from tests.desk.access.test_matrix import _path
from tests.desk.access.world import HELP, Place, make_place
from tests.desk.cast import Cast

INLINE = re.compile(
    r"<style|\sstyle\s*=|\son[a-z]{3,}\s*=|<script(?![^>]*\ssrc=\"/static/)|javascript:|<base\b|http-equiv",
    re.IGNORECASE,
)
OUTSIDE = re.compile(r"(?:src|href|action|srcset)=\"(?:https?:)?//(?!testserver)", re.IGNORECASE)
OWN_POLICY = {"portal", "portal_fix", "portal_time", "portal_writing", "file", "picture", "html_part", "raw_download"}


def _answers(cast: Cast, clients: dict[str, Client]) -> Iterator[tuple[str, Answer]]:
    """What the head of the company, and a stranger, get from every address."""
    place: Place = make_place(cast, HELP)
    for name, row in ROWS.items():
        for role in ("head", "nobody"):
            yield name, ask(clients[role], "get", _path(row, name, place))


def test_every_page_has_its_policy_and_nothing_inline(cast: Cast, clients: dict[str, Client]) -> None:
    wrong, pages = [], 0
    for name, answer in _answers(cast, clients):
        response = answer.response
        policy = response.headers.get("Content-Security-Policy", "")
        wrong += [f"{name}: {told}" for told in _policy_faults(name, policy, response.headers)]
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            pages += 1
            body = response.content.decode().replace(str(settings.URL), "")  # the desk's own address
            wrong += [f"{name}: {found[0]!r} in the page" for found in INLINE.finditer(body)]
            wrong += [f"{name}: {found[0]!r} leads outside" for found in OUTSIDE.finditer(body)]
    assert pages > 40
    assert not wrong, "\n".join(sorted(set(wrong)))


def _policy_faults(name: str, policy: str, headers: object) -> Iterator[str]:
    told = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    if told.get("default-src") != "'none'":
        yield f"the policy begins with {told.get('default-src')!r}"
    if re.search(r"unsafe-|https?:|\*|data:", policy.replace("img-src 'self' data:", "")):
        yield f"the policy lets in too much: {policy}"
    if name not in OWN_POLICY and told.get("frame-ancestors") != "'none'":
        yield "the policy lets others frame the page"
    get = getattr(headers, "get")  # noqa: B009 - a mapping of headers, whatever its class
    if get("X-Content-Type-Options") != "nosniff":
        yield "no nosniff"
    if get("Referrer-Policy") not in ("same-origin", "no-referrer"):
        yield "the referrer leaves"
    if get("X-Frame-Options") != ("SAMEORIGIN" if name == "html_part" and "sandbox" in policy else "DENY"):
        yield f"may be framed: {get('X-Frame-Options')}"


def test_the_net_sees_what_it_is_there_for() -> None:
    for bad in ('<p style="x">', "<p onclick=x>", "<script>x</script>", "<style>", '<a href="javascript:x">'):
        assert INLINE.search(bad), bad
    assert OUTSIDE.search('<img src="https://evil.example/x">')
    assert not INLINE.search('<script type="module" src="/static/zgoda/js/desk.js"></script>')
    assert list(_policy_faults("queue", "default-src 'none'; script-src 'unsafe-inline'", {}))


@pytest.mark.django_db
def test_cookies_are_for_the_desk_alone(cast: Cast) -> None:
    client = Client()
    client.get("/account/login/")
    client.post("/account/login/", {"login": cast.owner.email, "password": "correct horse battery"})
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        cookie = SimpleCookie(client.cookies[name].output(header=""))[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert not cookie["domain"]


def test_pages_of_people_are_kept_nowhere(cast: Cast, clients: dict[str, Client]) -> None:
    for name, answer in _answers(cast, clients):
        if answer.status == 200:
            assert "no-store" in answer.response.headers.get("Cache-Control", ""), name

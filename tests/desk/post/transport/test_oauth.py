from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from zgoda_desk.post.transport.oauth import (
    GOOGLE,
    MICROSOFT,
    Client,
    OAuthError,
    Provider,
    consent_url,
    exchange,
    refresh,
)

CLIENT = Client("zgoda", "c1ient-secret")


class TokenServer(ThreadingHTTPServer):
    """Gives what `answer` holds, and keeps the forms that were sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer: tuple[int, bytes, dict[str, str]] = (200, b"", {})
        self.forms: list[dict[str, list[str]]] = []

    def says(self, status: int, body: object, **headers: str) -> None:
        self.answer = (status, body if isinstance(body, bytes) else json.dumps(body).encode(), headers)


class Handler(BaseHTTPRequestHandler):
    server: TokenServer

    def do_POST(self) -> None:
        self.server.forms.append(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        status, body, headers = self.server.answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[TokenServer]:
    with TokenServer() as opened:
        thread = Thread(target=opened.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield opened
        opened.shutdown()
        thread.join()


@pytest.fixture
def provider(server: TokenServer) -> Provider:
    return replace(GOOGLE, token_url=f"http://127.0.0.1:{server.server_port}/token")


def test_a_fresh_token_is_asked_for_by_the_rules(server: TokenServer, provider: Provider) -> None:
    server.says(200, {"access_token": "fresh", "expires_in": 3599, "token_type": "Bearer"})
    token = refresh(provider, CLIENT, "old&refresh")
    assert (token.access_token, token.expires_in, token.refresh_token) == ("fresh", 3599, None)
    assert server.forms == [
        {
            "client_id": ["zgoda"],
            "client_secret": ["c1ient-secret"],
            "grant_type": ["refresh_token"],
            "refresh_token": ["old&refresh"],
        }
    ]


def test_the_code_of_the_owner_brings_both_tokens(server: TokenServer, provider: Provider) -> None:
    server.says(200, {"access_token": "a", "expires_in": "3600", "refresh_token": "r"})
    token = exchange(provider, CLIENT, "code", "https://desk.example/back")
    assert (token.access_token, token.expires_in, token.refresh_token) == ("a", 3600, "r")
    assert server.forms[0]["redirect_uri"] == ["https://desk.example/back"]


@pytest.mark.parametrize(
    ("status", "body", "code", "lasting"),
    [
        (400, {"error": "invalid_grant", "error_description": "Token has been revoked."}, "invalid_grant", True),
        (401, {"error": "invalid_client"}, "invalid_client", True),
        (400, {"error": "temporarily_unavailable"}, "temporarily_unavailable", False),
        (503, b"<html>down</html>", "unreachable", False),
        (429, {"error": "rate"}, "unreachable", False),
        (200, b"<html>login to wifi</html>", "odd_answer", False),
        (200, {"access_token": "a\nb"}, "odd_answer", False),
        (200, {"access_token": "a", "expires_in": "soon"}, "odd_answer", False),
        (200, [], "odd_answer", False),
        (200, b"[" * 100_000, "odd_answer", False),
    ],
)
def test_a_refusal_says_whether_to_try_again(
    server: TokenServer, provider: Provider, status: int, body: object, code: str, lasting: bool
) -> None:
    server.says(status, body)
    with pytest.raises(OAuthError) as caught:
        refresh(provider, CLIENT, "r3fresh")
    assert (caught.value.code, caught.value.lasting) == (code, lasting)
    assert "r3fresh" not in str(caught.value)
    assert "c1ient" not in str(caught.value)


def test_secrets_are_not_sent_on_to_another_place(server: TokenServer, provider: Provider) -> None:
    server.says(302, b"", Location=f"http://127.0.0.1:{server.server_port}/elsewhere")
    with pytest.raises(OAuthError):
        refresh(provider, CLIENT, "r")
    assert len(server.forms) == 1


def test_secrets_are_not_sent_in_the_clear() -> None:
    with pytest.raises(OAuthError, match="https"):
        refresh(replace(GOOGLE, token_url="http://tokens.example/"), CLIENT, "r")


def test_a_dead_server_is_unreachable() -> None:
    dead = replace(GOOGLE, token_url="http://127.0.0.1:1/token")
    with pytest.raises(OAuthError) as caught:
        refresh(dead, CLIENT, "r")
    assert (caught.value.code, caught.value.lasting) == ("unreachable", False)


def test_secrets_are_not_shown(server: TokenServer, provider: Provider) -> None:
    server.says(200, {"access_token": "t0ken", "refresh_token": "r3new"})
    assert "t0ken" not in repr(refresh(provider, CLIENT, "r"))
    assert "r3new" not in repr(refresh(provider, CLIENT, "r"))
    assert "c1ient" not in repr(CLIENT)


@pytest.mark.parametrize("provider_known", [GOOGLE, MICROSOFT])
def test_the_consent_page_is_asked_for_mail_and_a_lasting_token(provider_known: Provider) -> None:
    url = urlsplit(consent_url(provider_known, "zgoda", "https://desk.example/back", "st&te", login_hint="a@b.example"))
    query = parse_qs(url.query)
    assert url.scheme == "https"
    assert query["state"] == ["st&te"]
    assert query["login_hint"] == ["a@b.example"]
    assert "offline" in url.query
    assert "mail" in query["scope"][0] or "IMAP" in query["scope"][0]

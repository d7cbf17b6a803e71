"""OAuth 2 for mail accounts: consent, codes, fresh tokens, and how a token is shown to IMAP and SMTP (XOAUTH2)."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

from .errors import one_line
from .settings import is_loopback

_LIMIT = 64 * 1024
_TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Provider:
    """Where a provider asks the owner for consent and where it gives tokens."""

    name: str
    consent_url: str
    token_url: str
    scope: str
    extra: Mapping[str, str] = field(default_factory=dict)


GOOGLE = Provider(
    "google",
    "https://accounts.google.com/o/oauth2/v2/auth",
    "https://oauth2.googleapis.com/token",
    "https://mail.google.com/",
    {"access_type": "offline", "prompt": "consent"},  # without both Google gives no refresh token the second time
)
MICROSOFT = Provider(
    "microsoft",
    "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send",
)
PROVIDERS: Mapping[str, Provider] = {provider.name: provider for provider in (GOOGLE, MICROSOFT)}


@dataclass(frozen=True, slots=True)
class Client:
    """The installation as the provider knows it."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Token:
    """A fresh access token, good for `expires_in` seconds; `refresh_token` replaces the old one where given."""

    access_token: str = field(repr=False)
    expires_in: int
    refresh_token: str | None = field(default=None, repr=False)


class OAuthError(Exception):
    """No token was given. `code` is the provider's own (`invalid_grant`: consent is gone, ask the owner again) or one
    of `unreachable`, `odd_answer`; `lasting` says whether trying again can help (False) or not (True).
    """

    def __init__(self, code: str, detail: object, *, lasting: bool) -> None:
        self.code = code
        self.detail = one_line(detail)
        self.lasting = lasting
        super().__init__(f"{code}: {self.detail}")


class Opener(Protocol):
    """What opens a URL; `urllib.request.OpenerDirector` does."""

    def open(self, fullurl: urllib.request.Request, data: None = None, timeout: float = ...) -> Any:
        """Sends the request and gives a response to read."""


class XOAuth2Answers:
    """Answers to the challenges of an IMAP login: the token first, then nothing, so that the server says why not."""

    def __init__(self, user: str, access_token: str) -> None:
        self._answers = [xoauth2(user, access_token)]

    def __call__(self, _challenge: bytes) -> bytes:
        """The next answer; the library encodes it."""
        return self._answers.pop() if self._answers else b""


def xoauth2(user: str, access_token: str) -> bytes:
    """The initial answer of the XOAUTH2 mechanism, not yet in base64."""
    return f"user={user}\x01auth=Bearer {access_token}\x01\x01".encode()


def consent_url(provider: Provider, client_id: str, redirect_uri: str, state: str, *, login_hint: str = "") -> str:
    """The page to send the account's owner to; he comes back to `redirect_uri` with `code` and this `state`."""
    query = {"client_id": client_id, "redirect_uri": redirect_uri, "response_type": "code", "scope": provider.scope}
    hint = {"login_hint": login_hint} if login_hint else {}
    return f"{provider.consent_url}?{urlencode({**query, **provider.extra, **hint, 'state': state})}"


def exchange(
    provider: Provider, client: Client, code: str, redirect_uri: str, *, opener: Opener | None = None
) -> Token:
    """The first tokens, for the code that the owner brought back. Raises OAuthError."""
    return _ask(provider, client, opener, grant_type="authorization_code", code=code, redirect_uri=redirect_uri)


def refresh(provider: Provider, client: Client, refresh_token: str, *, opener: Opener | None = None) -> Token:
    """A fresh access token. Raises OAuthError."""
    return _ask(provider, client, opener, grant_type="refresh_token", refresh_token=refresh_token)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token request carries secrets and is never sent on to another place."""

    def redirect_request(self, *_: object) -> None:
        return None


def _ask(provider: Provider, client: Client, opener: Opener | None, **fields: str) -> Token:
    parts = urlsplit(provider.token_url)
    if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
        raise OAuthError("odd_answer", f"{provider.token_url} is not an https address.", lasting=True)
    form = urlencode({"client_id": client.client_id, "client_secret": client.client_secret, **fields}).encode()
    request = urllib.request.Request(provider.token_url, form, {"Accept": "application/json"})
    try:
        with (opener or urllib.request.build_opener(_NoRedirect())).open(request, timeout=_TIMEOUT) as response:
            return _token(response.read(_LIMIT))
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(error.code, error.read(_LIMIT)) from error
    except OSError as error:
        raise OAuthError("unreachable", error, lasting=False) from error


def _token(body: bytes) -> Token:
    answer = _object(body)
    access, seconds = answer.get("access_token"), answer.get("expires_in", 3600)
    if not isinstance(access, str) or not access.isprintable() or not str(seconds).isdigit():
        raise OAuthError("odd_answer", "The answer holds no usable access token.", lasting=False)
    renewed = answer.get("refresh_token")
    return Token(access, int(str(seconds)), renewed if isinstance(renewed, str) and renewed else None)


def _refusal(status: int, body: bytes) -> OAuthError:
    answer = _object(body)
    code = answer.get("error")
    detail = f"{status} {answer.get('error_description', '')}"
    if not isinstance(code, str) or status >= 500 or status == 429:
        return OAuthError("unreachable", detail, lasting=False)
    return OAuthError(one_line(code, 60), detail, lasting=code != "temporarily_unavailable")


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}

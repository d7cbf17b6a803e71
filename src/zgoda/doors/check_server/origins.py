"""Which web origins and host names may ask: a server on this machine is within reach of every page of a browser."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from zgoda.doors.check_server.answers import Refusal

DEFAULT_ORIGINS = (
    "moz-extension://",
    "chrome-extension://",
    "safari-web-extension://",
    "http://localhost",
    "https://localhost",
)
ANY = "*"
_PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Accept, Content-Type"),
    ("Access-Control-Max-Age", "600"),
)


def is_loopback(host: str) -> bool:
    """Whether a host name or address can be reached from this machine only."""
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Origins:
    """Allowed origins: whole ones, schemes that end in `://`, `http://localhost` for this machine at any port, or `*`.

    Nothing here is tied to cookies or logins, and answers never allow credentials.
    """

    allowed: tuple[str, ...] = DEFAULT_ORIGINS

    def allows(self, origin: str) -> bool:
        """Whether pages or extensions of this origin may read answers."""
        return ANY in self.allowed or any(_fits(origin, one) for one in self.allowed)

    def refuse_strangers(self, origin: str | None) -> None:
        """Raise Refusal (403) for a page of an origin that is not allowed, so that it cannot set us to work.

        `null` is let in but gets no leave to read: versions of Firefox hide extensions behind it that need no leave.
        """
        if origin is not None and origin != "null" and not self.allows(origin):
            raise Refusal(403, "this origin is not allowed; start the server with --allow-origin and its name")

    def headers(self, origin: str | None) -> tuple[tuple[str, str], ...]:
        """The headers that let an allowed origin read the answer."""
        vary = ("Vary", "Origin")
        if origin is None or not self.allows(origin):
            return (vary,)
        return (vary, ("Access-Control-Allow-Origin", ANY if ANY in self.allowed else origin))

    def preflight(self, origin: str | None, private_network: bool) -> tuple[tuple[str, str], ...]:
        """The headers of the answer to OPTIONS, beside those of every answer."""
        if origin is None or not self.allows(origin):
            return ()
        return (*_PREFLIGHT, ("Access-Control-Allow-Private-Network", "true")) if private_network else _PREFLIGHT


def _fits(origin: str, allowed: str) -> bool:
    if allowed.endswith("://"):
        return origin.startswith(allowed) and len(origin) > len(allowed)
    if allowed in ("http://localhost", "https://localhost"):
        return _is_local(origin, allowed.partition(":")[0])
    return origin == allowed


def _is_local(origin: str, scheme: str) -> bool:
    try:
        parts = urlsplit(origin)
        return parts.scheme == scheme and is_loopback(parts.hostname or "")
    except ValueError:
        return False


def refuse_foreign_host(host: str | None, allowed: Iterable[str] | None) -> None:
    """Raise Refusal (403) where the header `Host` names another machine than ours; None lets every name in.

    A page whose name was pointed at this machine after it was loaded (DNS rebinding) would pass as our own origin.
    """
    if allowed is None or not host:
        return
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        name = ""
    if not is_loopback(name) and name not in allowed:
        raise Refusal(403, "this server answers only to its own name on this machine, such as localhost")

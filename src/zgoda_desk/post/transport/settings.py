"""Where a mail account lives and how to log in to it."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Literal

Security = Literal["tls", "starttls", "none"]
Auth = Literal["password", "oauth2"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[\w.:-]+")


class SettingsError(ValueError):
    """A mail account cannot be used as it is described; `code` says which value to mend.

    Codes: `host_invalid`, `port_invalid`, `control_characters`, `unencrypted`.
    """

    def __init__(self, code: str, detail: str) -> None:
        self.code = code
        super().__init__(detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSettings:
    """One mailbox to read. `secret` is the password, or with `oauth2` a fresh access token.

    Raises SettingsError: without encryption only this machine may be named; no value may hold control characters (T10).
    """

    host: str
    port: int = 993
    security: Security = "tls"
    user: str
    secret: str = field(repr=False)
    auth: Auth = "password"
    folder: str = "INBOX"
    spam_folder: str | None = None

    def __post_init__(self) -> None:
        _check_server(self.host, self.port, self.security)
        _check_plain(user=self.user, secret=self.secret, folder=self.folder, spam_folder=self.spam_folder or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """One way out. With an empty `user` nobody logs in. `secret` and the errors are as in `ImapSettings`."""

    host: str
    port: int = 465
    security: Security = "tls"
    user: str = ""
    secret: str = field(default="", repr=False)
    auth: Auth = "password"

    def __post_init__(self) -> None:
        _check_server(self.host, self.port, self.security)
        _check_plain(user=self.user, secret=self.secret)


def is_loopback(host: str) -> bool:
    """Whether a host as written names this machine; no name is looked up."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _check_server(host: str, port: int, security: Security) -> None:
    if not _HOST.fullmatch(host):
        raise SettingsError("host_invalid", f"A server is a name or an address, not {host!r}.")
    if not 0 < port < 65536:
        raise SettingsError("port_invalid", f"A port is a number from 1 to 65535, not {port}.")
    if security == "none" and not is_loopback(host):
        raise SettingsError("unencrypted", f"Without encryption only this machine may be named, not {host}.")


def _check_plain(**values: str) -> None:
    for name, value in values.items():
        if _CONTROL.search(value):
            raise SettingsError("control_characters", f"The {name} holds a line break or another control character.")

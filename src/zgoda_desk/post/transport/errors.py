"""What can go wrong on the way to a mail server, as a step and a code that a screen can put into words."""

from __future__ import annotations

import re
import socket
import ssl
from typing import Literal

Step = Literal["resolve", "connect", "tls", "greeting", "login", "folder", "spam_folder", "sender", "talk"]

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_CERTIFICATE = {9: "certificate_expired", 10: "certificate_expired", 62: "certificate_name", 64: "certificate_name"}


class TransportError(Exception):
    """A mail server could not be used; `step` says where, `code` why, `detail` what was heard (one line, no secrets).

    Codes by step: resolve `unknown_host`; connect `refused`, `timeout`, `unreachable`; tls `certificate_expired`,
    `certificate_name`, `certificate_untrusted`, `not_offered`, `not_tls`, `failed`; greeting `silent`, `turned_away`,
    `wrong_protocol`; login `refused`, `not_offered`, `unavailable`; folder and spam_folder `missing`; sender
    `refused`, `busy`, `address_invalid`, `no_smtputf8`; any step `lost`, `timeout`, `odd_answer`.
    """

    def __init__(self, step: Step, code: str, detail: object = "") -> None:
        self.step: Step = step
        self.code = code
        self.detail = one_line(detail)
        super().__init__(f"{step}: {code}: {self.detail}")


def one_line(heard: object, limit: int = 500) -> str:
    """What a server or the system said as one clean line of at most `limit` characters."""
    text = heard.decode("utf-8", "replace") if isinstance(heard, bytes) else str(heard)
    return _CONTROL.sub(" ", text).strip()[:limit]


def from_exception(error: BaseException, step: Step) -> TransportError:
    """The error of a socket or of TLS, met at `step`, under its code."""
    if isinstance(error, socket.gaierror):
        return TransportError("resolve", "unknown_host", error)
    if isinstance(error, ssl.SSLError) and step != "talk":
        return TransportError("tls", _tls_code(error), error)
    if isinstance(error, TimeoutError):
        return TransportError(step, "silent" if step == "greeting" else "timeout", error)
    if isinstance(error, ConnectionRefusedError):
        return TransportError(step, "refused", error)
    if step == "connect":
        return TransportError(step, "unreachable", error)
    return TransportError(step, "failed" if step == "tls" else "lost", error)


def _tls_code(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _CERTIFICATE.get(error.verify_code, "certificate_untrusted")
    return "not_tls" if error.reason in {"WRONG_VERSION_NUMBER", "HTTP_REQUEST"} else "failed"

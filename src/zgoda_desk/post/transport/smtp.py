"""Hands one mail to an SMTP server and says exactly how far it came (F04, F09)."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from .dial import TIMEOUT
from .errors import TransportError, one_line
from .settings import SmtpSettings
from .smtp_session import WHOLE, SmtpSession, connect, heard

Kind = Literal["sent", "temporary", "permanent", "unknown"]
At = Literal["resolve", "connect", "tls", "greeting", "login", "sender", "recipient", "data", "body", "answer"]

_ADDRESS = re.compile(r"[^\s<>()\[\]\\,;:\"\x00-\x1f\x7f-\x9f]+@[^\s<>()\\,;\"@\x00-\x1f\x7f-\x9f]+")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LINE_DOT = re.compile(rb"^\.", re.MULTILINE)
_HELLO = re.compile(r"[A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mail.

    `sent`: the server took it. `temporary`: it certainly did not, try later. `permanent`: it certainly did not and will
    not. `unknown`: the final dot was, or may have been, written and no clear answer came; only a person may send again.
    `code` is the server's number, 0 where it said none; `at` is the step that decided; `reason` a code of
    TransportError or an own one (`address_invalid`, `too_big`, `no_smtputf8`, `no_recipient`), else empty.
    """

    kind: Kind
    code: int
    detail: str
    at: At
    reason: str = ""


class Stopped(Exception):
    """The talk ended before the border; `outcome` says how, never `sent` or `unknown`."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def send(
    settings: SmtpSettings,
    envelope_from: str,
    recipients: Sequence[str],
    raw: bytes,
    *,
    context: ssl.SSLContext | None = None,
    timeout: float = TIMEOUT,
    whole: float = WHOLE,
) -> Outcome:
    """Sends one mail to all recipients or to none; never raises for what the network or the server does.

    `raw` may have any line ends; it leaves with CRLF and stuffed dots (T16). An empty `envelope_from` is the null
    sender. Each wait ends after `timeout` seconds and the whole after `whole`. What the server says against the
    connection or the login is temporary, as it says nothing about this mail; `at` tells that the account is at fault.
    """
    try:
        _check_addresses(envelope_from, recipients)
        session = connect(settings, hello=hello_name(envelope_from), timeout=timeout, whole=whole, context=context)
    except Stopped as stopped:
        return stopped.outcome
    except TransportError as error:
        step = error.step if error.step in {"resolve", "connect", "tls", "greeting", "login"} else "greeting"
        return Outcome("temporary", _code_in(error.detail), error.detail, step, error.code)
    try:
        return _hand_over(session, envelope_from, recipients, wire_form(raw))
    except Stopped as stopped:
        return stopped.outcome
    finally:
        session.close()


def wire_form(raw: bytes) -> bytes:
    """A mail as it stands between DATA and the final dot: every line ends in CRLF, leading dots are doubled (T16)."""
    lines = _LINE_DOT.sub(b"..", _LINE_END.sub(b"\r\n", raw))
    return lines if lines.endswith(b"\r\n") or not lines else lines + b"\r\n"


def open_envelope(session: SmtpSession, sender: str, recipients: Sequence[str], wire: bytes = b"") -> None:
    """Names sender and recipients to the server; nothing is sent yet. Raises Stopped where one of them is refused."""
    _check_addresses(sender, recipients)
    options = _options(session, [sender, *recipients], wire)
    _say(session, "sender", f"MAIL FROM:<{_ascii_domain(sender)}>{options}", {250})
    _offer_recipients(session, recipients)


def _hand_over(session: SmtpSession, sender: str, recipients: Sequence[str], wire: bytes) -> Outcome:
    open_envelope(session, sender, recipients, wire)
    _say(session, "data", "DATA", {354})
    try:
        session.carrier().sendall(wire)
    except (OSError, smtplib.SMTPException) as error:
        raise Stopped(_lost("temporary", "body", error)) from error
    # Here is the border: without the final dot the server must forget the mail, with it the server may have kept it.
    try:
        session.carrier().sendall(b".\r\n")
        code, text = session.whole_reply()
    except (OSError, smtplib.SMTPException) as error:
        return _lost("unknown", "answer", error)
    _leave(session)
    return Outcome(_judge(code), max(code, 0), one_line(heard(code, text)), "answer")


def _judge(code: int) -> Kind:
    if 200 <= code < 300:
        return "sent"
    if 400 <= code < 500:
        return "temporary"
    return "permanent" if 500 <= code < 600 else "unknown"


def _offer_recipients(session: SmtpSession, recipients: Sequence[str]) -> None:
    """All or nobody: half a delivery could be neither repeated nor called failed."""
    refusals: list[Outcome] = []
    for address in recipients:
        try:
            _say(session, "recipient", f"RCPT TO:<{_ascii_domain(address)}>", {250, 251})
        except Stopped as stopped:
            refusals.append(stopped.outcome)
            if stopped.outcome.code in {0, 421}:
                break
    if refusals:
        _leave(session)
        raise Stopped(next((outcome for outcome in refusals if outcome.kind == "permanent"), refusals[0]))


def _say(session: SmtpSession, at: At, command: str, welcome: set[int]) -> None:
    try:
        session.send((command + "\r\n").encode("utf-8"))
        code, text = session.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise Stopped(_lost("temporary", at, error)) from error
    if code not in welcome:
        kind: Kind = "permanent" if 500 <= code < 600 else "temporary"
        detail = heard(code, text) if at != "recipient" else f"{command[8:]} {heard(code, text)}"
        raise Stopped(Outcome(kind, max(code, 0), one_line(detail), at))


def _lost(kind: Kind, at: At, error: BaseException) -> Outcome:
    timed_out = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
    return Outcome(kind, 0, one_line(error), at, "timeout" if timed_out else "lost")


def _options(session: SmtpSession, addresses: Sequence[str], wire: bytes) -> str:
    options = ""
    limit = session.esmtp_features.get("size", "")
    if session.has_extn("size"):
        options += f" SIZE={len(wire)}"
    if limit.isdigit() and 0 < int(limit) < len(wire):
        raise Stopped(Outcome("permanent", 552, f"The server takes {limit} bytes at most.", "sender", "too_big"))
    if not all(_ascii_domain(address).isascii() for address in addresses):
        if not session.has_extn("smtputf8"):
            raise Stopped(Outcome("permanent", 553, "The server takes no such address.", "sender", "no_smtputf8"))
        options += " SMTPUTF8"
    if not wire.isascii() and session.has_extn("8bitmime"):
        options += " BODY=8BITMIME"
    return options


def _check_addresses(sender: str, recipients: Sequence[str]) -> None:
    if not recipients:
        raise Stopped(Outcome("permanent", 0, "There is nobody to send to.", "recipient", "no_recipient"))
    for at, address in [("sender", sender), *(("recipient", address) for address in recipients)]:
        if (address or at == "recipient") and not _ADDRESS.fullmatch(address):
            detail = one_line(f"This is no address: {address!r}")
            raise Stopped(Outcome("permanent", 0, detail, at, "address_invalid"))  # type: ignore[arg-type]


def _ascii_domain(address: str) -> str:
    local, at, domain = address.rpartition("@")
    if not local.isascii():
        return address
    try:
        return local + at + domain.encode("idna").decode("ascii")
    except UnicodeError:
        return address


def hello_name(sender: str) -> str:
    """The name to greet with: our domain, never the machine's own name, which is slow to find and nobody's business."""
    domain = _ascii_domain(sender).rpartition("@")[2]
    return domain if _HELLO.fullmatch(domain) else "[127.0.0.1]"


def _code_in(detail: str) -> int:
    return int(detail[:3]) if re.match(r"[2-5]\d\d ", detail) else 0


def _leave(session: SmtpSession) -> None:
    with suppress(OSError, smtplib.SMTPException):
        session.send(b"QUIT\r\n")

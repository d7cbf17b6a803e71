"""A connection to an SMTP server, up to the login, with a limit on its whole life."""

from __future__ import annotations

import base64
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR, socket
from threading import Timer

from .dial import TIMEOUT, client_context, dial
from .errors import Step, TransportError, from_exception
from .oauth import xoauth2
from .settings import SmtpSettings

WHOLE = 100.0  # with the waits for name, socket and TLS before it this ends well within a lease of three minutes
_LONGEST = 8192
_REPLY = re.compile(rb"(\d{3})([ -]?)([^\r\n]*)\r?\n")


class SmtpSession(smtplib.SMTP):
    """The standard client over a socket that was opened step by step; `close` it at the end.

    After `whole` seconds the connection is cut, for servers that answer one letter at a time; whoever then reads or
    writes gets the usual error of a lost connection.
    """

    def __init__(
        self, settings: SmtpSettings, context: ssl.SSLContext | None, timeout: float, whole: float, hello: str
    ) -> None:
        self._settings = settings
        self._context = context
        self._limit = Timer(whole, self._cut)
        self._limit.daemon = True
        super().__init__(settings.host, settings.port, hello, timeout)

    def whole_reply(self) -> tuple[int, str]:
        """The next answer, every line of it complete; the library also takes the beginning of a number for one.

        Raises OSError or SMTPServerDisconnected where it ends early or is no answer.
        """
        if self.file is None:
            raise smtplib.SMTPServerDisconnected("The connection is closed.")
        texts = []
        while found := _REPLY.fullmatch(self.file.readline(_LONGEST)):
            texts.append(found[3].decode("utf-8", "replace"))
            if found[2] != b"-":
                return int(found[1]), " ".join(texts)
        raise smtplib.SMTPServerDisconnected("The answer is not whole.")

    def close(self) -> None:
        """Closes the connection; to close twice is no error."""
        self._limit.cancel()
        super().close()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket:  # noqa: ARG002
        sock = dial(self._settings, self._context, timeout)
        self._limit.start()
        return sock

    def _cut(self) -> None:
        sock = self.sock
        if sock is not None:
            with suppress(OSError):
                # The plain method, also on a TLS socket: its own would change its state under the hands of the reader.
                socket.shutdown(sock, SHUT_RDWR)

    def carrier(self) -> socket:
        """The open socket. Raises SMTPServerDisconnected when there is none."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("The connection is closed.")
        return self.sock


def connect(
    settings: SmtpSettings,
    *,
    hello: str,
    timeout: float = TIMEOUT,
    whole: float = WHOLE,
    context: ssl.SSLContext | None = None,
) -> SmtpSession:
    """Connects, encrypts and logs in; `hello` is the name we greet with. Raises TransportError, nothing stays open."""
    with talking("greeting"):
        session = SmtpSession(settings, context, timeout, whole, hello)
    try:
        with talking("greeting"):
            session.ehlo_or_helo_if_needed()
        if settings.security == "starttls":
            _secure(session, context)
        if settings.user:
            with talking("login"):
                _log_in(session, settings)
    except TransportError:
        session.close()
        raise
    return session


@contextmanager
def talking(step: Step) -> Iterator[None]:
    """Whatever fails inside leaves as a TransportError of this step."""
    try:
        yield
    except TransportError:
        raise
    except smtplib.SMTPServerDisconnected as error:
        timed_out = isinstance(error.__context__, TimeoutError)
        raise from_exception(error.__context__ if timed_out else error, step) from error  # type: ignore[arg-type]
    except smtplib.SMTPResponseException as error:
        raise TransportError(step, _refusal(step, error.smtp_code), heard(error.smtp_code, error.smtp_error)) from error
    except smtplib.SMTPException as error:
        raise TransportError(step, "not_offered" if step == "login" else "odd_answer", error) from error
    except OSError as error:
        raise from_exception(error, step) from error


def heard(code: int, text: bytes | str) -> str:
    """An answer of the server as one text."""
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"


def _refusal(step: Step, code: int) -> str:
    if step == "greeting":
        return "turned_away" if 400 <= code < 600 else "wrong_protocol"
    if step == "login":
        return "unavailable" if 400 <= code < 500 else "refused"
    return "odd_answer"


def _secure(session: SmtpSession, context: ssl.SSLContext | None) -> None:
    if not session.has_extn("starttls"):
        raise TransportError("tls", "not_offered", "The server does not offer STARTTLS.")
    with talking("tls"):
        session.starttls(context=context or client_context())
        session.ehlo()


def _log_in(session: SmtpSession, settings: SmtpSettings) -> None:
    if settings.auth == "oauth2":
        _authenticate(session, "XOAUTH2", xoauth2(settings.user, settings.secret))
    elif (settings.user + settings.secret).isascii():
        session.login(settings.user, settings.secret)
    else:
        _authenticate(session, "PLAIN", f"\0{settings.user}\0{settings.secret}".encode())


def _authenticate(session: SmtpSession, mechanism: str, answer: bytes) -> None:
    if mechanism not in session.esmtp_features.get("auth", "").upper().split():
        raise TransportError("login", "not_offered", f"The server does not offer {mechanism}.")
    code, text = session.docmd("AUTH", f"{mechanism} {base64.b64encode(answer).decode()}")
    if code == 334:  # XOAUTH2 tells its reason in a challenge and wants an empty answer before it says no
        code, text = session.docmd("")
    if code not in {235, 503}:
        raise smtplib.SMTPAuthenticationError(code, text)

"""A logged-in IMAP session on one mailbox, opened read-only."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from socket import socket
from types import TracebackType
from typing import Self, cast

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError

from .dial import TIMEOUT, client_context, dial
from .errors import Step, TransportError, from_exception
from .oauth import XOAuth2Answers
from .settings import ImapSettings

_GOODBYE = 3.0
_TRY_LATER = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FolderState:
    """A folder as it was when opened: UIDs hold only while `uid_validity` stays (RFC 9051, 2.3.1.1)."""

    folder: str
    uid_validity: int
    uid_next: int
    exists: int


class Session:
    """An open connection; close it by `close` or by leaving the `with`. Not to be shared by threads.

    `state` is the open folder; `searched` tells by folder and UIDVALIDITY the UID below which all mails were seen.
    """

    def __init__(self, mailbox: BaseMailBox, settings: ImapSettings) -> None:
        self.mailbox = mailbox
        self.settings = settings
        self.state: FolderState | None = None
        self.searched: dict[tuple[str, int], int] = {}

    @property
    def client(self) -> imaplib.IMAP4:
        """The connection of the standard library underneath."""
        return self.mailbox.client

    def offers(self, capability: str) -> bool:
        """Whether the server names this capability."""
        return capability in self.client.capabilities

    def close(self) -> None:
        """Says goodbye and closes; a connection that is already gone is no error."""
        try:
            self.client.socket().settimeout(_GOODBYE)
            self.client.logout()
        except (imaplib.IMAP4.error, OSError):
            self.abandon()

    def abandon(self) -> None:
        """Closes without a word, for connections that no longer answer."""
        with suppress(OSError):
            self.client.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if isinstance(error, TransportError) and error.step == "talk":
            self.abandon()
        else:
            self.close()


class _Client(imaplib.IMAP4):
    """The standard client over a socket that was opened step by step."""

    def __init__(self, settings: ImapSettings, context: ssl.SSLContext | None, timeout: float) -> None:
        self._settings = settings
        self._context = context
        super().__init__(settings.host, settings.port, timeout)

    def _create_socket(self, timeout: float) -> socket:
        return dial(self._settings, self._context, timeout)


class _Mailbox(BaseMailBox):
    def __init__(self, client: imaplib.IMAP4) -> None:
        self._opened = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._opened


def connect(settings: ImapSettings, *, context: ssl.SSLContext | None = None, timeout: float = TIMEOUT) -> Session:
    """Logs in; every single wait ends after `timeout` seconds. Raises TransportError, then nothing stays open."""
    with talking("greeting"):
        client = _Client(settings, context, timeout)
    session = Session(_Mailbox(client), settings)
    try:
        _secure(client, settings, context)
        with talking("login"):
            _log_in(session)
            client._get_capabilities()  # many servers say IDLE only to those who have logged in
    except TransportError:
        session.abandon()
        raise
    return session


def folder_state(session: Session, folder: str | None = None) -> FolderState:
    """Opens a folder by EXAMINE, so that nothing is ever marked as read, and tells its counters.

    Without a name it is the folder of the settings. Raises TransportError, step `folder` and code `missing` too.
    """
    name = folder or session.settings.folder
    session.state = None
    try:
        session.mailbox.folder.set(name, readonly=True)
    except (ImapToolsError, imaplib.IMAP4.error, OSError) as error:
        raise _folder_error(error) from error
    with talking("folder"):
        validity, exists = _counter(session, "UIDVALIDITY"), _counter(session, "EXISTS")
        session.state = FolderState(name, validity, _counter(session, "UIDNEXT") or _next_uid(session, exists), exists)
    return session.state


def spam_folder(session: Session) -> str | None:
    """The folder that the server itself marks as the one for spam (RFC 6154), where it does."""
    with talking("folder"):
        return next((found.name for found in session.mailbox.folder.list() if "\\Junk" in found.flags), None)


@contextmanager
def talking(step: Step) -> Iterator[None]:
    """Whatever fails inside leaves as a TransportError of this step."""
    try:
        yield
    except TransportError:
        raise
    except OSError as error:
        raise from_exception(error, step) from error
    except imaplib.IMAP4.abort as error:
        other = step == "greeting" and "unexpected response" in str(error)
        raise TransportError(step, "wrong_protocol" if other else "lost", error) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise TransportError(step, _refusal(step, str(error)), _heard(error)) from error


def _heard(error: Exception) -> object:
    """What the server said, without what the library says around it."""
    said = error.command_result[1] if isinstance(error, UnexpectedCommandStatusError) else error.args
    return said[-1] if said else error


def _refusal(step: Step, heard: str) -> str:
    if _TRY_LATER.search(heard):
        return "unavailable"
    if step == "greeting":
        return "turned_away" if "BYE" in heard else "wrong_protocol"
    return "refused" if step == "login" else "odd_answer"


def _secure(client: imaplib.IMAP4, settings: ImapSettings, context: ssl.SSLContext | None) -> None:
    if settings.security != "starttls":
        return
    if "STARTTLS" not in client.capabilities:
        raise TransportError("tls", "not_offered", "The server does not offer STARTTLS.")
    with talking("tls"):
        client.starttls(context or client_context())


def _log_in(session: Session) -> None:
    settings = session.settings
    if settings.auth == "oauth2":
        if not session.offers("AUTH=XOAUTH2"):
            raise TransportError("login", "not_offered", "The server does not offer XOAUTH2.")
        session.client.authenticate("XOAUTH2", XOAuth2Answers(settings.user, settings.secret))
    elif session.offers("LOGINDISABLED") or not (settings.user + settings.secret).isascii():
        session.mailbox.login_utf8(settings.user, settings.secret, initial_folder=None)
    else:
        session.mailbox.login(settings.user, settings.secret, initial_folder=None)


def _folder_error(error: Exception) -> TransportError:
    if isinstance(error, OSError | imaplib.IMAP4.abort):
        return TransportError("folder", "timeout" if isinstance(error, TimeoutError) else "lost", error)
    return TransportError("folder", "unavailable" if _TRY_LATER.search(str(error)) else "missing", _heard(error))


def _counter(session: Session, name: str) -> int:
    found = cast("list[bytes | None]", session.client.response(name)[1])
    last = found[-1] if found else None
    return int(last) if last else 0


def _next_uid(session: Session, exists: int) -> int:
    """Some old servers do not say UIDNEXT; the last mail's UID tells the same."""
    if not exists:
        return 1
    _, lines = session.client.fetch("*", "(UID)")
    uids = [int(uid) for line in lines if isinstance(line, bytes) for uid in re.findall(rb"UID (\d+)", line)]
    return max(uids, default=0) + 1

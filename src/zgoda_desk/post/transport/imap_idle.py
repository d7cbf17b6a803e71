"""Waits at the server until a mail comes (IDLE, RFC 2177), or asks now and then where it cannot."""

from __future__ import annotations

import imaplib
import re
import ssl
from threading import Event
from typing import Literal

from imap_tools.idle import get_socket_poller

from .errors import TransportError
from .imap_session import FolderState, Session, folder_state, talking

Woken = Literal["mail", "quiet", "stopped"]
_NEW = re.compile(rb"\* \d+ (EXISTS|RECENT)\b", re.IGNORECASE)
_LONGEST = 29 * 60
_POLL = 30


def idle(session: Session, seconds: int, stop: Event) -> Woken:
    """Waits up to `seconds` (at most 29 minutes) for a mail in the opened folder; `stop` is seen within a second.

    Raises TransportError when the connection is lost; to connect again is the caller's part.
    """
    state = session.state or folder_state(session)
    if _came_meanwhile(session, state):
        return "mail"
    with talking("talk"):
        if not session.offers("IDLE"):
            return _ask_now_and_then(session, seconds, stop)
        session.mailbox.idle.start()  # type: ignore[no-untyped-call]
        woken = _listen(session.client, min(seconds, _LONGEST), stop)
        session.mailbox.idle.stop()  # type: ignore[no-untyped-call]
        return woken


def _came_meanwhile(session: Session, state: FolderState) -> bool:
    """What came between the last search and now is told only once, or not at all after opening the folder again."""
    told = session.client.response("EXISTS")[1]
    searched = session.searched.get((state.folder, state.uid_validity), state.uid_next)
    return bool(told and told[0] is not None) or state.uid_next > searched


def _listen(client: imaplib.IMAP4, seconds: int, stop: Event) -> Woken:
    for _ in range(max(1, seconds)):
        if stop.is_set():
            return "stopped"
        while _has_line(client, 1):
            line = client._get_line()
            if line.upper().startswith(b"* BYE"):
                raise TransportError("talk", "lost", line)
            if _NEW.match(line):
                return "mail"
    return "quiet"


def _has_line(client: imaplib.IMAP4, seconds: int) -> bool:
    """Whether an answer is there, be it already taken from the socket by a buffer or by TLS."""
    if _buffered(client):
        return True
    if not get_socket_poller(client.socket(), seconds):
        return False
    # Inside TLS the socket also wakes for what is no answer; outside, a readable socket is an answer or an end.
    return _buffered(client) or not isinstance(client.socket(), ssl.SSLSocket) or "_readbuf" in vars(client)


def _buffered(client: imaplib.IMAP4) -> bool:
    """Looks without waiting. Before Python 3.14 the client reads by a buffered file, since then by its own list."""
    sock, inside = client.socket(), vars(client)
    if "_readbuf" in inside:
        return bool(inside["_readbuf"]) or (isinstance(sock, ssl.SSLSocket) and sock.pending() > 0)
    reader = inside.get("_file") or inside.get("file")
    if reader is None:
        return False
    before = sock.gettimeout()
    sock.settimeout(0)
    try:
        return bool(reader.peek(1))
    except (ssl.SSLWantReadError, BlockingIOError):
        return False
    finally:
        sock.settimeout(before)


def _ask_now_and_then(session: Session, seconds: int, stop: Event) -> Woken:
    left = seconds
    while left > 0:
        if stop.wait(min(_POLL, left)):
            return "stopped"
        left -= _POLL
        session.client.noop()
        grown = session.client.response("EXISTS")[1]
        if grown and grown[0] is not None:
            return "mail"
    return "quiet"

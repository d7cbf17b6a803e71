"""Answers in forms that other servers use, spoken by a scripted server."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from zgoda_desk.post.transport import imap
from zgoda_desk.post.transport.settings import ImapSettings

EXAMINED = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 6] x\r\nTAG OK [READ-ONLY] x\r\n"
CARD = b'* 1 FETCH (UID 5 RFC822.SIZE 5 INTERNALDATE "01-Feb-2026 10:00:00 -0130" FLAGS (\\Seen))\r\nTAG OK x\r\n'


@contextmanager
def scripted(*answers: bytes) -> Iterator[imap.Session]:
    """A session with a server that gives these answers, one a command, after the usual greeting and login."""
    usual = (b"* CAPABILITY IMAP4rev1\r\nTAG OK x\r\n", b"TAG OK x\r\n", b"* CAPABILITY IMAP4rev1\r\nTAG OK x\r\n")
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _ = listening.accept()
        with line, line.makefile("rb") as commands:
            line.sendall(b"* OK hello\r\n")
            for answer in (*usual, *answers):
                tag = commands.readline().split(b" ")[0]
                line.sendall(answer.replace(b"TAG", tag))
            line.sendall(b"* BYE x\r\n" + commands.readline().split(b" ")[0] + b" OK x\r\n")

    thread = Thread(target=serve, daemon=True)
    thread.start()
    port = listening.getsockname()[1]
    settings = ImapSettings(host="127.0.0.1", port=port, security="none", user="u", secret="s")
    with listening, imap.connect(settings, timeout=5) as session:
        yield session
    thread.join(5)


def take(*answers: bytes) -> list[imap.Fetched]:
    found: list[imap.Fetched] = []
    with scripted(EXAMINED, *answers) as session:
        imap.fetch_new(session, 0, None, found.append)
    return found


def test_flags_that_change_elsewhere_are_not_taken_for_the_mail() -> None:
    others = b"* 1 FETCH (FLAGS (\\Seen))\r\n* 9 FETCH (UID 9 BODY[] {3}\r\nbad)\r\n"
    body = others + b"* 1 FETCH (UID 5 BODY[] {5}\r\nright)\r\nTAG OK x\r\n"
    (found,) = take(b"* SEARCH 5\r\nTAG OK x\r\n", CARD, body)
    assert found.raw == b"right"
    assert found.flags == ("\\Seen",)
    assert str(found.internal_date) == "2026-02-01 10:00:00-01:30"


def test_the_uid_may_stand_behind_the_body() -> None:
    body = b"* 1 FETCH (BODY[] {5}\r\nright UID 5)\r\nTAG OK x\r\n"
    (found,) = take(b"* SEARCH 5\r\nTAG OK x\r\n", CARD, body)
    assert found.raw == b"right"


def test_a_short_body_may_come_as_a_quoted_string_or_as_nothing() -> None:
    assert (
        take(b"* SEARCH 5\r\nTAG OK x\r\n", CARD, b'* 1 FETCH (UID 5 BODY[] "a\\"b")\r\nTAG OK x\r\n')[0].raw == b'a"b'
    )
    assert take(b"* SEARCH 5\r\nTAG OK x\r\n", CARD, b"* 1 FETCH (UID 5 BODY[] NIL)\r\nTAG OK x\r\n")[0].raw == b""


def test_a_mail_deleted_meanwhile_is_passed_over() -> None:
    assert take(b"* SEARCH 5\r\nTAG OK x\r\n", CARD, b"TAG OK x\r\n") == []


def test_the_search_may_answer_nothing_or_in_disorder() -> None:
    assert take(b"* SEARCH\r\nTAG OK x\r\n") == []
    cards = b"* 2 FETCH (UID 6 RFC822.SIZE 1)\r\n" + CARD
    bodies = [b"* 1 FETCH (UID %d BODY[] {1}\r\nx)\r\nTAG OK x\r\n" % uid for uid in (5, 6)]
    found = take(b"* SEARCH 6 5\r\nTAG OK x\r\n", cards, *bodies)
    assert [one.uid for one in found] == [5, 6]
    assert found[1].internal_date is None


def test_a_size_that_lies_does_not_break_the_limit() -> None:
    found: list[imap.Fetched] = []
    body = b"* 1 FETCH (UID 5 BODY[] {9}\r\n123456789)\r\nTAG OK x\r\n"
    with scripted(EXAMINED, b"* SEARCH 5\r\nTAG OK x\r\n", CARD, body) as session:
        imap.fetch_new(session, 0, None, found.append, max_bytes=6)
    assert (found[0].raw, found[0].problem, found[0].size) == (b"123456", "truncated", 9)


def test_a_server_without_uidnext_is_asked_for_its_last_mail() -> None:
    old = b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\nTAG OK x\r\n"
    with scripted(old, b"* 1 FETCH (UID 41)\r\nTAG OK x\r\n") as session:
        assert imap.folder_state(session).uid_next == 42

"""The server as a common mail program uses it."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from zgoda_desk.demo.post_office import PostOffice
from zgoda_desk.demo.post_office.imap_syntax import BadSyntax, number_set, tokens

HELP = "help@polana.example"
MAIL = (
    'From: "Anna \\"A\\" Nowak" <anna@client.example>\r\nTo: help@polana.example\r\nSubject: Gdzie\r\n paczka?\r\n'
    "Message-ID: <1@client.example>\r\nDate: Mon, 5 Jan 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n'
    "Dzień dobry\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n--b--\r\n"
).encode()


@pytest.fixture
def client() -> Iterator[imaplib.IMAP4]:
    with PostOffice({HELP: "secret"}) as office:
        office.deliver(HELP, MAIL, received=datetime(2026, 1, 5, 9, tzinfo=UTC))
        office.deliver(HELP, b"Subject: two\n\nbare\n", received=datetime(2026, 2, 5, tzinfo=UTC))
        with imaplib.IMAP4("127.0.0.1", office.imap_port, timeout=10) as opened:
            opened.login(HELP, "secret")
            opened.select()
            yield opened


def fetch(client: imaplib.IMAP4, uid: str, items: str) -> bytes:
    kind, lines = client.uid("FETCH", uid, items)
    assert kind == "OK"
    return b"".join(part for line in lines for part in (line if isinstance(line, tuple) else (line or b"",)))


def search(client: imaplib.IMAP4, *keys: str) -> list[bytes]:
    kind, lines = client.uid("SEARCH", *keys)
    assert kind == "OK"
    return list(lines[0].split())


def test_folders_are_listed_with_their_use(client: imaplib.IMAP4) -> None:
    lines = client.list()[1]
    assert [line.split(b" ")[-1] for line in lines if isinstance(line, bytes)] == [b'"INBOX"', b'"Sent"', b'"Spam"']
    assert client.status("INBOX", "(MESSAGES UIDNEXT UNSEEN)")[1] == [b'"INBOX" (MESSAGES 2 UIDNEXT 3 UNSEEN 2)']


def test_parts_of_a_mail(client: imaplib.IMAP4) -> None:
    assert MAIL in fetch(client, "1", "(BODY.PEEK[])")
    assert MAIL.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" in fetch(client, "1", "(BODY.PEEK[HEADER])")
    assert b"{12}" in fetch(client, "1", "BODY.PEEK[1]")
    assert "Dzień dobry".encode() in fetch(client, "1", "BODY.PEEK[1]")
    assert b"iVBO" in fetch(client, "1", "BODY.PEEK[2]")
    assert b"BODY[9] {0}" in fetch(client, "1", "BODY.PEEK[9]")
    assert fetch(client, "1", "BODY.PEEK[]<3.5>").endswith(b"BODY[]<3> {5}" + MAIL[3:8] + b")")
    fields = fetch(client, "1", "BODY.PEEK[HEADER.FIELDS (SUBJECT MESSAGE-ID)]")
    assert b"Subject: Gdzie\r\n paczka?\r\nMessage-ID: <1@client.example>\r\n\r\n" in fields
    assert b"bare\n" in fetch(client, "2", "BODY.PEEK[TEXT]")


def test_the_shape_of_a_mail(client: imaplib.IMAP4) -> None:
    envelope = fetch(client, "1", "(ENVELOPE)")
    assert b'(("Anna \\"A\\" Nowak" NIL "anna" "client.example"))' in envelope
    assert b'"<1@client.example>"' in envelope
    shape = fetch(client, "1", "(BODYSTRUCTURE)")
    assert b'(("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT"' in shape
    assert shape.endswith(b'"MIXED"))')


@pytest.mark.parametrize(
    "raw",
    [b"From: " + b"<" * 5000 + b"\r\n\r\n", b"Content-Type: multipart/mixed; boundary=\xff\r\n\r\n--\xff", b"\x00"],
)
def test_a_mail_that_breaks_the_parser_is_still_told(client: imaplib.IMAP4, raw: bytes) -> None:
    client.append("INBOX", "", imaplib.Time2Internaldate(0), raw)
    assert b"ENVELOPE (" in fetch(client, "3", "(ENVELOPE BODYSTRUCTURE BODY.PEEK[1])")


def test_reading_marks_and_peeking_does_not(client: imaplib.IMAP4) -> None:
    fetch(client, "1", "(BODY.PEEK[])")
    assert b"FLAGS ()" in fetch(client, "1", "(FLAGS)")
    fetch(client, "1", "(BODY[])")
    assert search(client, "SEEN") == [b"1"]
    client.uid("STORE", "2", "+FLAGS", "(\\Flagged \\Seen)")
    client.uid("STORE", "1", "-FLAGS.SILENT", "\\Seen")
    assert search(client, "SEEN") == search(client, "FLAGGED") == [b"2"]
    assert search(client, "UNSEEN") == [b"1"]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("ALL", "1 2"),
        ("UID 2:*", "2"),
        ("UID 9:*", "2"),
        ("1", "1"),
        ("SINCE 06-Jan-2026", "2"),
        ("ON 5-Jan-2026", "1"),
        ("BEFORE 6-Jan-2026", "1"),
        ('FROM "anna@client"', "1"),
        ('SUBJECT "gdzie paczka"', "1"),
        ("HEADER MESSAGE-ID 1@client", "1"),
        ("NOT FROM anna", "2"),
        ("OR UID 1 SUBJECT two", "1 2"),
        ("(UID 1:5 LARGER 100)", "1"),
        ("BODY bare", "2"),
    ],
)
def test_mails_are_found(client: imaplib.IMAP4, keys: str, found: str) -> None:
    assert b" ".join(search(client, keys)).decode() == found


def test_a_mail_can_be_put_in_by_the_program(client: imaplib.IMAP4) -> None:
    raw = b'Subject: "own" \\ \r\n\r\n{3}\r\n\x00\xff\r\n'
    assert client.append("Sent", "(\\Seen)", imaplib.Time2Internaldate(0), raw)[0] == "OK"
    client.select("Sent")
    assert raw in fetch(client, "1", "(BODY.PEEK[])")


@pytest.mark.parametrize(
    "command", ["FROB", "FETCH", "UID FETCH x FLAGS", "UID FETCH 1 (NONSENSE)", "UID SEARCH (", "LIST"]
)
def test_what_cannot_be_understood_is_said_and_the_talk_goes_on(client: imaplib.IMAP4, command: str) -> None:
    tag = client._new_tag()  # type: ignore[attr-defined]
    client.send(tag + b" " + command.encode() + b"\r\n")
    assert client.readline().startswith(tag + b" BAD")
    assert client.noop()[0] == "OK"


def test_nobody_gets_in_without_the_secret() -> None:
    with PostOffice({HELP: "secret"}) as office:
        for user, secret in ((HELP, "wrong"), ("nobody@polana.example", ""), (HELP, "")):
            with imaplib.IMAP4("127.0.0.1", office.imap_port, timeout=10) as stranger:
                with pytest.raises(imaplib.IMAP4.error, match="AUTHENTICATIONFAILED"):
                    stranger.login(user, secret)
                stranger.state = "AUTH"
                with pytest.raises(imaplib.IMAP4.error, match="not known here"):
                    stranger.select()


def test_words_lists_and_sections_are_told_apart() -> None:
    assert tokens('1:* (UID BODY.PEEK[HEADER.FIELDS (A B)]<0.9>) "a \\"b\\" (c"') == [
        "1:*",
        ["UID", "BODY.PEEK[HEADER.FIELDS (A B)]<0.9>"],
        'a "b" (c',
    ]
    assert tokens("") == []
    for bad in ("(a", "a)", '"a'):
        with pytest.raises(BadSyntax):
            tokens(bad)


def test_a_set_of_numbers() -> None:
    assert [list(one) for one in number_set("3:1,5,7:*", 8)] == [[1, 2, 3], [5], [7, 8]]
    with pytest.raises(BadSyntax):
        number_set("1,,2", 8)

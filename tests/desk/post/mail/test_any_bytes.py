"""Whatever the bytes are, there is a mail, and all of it can be stored."""

from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.mails import mail, multipart, part, text_mail, whole
from zgoda_desk.post.mail import ParsedMail, parse
from zgoda_desk.post.mail.parsed import PROBLEMS
from zgoda_desk.post.mail.reader import _parse

UGLY = [
    text_mail("Где мой заказ? Верните деньги!", "koi8-r", "windows-1250", "8bit"),
    mail(
        b"Hi\n\n> we will call\n-- \nAnna", 'To: a@example.com, "B, C" <b@example.com>;', "References: <z.1-abcd@x> <y>"
    ),
    whole(
        multipart(
            "mixed",
            multipart(
                "alternative",
                part("text/plain", b"short"),
                part("text/html", b"<p hidden>x</p><b>y</b>"),
                boundary="in",
            ),
            part("message/rfc822", mail(b"inside")),
            part(
                'image/png; name="=?utf-8?b?xbvDs8WC?="',
                b"iVBO",
                "Content-Transfer-Encoding: base64",
                "Content-ID: <a>",
            ),
            end=False,
        ),
        "Authentication-Results: mx; spf=pass",
    ),
    whole(
        multipart(
            "report; report-type=delivery-status", part("message/delivery-status", b"Action: failed\n\nStatus: 5")
        )
    ),
]
PIECES = st.sampled_from(
    [
        b"From: ", b"Subject: ", b"To: ", b"Date: ", b"Reply-To: ", b"References: ", b"Content-Type: ", b"List-Id: ",
        b"multipart/mixed; boundary=b", b"multipart/report; report-type=delivery-status; boundary=b", b"text/html",
        b"message/delivery-status", b"message/rfc822", b"text/plain", b"\n", b"\r\n", b"\n\n", b"--b", b"--",
        b"charset=utf-16", b"Content-Transfer-Encoding: ", b"base64", b"=?utf-8?q?=0A=00?=", b"<a@example.com>", b'"',
        b";", b",", b"filename*0*=", b"%FF", b"<p style=display:none>", b"</p>", b"<style>.x{", b"}", b"&#0;", b"\xd0",
        b"\0", b" ", b"\xed\xa0\x80", b"=ED=A0=80", b"QUJD", b"Action: failed", b"(", b")", b"> ", b"wrote:", b"-- ",
        b"xn--", b"@", b"\xe2\x80\xae", b"Authentication-Results: mx;", b"Content-ID: ", b"cid:", b"Message-ID: <",
    ]
)  # fmt: skip


def texts(value: object) -> list[str]:
    """Every text inside a value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    if is_dataclass(value):
        return [text for field in fields(value) for text in texts(getattr(value, field.name))]
    return []


def well_formed(read: ParsedMail) -> None:
    for text in texts(read):
        assert "\x00" not in text
        text.encode("utf-8")
    start, end = read.newest
    assert 0 <= start <= end <= len(read.text)
    assert all(0 <= a < b <= len(read.text) for a, b in read.quoted)
    assert set(read.problems) <= set(PROBLEMS)
    assert read.sender is None or "@" in read.sender.address
    assert ("no_sender" in read.problems) == (read.sender is None)
    one_liners = [read.subject, *(item.name for item in read.attachments), *(box.name for box in (*read.to, *read.cc))]
    assert not any(set(line) & set("\r\n") for line in one_liners)


def read(raw: bytes) -> ParsedMail:
    """Read without the net, which would hide a fault."""
    return _parse(raw, frozenset({"a@example.com"}), "mx", None)


@settings(deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_a_mail(raw: bytes) -> None:
    well_formed(read(raw))


@settings(deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_arrangement_of_mail_pieces_is_a_mail(pieces: list[bytes]) -> None:
    well_formed(read(b"".join(pieces)))


@settings(deadline=None)
@given(st.sampled_from(UGLY), st.lists(st.tuples(st.integers(0, 900), st.integers(0, 40), PIECES), max_size=8))
def test_any_mutation_of_an_ugly_mail_is_a_mail(raw: bytes, changes: list[tuple[int, int, bytes]]) -> None:
    for place, gone, piece in changes:
        raw = raw[:place] + piece + raw[place + gone :]
    well_formed(read(raw))


@settings(deadline=None)
@given(st.sampled_from(UGLY), st.integers(0, 1500))
def test_any_cut_mail_is_a_mail(raw: bytes, stop: int) -> None:
    well_formed(read(raw[:stop]))


@pytest.mark.parametrize(
    "raw",
    [
        mail(b"a" * 10_000_000),
        mail(b"> q\nown\n" * 50_000),
        mail(b"<div>" * 200_000, "Content-Type: text/html"),
        mail(b"<p style=display:none>x<p>y" * 50_000, "Content-Type: text/html"),
        mail(b"<style>" + b",.a{" * 100_000, "Content-Type: text/html"),
        mail(b"x", "To: " + '("<,;\\' * 12_000),
        mail(b"x", "Authentication-Results: mx;" + "(" * 60_000),
        mail(b"x", *["To: " + "a@example.com," * 4000] * 50),
    ],
    ids=["line", "quotes", "deep page", "hidden", "sheet", "recipients", "comments", "headers"],
)
def test_hostile_length_ends(raw: bytes) -> None:
    assert isinstance(read(raw), ParsedMail)


def test_reading_twice_gives_the_same() -> None:
    for raw in UGLY:
        assert parse(raw) == parse(raw)

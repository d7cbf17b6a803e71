import io

from hypothesis import given
from hypothesis import strategies as st

from zgoda.text.mbox import split_mbox

FIRST = b"From: a@example.com\nSubject: one\n\nHello\n"
SECOND = b"From: b@example.com\nSubject: two\n\nBye\n"
LINE = b"From a@example.com Thu Nov 12 10:11:00 2026\n"


def mails(raw: bytes) -> list[bytes]:
    return list(split_mbox(io.BytesIO(raw)))


def test_mails_come_apart_at_from_lines() -> None:
    assert mails(LINE + FIRST + b"\n" + LINE + SECOND + b"\n") == [FIRST, SECOND]


def test_carriage_returns_are_kept() -> None:
    raw = (LINE + FIRST + b"\n" + LINE + SECOND).replace(b"\n", b"\r\n")
    assert mails(raw) == [FIRST.replace(b"\n", b"\r\n"), SECOND.replace(b"\n", b"\r\n")]


def test_quoted_from_loses_one_sign() -> None:
    assert mails(LINE + FIRST + b">From here\n>>From there\n") == [FIRST + b"From here\n>From there\n"]


def test_prose_that_begins_with_from_cuts_nothing() -> None:
    body = FIRST + b"\nFrom the start it was broken\nFrom 10:11 on\n"
    assert mails(LINE + body) == [body]


def test_one_mail_without_from_line_is_one_mail() -> None:
    assert mails(FIRST) == [FIRST]


def test_nothing_gives_nothing() -> None:
    assert mails(b"") == []
    assert mails(b"\n\n") == []


def test_reading_is_lazy() -> None:
    stream = io.BytesIO(LINE + FIRST + b"\n" + (LINE + SECOND + b"\n") * 1000)
    assert next(split_mbox(stream)) == FIRST
    assert stream.tell() < len(LINE + FIRST) + 200


def test_line_longer_than_a_chunk_is_kept_whole() -> None:
    long = FIRST + b"x" * 200_000 + b"From a@example.com 10:11\n"
    assert mails(LINE + long) == [long]


@given(st.binary(max_size=300))
def test_any_bytes_split(raw: bytes) -> None:
    assert sum(map(len, mails(raw))) <= len(raw)

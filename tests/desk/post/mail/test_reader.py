from datetime import UTC, datetime

import pytest

from tests.text.mails import mail, multipart, part, text_mail, whole
from zgoda_desk.post.mail import parse
from zgoda_desk.post.mail import reader as reader_module

PICTURE = part("image/png", b"png", 'Content-Disposition: inline; filename="logo.png"', "Content-ID: <logo@x>")


def test_headers_are_read() -> None:
    read = parse(
        mail(
            b"Hi",
            "Message-ID: <one@example.com>",
            "In-Reply-To: <zero@example.com>",
            "References: <a@example.com>\r\n <zero@example.com>",
        )
    )
    assert (read.subject, read.message_id, read.in_reply_to) == ("Test", "one@example.com", "zero@example.com")
    assert read.references == ("a@example.com", "zero@example.com")
    assert read.date == datetime(2026, 11, 12, 9, 11, tzinfo=UTC)
    assert (read.text, read.new_text, read.problems) == ("Hi", "Hi", ())


@pytest.mark.parametrize(
    "date",
    ["Mon, 1 Jan 3609 00:00:00 +0000", "Thu, 1 Jan 1970 00:00:00 +0000", "Mon, 1 Jan 2026 10:00:00 +9999", "yesterday",
     "Mon, 32 Jan 2026 10:00:00 +0000", "Mon, 5 Jan 2026 10:00:00", "1" * 300],
)  # fmt: skip
def test_nonsense_date_is_no_date_and_told(date: str) -> None:
    read = parse(f"From: a@example.com\r\nDate: {date}\r\n\r\nHi".encode())
    assert (read.date, read.problems) == (None, ("bad_date",))


def test_date_without_a_known_zone_is_utc_only_where_the_mail_says_so() -> None:
    read = parse(b"From: a@example.com\r\nDate: Mon, 5 Jan 2026 10:00:00 -0000\r\n\r\nHi")
    assert read.date == datetime(2026, 1, 5, 10, tzinfo=UTC)


def test_nul_and_lone_surrogates_reach_no_text() -> None:
    body = b"a\x00b =ED=A0=BD c"
    read = parse(
        b"From: A\x00 <a@example.com>\r\nSubject: s\x00 =?utf-8?q?=ED=A0=BD?=\r\nMessage-ID: <a\x00b@x>\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + body
    )
    for value in (read.text, read.subject, read.message_id or "", read.sender.name if read.sender else ""):
        assert "\x00" not in value
        value.encode()
    assert (read.text.startswith("a"), "c" in read.text) == (True, True)


@pytest.mark.parametrize("charset", ["koi8-r", "cp1251", "iso8859-5", "utf-16"])
def test_russian_is_read_whatever_its_label(charset: str) -> None:
    read = parse(text_mail("Посылка не пришла, верните деньги.\nЖду до пятницы.", charset, "us-ascii"))
    assert read.text.strip() == "Посылка не пришла, верните деньги.\nЖду до пятницы."


def test_mail_nested_a_thousand_deep_keeps_its_text_and_is_told() -> None:
    levels = "".join(f"--b{i}\nContent-Type: multipart/mixed; boundary=b{i + 1}\n\n" for i in range(969))
    raw = f"From: a@example.com\nContent-Type: multipart/mixed; boundary=b0\n\n{levels}--b969\n\ndeep\n"
    read = parse(raw.encode())
    assert (read.text.strip(), "depth" in read.problems) == ("deep", True)


def test_mail_of_fifty_levels_is_not_called_deep() -> None:
    levels = "".join(f"--b{i}\nContent-Type: multipart/mixed; boundary=b{i + 1}\n\n" for i in range(49))
    raw = f"From: a@example.com\nContent-Type: multipart/mixed; boundary=b0\n\n{levels}--b49\n\nx\n"
    assert "depth" not in parse(raw.encode()).problems


def test_ten_thousand_parts_and_endless_text_are_cut_and_told() -> None:
    raw = whole(b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\n\nx\n" * 10_000)
    assert "truncated" in parse(raw).problems
    read = parse(mail("ж".encode() * 1_500_000, "Content-Type: text/plain; charset=utf-8"))
    assert (len(read.text), "truncated" in read.problems) == (1_000_000, True)


def test_attachments_are_unpacked_and_their_names_are_data_only() -> None:
    read = parse(
        whole(
            multipart(
                "mixed",
                part("text/plain", b"See"),
                part(
                    "application/pdf",
                    b"JVBERg==",
                    "Content-Transfer-Encoding: base64",
                    'Content-Disposition: attachment; filename="..\\\\..\\\\etc/pa\u202ess?.pdf"',
                ),
                part("text/calendar; method=REQUEST", b"BEGIN:VCALENDAR"),
                part(
                    'message/external-body; access-type=URL; URL="http://evil.example/x"',
                    b"Content-Type: text/plain\r\n\r\n",
                ),
            )
        )
    )
    pdf, calendar, outside = read.attachments
    assert pdf.content == b"%PDF"
    assert not set(pdf.name) & set("/\\?\u202e")
    assert (calendar.mime, calendar.content) == ("text/calendar", b"BEGIN:VCALENDAR")
    assert outside.mime == "message/external-body"


def test_picture_that_the_page_shows_is_inline() -> None:
    html = part("text/html", b'<p>Look <img src="cid:logo@x"></p>')
    first = parse(whole(multipart("related", html, PICTURE))).attachments[0]
    assert (first.content_id, first.inline, first.name) == ("logo@x", True, "logo.png")


def test_page_is_kept_as_sent_beside_its_text() -> None:
    read = parse(mail(b"<p>Hello</p><p>you</p>", "Content-Type: text/html"))
    assert (read.html, read.text) == ("<p>Hello</p><p>you</p>", "Hello\n\nyou")


def test_page_that_says_something_else_is_told_and_a_stopgap_is_not_read() -> None:
    page = b"<p>" + b" ".join(b"word%d" % i for i in range(60)) + b"</p>"
    stopgap = b"Please use a mail program that shows pages"
    read = parse(whole(multipart("alternative", part("text/plain", stopgap), part("text/html", page))))
    assert "alternatives_differ" in read.problems
    assert read.text.startswith("word0")


def test_two_forms_of_the_same_letter_are_not_told_apart() -> None:
    words = b"The parcel did not arrive and nobody answers the phone"
    read = parse(
        whole(multipart("alternative", part("text/plain", words), part("text/html", b"<p>" + words + b"</p>")))
    )
    assert (read.problems, read.text) == ((), words.decode())


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (mail(b"begin 644 x.bin\n#0V%T\n`\nend"), "packed_in_text"),
        (mail(b"", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data"), "encrypted"),
        (mail(b"-----BEGIN PGP MESSAGE-----\n\nabc"), "encrypted"),
        (mail("pay \u202ecilbup".encode()), "invisible_signs"),
        (mail(b""), "no_text"),
        (b"nothing like a mail", "no_headers"),
        (mail(b"hello there!", "Content-Transfer-Encoding: base64"), "bad_encoding"),
        (mail(b"Subject: y\r\n\r\nx", "Content-Type: multipart/mixed; boundary=nowhere"), "bad_boundary"),
        (text_mail("Верните деньги за заказ", "cp1251", None), "bad_charset"),
    ],
)
def test_what_is_odd_is_told(raw: bytes, problem: str) -> None:
    assert problem in parse(raw).problems


def test_long_headers_are_cut() -> None:
    read = parse(mail(b"Hi", "Subject: x", "References: " + " ".join(f"<{i}@x>" for i in range(9000))))
    assert len(read.references) <= 100
    long = parse(b"From: a@example.com\r\nSubject: " + b"y" * 200_000 + b"\r\n\r\nHi")
    assert (len(long.subject), "truncated" in long.problems) == (1000, True)


def test_subject_stays_one_line() -> None:
    read = parse(b"From: a@example.com\r\nSubject: =?utf-8?q?Hi=0D=0ABcc:_x=40y?=\r\n\r\nHi")
    assert read.subject == "Hi Bcc: x@y"


def test_the_net_holds_if_the_reading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: bytes) -> None:
        raise RecursionError

    monkeypatch.setattr(reader_module, "split_mail", broken)
    read = parse(b"Subject: x\n\nHi")
    assert (read.text, read.problems) == ("Subject: x\n\nHi", ("unreadable", "no_sender"))

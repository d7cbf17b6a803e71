import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.mails import mail, multipart, part, text_mail, whole
from zgoda.text.mail import Mail, _read, read_mail

RUSSIAN = "Посылка не пришла, верните деньги.\nЖду до пятницы."
POLISH = "Paczka nie przyszła, żądam zwrotu.\nCzekam do piątku."


@pytest.mark.parametrize("charset", ["utf-8", "cp1251", "koi8-r", "iso8859-5", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("label", ["same", None, "us-ascii", "x-unknown"])
def test_russian_reaches_the_reader_whatever_the_label(charset: str, label: str | None) -> None:
    assert _read(text_mail(RUSSIAN, charset, label)).text.strip() == RUSSIAN


@pytest.mark.parametrize("charset", ["utf-8", "cp1250", "iso8859-2"])
@pytest.mark.parametrize("label", ["same", None])
def test_polish_in_eight_bits_reaches_the_reader(charset: str, label: str | None) -> None:
    assert _read(text_mail(POLISH, charset, label, "8bit")).text == POLISH


def test_headers_are_read() -> None:
    read = _read(
        mail(
            b"Hi",
            "Message-ID: <one@example.com>",
            "In-Reply-To: <zero@example.com>",
            "References: <a@example.com>\r\n <zero@example.com>",
        )
    )
    assert (read.subject, read.sender_name, read.sender_address) == ("Test", "Jan Nowak", "jan@example.com")
    assert read.date == "2026-11-12T10:11:00+01:00"
    assert (read.message_id, read.in_reply_to) == ("one@example.com", "zero@example.com")
    assert read.references == ("a@example.com", "zero@example.com")
    assert not read.automatic
    assert read.notes == ()


def test_empty_reply_header_refers_to_nothing() -> None:
    assert _read(mail(b"Hi", "In-Reply-To: ")).in_reply_to is None


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Anna <Anna@Example.COM>", "Anna", "anna@example.com"),
        ("anna@example.com", "", "anna@example.com"),
        ("anna@example.com (Anna K.)", "Anna K.", "anna@example.com"),
        ('"Kowalska, Anna" <a@example.com>', "Kowalska, Anna", "a@example.com"),
        ("=?iso-8859-2?Q?Kowalska=2C_Ma=B3gosia?= <a@example.com>", "Kowalska, Małgosia", "a@example.com"),
        ("=?koi8-r?B?6dfBzg==?= <i@example.com>", "Иван", "i@example.com"),
        ("First <a@example.com>, Second <b@example.com>", "First", "a@example.com"),
        ("a@example.com, b@example.com", "", "a@example.com"),
        ('"x@example.net" <host.example y@example.com>', "x@example.net", "y@example.com"),
        ("=?utf-8?Q?Bob_=3Cbob@example.com=3E?=", "Bob", "bob@example.com"),
        ("alice@example.org)bob@evil.example", "alice@example.org)bob@evil.example", ""),
        ("=?utf-8?Q?a=0D=0ABcc:_b@example.com?= <a@example.com>", "a Bcc: b@example.com", "a@example.com"),
        ("Nobody", "Nobody", ""),
        ("Anna K. anna@example.com", "Anna K.", "anna@example.com"),
        ("Desk: anna@example.com, b@example.com;", "", "anna@example.com"),
        ("<Anna <anna@example.com>>", "", "anna@example.com"),
        ("a@example.com b@example.com", "a@example.com b@example.com", ""),
    ],
)
def test_sender_is_the_first_certain_mailbox(value: str, name: str, address: str) -> None:
    read = _read(f"From: {value}\nSubject: x\n\nHi".encode())
    assert (read.sender_name, read.sender_address) == (name, address)


def test_missing_sender_stays_empty() -> None:
    assert _read(b"Subject: x\nTo: a@example.com\n\nHi").sender_address == ""


def test_raw_bytes_in_headers_are_guessed() -> None:
    raw = b"From: " + "Иван".encode("cp1251") + b" <i@example.com>\nSubject: " + "Верните деньги".encode("koi8-r")
    read = _read(raw + b"\n\nHi")
    assert (read.sender_name, read.subject) == ("Иван", "Верните деньги")


def test_letter_cut_between_encoded_words_is_joined() -> None:
    raw = "Привет".encode()
    words = [f"=?utf-8?B?{base64.b64encode(piece).decode()}?=" for piece in (raw[:5], raw[5:])]
    assert _read(f"Subject: {words[0]}\n {words[1]}\nTo: a\n\nHi".encode()).subject == "Привет"


@pytest.mark.parametrize("value", ["yesterday", "Mon, 30 Jun 3609 15:33:50 +0600", "99 Foo", "Thu, 32 Nov 2026"])
def test_unreadable_date_is_none_and_noted(value: str) -> None:
    read = _read(f"From: a@example.com\nDate: {value}\n\nHi".encode())
    assert read.date is None
    assert "date-unreadable" in read.notes


def test_plain_text_is_preferred_to_html() -> None:
    entity = multipart("alternative", part("text/html", b"<p>html</p>"), part("text/plain", b"plain"))
    read = _read(whole(entity))
    assert read.text == "plain"
    assert read.attachments == ()


def test_html_is_read_where_the_plain_part_is_blank() -> None:
    entity = multipart("alternative", part("text/plain", b" \r\n"), part("text/html", b"<p>One</p><p>Two</p>"))
    assert _read(whole(entity)).text == "One\n\nTwo"


def test_texts_around_a_picture_are_joined() -> None:
    picture = part(
        "image/png", b"iVBO", "Content-Transfer-Encoding: base64", 'Content-Disposition: inline; filename="a.png"'
    )
    read = _read(whole(multipart("mixed", part("text/plain", b"above"), picture, part("text/plain", b"below"))))
    assert read.text == "above\n\nbelow"
    assert [(a.name, a.content_type, a.size) for a in read.attachments] == [("a.png", "image/png", 3)]


def test_attached_text_is_not_the_body() -> None:
    note = part("text/plain", b"log", 'Content-Disposition: attachment; filename="log.txt"')
    read = _read(whole(multipart("mixed", part("text/plain", b"body"), note)))
    assert read.text == "body"
    assert [a.name for a in read.attachments] == ["log.txt"]


def test_letter_marked_as_attachment_is_read() -> None:
    assert _read(mail(b"the letter", "Content-Disposition: attachment")).text == "the letter"


def test_winmail_is_an_attachment() -> None:
    entity = multipart("mixed", part("text/plain", b"body"), part("application/ms-tnef; name=winmail.dat", b"\x78\x9f"))
    assert [a.name for a in _read(whole(entity)).attachments] == ["winmail.dat"]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\evil\\\\a.exe"', "a.exe"),
        ("attachment; filename*=UTF-8''%D0%B0%D0%BA%D1%82.pdf", "акт.pdf"),
        ('attachment; filename*0="long "; filename*1="name.pdf"', "long name.pdf"),
        ("attachment; filename*0*=utf-8''%D0%B0; filename*1*=%D0%BA.pdf", "ак.pdf"),
        ('attachment; filename="=?utf-8?B?0LDQutGC?="', "акт"),
        ('attachment; filename="a\u202egnp.exe"', "a_gnp.exe"),
        ('attachment; filename=".."', ""),
    ],
)
def test_attachment_names_are_decoded_and_safe(header: str, name: str) -> None:
    piece = part("application/octet-stream", b"x", f"Content-Disposition: {header}")
    read = _read(whole(multipart("mixed", part("text/plain", b"body"), piece)))
    assert [a.name for a in read.attachments] == [name]


@pytest.mark.parametrize("end", [True, False])
def test_boundary_need_not_be_closed(end: bool) -> None:
    assert _read(whole(multipart("mixed", part("text/plain", b"body"), end=end))).text.strip() == "body"


def test_boundary_of_one_dash_is_no_trap() -> None:
    read = _read(whole(multipart("mixed", part("text/plain", b"one\r\n-\r\ntwo"), boundary="-")))
    assert read.text == "one\n-\ntwo"


def test_boundary_that_begins_another_is_told_apart() -> None:
    inner = multipart("alternative", part("text/plain", b"inner"), boundary="ab-c")
    read = _read(
        whole(
            multipart(
                "mixed",
                inner,
                part("application/x", b"y", 'Content-Disposition: attachment; filename="y"'),
                boundary="ab",
            )
        )
    )
    assert read.text == "inner"
    assert [a.name for a in read.attachments] == ["y"]


def test_wrong_boundary_still_shows_the_text() -> None:
    raw = whole(multipart("mixed", part("text/plain", b"body"), boundary="real")).replace(
        b'boundary="real"', b'boundary="other"'
    )
    read = _read(raw)
    assert "body" in read.text
    assert "boundary-guessed" in read.notes


def test_a_thousand_levels_reach_the_innermost_text() -> None:
    levels = "".join(f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(1000))
    raw = f"From: a@example.com\nContent-Type: multipart/mixed; boundary=b0\n\n{levels}--b1000\n\ndeep\n"
    read = _read(raw.encode())
    assert (read.text.strip(), read.notes) == ("deep", ("too-deep",))


def test_mails_inside_mails_do_not_go_on_for_ever() -> None:
    raw = b"Subject: x\nContent-Type: message/rfc822\n\n" * 5000
    assert _read(raw).text == ""


def test_mail_inside_is_read_if_nothing_else_speaks() -> None:
    inner = base64.encodebytes(b"Subject: in\nContent-Type: text/plain\n\nInside text")
    raw = b"Subject: out\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + inner
    read = _read(raw)
    assert (read.subject, read.text) == ("out", "Inside text")


def test_forwarded_mail_beside_text_is_an_attachment() -> None:
    inner = part(
        "message/rfc822", b"Subject: old\r\n\r\nOld text", 'Content-Disposition: attachment; filename="old.eml"'
    )
    read = _read(whole(multipart("mixed", part("text/plain", b"See attached"), inner)))
    assert read.text == "See attached"
    assert [a.name for a in read.attachments] == ["old.eml"]


@pytest.mark.parametrize("words", [b"Hello", b"plain words that\nonly claim to be coded"])
def test_words_that_claim_to_be_base64_are_words(words: bytes) -> None:
    read = _read(mail(words, "Content-Transfer-Encoding: base64"))
    assert read.text == words.decode()
    assert "not-base64" in read.notes


def test_list_footer_below_base64_is_kept() -> None:
    body = base64.encodebytes(b"The complaint itself, long enough.") + b"_____\nlist footer"
    text = _read(mail(body, "Content-Transfer-Encoding: base64")).text
    assert text.startswith("The complaint itself")
    assert text.endswith("list footer")


def test_base64_with_padding_in_the_middle_is_read_on() -> None:
    body = base64.b64encode(b"one ") + base64.b64encode(b"two.")
    assert _read(mail(body, "Content-Transfer-Encoding: base64")).text == "one two."


def test_flowed_lines_are_joined() -> None:
    body = b"one \ntwo\n> quoted \n> more\n-- \nJan"
    assert _read(mail(body, "Content-Type: text/plain; format=flowed")).text == "one two\n> quoted \n> more\n-- \nJan"


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Precedence: auto_reply",
        "Precedence: bulk",
        "X-Autoreply: yes",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "X-Failed-Recipients: a@example.com",
        "Content-Type: multipart/report; boundary=x",
    ],
)
def test_machines_are_recognised_by_header(header: str) -> None:
    assert _read(mail(b"x", header)).automatic


@pytest.mark.parametrize("address", ["MAILER-DAEMON@example.com", "postmaster@example.com"])
def test_machines_are_recognised_by_address(address: str) -> None:
    assert _read(f"From: {address}\nSubject: x\n\nHi".encode()).automatic


@pytest.mark.parametrize(
    "headers", [("Auto-Submitted: no",), ("Precedence: list",), ("Precedence: bulk", "References: <a@example.com>"), ()]
)
def test_people_are_not_machines(headers: tuple[str, ...]) -> None:
    assert not _read(mail(b"x", *headers)).automatic


def test_delivery_report_is_automatic_without_saying_so() -> None:
    entity = multipart("mixed", part("text/plain", b"failed"), part("message/delivery-status", b"Action: failed"))
    assert _read(whole(entity)).automatic


@pytest.mark.parametrize("raw", [b"", b"\0", b"\n\n\n", b"\r", b"From ", b":", b"\xff\xfe", b"--", b"\xef\xbb\xbf"])
def test_next_to_nothing_is_a_mail_without_text(raw: bytes) -> None:
    assert isinstance(_read(raw), Mail)


def test_text_without_headers_is_all_text() -> None:
    read = _read(b"Note: this is no header\nbut a complaint")
    assert read.text == "Note: this is no header\nbut a complaint"
    assert read.notes == ("no-headers",)


def test_white_space_line_ends_the_headers() -> None:
    assert _read(b"Subject: x\nTo: a@example.com\n \nGood day").text == "Good day"


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r", b"\r\r\n"])
def test_any_newline_will_do(newline: bytes) -> None:
    read = _read(newline.join([b"Subject: x", b"To: a@example.com", b"", b"one", b"two"]))
    assert (read.subject, read.text) == ("x", "one\ntwo")


def test_long_subject_is_cut_and_noted() -> None:
    read = _read(b"Subject: " + b"x" * 5000 + b"\nTo: a\n\nHi")
    assert len(read.subject) == 1000
    assert "subject-cut" in read.notes


@pytest.mark.parametrize(
    "raw",
    [
        b"a" * 10_000_000,
        b"Subject: " + b"=?a?b?" * 20_000 + b"\n\nx",
        b"From: " + b"(" * 60_000 + b"\n\nx",
        b"To: a\nContent-Type: text/plain; " + b'a="' * 20_000 + b"\n\nx",
        b"To: a\nContent-Type: text/plain; charset=punycode\n\n" + b"\xe0" * 300_000,
        b"To: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 100_000,
        b"To: a\nContent-Type: text/html\n\n" + b"<<&" * 300_000,
    ],
    ids=["one line", "words", "comments", "parameters", "punycode", "parts", "markup"],
)
def test_hostile_length_ends(raw: bytes) -> None:
    assert isinstance(_read(raw), Mail)


def _well_formed(read: Mail) -> None:
    for value in (read.subject, read.sender_name, read.sender_address, *(a.name for a in read.attachments)):
        assert not set(value) & set("\r\n\0")
        value.encode()
    assert not set(read.text) & set("\r\0")
    read.text.encode()


@given(st.binary(max_size=600))
def test_any_bytes_are_a_mail(raw: bytes) -> None:
    _well_formed(_read(raw))


PIECES = st.sampled_from(
    [
        b"From: ", b"Subject: ", b"Content-Type: ", b"multipart/mixed; boundary=b", b"text/html", b"text/plain",
        b"\n", b"\r\n", b"\n\n", b"--b", b"--", b"charset=", b"utf-16", b"koi8-r", b"Content-Transfer-Encoding: ",
        b"base64", b"quoted-printable", b"=?utf-8?q?=0A?=", b"<a@example.com>", b'"', b";", b"filename*0*=", b"%FF",
        b"message/rfc822", b"Date: ", b"<p>", b"&#0;", b"\xd0", b"\0", b" ", b"format=flowed",
        b"Content-Disposition: attachment; name=", b"=ED=A0=80", b"QUJD", b"References: ",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
def test_any_arrangement_of_mail_pieces_is_a_mail(pieces: list[bytes]) -> None:
    raw = b"".join(pieces)
    _well_formed(_read(raw))
    assert read_mail(raw) == _read(raw)


def test_the_net_holds_if_the_reading_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: bytes) -> None:
        raise RecursionError

    monkeypatch.setattr("zgoda.text.mail.split_mail", broken)
    assert read_mail(b"Subject: x\n\nHi") == Mail(text="Subject: x\n\nHi", notes=("unreadable",))

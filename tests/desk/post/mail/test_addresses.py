import itertools
from email import policy
from email.parser import BytesHeaderParser

import pytest

from tests.text.mails import mail
from zgoda_desk.post.mail import Address, parse

NAMES = [
    "", "Anna", "Anna Nowak", '"Nowak, Anna"', '"Anna \\"A\\" Nowak"', "=?utf-8?q?Ma=C5=82gosia?=",
    "=?koi8-r?B?6dfBzg==?=", "=?utf-8?q?Nowak=2C_Anna?=", "Anna (home)", '"<x>"', "O'Brien", "Anna 2",
    "=?utf-8?q?a=22b?=", '"A. Nowak"', '"Nowak; Anna"',
]  # fmt: skip
ADDRESSES = [
    "a@example.com", "anna.nowak@example.com", "anna+shop@example.co.uk", "a_b-c@sub.example.org",
    "x@xn--e1afmkfd.example", "1@example.com", "anna.nowak@EXAMPLE.com", "!def@example.com", "o'brien@example.ie",
    "a=b@example.com", "very.long.local.part.of.an.address@example.com", "ANNA@example.com", "a@b.cd",
    "a@example.travel",
]  # fmt: skip


def sender(*lines: str) -> Address | None:
    return parse("\r\n".join(lines).encode() + b"\r\nSubject: x\r\n\r\nHi").sender


def independent(line: str) -> str:
    """The one address by the standard library's strict reading, empty where it complains or finds several."""
    header = BytesHeaderParser(policy=policy.default).parsebytes(f"{line}\r\n\r\n".encode())["from"]
    return header.addresses[0].addr_spec.lower() if len(header.addresses) == 1 and not header.defects else ""


def test_two_hundred_plain_senders_are_read_as_an_independent_parser_reads_them() -> None:
    lines = [
        f"From: {name} <{address}>".replace(":  <", ": <") for name, address in itertools.product(NAMES, ADDRESSES)
    ]
    read = [(line, found.address if (found := sender(line)) else "", independent(line)) for line in lines]
    assert len(read) >= 200
    assert [row for row in read if row[1] != row[2]] == []


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("alice@example.org)bob@evil.example", ""),
        ("<alice@example.org> <bob@evil.example>x", "alice@example.org"),
        ("alice@example.org@evil.example", ""),
        ("<@a.example:bob@evil.example>", "bob@evil.example"),
        ("alice@example.org\\,bob@evil.example", ""),
        ("alice@example.org [bob@evil.example]", ""),
        ("alice", ""),
        ("<>", ""),
        ("undisclosed-recipients:;", ""),
        ("Group: ;", ""),
        ("alice@example.org <not an address>", ""),
        ('"alice@example.org"', "alice@example.org"),
        ("alice@", ""),
        ("@example.org", ""),
        ("=?utf-8?q?alice=40example.org?=", ""),
        ("alice@example.org\x00.evil.example", ""),
        ("<alice\x01@example.org>", ""),
    ],
)
def test_doubtful_sender_is_right_or_unknown_but_never_a_wrong_one(value: str, right: str) -> None:
    found = sender(f"From: {value}")
    assert found is None or found.address == right


def test_missing_sender_is_nobody_and_told() -> None:
    read = parse(b"Subject: x\r\nTo: a@example.com\r\n\r\nHi")
    assert (read.sender, "no_sender" in read.problems, read.text) == (None, True, "Hi")


def test_two_from_lines_that_contradict_each_other_name_nobody() -> None:
    assert sender("From: a@example.com", "From: b@example.com") is None
    assert sender("From: a@example.com", "From: A <a@example.com>") == Address("", "a@example.com")


def test_several_senders_in_one_line_are_told() -> None:
    read = parse(b"From: A <a@example.com>, B <b@example.com>\r\nSubject: x\r\n\r\nHi")
    assert read.sender == Address("A", "a@example.com")
    assert "several_senders" in read.problems


def test_comma_that_nobody_quoted_stays_in_the_name() -> None:
    assert sender("From: Nowak, Jan <jan@example.com>") == Address("Nowak, Jan", "jan@example.com")


def test_recipients_are_read_once_each_with_groups_and_commas_in_names() -> None:
    read = parse(
        mail(
            b"Hi",
            'To: "Nowak, Jan" <j@example.com>, Team: a@example.com, b@example.com;, J@example.com, nobody',
            "Cc: undisclosed-recipients:;, =?utf-8?q?=C5=BB=C3=B3=C5=82w=2C_A?= <z@example.com>",
            "Reply-To: Other <other@example.com>",
        )
    )
    assert [one.address for one in read.to] == ["j@example.com", "a@example.com", "b@example.com"]
    assert read.to[0].name == "Nowak, Jan"
    assert read.cc == (Address("Żółw, A", "z@example.com"),)
    assert read.reply_to == Address("Other", "other@example.com")


def test_five_thousand_recipients_are_capped() -> None:
    assert len(parse(mail(b"Hi", "To: " + ", ".join(f"u{i}@example.com" for i in range(5000)))).to) == 200


@pytest.mark.parametrize(
    "line",
    [
        '"support@shop.example" <x@evil.example>',
        "support＠shop.example <x@evil.example>",
        "=?utf-8?q?support=40shop.example?= <x@evil.example>",
        "=?utf-8?b?UGF54oCubGFw?= <x@evil.example>",
        "Pаypal <x@evil.example>",
        "Pay\u200bpal <x@evil.example>",
        "Bank <x@bаnk.example>",
        "Bank <x@xn--bnk-7cd.example>",
    ],
)
def test_name_made_to_be_taken_for_another_is_flagged(line: str) -> None:
    read = parse(f"From: {line}\r\nSubject: x\r\n\r\nHi".encode())
    assert "looks_alike" in read.problems


@pytest.mark.parametrize(
    "line",
    ["a@example.com <a@example.com>", "Анна Иванова (Support) <a@example.com>", "ООО Ромашка LTD <a@example.com>",
     "Łukasz Żak <l@example.com>", "👩‍👩‍👧 family <f@example.com>"],
)  # fmt: skip
def test_ordinary_name_is_not_flagged(line: str) -> None:
    assert "looks_alike" not in parse(f"From: {line}\r\nSubject: x\r\n\r\nHi".encode()).problems


def test_sign_that_turns_the_direction_is_made_visible_in_a_name() -> None:
    found = sender("From: Anna\u202egnp.exe <a@example.com>")
    assert found == Address("Anna\ufffdgnp.exe", "a@example.com")

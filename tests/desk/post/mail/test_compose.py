import email
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zgoda_desk.post.mail import Address, Attachment, parse
from zgoda_desk.post.mail.compose import Outgoing, compose
from zgoda_desk.post.mail.written_headers import ComposeError

ANNA = Address("Anna Nowak", "anna@example.com")
PLAIN: dict[str, Any] = {
    "sender": Address("Sklep Żółw, BOK", "bok@shop.example"),
    "to": (ANNA,),
    "subject": "Re: Zamówienie 4412",
    "text": "Dzień dobry\noddzwonimy w piątek.",
    "message_id": "z.12-abcdef.7@shop.example",
    "date": datetime(2026, 11, 2, 10, 0, tzinfo=UTC),
    "installation": "desk-1",
}
EVIL = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.sampled_from(
            [
                "\r\n",
                "\n",
                "\r",
                "\x85",
                "\u2028",
                "\0",
                "Bcc: x@evil.example",
                " ",
                '"',
                "\\",
                ",",
                "<",
                ">",
                "=?utf-8?q?=0ABcc:x?=",
                "ж",
                "(",
                ")",
                ":",
                ";",
                "\ud800",
                "a" * 80,
                "👩‍👩‍👧",
                "\t",
            ]
        ),
        max_size=12,
    ).map("".join),
)
NAMES = ["From", "To", "Cc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "X-Zgoda-Desk"]
CONTENT = ["MIME-Version", "Content-Type", "Content-Transfer-Encoding"]


def composed(**changes: Any) -> bytes:
    return compose(Outgoing(**{**PLAIN, **changes}))


def test_a_reply_reads_back_as_it_was_meant() -> None:
    raw = composed(
        cc=(Address("", "b@example.com"),), in_reply_to="q@x", references=("a@x", "not an id", "b@x"),
        reply_to=Address("", "bok+12-abcdef@shop.example"),
        attachments=(Attachment("Żółw 1.pdf", "application/pdf", b"\x00%PDF"),),
    )  # fmt: skip
    read = parse(raw)
    assert (read.sender, read.to, read.cc) == (PLAIN["sender"], (ANNA,), (Address("", "b@example.com"),))
    assert (read.subject, read.text.strip()) == (PLAIN["subject"], PLAIN["text"])
    assert (read.message_id, read.in_reply_to, read.references) == (PLAIN["message_id"], "q@x", ("a@x", "b@x", "q@x"))
    assert read.reply_to == Address("", "bok+12-abcdef@shop.example")
    assert read.date == PLAIN["date"]
    assert [(item.name, item.mime, item.content) for item in read.attachments] == [
        ("Żółw 1.pdf", "application/pdf", b"\x00%PDF")
    ]
    assert read.robot == "own"


def test_same_values_give_the_same_bytes() -> None:
    changes = {"attachments": (Attachment("a", "text/plain", b"a"), Attachment("b", "image/png", b"b"))}
    assert composed(**changes) == composed(**changes)


def test_only_an_automatic_mail_says_so() -> None:
    assert b"Auto-Submitted" not in composed()
    automatic = composed(automatic="auto-replied")
    assert b"\r\nAuto-Submitted: auto-replied\r\n" in automatic
    assert parse(automatic, installation="another").robot == "auto_reply"


@settings(deadline=None)
@given(EVIL, EVIL, EVIL, EVIL, EVIL)
def test_headers_are_exactly_those_meant_whatever_the_names_hold(
    ours: str, theirs: str, subject: str, reference: str, file: str
) -> None:
    raw = composed(
        sender=Address(ours, "bok@shop.example"),
        to=(Address(theirs, "anna@example.com"), Address(ours, "c@example.com")),
        cc=(Address(theirs, "d@example.com"),),
        reply_to=Address(ours, "r@shop.example"),
        subject=subject,
        in_reply_to=reference,
        references=(reference, "ok@example.com"),
        attachments=(Attachment(file, file, b"x", file),),
    )
    message = email.message_from_bytes(raw)
    good = message["In-Reply-To"] is not None
    assert message.keys() == [name for name in NAMES if good or name != "In-Reply-To"] + [
        "MIME-Version",
        "Content-Type",
    ]
    read = parse(raw)
    assert read.sender is not None
    assert read.sender.address == "bok@shop.example"
    assert [box.address for box in read.to] == ["anna@example.com", "c@example.com"]
    assert [box.address for box in read.cc] == ["d@example.com"]
    assert read.references[-1:] == ("ok@example.com",) or good
    assert (read.text.strip(), len(read.attachments)) == (PLAIN["text"], 1)
    head = raw.partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")


@settings(deadline=None)
@given(EVIL)
def test_no_text_leaves_its_mail(text: str) -> None:
    raw = composed(text=f"{text}\n.\n\r\n.\r\nFrom me\n.hidden")
    body = raw.partition(b"\r\n\r\n")[2]
    assert not any(line.startswith((b".", b"From ")) for line in body.split(b"\r\n"))
    assert parse(raw).text.strip().endswith(".\n\n.\nFrom me\n.hidden")
    assert email.message_from_bytes(raw).keys() == [
        *(name for name in NAMES if name not in ("Cc", "Reply-To", "In-Reply-To", "References")), "Content-Type",
        "Content-Transfer-Encoding", "MIME-Version",
    ]  # fmt: skip


@settings(deadline=None)
@given(st.text(max_size=300))
def test_text_comes_back_letter_for_letter(text: str) -> None:
    plain = "".join(char for char in text if char.isprintable() or char == "\n").strip()
    assert parse(composed(text=plain)).text.strip() == plain.replace("\ufeff", "")


@pytest.mark.parametrize(
    "address",
    ["", "anna", "anna@", "@example.com", "a@b\r\nBcc: x@y", "a@b, c@d", "a b@c", "<a@b>", "a@b@c", "a@-b", "a..b@c",
     "a@b\u2028c", "a\x00@b", 'a"@b', "a@" + "b" * 300, "a@exa_mple..com", ".a@b", "a(b)@c"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ComposeError, match="expected one mailbox"):
        composed(to=(Address("", address),))


def test_address_of_a_domain_in_other_letters_goes_out_in_ascii() -> None:
    assert b"<info@xn--e1afmkfd.example>" in composed(to=(Address("", "info@пример.example"),))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"to": ()}, "at least one"),
        ({"message_id": "a b@c"}, "message_id"),
        ({"message_id": "a@b>\r\nX: <c@d"}, "message_id"),
        ({"message_id": "nothing"}, "message_id"),
        ({"date": datetime(2026, 1, 1)}, "zone"),
        ({"installation": "a\r\nX: y"}, "installation"),
    ],
)
def test_what_cannot_be_sent_says_what_is_wrong(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ComposeError, match=said):
        composed(**changes)


def test_long_threads_keep_their_first_and_their_latest_ids() -> None:
    ids = tuple(f"{number}@x" for number in range(100))
    found = parse(composed(references=ids)).references
    assert (len(found), found[0], found[-1]) == (20, "0@x", "99@x")


def test_time_is_written_with_its_offset() -> None:
    raw = composed(date=datetime(2026, 11, 2, 10, 0, tzinfo=timezone(timedelta(hours=1))))
    assert b"Date: Mon, 02 Nov 2026 10:00:00 +0100\r\n" in raw


def test_encoded_line_break_in_a_content_id_or_file_name_opens_no_line() -> None:
    word = "=?utf-8?Q?=0D=0ABcc:_x=40evil.example?="
    raw = composed(attachments=(Attachment(word, "image/png", b"x", word),))
    assert b"\nBcc:" not in raw
    assert b"Content-ID" not in raw

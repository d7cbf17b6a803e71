from tests.text.mails import mail
from zgoda_desk.post.mail import parse

TOKEN = "12-0123456789abcdef01234567"


def test_tokens_come_from_the_answered_id_then_the_latest_then_addresses() -> None:
    read = parse(
        mail(
            b"Hi",
            f"In-Reply-To: <z.{TOKEN}@shop.example>",
            "References: <a@b> <z.1-aaaa@shop.example> <z.2-bbbb@shop.example>",
            "To: Shop <Support+3-cccc@shop.example>, x@y",
            "Delivered-To: support+4-dddd@shop.example",
        )
    )
    assert read.reply_tokens == (TOKEN, "2-bbbb", "1-aaaa", "3-cccc", "4-dddd")


def test_what_makes_an_id_unique_is_told_from_the_token() -> None:
    read = parse(mail(b"Hi", f"In-Reply-To: <z.{TOKEN}.77@shop.example>"))
    assert TOKEN in read.reply_tokens


def test_subject_text_and_own_id_give_no_token() -> None:
    raw = f"From: a@example.com\r\nSubject: <z.{TOKEN}@x>\r\nMessage-ID: <z.{TOKEN}@x>\r\n\r\n<z.{TOKEN}@x>"
    assert parse(raw.encode()).reply_tokens == ()


def test_ten_thousand_tokens_are_capped() -> None:
    many = " ".join(f"<z.{n}-abcd@x>" for n in range(10_000))
    assert len(parse(mail(b"Hi", f"References: {many}")).reply_tokens) == 50

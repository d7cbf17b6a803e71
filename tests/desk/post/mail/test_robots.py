import pytest

from tests.text.mails import mail, multipart, part, whole
from zgoda_desk.post.mail import parse

OWN = frozenset({"support@shop.example"})
REPORT = 'multipart/report; report-type=delivery-status; boundary="frontier"'


def report(action: str, kind: str = "delivery-status") -> bytes:
    fields = (
        "Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; anna@example.com\r\n"
        f"Action: {action}\r\nStatus: 5.1.1\r\n"
    )
    back = b"From: support@shop.example\r\nMessage-ID: <z.12-abcdef.7@shop.example>\r\nSubject: Re: x\r\n\r\nHello"
    entity = multipart(
        f"report; report-type={kind}",
        part("text/plain", b"Sorry, it did not arrive."),
        part(f"message/{kind}", fields.encode()),
        part("message/rfc822", back),
    )
    return b"From: MAILER-DAEMON@example.com\r\nSubject: x\r\nReturn-Path: <>\r\n" + entity


def test_bounce_names_the_mail_that_came_back_and_its_recipient() -> None:
    read = parse(report("failed"))
    assert read.robot == "bounce"
    assert read.report is not None
    assert (read.report.action, read.report.status, read.report.recipient) == ("failed", "5.1.1", "anna@example.com")
    assert read.report.message_ids == ("z.12-abcdef.7@shop.example",)
    assert "12-abcdef" in read.reply_tokens


@pytest.mark.parametrize(("action", "robot"), [("delayed", "bounce"), ("delivered", "receipt"), ("relayed", "receipt")])
def test_notice_of_delivery_is_a_receipt_and_of_delay_is_none(action: str, robot: str) -> None:
    assert parse(report(action)).robot == robot


def test_notice_of_reading_is_a_receipt() -> None:
    read = parse(report("x", "disposition-notification"))
    assert (read.robot, read.report and read.report.action) == ("receipt", "displayed")


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated",
        "X-Autoreply: yes",
        "Precedence: auto_reply",
        "X-Auto-Response-Suppress: All",
        "Return-Path: <>",
        "X-Autorespond: vacation",
    ],
)
def test_vacation_note_is_told_by_its_header(header: str) -> None:
    assert parse(mail(b"I am away", header)).robot == "auto_reply"


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: your order", "Out of Office", "Автоответ: Re: заказ", "Autoodpowiedź: zamówienie",
     "[Auto-Reply] Re: x"],
)  # fmt: skip
def test_vacation_note_without_headers_is_told_by_its_subject(subject: str) -> None:
    assert parse(f"From: a@example.com\r\nSubject: {subject}\r\n\r\nHi".encode()).robot == "auto_reply"


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Automatic reply from you is rude",
        "Где мой автоответ",
        "Undeliverable? Where is my parcel",
        "Не доставлено!",
    ],
)
def test_person_who_writes_about_machines_is_no_machine(subject: str) -> None:
    assert parse(f"From: a@example.com\r\nSubject: {subject}\r\n\r\nHi".encode()).robot is None


@pytest.mark.parametrize(
    "sender", ["MAILER-DAEMON@example.com", "postmaster@example.com", "Mail Delivery <mailer-daemon@mx.example>"]
)
def test_mail_of_a_mail_server_is_a_bounce(sender: str) -> None:
    assert parse(f"From: {sender}\r\nSubject: Undelivered\r\n\r\nHi".encode()).robot == "bounce"


@pytest.mark.parametrize(
    "headers",
    [
        ("List-Unsubscribe: <https://news.example/u>",),
        ("Precedence: bulk",),
        ("Feedback-ID: 1:2:3:x",),
        ("Precedence: list", "List-Id: <news.example.com>"),
        ("In-Reply-To: <a@b>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "List-Unsubscribe: <https://x>"),
    ],
)
def test_mass_mail_is_a_newsletter(headers: tuple[str, ...]) -> None:
    assert parse(mail(b"Buy", *headers), own_addresses=OWN).robot == "newsletter"


@pytest.mark.parametrize(
    "headers",
    [
        ("Precedence: list", "List-Id: <support.shop.example>", "List-Unsubscribe: <mailto:u@shop.example>"),
        ("Precedence: list", "List-Post: <mailto:support@shop.example>"),
        ("Precedence: list", "List-Id: <talk.example.com>", "In-Reply-To: <a@b>"),
        ("List-Id: <talk.example.com>",),
    ],
)
def test_customer_who_writes_through_a_list_is_no_newsletter(headers: tuple[str, ...]) -> None:
    assert parse(mail(b"Where is it", *headers), own_addresses=OWN).robot is None


def test_own_mail_is_known_by_address_token_address_and_loop_header() -> None:
    for sender in ("support@shop.example", "Support@Shop.example", "support+12-ab@shop.example"):
        assert parse(f"From: {sender}\r\nSubject: x\r\n\r\nHi".encode(), own_addresses=OWN).robot == "own"
    looped = mail(b"Hi", "X-Zgoda-Desk: abc")
    assert parse(looped).robot == "own"
    assert parse(looped, installation="abc").robot == "own"


def test_answer_of_another_desk_is_a_person_and_its_acknowledgement_a_machine() -> None:
    assert parse(mail(b"Hi", "X-Zgoda-Desk: other"), installation="abc").robot is None
    acknowledged = mail(b"Hi", "X-Zgoda-Desk: other", "Auto-Submitted: auto-replied")
    assert parse(acknowledged, installation="abc").robot == "auto_reply"


def test_mail_of_a_person_is_none_of_a_robot() -> None:
    assert parse(mail(b"Hi", "Auto-Submitted: no", "Return-Path: <jan@example.com>")).robot is None


def test_empty_report_is_still_a_report() -> None:
    assert parse(whole(f"Content-Type: {REPORT}\r\n\r\n--frontier--".encode())).robot == "bounce"

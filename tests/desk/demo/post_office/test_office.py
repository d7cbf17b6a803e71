from __future__ import annotations

import imaplib
import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue

import pytest

from zgoda_desk.demo.post_office import PostOffice, SentMail, drop, read_sent

HELP, SHOP, ANNA = "help@polana.example", "shop@polana.example", "anna@client.example"
ACCOUNTS = {HELP: "secret", SHOP: "other"}


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice(ACCOUNTS) as opened:
        yield opened


def submit(office: PostOffice, sender: str, to: str | list[str], login: str | None = None, text: str = "x") -> None:
    with smtplib.SMTP("127.0.0.1", office.smtp_port, timeout=10) as client:
        if login:
            client.login(login, ACCOUNTS[login])
        client.sendmail(sender, to, f"Message-ID: <{text}@x>\r\nSubject: {text}\r\n\r\n{text}\r\n")


def test_a_stranger_reaches_the_accounts_and_nobody_else(office: PostOffice) -> None:
    submit(office, ANNA, HELP)
    (mail,) = office.mails(HELP)
    assert mail.raw.startswith(f"Return-Path: <{ANNA}>\r\nDelivered-To: {HELP}\r\n".encode())
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        submit(office, ANNA, "boris@client.example")


def test_a_bounce_comes_with_the_null_sender(office: PostOffice) -> None:
    submit(office, "", HELP)
    assert office.mails(HELP)[0].raw.startswith(b"Return-Path: <>\r\n")


def test_an_address_with_a_token_reaches_its_account(office: PostOffice) -> None:
    submit(office, ANNA, "Help+t0ken@polana.example")
    assert b"Delivered-To: Help+t0ken@polana.example\r\n" in office.mails(HELP)[0].raw


def test_what_an_account_sends_reaches_the_customers(office: PostOffice) -> None:
    arrived: SimpleQueue[tuple[SentMail, str]] = SimpleQueue()
    office.on_mail(lambda mail, recipient: arrived.put((mail, recipient)))
    submit(office, HELP, [ANNA, SHOP, "boris@client.example"], HELP, "hello")
    mail, recipient = arrived.get(timeout=5)
    assert (mail.message_id, mail.envelope_from, recipient) == ("<hello@x>", HELP, ANNA)
    assert arrived.get(timeout=5)[1] == "boris@client.example"
    assert len(office.mails(SHOP)) == 1
    assert [mail.recipients for mail in office.sent] == [(ANNA, SHOP, "boris@client.example")]


def test_customers_may_answer_from_within_the_callback(office: PostOffice) -> None:
    office.on_mail(lambda mail, _recipient: office.deliver(mail.envelope_from, b"Subject: Re\r\n\r\nNo.\r\n"))
    submit(office, HELP, ANNA, HELP)
    with imaplib.IMAP4("127.0.0.1", office.imap_port, timeout=10) as client:
        client.login(HELP, "secret")
        while client.select()[1] == [b"0"]:
            client.noop()
    assert office.mails(HELP)[0].raw == b"Subject: Re\r\n\r\nNo.\r\n"


def test_a_callback_that_fails_does_not_stop_the_next() -> None:
    arrived: SimpleQueue[str] = SimpleQueue()

    def callback(mail: SentMail, _recipient: str) -> None:
        arrived.put(mail.message_id)
        raise ValueError("bad customer")

    with PostOffice(ACCOUNTS) as office:
        office.on_mail(callback)
        submit(office, HELP, ANNA, HELP, "one")
        submit(office, HELP, ANNA, HELP, "two")
    assert [arrived.get(timeout=5), arrived.get(timeout=5)] == ["<one@x>", "<two@x>"]
    assert [str(error) for error in office.callback_errors] == ["bad customer"] * 2


def test_a_mail_for_a_stranger_cannot_be_put_in(office: PostOffice) -> None:
    with pytest.raises(KeyError):
        office.deliver(ANNA, b"x")


def test_many_threads_deliver_at_once(office: PostOffice) -> None:
    with ThreadPoolExecutor(8) as pool:
        uids = list(pool.map(lambda number: office.deliver(HELP, b"%d" % number), range(200)))
        list(pool.map(lambda number: submit(office, ANNA, HELP, text=str(number)), range(40)))
    assert sorted(uids) == list(range(1, 201))
    assert [mail.uid for mail in office.mails(HELP)] == list(range(1, 241))
    assert len(office.sent) == len({mail.number for mail in office.sent}) == 40


def test_two_runs_without_files_are_told_apart() -> None:
    """A desk that remembers UIDs of the last run must not take new mails for old ones."""
    first = PostOffice(ACCOUNTS, now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    second = PostOffice(ACCOUNTS, now=lambda: datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC))
    found = []
    for office in (first, second):
        with office, imaplib.IMAP4("127.0.0.1", office.imap_port, timeout=10) as client:
            client.login(HELP, "secret")
            client.select()
            found.append(client.response("UIDVALIDITY")[1])
    assert found[0] != found[1]


def test_with_files_everything_stays(tmp_path: Path) -> None:
    with PostOffice(ACCOUNTS, directory=tmp_path) as office:
        office.deliver(HELP, b"one\x00\r\n")
        submit(office, ANNA, HELP)
        submit(office, HELP, ANNA, HELP, "out")
        before, sent, validity = office.mails(HELP), office.sent, office.renumber(SHOP)
    with PostOffice(ACCOUNTS, directory=tmp_path) as office:
        assert office.mails(HELP) == before
        assert office.sent == sent == read_sent(tmp_path / "sent")
        assert office.deliver(HELP, b"next") == 3
        assert office.renumber(SHOP) == validity + 1


def test_a_mail_half_written_is_no_mail(tmp_path: Path) -> None:
    with PostOffice(ACCOUNTS, directory=tmp_path) as office:
        office.deliver(HELP, b"one")
    (tmp_path / "boxes" / HELP / "INBOX" / "2.eml.part").write_bytes(b"tw")
    (tmp_path / "sent" / "1.eml").write_bytes(b"no envelope yet")
    with PostOffice(ACCOUNTS, directory=tmp_path) as office:
        assert [mail.uid for mail in office.mails(HELP)] == [1]
        assert office.sent == []


def test_a_port_that_is_taken_is_said(office: PostOffice) -> None:
    with pytest.raises(OSError, match="in use"):
        PostOffice(ACCOUNTS, smtp_port=office.smtp_port).start()


def test_faults_count_and_choose(office: PostOffice) -> None:
    office.smtp_faults.add("recipient", drop(), times=2, skip=1, address=HELP)
    results = []
    for to in (SHOP, HELP, HELP, SHOP, HELP, HELP):
        try:
            submit(office, ANNA, to)
            results.append(True)
        except (smtplib.SMTPServerDisconnected, ConnectionError):
            results.append(False)
    assert results == [True, True, False, True, False, True]
    assert office.smtp_faults.open() == 0


def test_all_lines_can_be_cut(office: PostOffice) -> None:
    client = imaplib.IMAP4("127.0.0.1", office.imap_port, timeout=10)
    office.cut_lines()
    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        client.noop()
    with suppress(OSError):
        client.shutdown()
    submit(office, ANNA, HELP)

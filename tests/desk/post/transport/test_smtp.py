from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from tests.desk.post.transport.conftest import HELP, make_certificate, server_context, smtp_to, trusting
from zgoda_desk.demo.post_office import Fault, PostOffice, drop, hang, reply
from zgoda_desk.post.transport.settings import SmtpSettings
from zgoda_desk.post.transport.smtp import Outcome, send, wire_form
from zgoda_desk.post.transport.smtp_session import SmtpSession

ANNA = "anna@client.example"
RAW = b"Message-ID: <1@polana.example>\r\nSubject: x\r\n\r\nGood day.\r\n"


def send_one(office: PostOffice, raw: bytes = RAW, to: str = ANNA, timeout: float = 10) -> Outcome:
    return send(smtp_to(office), HELP, [to], raw, timeout=timeout)


def test_a_mail_that_is_taken_is_sent(office: PostOffice) -> None:
    outcome = send_one(office)
    assert (outcome.kind, outcome.code, outcome.at) == ("sent", 250, "answer")
    (mail,) = office.sent
    assert (mail.envelope_from, mail.recipients, mail.raw, mail.login) == (HELP, (ANNA,), RAW, HELP)


@pytest.mark.parametrize(
    "raw", [b"A: b\n\nx\n.\ny", b"A: b\r\n\r\n.\r\n..\r\n.x\r\n", b"A: b\r\rx\r.\ry\n.\r\r\nz", b"\n.\n", b""]
)
def test_a_lone_dot_in_a_text_stays_one_mail(office: PostOffice, raw: bytes) -> None:
    """T16: whatever the line ends, one mail goes in and the same lines come out."""
    assert send_one(office, raw).kind == "sent"
    (mail,) = office.sent
    assert mail.raw.splitlines() == raw.splitlines()
    assert mail.raw.replace(b"\r\n", b"").find(b"\n") == mail.raw.replace(b"\r\n", b"").find(b"\r") == -1


def test_the_wire_holds_no_bare_line_end_and_no_end_of_mail() -> None:
    wire = wire_form(b"a\n.\nb\r.\rc\r\n.\r\nd\n\r.\n")
    assert b"\r\n.\r\n" not in b"\r\n" + wire
    assert wire.replace(b"\r\n", b"").strip(b"abcd.") == b""


@pytest.mark.parametrize("step", ["greeting", "hello", "login", "sender", "recipient", "data"])
def test_a_connection_lost_before_the_mail_is_temporary(office: PostOffice, step: str) -> None:
    office.smtp_faults.add(step, drop())
    outcome = send_one(office)
    assert outcome.kind == "temporary"
    assert outcome.reason == "lost"
    assert office.sent == []


def test_a_connection_lost_within_the_mail_is_temporary(office: PostOffice) -> None:
    office.smtp_faults.add("body", drop(after=1000))
    outcome = send_one(office, RAW + b"line after line\r\n" * 600_000)
    assert (outcome.kind, outcome.at) == ("temporary", "body")


@pytest.mark.parametrize(
    ("fault", "kept"), [(drop(), 0), (drop(keep=True), 1), (hang(), 1), (Fault(code=999, text="?"), 0)]
)
def test_no_clear_answer_to_the_final_dot_is_unknown(office: PostOffice, fault: Fault, kept: int) -> None:
    """F04: whether the server kept the mail cannot be told, so nobody may claim either."""
    office.smtp_faults.add("answer", fault)
    outcome = send_one(office, timeout=0.3)
    assert (outcome.kind, outcome.at) == ("unknown", "answer")
    assert len(office.sent) == kept


@pytest.mark.parametrize(
    ("code", "kind"), [(421, "temporary"), (451, "temporary"), (550, "permanent"), (552, "permanent")]
)
@pytest.mark.parametrize("step", ["sender", "recipient", "data", "answer"])
def test_the_server_says_how_it_ends(office: PostOffice, step: str, code: int, kind: str) -> None:
    office.smtp_faults.add(step, reply(code, "5.0.0 Because"))
    outcome = send_one(office)
    assert (outcome.kind, outcome.code, outcome.at) == (kind, code, step)
    assert "Because" in outcome.detail
    assert office.sent == []


def test_a_cut_at_any_line_is_told_exactly(office: PostOffice) -> None:
    """F09: the line is cut before each line the server writes in turn, until one talk is left whole."""
    kinds = []
    while not kinds or kinds[-1] != "sent":
        office.smtp_faults.add("write", drop(), skip=len(kinds))
        kinds.append(send_one(office).kind)
        office.smtp_faults.clear()
    assert kinds == ["temporary"] * (len(kinds) - 2) + ["unknown", "sent"]
    assert len(kinds) >= 12


@pytest.mark.parametrize("code", [421, 451, 554])
def test_a_server_that_turns_us_away_says_nothing_about_the_mail(office: PostOffice, code: int) -> None:
    office.smtp_faults.add("greeting", reply(code, "Busy"))
    outcome = send_one(office)
    assert (outcome.kind, outcome.code, outcome.at, outcome.reason) == ("temporary", code, "greeting", "turned_away")


def test_a_greylisted_mail_goes_out_the_second_time(office: PostOffice) -> None:
    office.smtp_faults.add("recipient", reply(451, "4.7.1 Greylisted"))
    assert send_one(office).kind == "temporary"
    assert send_one(office).kind == "sent"


def test_a_wrong_password_is_the_accounts_fault_not_the_mails(office: PostOffice) -> None:
    outcome = send(smtp_to(office, "wrong"), HELP, [ANNA], RAW)
    assert (outcome.kind, outcome.code, outcome.at, outcome.reason) == ("temporary", 535, "login", "refused")
    assert "wrong" not in outcome.detail


def test_one_refused_recipient_keeps_the_mail_from_all(office: PostOffice) -> None:
    office.smtp_faults.add("recipient", reply(550, "No such user"), address="b@client.example")
    outcome = send(smtp_to(office), HELP, [ANNA, "b@client.example", "c@client.example"], RAW)
    assert outcome.kind == "permanent"
    assert "b@client.example" in outcome.detail
    assert office.sent == []


def test_a_lasting_refusal_outweighs_a_passing_one(office: PostOffice) -> None:
    office.smtp_faults.add("recipient", reply(451), address=ANNA)
    office.smtp_faults.add("recipient", reply(550), address="b@client.example")
    assert send(smtp_to(office), HELP, [ANNA, "b@client.example"], RAW).kind == "permanent"


@pytest.mark.parametrize("address", ["a@b\r\nRCPT TO:<x@y>", "a@b>", "<a@b", "a b@c", "a", "", "a@b\x00", "a@b SIZE=1"])
def test_an_address_that_would_break_the_talk_is_never_spoken(office: PostOffice, address: str) -> None:
    outcome = send(smtp_to(office), HELP, [address], RAW)
    assert (outcome.kind, outcome.reason, outcome.at) == ("permanent", "address_invalid", "recipient")
    assert office.sent == []


def test_nobody_to_send_to_is_permanent(office: PostOffice) -> None:
    assert send(smtp_to(office), HELP, [], RAW).reason == "no_recipient"


def test_the_null_sender_goes_out(office: PostOffice) -> None:
    assert send(smtp_to(office), "", [ANNA], RAW).kind == "sent"
    assert office.sent[0].envelope_from == ""


def test_addresses_beyond_ascii(office: PostOffice) -> None:
    assert send(smtp_to(office), HELP, ["zażółć@gęśl.example"], RAW).kind == "sent"
    assert send(smtp_to(office), HELP, ["anna@gęśl.example"], RAW + "żółć".encode()).kind == "sent"
    assert [mail.recipients for mail in office.sent] == [("zażółć@gęśl.example",), ("anna@xn--gl-fna8x.example",)]


def test_a_server_that_cannot_write_such_an_address_refuses_it(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmtpSession, "has_extn", lambda _self, _name: False)
    stranger = SmtpSettings(host="127.0.0.1", port=office.smtp_port, security="none")
    outcome = send(stranger, HELP, ["zażółć@polana.example"], RAW)
    assert (outcome.kind, outcome.reason) == ("permanent", "no_smtputf8")


def test_a_mail_over_the_servers_limit_is_not_even_offered(office: PostOffice) -> None:
    outcome = send_one(office, b"x" * 40_000_000)
    assert (outcome.kind, outcome.code, outcome.reason) == ("permanent", 552, "too_big")


def test_an_access_token_sends_and_a_stale_one_does_not(office: PostOffice) -> None:
    assert send(smtp_to(office, "token", auth="oauth2"), HELP, [ANNA], RAW).kind == "sent"
    outcome = send(smtp_to(office, "stale", auth="oauth2"), HELP, [ANNA], RAW)
    assert (outcome.kind, outcome.at, outcome.code) == ("temporary", "login", 535)


def test_letters_beyond_ascii_log_in(office: PostOffice) -> None:
    settings = SmtpSettings(
        host="127.0.0.1", port=office.smtp_port, security="none", user="łąka@polana.example", secret="żółć"
    )
    assert send(settings, "łąka@polana.example", [ANNA], RAW).kind == "sent"


@pytest.mark.parametrize("implicit", [True, False])
def test_inside_tls(tmp_path: Path, implicit: bool) -> None:
    path = make_certificate(tmp_path)
    with PostOffice({HELP: "secret"}, tls=server_context(path), implicit_tls=implicit) as office:
        settings = smtp_to(office, security="tls" if implicit else "starttls")
        assert send(settings, HELP, [ANNA], RAW, context=trusting(path)).kind == "sent"
        office.smtp_faults.add("answer", drop(keep=True))
        assert send(settings, HELP, [ANNA], RAW, context=trusting(path)).kind == "unknown"
        stranger = send(settings, HELP, [ANNA], RAW)
        assert (stranger.kind, stranger.at, stranger.reason) == ("temporary", "tls", "certificate_untrusted")
        assert len(office.sent) == 2


def test_a_server_without_tls_gets_neither_password_nor_mail(office: PostOffice) -> None:
    outcome = send(smtp_to(office, security="starttls"), HELP, [ANNA], RAW)
    assert (outcome.kind, outcome.at, outcome.reason) == ("temporary", "tls", "not_offered")


def test_nobody_at_home_is_temporary() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    outcome = send(SmtpSettings(host="127.0.0.1", port=port, security="none"), HELP, [ANNA], RAW)
    assert (outcome.kind, outcome.at, outcome.reason) == ("temporary", "connect", "refused")


def against(script: Callable[[socket.socket], None], whole: float = 5) -> Outcome:
    """What becomes of a mail at a server that does as the script says."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _ = listening.accept()
        with line, suppress(OSError):
            script(line)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    settings = SmtpSettings(host="127.0.0.1", port=listening.getsockname()[1], security="none")
    with listening:
        outcome = send(settings, HELP, [ANNA], RAW, timeout=5, whole=whole)
    thread.join(5)
    return outcome


def up_to_the_dot(line: socket.socket) -> None:
    line.sendall(b"220 x\r\n")
    for answer in (b"250 x\r\n", b"250 x\r\n", b"250 x\r\n", b"354 x\r\n"):
        line.recv(4096)
        line.sendall(answer)
    got = b""
    while not got.endswith(b"\r\n.\r\n"):
        got += line.recv(4096)


@pytest.mark.parametrize("answer", [b"", b"25", b"250-half\r\n", b"hm\r\n", b"x" * 9000, b"354 more\r\n"])
def test_a_garbled_answer_to_the_final_dot_is_unknown(answer: bytes) -> None:
    def script(line: socket.socket) -> None:
        up_to_the_dot(line)
        line.sendall(answer)

    assert against(script).kind == "unknown"


@pytest.mark.parametrize("answer", [b"", b"hm\r\n", b"x" * 9000, b"250-half\r\n"])
def test_a_garbled_answer_before_the_mail_is_temporary(answer: bytes) -> None:
    def script(line: socket.socket) -> None:
        line.sendall(b"220 x\r\n")
        line.recv(4096)
        line.sendall(b"250 x\r\n")
        line.recv(4096)
        line.sendall(answer)

    assert (against(script).kind, against(script).at) == ("temporary", "sender")


@pytest.mark.parametrize(
    ("begin", "kind"), [(lambda line: line.sendall(b"220-"), "temporary"), (up_to_the_dot, "unknown")]
)
def test_a_server_that_answers_letter_by_letter_is_left(begin: Callable[[socket.socket], None], kind: str) -> None:
    """Each letter comes within the limit of one wait; the limit of the whole ends it."""

    def script(line: socket.socket) -> None:
        begin(line)
        line.settimeout(0.02)
        while True:
            line.sendall(b"2")
            with suppress(TimeoutError):
                if not line.recv(1):
                    return

    assert against(script, whole=0.3).kind == kind


def test_the_name_of_the_machine_is_not_told() -> None:
    told: list[bytes] = []

    def script(line: socket.socket) -> None:
        line.sendall(b"220 x\r\n")
        told.append(line.recv(4096))

    against(script)
    assert told == [b"ehlo polana.example\r\n"]

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.desk.post.transport.conftest import HELP, imap_to, make_certificate, server_context, smtp_to, trusting
from zgoda_desk.demo.post_office import PostOffice, hang, no, reply
from zgoda_desk.post.transport.probe import Tried, probe_imap, probe_smtp, works
from zgoda_desk.post.transport.settings import ImapSettings, SmtpSettings


def failure(report: tuple[Tried, ...]) -> tuple[str, str, list[str]]:
    """Step and code of what fails, and the steps left untried behind it."""
    (failed,) = (tried for tried in report if tried.state == "fails")
    behind = report[report.index(failed) + 1 :]
    assert {tried.state for tried in behind} <= {"untried"}
    assert {tried.state for tried in report[: report.index(failed)]} <= {"works"}
    return failed.step, failed.code, [tried.step for tried in behind]


def test_an_account_that_works_says_so_step_by_step(office: PostOffice) -> None:
    report = probe_imap(imap_to(office, spam_folder="Spam"))
    assert works(report)
    assert [tried.step for tried in report] == ["resolve", "connect", "greeting", "login", "folder", "spam_folder"]
    report = probe_smtp(smtp_to(office), HELP)
    assert works(report)
    assert [tried.step for tried in report] == ["resolve", "connect", "greeting", "login", "sender"]
    assert office.sent == []


def test_a_name_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    settings = ImapSettings(host="imap.polana.example", user=HELP, secret="s")
    assert failure(probe_imap(settings)) == (
        "resolve",
        "unknown_host",
        ["connect", "tls", "greeting", "login", "folder"],
    )


def test_a_name_that_no_lookup_can_take() -> None:
    settings = SmtpSettings(host="a" * 70 + ".example")
    assert failure(probe_smtp(settings, HELP))[:2] == ("resolve", "unknown_host")


def test_a_closed_port() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = SmtpSettings(host="127.0.0.1", port=port, security="none")
    assert failure(probe_smtp(settings, HELP)) == ("connect", "refused", ["greeting", "sender"])


def test_tls_at_a_port_that_speaks_plainly(office: PostOffice) -> None:
    assert failure(probe_imap(imap_to(office, security="tls")))[:2] == ("tls", "not_tls")
    assert failure(probe_smtp(smtp_to(office, security="tls"), HELP))[:2] == ("tls", "not_tls")


def test_starttls_that_is_not_offered(office: PostOffice) -> None:
    assert failure(probe_imap(imap_to(office, security="starttls"))) == ("tls", "not_offered", ["login", "folder"])
    assert failure(probe_smtp(smtp_to(office, security="starttls"), HELP)) == (
        "tls",
        "not_offered",
        ["login", "sender"],
    )


@pytest.mark.parametrize(
    ("address", "days", "code"),
    [("127.0.0.1", -1, "certificate_expired"), ("127.0.0.2", 1, "certificate_name")],
)
@pytest.mark.parametrize("implicit", [True, False])
def test_a_bad_certificate_says_why(tmp_path: Path, address: str, days: int, code: str, implicit: bool) -> None:
    path = make_certificate(tmp_path, address, days)
    security = "tls" if implicit else "starttls"
    with PostOffice({HELP: "secret"}, tls=server_context(path), implicit_tls=implicit) as office:
        assert failure(probe_imap(imap_to(office, security=security), context=trusting(path)))[:2] == ("tls", code)
        assert failure(probe_smtp(smtp_to(office, security=security), HELP, context=trusting(path)))[:2] == (
            "tls",
            code,
        )


@pytest.mark.parametrize("implicit", [True, False])
def test_a_certificate_nobody_vouches_for(tmp_path: Path, implicit: bool) -> None:
    path = make_certificate(tmp_path)
    security = "tls" if implicit else "starttls"
    with PostOffice({HELP: "secret"}, tls=server_context(path), implicit_tls=implicit) as office:
        assert failure(probe_imap(imap_to(office, security=security)))[:2] == ("tls", "certificate_untrusted")
        assert works(probe_imap(imap_to(office, security=security), context=trusting(path)))
        assert works(probe_smtp(smtp_to(office, security=security), HELP, context=trusting(path)))


def test_a_wrong_password(office: PostOffice) -> None:
    assert failure(probe_imap(imap_to(office, "wrong"))) == ("login", "refused", ["folder"])
    assert failure(probe_smtp(smtp_to(office, "wrong"), HELP)) == ("login", "refused", ["sender"])


def test_a_server_that_wants_us_later(office: PostOffice) -> None:
    office.imap_faults.add("login", no("[UNAVAILABLE] Maintenance"))
    assert failure(probe_imap(imap_to(office)))[:2] == ("login", "unavailable")
    office.smtp_faults.add("greeting", reply(421, "Busy"))
    assert failure(probe_smtp(smtp_to(office), HELP))[:2] == ("greeting", "turned_away")
    office.imap_faults.add("greeting", no("Busy"))
    assert failure(probe_imap(imap_to(office)))[:2] == ("greeting", "turned_away")


def test_a_missing_folder(office: PostOffice) -> None:
    assert failure(probe_imap(imap_to(office, folder="Nowhere"))) == ("folder", "missing", [])
    assert failure(probe_imap(imap_to(office, spam_folder="Nowhere"))) == ("spam_folder", "missing", [])


def test_an_account_that_may_not_send_under_this_address(office: PostOffice) -> None:
    assert failure(probe_smtp(smtp_to(office), "other@polana.example")) == ("sender", "refused", [])
    office.smtp_faults.add("recipient", reply(451, "Later"))
    assert failure(probe_smtp(smtp_to(office), HELP))[:2] == ("sender", "busy")
    assert failure(probe_smtp(smtp_to(office), "no address"))[:2] == ("sender", "address_invalid")


def test_a_silent_server(office: PostOffice) -> None:
    office.smtp_faults.add("greeting", hang())
    assert failure(probe_smtp(smtp_to(office), HELP, timeout=0.2))[:2] == ("greeting", "silent")


def test_a_server_that_speaks_another_language(office: PostOffice) -> None:
    imap_at_smtp = ImapSettings(host="127.0.0.1", port=office.smtp_port, security="none", user=HELP, secret="s")
    assert failure(probe_imap(imap_at_smtp))[:2] == ("greeting", "wrong_protocol")
    smtp_at_imap = SmtpSettings(host="127.0.0.1", port=office.imap_port, security="none")
    assert failure(probe_smtp(smtp_at_imap, HELP))[:2] == ("greeting", "wrong_protocol")

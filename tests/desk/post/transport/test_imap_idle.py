from __future__ import annotations

from pathlib import Path
from threading import Event, Timer

import pytest

from tests.desk.post.transport.conftest import HELP, imap_to, make_certificate, server_context, trusting
from zgoda_desk.demo.post_office import PostOffice, delay, drop
from zgoda_desk.post.transport import imap
from zgoda_desk.post.transport.errors import TransportError


def test_a_mail_wakes_the_waiting_session(office: PostOffice) -> None:
    with imap.connect(imap_to(office)) as session:
        imap.folder_state(session)
        Timer(0.05, office.deliver, (HELP, b"Subject: a\r\n\r\n")).start()
        assert imap.idle(session, 20, Event()) == "mail"
        found: list[imap.Fetched] = []
        assert imap.fetch_new(session, 0, None, found.append) == 1


def test_a_mail_that_came_before_the_waiting_is_told_too(office: PostOffice) -> None:
    """The news and the start of waiting arrive together, so the socket itself stays quiet afterwards."""
    with imap.connect(imap_to(office)) as session:
        imap.folder_state(session)
        office.deliver(HELP, b"Subject: a\r\n\r\n")
        assert imap.idle(session, 20, Event()) == "mail"


@pytest.mark.parametrize("opened_again", [True, False])
def test_a_mail_that_came_while_others_were_fetched_is_told(office: PostOffice, opened_again: bool) -> None:
    """The server has mentioned it already and will not do so again."""
    office.deliver(HELP, b"Subject: a\r\n\r\n")
    found: list[imap.Fetched] = []

    def store(fetched: imap.Fetched) -> None:
        found.append(fetched)
        if fetched.uid == 1:
            office.deliver(HELP, b"Subject: b\r\n\r\n")

    with imap.connect(imap_to(office)) as session:
        for after in (0, 1):
            imap.fetch_new(session, after, None, store)
            if opened_again:
                imap.folder_state(session)
            woken = imap.idle(session, 1, Event())
            assert woken == ("quiet" if after else "mail")
            imap.folder_state(session)
    assert [fetched.uid for fetched in found] == [1, 2]


def test_waiting_ends_when_told_to(office: PostOffice) -> None:
    stop = Event()
    stop.set()
    with imap.connect(imap_to(office)) as session:
        assert imap.idle(session, 20, stop) == "stopped"


def test_waiting_ends_in_time_and_the_session_is_still_good(office: PostOffice) -> None:
    with imap.connect(imap_to(office)) as session:
        assert imap.idle(session, 1, Event()) == "quiet"
        assert imap.folder_state(session).exists == 0


def test_a_lost_line_is_told_at_once(office: PostOffice) -> None:
    with imap.connect(imap_to(office)) as session:
        imap.folder_state(session)
        Timer(0.05, office.cut_lines).start()
        with pytest.raises(TransportError) as caught:
            imap.idle(session, 20, Event())
    assert caught.value.code == "lost"


def test_a_cut_at_the_start_of_waiting_is_told(office: PostOffice) -> None:
    office.imap_faults.add("idle", drop())
    with imap.connect(imap_to(office)) as session, pytest.raises(TransportError):
        imap.idle(session, 20, Event())


def test_inside_tls_a_mail_wakes_too(tmp_path: Path) -> None:
    path = make_certificate(tmp_path)
    with (
        PostOffice({HELP: "secret"}, tls=server_context(path), implicit_tls=True) as office,
        imap.connect(imap_to(office, security="tls"), context=trusting(path)) as session,
    ):
        imap.folder_state(session)
        Timer(0.05, office.deliver, (HELP, b"Subject: a\r\n\r\n")).start()
        assert imap.idle(session, 20, Event()) == "mail"
        Timer(0.05, office.cut_lines).start()
        with pytest.raises(TransportError):
            imap.idle(session, 20, Event())


def test_a_server_without_idle_is_asked_now_and_then(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imap.Session, "offers", lambda _self, _capability: False)
    office.imap_faults.add("noop", delay(0.01))
    with imap.connect(imap_to(office)) as session:
        imap.folder_state(session)
        office.deliver(HELP, b"Subject: a\r\n\r\n")
        assert imap.idle(session, 1, Event()) == "mail"
        assert imap.idle(session, 1, Event()) == "quiet"

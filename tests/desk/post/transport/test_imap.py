from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.desk.post.transport.conftest import HELP, imap_to
from zgoda_desk.demo.post_office import PostOffice, drop, hang, no
from zgoda_desk.post.transport import imap
from zgoda_desk.post.transport.errors import TransportError


def mail(name: str, size: int = 0) -> bytes:
    return f"Subject: {name}\r\n\r\n".encode() + b"x" * size


def take(session: imap.Session, after: int = 0, since: date | None = None, **more: int) -> list[imap.Fetched]:
    found: list[imap.Fetched] = []
    assert imap.fetch_new(session, after, since, found.append, **more) == len(found)  # type: ignore[arg-type]
    return found


def test_new_mails_come_whole_and_in_order(office: PostOffice) -> None:
    raws = [mail(f"{place}", 10_000 * place) + b"\x00\xff(\\{5}\r\n)" for place in range(5)]
    for raw in raws:
        office.deliver(HELP, raw)
    with imap.connect(imap_to(office)) as session:
        state = imap.folder_state(session)
        found = take(session)
    assert [one.raw for one in found] == raws
    assert [one.uid for one in found] == [1, 2, 3, 4, 5]
    assert {(one.folder, one.uid_validity, one.problem) for one in found} == {("INBOX", state.uid_validity, "")}
    assert (state.uid_next, state.exists) == (6, 5)


def test_only_what_is_above_the_last_uid_comes(office: PostOffice) -> None:
    for name in "abc":
        office.deliver(HELP, mail(name))
    with imap.connect(imap_to(office)) as session:
        assert [one.uid for one in take(session, 1)] == [2, 3]
        assert take(session, 3) == []  # "4:*" names mail 3 again, by the rules of IMAP


def test_mail_from_before_the_first_day_is_left_alone(office: PostOffice) -> None:
    office.deliver(HELP, mail("old"), received=datetime(2026, 1, 4, 23, tzinfo=UTC))
    office.deliver(HELP, mail("new"), received=datetime(2026, 1, 5, 1, tzinfo=UTC))
    with imap.connect(imap_to(office)) as session:
        found = take(session, since=date(2026, 1, 5))
    assert [one.uid for one in found] == [2]
    assert found[0].internal_date == datetime(2026, 1, 5, 1, tzinfo=UTC)


def test_nothing_is_marked_as_read(office: PostOffice) -> None:
    office.deliver(HELP, mail("a"))
    with imap.connect(imap_to(office)) as session:
        take(session)
        assert take(session)[0].flags == ()


def test_a_mail_that_is_too_big_comes_truncated(office: PostOffice) -> None:
    office.deliver(HELP, mail("big", 5000))
    office.deliver(HELP, mail("small"))
    with imap.connect(imap_to(office)) as session:
        big, small = take(session, max_bytes=1000)
    assert (len(big.raw), big.problem, big.size) == (1000, "truncated", len(mail("big", 5000)))
    assert big.raw == mail("big", 5000)[:1000]
    assert small.problem == ""


def test_an_empty_mail_is_a_mail(office: PostOffice) -> None:
    office.deliver(HELP, b"")
    with imap.connect(imap_to(office)) as session:
        assert [one.raw for one in take(session)] == [b""]


def test_each_mail_is_asked_for_only_when_the_last_is_stored(office: PostOffice) -> None:
    for name in "abc":
        office.deliver(HELP, mail(name))
    kept: list[int] = []

    def store(fetched: imap.Fetched) -> None:
        if fetched.uid == 2:
            raise OSError("disk full")
        kept.append(fetched.uid)

    with imap.connect(imap_to(office)) as session:
        with pytest.raises(OSError, match="disk full"):
            imap.fetch_new(session, 0, None, store)
        assert kept == [1]
        assert [one.uid for one in take(session, 1)] == [2, 3]


def test_a_mail_the_server_refuses_does_not_stop_the_next(office: PostOffice) -> None:
    for name in "abc":
        office.deliver(HELP, mail(name))
    # The first FETCH asks for sizes, the second gives mail 1, then mail 2 is refused twice.
    office.imap_faults.add("fetch", no("[CORRUPTION] Cannot read it"), skip=2, times=2)
    with imap.connect(imap_to(office)) as session:
        found = take(session)
        assert [(one.uid, one.problem) for one in found] == [(1, ""), (2, "refused"), (3, "")]
        again = imap.fetch_one(session, 2)
    assert again is not None
    assert (again.raw, again.problem) == (mail("b"), "")


def test_a_server_that_says_later_is_believed(office: PostOffice) -> None:
    office.deliver(HELP, mail("a"))
    office.imap_faults.add("fetch", no("[UNAVAILABLE] Later"), skip=1, times=9)
    with imap.connect(imap_to(office)) as session, pytest.raises(TransportError) as caught:
        take(session)
    assert (caught.value.step, caught.value.code) == ("talk", "unavailable")


def test_a_uid_that_is_gone_gives_nothing(office: PostOffice) -> None:
    with imap.connect(imap_to(office)) as session:
        assert imap.fetch_one(session, 7) is None


def test_a_new_uid_validity_is_seen_after_reconnecting(office: PostOffice) -> None:
    office.deliver(HELP, mail("a"))
    with imap.connect(imap_to(office)) as session:
        before = imap.folder_state(session).uid_validity
    after = office.renumber(HELP)
    with imap.connect(imap_to(office)) as session:
        assert imap.folder_state(session).uid_validity == after != before


def test_a_folder_that_is_missing_is_named(office: PostOffice) -> None:
    with imap.connect(imap_to(office)) as session, pytest.raises(TransportError) as caught:
        imap.folder_state(session, "Nowhere")
    assert (caught.value.step, caught.value.code) == ("folder", "missing")


def test_the_spam_folder_is_found_by_its_mark(office: PostOffice) -> None:
    office.deliver(HELP, mail("s"), folder="Spam")
    with imap.connect(imap_to(office)) as session:
        name = imap.spam_folder(session)
        assert name == "Spam"
        imap.folder_state(session, name)
        assert take(session)[0].folder == "Spam"


def test_letters_beyond_ascii_log_in(office: PostOffice) -> None:
    settings = imap.connect(
        imap_to(office).__class__(
            host="127.0.0.1", port=office.imap_port, security="none", user="łąka@polana.example", secret="żółć"
        )
    )
    with settings as session:
        assert imap.folder_state(session).exists == 0


def test_an_access_token_logs_in_and_a_stale_one_is_refused(office: PostOffice) -> None:
    with imap.connect(imap_to(office, "token", auth="oauth2")) as session:
        assert imap.folder_state(session).exists == 0
    with pytest.raises(TransportError) as caught:
        imap.connect(imap_to(office, "stale", auth="oauth2"))
    assert (caught.value.step, caught.value.code) == ("login", "refused")


def test_a_cut_at_any_line_loses_and_doubles_nothing(office: PostOffice) -> None:
    """F08: the line is cut before each line the server writes in turn; the next connection goes on."""
    raws = [mail(f"{place}", 100) for place in range(3)]
    for raw in raws:
        office.deliver(HELP, raw)
    codes: list[str] = []
    for lines in range(60):
        kept: list[imap.Fetched] = []
        office.imap_faults.clear()
        office.imap_faults.add("write", drop(), skip=lines)
        for _ in range(2):
            try:
                with imap.connect(imap_to(office)) as session:
                    imap.fetch_new(session, kept[-1].uid if kept else 0, None, kept.append)
            except TransportError as error:
                codes.append(error.code)
        assert [one.raw for one in kept] == raws
    assert len(codes) >= 20
    assert set(codes) == {"lost"}


def test_fifty_thousand_old_mails_are_passed_over(office: PostOffice) -> None:
    for _ in range(50_000):
        office.deliver(HELP, b"old", received=datetime(2025, 1, 1, tzinfo=UTC))
    office.deliver(HELP, b"new", received=datetime(2026, 1, 5, tzinfo=UTC))
    with imap.connect(imap_to(office)) as session:
        assert [one.uid for one in take(session, since=date(2026, 1, 5))] == [50_001]


@pytest.mark.parametrize("after", [1, 30, 90])
def test_half_a_mail_is_no_mail(office: PostOffice, after: int) -> None:
    office.deliver(HELP, mail("a", 100))
    office.imap_faults.add("body", drop(after=after))
    kept: list[imap.Fetched] = []
    with imap.connect(imap_to(office)) as session, pytest.raises(TransportError):
        imap.fetch_new(session, 0, None, kept.append)
    assert kept == []


def test_a_silent_server_is_left_in_time(office: PostOffice) -> None:
    office.imap_faults.add("greeting", hang())
    with pytest.raises(TransportError) as caught:
        imap.connect(imap_to(office), timeout=0.2)
    assert (caught.value.step, caught.value.code) == ("greeting", "silent")
    office.imap_faults.add("select", hang())
    with imap.connect(imap_to(office), timeout=0.2) as session, pytest.raises(TransportError) as caught:
        imap.folder_state(session)
    assert (caught.value.step, caught.value.code) == ("folder", "timeout")

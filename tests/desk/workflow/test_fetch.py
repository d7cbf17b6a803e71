from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.db import connection

from tests.desk.cast import Cast, raw_mail
from zgoda_desk.conversations.models import LiveEvent
from zgoda_desk.demo.post_office import PostOffice, no
from zgoda_desk.lib import secret
from zgoda_desk.post.mailbox import NoSecret, imap_of
from zgoda_desk.post.models import FolderMark, MailAccount, RawMessage
from zgoda_desk.post.transport import imap
from zgoda_desk.workflow import fetch

PASSWORD = "parcels and letters"
START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def office(cast: Cast) -> Iterator[PostOffice]:
    with PostOffice({cast.account.address: PASSWORD}) as opened:
        yield opened


@pytest.fixture
def account(cast: Cast, office: PostOffice) -> MailAccount:
    found = cast.account
    found.imap_port, found.smtp_port = office.imap_port, office.smtp_port
    found.secret, found.since = secret.lock(PASSWORD), START.date()
    found.save()
    return found


def put(office: PostOffice, account: MailAccount, number: int, *, folder: str = "INBOX", identity: bool = True) -> None:
    raw = raw_mail(f"Where is my order {number}?", message_id=f"<{number}@customer.example>")
    if not identity:
        raw = raw.replace(f"Message-ID: <{number}@customer.example>\n".encode(), b"")
    office.deliver(account.address, raw, folder=folder, received=START + timedelta(hours=number))


def run(account: MailAccount) -> int:
    with imap.connect(imap_of(account)) as session:
        return fetch.fetch_account(account, session)


def test_mails_are_stored_once_and_nothing_is_marked_read(office: PostOffice, account: MailAccount) -> None:
    for number in (1, 2, 3):
        put(office, account, number)
    assert run(account) == 3
    assert run(account) == 0
    assert [bytes(row.body) for row in RawMessage.objects.all()] == [one.raw for one in office.mails(account.address)]
    assert RawMessage.objects.values_list("message_id", flat=True)[0] == "1@customer.example"
    folder = office._boxes.folder(account.address, "INBOX")
    assert folder is not None
    assert not any("\\Seen" in folder.flags_of(one.uid) for one in folder.mails)


def test_a_box_numbered_anew_doubles_nothing_with_or_without_message_ids(
    office: PostOffice, account: MailAccount
) -> None:
    put(office, account, 1)
    put(office, account, 2, identity=False)
    run(account)
    office.renumber(account.address)
    put(office, account, 3)
    assert run(account) == 1
    assert RawMessage.objects.count() == 3


def test_the_same_mail_to_two_inboxes_is_two_mails(cast: Cast) -> None:
    from zgoda_desk.post.actions import Incoming, store_raw

    other = MailAccount.objects.get(inbox=cast.other_inbox)
    thing = Incoming("INBOX:1:1", b"From: a@b.example\n\nHello", START, message_id="1@b.example")
    assert store_raw(cast.inbox, cast.account, thing)
    assert store_raw(cast.other_inbox, other, thing)
    assert not store_raw(cast.inbox, cast.account, thing)


def test_two_mails_the_server_refuses_are_both_kept(cast: Cast) -> None:
    from zgoda_desk.post.actions import Incoming, store_raw

    assert store_raw(cast.inbox, cast.account, Incoming("INBOX:1:1", b"", START, truncated=True))
    assert store_raw(cast.inbox, cast.account, Incoming("INBOX:1:2", b"", START, truncated=True))


def test_mail_before_the_first_day_is_left_alone(office: PostOffice, account: MailAccount) -> None:
    old = raw_mail("An old matter", message_id="<old@customer.example>")
    office.deliver(account.address, old, received=START - timedelta(days=3))
    put(office, account, 1)
    assert run(account) == 1


def test_an_account_that_is_not_started_reads_nothing(office: PostOffice, account: MailAccount) -> None:
    account.since = None
    put(office, account, 1)
    assert run(account) == 0


def test_the_spam_folder_is_read_and_marked_as_such(office: PostOffice, account: MailAccount) -> None:
    account.spam_folder = "Spam"
    put(office, account, 1, folder="Spam")
    put(office, account, 2)
    assert run(account) == 2
    assert list(RawMessage.objects.order_by("received_at").values_list("in_spam", flat=True)) == [True, False]
    assert FolderMark.objects.count() == 2


def test_what_was_stored_before_a_break_is_not_asked_for_again(office: PostOffice, account: MailAccount) -> None:
    for number in (1, 2, 3):
        put(office, account, number)
    stored: list[bool] = []

    def after_two() -> bool:
        stored.append(True)
        return len(stored) > 2

    with imap.connect(imap_of(account)) as session:
        fetch.fetch_account(account, session, stop=after_two)
    before = RawMessage.objects.count()
    assert 0 < before < 3
    assert run(account) == 3 - before


def test_a_mail_the_server_will_not_give_stands_there_and_stops_no_other(
    office: PostOffice, account: MailAccount
) -> None:
    for number in (1, 2):
        put(office, account, number)
    office.imap_faults.add("fetch", no(), times=2, skip=1)  # the list of cards comes first
    run(account)
    assert sorted(RawMessage.objects.values_list("truncated", flat=True)) == [False, True]


def test_a_date_from_the_future_is_the_moment_it_came(office: PostOffice, account: MailAccount) -> None:
    far = datetime(2100, 1, 1, tzinfo=UTC)
    office.deliver(account.address, raw_mail("Hello"), received=far)
    run(account)
    assert RawMessage.objects.get().received_at < far


def test_a_failure_is_kept_and_told_once(cast: Cast) -> None:
    fetch.note_failure(cast.account.pk, "login:refused", "no such user")
    fetch.note_failure(cast.account.pk, "login:refused", "no such user")
    cast.account.refresh_from_db()
    assert (cast.account.state_code, cast.account.state_detail) == ("login:refused", "no such user")
    assert LiveEvent.objects.filter(kind="mailbox").count() == 1


def test_a_password_of_another_key_is_asked_for_again(cast: Cast) -> None:
    cast.account.secret = "gAAAAABnothing"
    with pytest.raises(NoSecret):
        imap_of(cast.account)


def test_a_mailbox_is_held_by_one_process_at_a_time(cast: Cast) -> None:
    if connection.vendor != "postgresql":
        with fetch.held_alone(cast.account.pk) as ours:
            assert ours
        return
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [fetch._LOCK, cast.account.pk])
        with fetch.held_alone(cast.account.pk) as ours:
            assert not ours
        with fetch.held_alone(cast.account.pk + 1) as ours:
            assert ours
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
        with fetch.held_alone(cast.account.pk) as ours:
            assert ours
    finally:
        other.close()


def test_who_holds_no_mailbox_waits_and_connects_nowhere(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "held_alone", lambda _pk: nullcontext(False))
    stop = Event()
    stop.set()
    fetch.watch(cast.account.pk, stop)  # nobody listens on the account's port: a connection would raise

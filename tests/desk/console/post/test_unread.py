"""What could not be read or was set aside: seen, read again, taken in, dismissed; nothing is lost."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.desk.cast import NOW, Cast, raw_mail
from zgoda_desk.audit.models import Entry
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.post.actions import Incoming, store_raw
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow.receive import read_next


def _raw(cast: Cast, body: bytes, state: str = "unreadable", reason: str = "ValueError") -> RawMessage:
    number = RawMessage.objects.count() + 1
    store_raw(cast.inbox, cast.account, Incoming(f"u:{number}", body, NOW))
    RawMessage.objects.filter(external_id=f"u:{number}").update(state=state, reason=reason, done_at=NOW)
    return RawMessage.objects.get(external_id=f"u:{number}")


@pytest.fixture
def raw(cast: Cast) -> RawMessage:
    return _raw(cast, raw_mail("Where is it?", subject="<b>Lost</b>"))


def test_the_list_and_the_thing_are_seen_by_the_people_of_the_inbox(
    clients: dict[str, Client], raw: RawMessage
) -> None:
    for path in (f"/post/unread/{raw.pk}/", f"/post/unread/{raw.pk}/download"):
        statuses = {role: client.get(path).status_code for role, client in clients.items()}
        assert statuses == {
            "owner": 200, "teammate": 200, "lead": 200, "head": 200, "stranger": 404, "strange_lead": 404,
            "nobody": 302,
        }  # fmt: skip
    assert "Lost" in clients["owner"].get("/post/unread/").content.decode()
    assert "Lost" not in clients["stranger"].get("/post/unread/").content.decode()


def test_the_reason_stands_in_words_and_the_source_is_text(clients: dict[str, Client], raw: RawMessage) -> None:
    page = clients["owner"].get(f"/post/unread/{raw.pk}/").content.decode()
    assert "could not be taken apart" in page
    assert "&lt;b&gt;Lost&lt;/b&gt;" in page
    assert "<b>Lost" not in page


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff\xfe" * 50, b"\r\n\r\n", b"From: \xff\xfe\n" * 20, b"<script>alert(1)</script>"]
)
def test_any_bytes_can_be_looked_at(cast: Cast, clients: dict[str, Client], body: bytes) -> None:
    raw = _raw(cast, body)
    assert clients["owner"].get("/post/unread/").status_code == 200
    assert clients["owner"].get(f"/post/unread/{raw.pk}/").status_code == 200
    download = clients["owner"].get(f"/post/unread/{raw.pk}/download")
    assert download.content == body
    assert download["Content-Type"] == "application/octet-stream"
    assert download["Content-Disposition"].startswith('attachment; filename="incoming-')


def test_a_replayed_thing_becomes_a_conversation_by_the_usual_way(
    cast: Cast, clients: dict[str, Client], raw: RawMessage
) -> None:
    assert clients["owner"].post(f"/post/unread/{raw.pk}/do", {"do": "replay"}).status_code == 302
    assert read_next(NOW)
    assert Conversation.objects.get().subject == "<b>Lost</b>"
    assert Entry.objects.get(kind="raw.replayed").actor == cast.owner.pk


def test_what_was_read_is_not_read_again(clients: dict[str, Client], raw: RawMessage) -> None:
    RawMessage.objects.update(state="read")
    for what in ("replay", "dismiss", "take"):
        assert clients["owner"].post(f"/post/unread/{raw.pk}/do", {"do": what}).status_code == 302
    assert RawMessage.objects.get().state == "read"
    assert not Conversation.objects.exists()
    assert not Entry.objects.filter(kind__startswith="raw.").exists()


def test_a_dismissed_thing_leaves_the_list_and_is_kept(clients: dict[str, Client], raw: RawMessage) -> None:
    clients["owner"].post(f"/post/unread/{raw.pk}/do", {"do": "dismiss"})
    assert f"/post/unread/{raw.pk}/" not in clients["owner"].get("/post/unread/").content.decode()
    aside = clients["owner"].get("/post/unread/?view=aside").content.decode()
    assert f"/post/unread/{raw.pk}/" in aside
    assert "took it off the list" in aside


def test_a_person_may_say_that_no_robot_wrote_it(cast: Cast, clients: dict[str, Client]) -> None:
    store_raw(
        cast.inbox, cast.account, Incoming("r:1", raw_mail("I am ill.", more="Auto-Submitted: auto-replied\n"), NOW)
    )
    assert read_next(NOW)
    raw = RawMessage.objects.get()
    assert (raw.state, raw.reason) == ("set_aside", "auto_reply")
    response = clients["owner"].post(f"/post/unread/{raw.pk}/do", {"do": "take"})
    conversation = Conversation.objects.get()
    assert response["Location"] == f"/c/{conversation.pk}/"
    raw.refresh_from_db()
    assert raw.state == "read"
    assert Entry.objects.filter(kind="raw.taken_in", actor=cast.owner.pk).exists()


def test_what_no_message_can_be_made_of_stays_where_it_is(
    clients: dict[str, Client], raw: RawMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object) -> None:
        raise ValueError("no")

    monkeypatch.setattr("zgoda_desk.workflow.unread.add_message", fails)
    response = clients["owner"].post(f"/post/unread/{raw.pk}/do", {"do": "take"}, follow=True)
    assert "read it elsewhere" in response.content.decode()
    assert RawMessage.objects.get().state == "unreadable"


def test_an_unknown_deed_does_nothing(clients: dict[str, Client], raw: RawMessage) -> None:
    assert clients["owner"].post(f"/post/unread/{raw.pk}/do", {"do": "delete"}).status_code == 302
    assert RawMessage.objects.get().state == "unreadable"


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    cast: Cast, clients: dict[str, Client], raw: RawMessage
) -> None:
    with CaptureQueriesContext(connection) as one:
        clients["owner"].get("/post/unread/")
    for number in range(8):
        _raw(cast, raw_mail(f"{number}"))
    with CaptureQueriesContext(connection) as many:
        clients["owner"].get("/post/unread/")
    assert len(many) <= len(one)
    assert raw.pk

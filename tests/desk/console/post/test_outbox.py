"""The outbox: what has not certainly left is shown with what to do, and nothing is sent twice by itself."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.conversations.models import Message
from zgoda_desk.post.actions import enqueue
from zgoda_desk.post.models import Outgoing


@pytest.fixture
def mail(cast: Cast) -> Outgoing:
    conversation = make_conversation(cast)
    made = enqueue(
        cast.account, key="k", message_id="z.1@polana.example", sender="help@polana.example",
        recipients=["marina@customer.example"], body=b"x", now=NOW,
    )  # fmt: skip
    Message.objects.create(
        conversation=conversation, kind="ours", person=cast.owner, at=NOW, text="It left.", outgoing=made
    )
    Outgoing.objects.update(state="unknown", last_detail="the line was cut")
    made.refresh_from_db()
    return made


def test_an_uncertain_mail_is_shown_to_its_own_people_and_what_the_server_said_to_who_leads_them(
    clients: dict[str, Client], mail: Outgoing
) -> None:
    page = clients["teammate"].get("/post/outbox/").content.decode()
    assert "not certain whether it was sent" in page
    assert "the line was cut" not in page
    assert "the line was cut" in clients["lead"].get("/post/outbox/").content.decode()
    assert f"/post/outbox/{mail.pk}/settle" in page
    assert "marina@customer.example" not in clients["stranger"].get("/post/outbox/").content.decode()


@pytest.mark.parametrize(
    ("how", "state"), [("arrived", "sent"), ("again", "queued"), ("other", "unknown"), ("", "unknown")]
)
def test_a_person_settles_it_once(clients: dict[str, Client], mail: Outgoing, how: str, state: str) -> None:
    assert clients["teammate"].post(f"/post/outbox/{mail.pk}/settle", {"how": how}).status_code == 302
    mail.refresh_from_db()
    assert mail.state == state
    clients["owner"].post(f"/post/outbox/{mail.pk}/settle", {"how": "again" if how == "arrived" else "arrived"})
    mail.refresh_from_db()
    assert mail.state == ("sent" if state == "unknown" else state)


def test_a_mail_of_another_inbox_is_settled_by_nobody_else(clients: dict[str, Client], mail: Outgoing) -> None:
    assert clients["stranger"].post(f"/post/outbox/{mail.pk}/settle", {"how": "arrived"}).status_code == 404
    mail.refresh_from_db()
    assert mail.state == "unknown"


def test_what_left_is_not_listed(clients: dict[str, Client], mail: Outgoing) -> None:
    Outgoing.objects.update(state="sent")
    assert "Everything has left." in clients["owner"].get("/post/outbox/").content.decode()
    assert mail.pk

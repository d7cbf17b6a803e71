from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.conversations.models import LiveEvent, Message
from zgoda_desk.demo.post_office import PostOffice, drop, reply
from zgoda_desk.lib import clock, secret
from zgoda_desk.post import actions as post
from zgoda_desk.post.models import Outgoing
from zgoda_desk.workflow import send
from zgoda_desk.workflow.answer import Reply, send_reply

PASSWORD = "parcels and letters"


@pytest.fixture
def office(cast: Cast) -> Iterator[PostOffice]:
    with PostOffice({cast.account.address: PASSWORD}) as opened:
        cast.account.smtp_port, cast.account.secret = opened.smtp_port, secret.lock(PASSWORD)
        cast.account.save()
        yield opened


@pytest.fixture
def mail(cast: Cast, office: PostOffice) -> Outgoing:  # noqa: ARG001 - it must be open
    conversation = make_conversation(cast)
    reply_of = Reply("I have found your order and write again today.", conversation.revision, "one", reason="a test")
    sent = send_reply(cast.owner, conversation.pk, reply_of, NOW)
    assert sent.outgoing is not None
    Outgoing.objects.update(not_before=clock.now() - timedelta(seconds=1))
    return sent.outgoing


def state(mail: Outgoing) -> str:
    mail.refresh_from_db()
    return mail.state


def test_a_due_mail_leaves_once_under_its_message_id(mail: Outgoing, office: PostOffice) -> None:
    assert send.deliver_next(clock.now())
    assert not send.deliver_next(clock.now())
    assert state(mail) == "sent"
    assert [one.message_id for one in office.sent] == [f"<{mail.message_id}>"]


@pytest.mark.usefixtures("mail")
def test_what_can_still_be_taken_back_does_not_leave(office: PostOffice) -> None:
    Outgoing.objects.update(not_before=clock.now() + timedelta(seconds=9))
    assert not send.deliver_next(clock.now())
    assert not office.sent


def test_a_temporary_refusal_is_tried_again_later(mail: Outgoing, office: PostOffice) -> None:
    office.smtp_faults.add("recipient", reply(451))
    assert send.deliver_next(clock.now())
    assert state(mail) == "queued"
    assert mail.not_before > clock.now()
    assert send.deliver_next(mail.not_before)
    assert state(mail) == "sent"


def test_a_lasting_refusal_is_told_in_the_conversation(mail: Outgoing, office: PostOffice) -> None:
    office.smtp_faults.add("recipient", reply(550, "No such user"))
    send.deliver_next(clock.now())
    assert state(mail) == "failed"
    told = Message.objects.get(event="mail_failed")
    assert told.data["code"] == "recipient:550"
    assert LiveEvent.objects.filter(kind="mail", data__state="failed").exists()


@pytest.mark.parametrize("kept", [True, False])
def test_a_cut_after_the_last_dot_is_uncertain_and_never_sent_again_by_itself(
    mail: Outgoing, office: PostOffice, kept: bool
) -> None:
    office.smtp_faults.add("answer", drop(keep=kept))
    send.deliver_next(clock.now())
    assert state(mail) == "unknown"
    assert Message.objects.filter(event="mail_unknown").count() == 1
    assert not send.deliver_next(clock.now() + timedelta(days=1))
    assert len(office.sent) == kept


def test_a_person_settles_an_uncertain_one_and_its_message_id_stays(
    cast: Cast, mail: Outgoing, office: PostOffice
) -> None:
    office.smtp_faults.add("answer", drop())
    send.deliver_next(clock.now())
    before = mail.message_id
    assert post.settle_unknown(mail, cast.owner, arrived=False, now=clock.now())
    assert not post.settle_unknown(mail, cast.owner, arrived=True, now=clock.now())
    send.deliver_next(clock.now())
    assert state(mail) == "sent"
    assert [one.message_id for one in office.sent] == [f"<{before}>"]


def test_a_mail_whose_sender_died_becomes_uncertain_when_its_lease_is_over(mail: Outgoing) -> None:
    assert post.lease_outgoing(clock.now()) is not None
    assert not send.surface_lost(clock.now())
    assert send.surface_lost(clock.now() + post.SENDING_LEASE + timedelta(seconds=1)) == 1
    assert state(mail) == "unknown"


@pytest.mark.usefixtures("mail")
def test_the_only_process_takes_up_at_once_what_the_last_one_left() -> None:
    post.lease_outgoing(clock.now())
    assert send.surface_lost(clock.now(), at_start=True) == 1
    assert Message.objects.filter(event="mail_unknown").exists()


def test_a_sender_that_wakes_after_its_lease_writes_nothing(mail: Outgoing) -> None:
    held = post.lease_outgoing(clock.now())
    assert held is not None
    send.surface_lost(clock.now(), at_start=True)
    assert not post.settle_attempt(held, "sent", "250", "", clock.now())
    assert state(mail) == "unknown"


def test_a_mailbox_without_its_password_waits_and_is_not_lost(cast: Cast, mail: Outgoing) -> None:
    cast.account.secret = "gAAAAABnothing"
    cast.account.save()
    send.deliver_next(clock.now())
    assert (state(mail), mail.last_code) == ("queued", "login:no_secret")

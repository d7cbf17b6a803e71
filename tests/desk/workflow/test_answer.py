from __future__ import annotations

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.conversations.models import Message
from zgoda_desk.post.mail import parse
from zgoda_desk.post.models import Outgoing
from zgoda_desk.workflow.answer import FindingsOpen, Reply, Unseen, send_reply

GOOD = "Marina, thank you for writing. I am checking where order 48-20517 is and will write to you today by 15:00."


def test_a_reply_waits_in_the_outbox_under_an_id_that_joins_the_answer(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    mail = parse(bytes(Outgoing.objects.get().body))
    assert message.outgoing is not None
    assert message.outgoing.state == "queued"
    assert mail.to[0].address == "marina@customer.example"
    assert GOOD in " ".join(mail.text.split())
    assert mail.in_reply_to == "1@customer.example"


def test_the_same_decision_twice_sends_once(cast: Cast) -> None:
    conversation = make_conversation(cast)
    first = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    assert send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW).pk == first.pk
    assert Outgoing.objects.count() == 1


def test_a_second_answer_is_stopped_until_the_first_is_seen(cast: Cast) -> None:
    conversation = make_conversation(cast)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    with pytest.raises(Unseen) as stop:
        send_reply(cast.teammate, conversation.pk, Reply(GOOD, 1, "k2"), NOW)
    assert [one.kind for one in stop.value.messages] == [Message.Kind.OURS]


def test_an_error_is_sent_only_with_a_reason(cast: Cast) -> None:
    conversation = make_conversation(cast)
    bad = "Marina, calm down. You should have read the contract."
    with pytest.raises(FindingsOpen):
        send_reply(cast.owner, conversation.pk, Reply(bad, 1, "k1"), NOW)
    send_reply(cast.owner, conversation.pk, Reply(bad, 1, "k1", reason="he asked for plain words"), NOW)
    assert conversation.overrules.filter(way="sent").exists()


def test_a_promise_in_the_reply_becomes_an_object_with_an_owner_and_an_hour(cast: Cast) -> None:
    conversation = make_conversation(cast)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    promise = conversation.promises.get()
    assert promise.owner == cast.owner
    assert promise.due_at.isoformat() == "2026-11-26T14:00:00+00:00"  # 15:00 in Warsaw
    conversation.refresh_from_db()
    assert conversation.next_due == promise.due_at

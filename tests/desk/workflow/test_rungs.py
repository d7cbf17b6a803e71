from __future__ import annotations

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from tests.desk.workflow.test_answer import GOOD
from zgoda_desk.conversations.models import Conversation, LiveEvent, RungTaken
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.rungs import RungClosed

INSULT = "You are an idiot, Nina. A useless stupid idiot."
LIMIT = (
    "Marina, this is Nina Wolska, and Polana wants you to be satisfied. I want to solve this with you today. "
    "I can go on only if we talk without insults."
)


def _insulted(cast: Cast) -> Conversation:
    conversation = make_conversation(cast, INSULT)
    assert conversation.ladder == "boundary"
    return conversation


def test_words_that_set_the_open_limit_take_its_rung(cast: Cast) -> None:
    conversation = _insulted(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(LIMIT, 1, "k1", reason="x"), NOW)
    taken = conversation.rungs.get()
    assert (taken.rung, taken.person, taken.message, taken.words) == ("boundary", cast.owner, message, LIMIT)
    assert taken.overruled == ""


def test_words_that_set_no_limit_take_no_rung(cast: Cast) -> None:
    conversation = _insulted(cast)
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1", reason="x"), NOW)
    assert not RungTaken.objects.exists()


def test_a_closed_rung_takes_a_reason_and_every_lead_hears_of_it(cast: Cast) -> None:
    conversation = _insulted(cast)
    wish = Reply(GOOD, 1, "k1", reason="x", rung="release")
    with pytest.raises(RungClosed):
        send_reply(cast.owner, conversation.pk, wish, NOW)
    assert not RungTaken.objects.exists()
    send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1", "x", "release", "he comes to the shop"), NOW)
    assert conversation.rungs.get().overruled == "he comes to the shop"
    told = LiveEvent.objects.filter(kind="overruled").values_list("person__name", flat=True)
    assert sorted(told) == ["Helena Ross", "Tomasz Maj"]


def test_a_rung_is_closed_where_nobody_was_insulted(cast: Cast) -> None:
    conversation = make_conversation(cast)
    with pytest.raises(RungClosed):
        send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1", rung="boundary"), NOW)


def test_a_third_limit_is_closed_although_the_words_do_not_know_it(cast: Cast) -> None:
    conversation = _insulted(cast)
    for _ in range(2):
        RungTaken.objects.create(conversation=conversation, rung="boundary", person=cast.owner, at=NOW)
    with pytest.raises(RungClosed):
        send_reply(cast.owner, conversation.pk, Reply(LIMIT, 1, "k1", reason="x", rung="boundary"), NOW)


def test_the_next_insult_after_a_limit_opens_the_hand_over(cast: Cast) -> None:
    conversation = _insulted(cast)
    send_reply(cast.owner, conversation.pk, Reply(LIMIT, 1, "k1", reason="x"), NOW)
    customer_writes(cast, INSULT, conversation, minutes=5)
    conversation.refresh_from_db()
    assert conversation.ladder == "transfer"
    words = "Marina, I have done what I can. Tomasz Maj takes this over now and has your whole message."
    send_reply(cast.owner, conversation.pk, Reply(words, conversation.revision, "k2", reason="x", rung="transfer"), NOW)
    assert list(conversation.rungs.values_list("rung", "overruled")) == [("boundary", ""), ("transfer", "")]


def test_a_rung_of_a_reply_that_was_taken_back_was_not_taken(cast: Cast) -> None:
    from zgoda_desk.workflow.undo import undo_reply

    conversation = _insulted(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(LIMIT, 1, "k1", reason="x"), NOW)
    undo_reply(cast.owner, message.pk, NOW)
    assert not RungTaken.objects.exists()

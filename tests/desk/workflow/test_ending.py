from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow.ending import StillOwed, close, not_spam, reopen


def _owed(cast: Cast, conversation: Conversation) -> None:
    make_promise(
        conversation, None, what="call", words="", channel="phone", person=cast.owner, due_at=NOW + timedelta(days=1),
        whole_day=False, zone="Europe/Warsaw", remind_minutes=30, now=NOW,
    )  # fmt: skip


def test_closing_stops_the_clocks_of_the_answer(cast: Cast) -> None:
    conversation = close(cast.owner, make_conversation(cast).pk, NOW)
    assert conversation.status == "closed"
    assert not conversation.clocks.filter(kind__in=["acknowledge", "answer"], state="running").exists()


def test_what_is_owed_is_asked_about_and_outlives_the_end(cast: Cast) -> None:
    conversation = make_conversation(cast)
    _owed(cast, conversation)
    with pytest.raises(StillOwed):
        close(cast.owner, conversation.pk, NOW)
    conversation.refresh_from_db()
    assert conversation.status == "open"
    closed = close(cast.owner, conversation.pk, NOW, confirmed=True)
    assert closed.promises.get().state == "open"
    assert closed.next_due_kind == "promise"


@pytest.mark.parametrize("hot", [{"state": "angry"}, {"state": "abusive"}, {"rank_safety": 1}])
def test_a_hot_message_without_an_answer_is_asked_about(cast: Cast, hot: dict[str, object]) -> None:
    conversation = make_conversation(cast)
    Conversation.objects.filter(pk=conversation.pk).update(**hot)
    with pytest.raises(StillOwed) as owed:
        close(cast.owner, conversation.pk, NOW)
    assert (owed.value.promises, owed.value.answer) == ([], True)
    assert close(cast.owner, conversation.pk, NOW, confirmed=True).status == "closed"


def test_an_angry_message_that_was_answered_is_closed_at_once(cast: Cast) -> None:
    conversation = make_conversation(cast)
    Conversation.objects.filter(pk=conversation.pk).update(state="angry", waiting_since=None)
    assert close(cast.owner, conversation.pk, NOW).status == "closed"


def test_opened_again_the_message_without_an_answer_has_its_clock(cast: Cast) -> None:
    conversation = make_conversation(cast)
    due = conversation.clocks.get(kind="answer").due_at
    close(cast.owner, conversation.pk, NOW)
    reopen(cast.owner, conversation.pk, NOW)
    clock = conversation.clocks.get(kind="answer")
    assert (clock.state, clock.due_at) == ("running", due)


def test_no_spam_starts_the_clocks_from_when_it_came_in(cast: Cast) -> None:
    message = customer_writes(cast, "Where is my order?", spam=True)
    assert not message.conversation.clocks.exists()
    not_spam(cast.owner, message.conversation_id, NOW + timedelta(hours=1))
    message.refresh_from_db()
    assert "spam" not in message.problems
    assert message.conversation.clocks.get(kind="answer").since == message.at


def test_done_twice_each_tells_it_once(cast: Cast) -> None:
    conversation = make_conversation(cast)
    for _ in range(2):
        close(cast.owner, conversation.pk, NOW)
    for _ in range(2):
        reopen(cast.owner, conversation.pk, NOW)
    events = list(conversation.messages.filter(kind="event").values_list("event", flat=True))
    assert events == ["closed", "reopened"]

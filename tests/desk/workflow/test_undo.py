from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from tests.desk.workflow.test_answer import GOOD
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.models import Conversation, LiveEvent
from zgoda_desk.post import actions as post
from zgoda_desk.workflow.answer import Reply, Unseen, send_reply
from zgoda_desk.workflow.drafts import draft_of, keep_draft
from zgoda_desk.workflow.undo import undo_reply

_FIELDS = ("status", "assignee_id", "acknowledged_at", "waiting_since", "last_ours_at", "contacts", "next_due", "stage")


def _standing(conversation: Conversation) -> tuple:
    fresh = Conversation.objects.get(pk=conversation.pk)
    clocks = sorted(conversation.clocks.values_list("kind", "state", "due_at"))
    return tuple(getattr(fresh, name) for name in _FIELDS), clocks


def test_a_reply_taken_back_leaves_everything_as_it_was_and_its_words_as_the_draft(cast: Cast) -> None:
    conversation = make_conversation(cast)
    before = _standing(conversation)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW + timedelta(minutes=5))
    assert _standing(conversation) != before
    assert undo_reply(cast.owner, message.pk, NOW + timedelta(minutes=5, seconds=4))
    assert _standing(conversation) == before
    assert not Promise.objects.exists()
    assert draft_of(cast.owner, conversation, "reply").text == GOOD
    message.refresh_from_db()
    assert (message.kind, message.event, message.text) == ("event", "taken_back", "")
    assert LiveEvent.objects.filter(kind="undone").exists()


def test_too_late_nobody_elses_and_twice_take_nothing_back(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    assert not undo_reply(cast.lead, message.pk, NOW)
    assert not undo_reply(cast.owner, message.pk, NOW + timedelta(seconds=11))
    assert undo_reply(cast.owner, message.pk, NOW)
    assert not undo_reply(cast.owner, message.pk, NOW)


def test_a_reply_that_has_begun_to_leave_stays(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    assert post.lease_outgoing(NOW + timedelta(seconds=10)) is not None
    assert not undo_reply(cast.owner, message.pk, NOW + timedelta(seconds=9))
    message.refresh_from_db()
    assert message.text == GOOD


def test_who_read_the_reply_must_see_that_it_is_gone_before_he_answers(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    undo_reply(cast.owner, message.pk, NOW)
    for seen in (1, 2):
        with pytest.raises(Unseen) as stop:
            send_reply(cast.teammate, conversation.pk, Reply(GOOD, seen, f"k{seen}"), NOW)
        assert stop.value.messages[-1].event == "taken_back"
    send_reply(cast.teammate, conversation.pk, Reply(GOOD, 3, "k3"), NOW)


def test_words_begun_since_stand_below_those_that_came_back(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    held = draft_of(cast.owner, conversation, "reply")
    keep_draft(cast.owner, conversation, "reply", "By the way", held.version, NOW)
    undo_reply(cast.owner, message.pk, NOW)
    assert draft_of(cast.owner, conversation, "reply").text == f"{GOOD}\n\nBy the way"


def test_what_the_customer_wrote_meanwhile_stays_and_one_clock_to_answer_runs(cast: Cast) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    customer_writes(cast, "And one more thing.", conversation)
    assert undo_reply(cast.owner, message.pk, NOW)
    conversation.refresh_from_db()
    assert conversation.status == "open"
    assert conversation.contacts == 2
    assert conversation.clocks.filter(kind="answer", state="running").count() == 1

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.conversations.models import Conversation, LiveEvent
from zgoda_desk.workflow.assign import MayNotWork, assign, take


def test_a_conversation_is_taken_given_and_put_down(cast: Cast) -> None:
    conversation = make_conversation(cast)
    assert take(cast.owner, conversation.pk, NOW)
    assert not take(cast.owner, conversation.pk, NOW)
    assert assign(cast.owner, conversation.pk, cast.teammate, NOW)
    assert assign(cast.teammate, conversation.pk, None, NOW)
    events = conversation.messages.filter(kind="event").values_list("event", flat=True)
    assert list(events) == ["taken", "assigned", "put_down"]
    assert Conversation.objects.get(pk=conversation.pk).assignee is None


@pytest.mark.parametrize("role", ["stranger", "strange_lead"])
def test_nobody_is_given_what_he_may_not_see(cast: Cast, role: str) -> None:
    conversation = make_conversation(cast)
    person = cast.role(role)
    with pytest.raises(MayNotWork):
        assign(cast.head, conversation.pk, person, NOW)
    assert Conversation.objects.get(pk=conversation.pk).assignee is None


def test_somebody_who_left_is_given_nothing(cast: Cast) -> None:
    conversation = make_conversation(cast)
    cast.teammate.is_active = False
    cast.teammate.save()
    with pytest.raises(MayNotWork):
        assign(cast.head, conversation.pk, cast.teammate, NOW)


def test_he_who_is_given_work_hears_of_it_and_he_who_takes_it_does_not(cast: Cast) -> None:
    conversation = make_conversation(cast)
    assign(cast.lead, conversation.pk, cast.owner, NOW)
    take(cast.lead, conversation.pk, NOW)
    assert list(LiveEvent.objects.filter(kind="assigned").values_list("person", flat=True)) == [cast.owner.pk]


def test_a_promise_keeps_its_owner_whoever_has_the_conversation(cast: Cast) -> None:
    conversation = make_conversation(cast)
    promise = make_promise(
        conversation, None, what="a call", words="", channel="phone", person=cast.owner, due_at=NOW + timedelta(days=1),
        whole_day=False, zone="Europe/Warsaw", remind_minutes=30, now=NOW,
    )  # fmt: skip
    take(cast.teammate, conversation.pk, NOW)
    promise.refresh_from_db()
    assert promise.owner == cast.owner

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.promised import promise_in
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.models import Entry
from zgoda_desk.commitments.actions import end_promise, note_owner_asked
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation, LiveEvent
from zgoda_desk.workflow.assign import MayNotWork, assign, give, give_back, take
from zgoda_desk.workflow.promise_deeds import hand_over
from zgoda_desk.workflow.promise_due import break_one

HOUR = timedelta(hours=1)


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


def _owner(promise: Promise) -> Person | None:
    promise.refresh_from_db()
    return promise.owner


def test_what_is_owed_goes_with_the_conversation_broken_or_not(cast: Cast) -> None:
    conversation = make_conversation(cast)
    due, over = promise_in(cast, conversation), promise_in(cast, conversation, due_at=NOW - HOUR)
    kept = promise_in(cast, conversation)
    end_promise(kept, "kept", person=cast.owner, now=NOW)
    assert break_one(over, conversation, NOW)
    take(cast.teammate, conversation.pk, NOW)
    assert (_owner(due), _owner(over), _owner(kept)) == (cast.teammate, cast.teammate, cast.owner)
    assert conversation.messages.get(event="taken").data["promised"] == [over.what, due.what]
    assert set(Entry.objects.filter(kind="promise.given").values_list("object_id", flat=True)) == {
        str(due.pk), str(over.pk),
    }  # fmt: skip


def test_a_promise_whose_owner_was_chosen_for_it_stays_with_him_while_he_is_there(cast: Cast) -> None:
    conversation = make_conversation(cast)
    promise = promise_in(cast, conversation)
    hand_over(cast.owner, promise.pk, cast.lead, NOW)
    take(cast.teammate, conversation.pk, NOW)
    assert _owner(promise) == cast.lead
    note_owner_asked(promise, NOW)
    assign(cast.teammate, conversation.pk, cast.owner, NOW)
    assert _owner(promise) == cast.owner


def test_put_down_a_conversation_leaves_its_promises_with_their_owner(cast: Cast) -> None:
    conversation = make_conversation(cast)
    take(cast.owner, conversation.pk, NOW)
    promise = promise_in(cast, conversation)
    assign(cast.owner, conversation.pk, None, NOW)
    assert _owner(promise) == cast.owner


def test_given_back_the_promises_are_whose_they_were(cast: Cast) -> None:
    conversation = make_conversation(cast)
    one, unowned = promise_in(cast, conversation), promise_in(cast, conversation, unowned=True)
    before = give(cast.teammate, conversation.pk, cast.teammate, NOW)
    assert before is not None
    assert (_owner(one), _owner(unowned)) == (cast.teammate, cast.teammate)
    assert give_back(cast.teammate, conversation.pk, before, NOW)
    assert (_owner(one), _owner(unowned)) == (cast.owner, None)
    assert Conversation.objects.get(pk=conversation.pk).assignee is None


def test_giving_a_calm_conversation_asks_the_engine_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = make_conversation(cast)
    monkeypatch.setattr(engine, "guide", None)
    assert take(cast.owner, conversation.pk, NOW)


def test_on_the_ladder_it_is_asked_anew_who_could_take_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = make_conversation(cast, "You stupid idiot, you are a useless clown. Where is my order 48-20517?")
    Person.objects.exclude(pk=cast.owner.pk).update(available=False)
    asked: list[bool] = []
    monkeypatch.setattr(engine, "guide", lambda _turns, context, *_rest: asked.append(context.colleague_available))
    take(cast.owner, conversation.pk, NOW)
    assert asked == [False]

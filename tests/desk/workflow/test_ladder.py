from __future__ import annotations

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.promised import promise_in
from zgoda_desk.conversations.models import LiveEvent
from zgoda_desk.protection.models import Unmasked
from zgoda_desk.workflow.ladder import CannotHandOver, call_for_help, evidence, hand_over, open_evidence

ABUSE = "You stupid idiot, you are a useless clown. Where is my order 48-20517?"


def test_handed_over_with_the_note_and_the_rung_kept(cast: Cast) -> None:
    conversation = make_conversation(cast, ABUSE)
    assert conversation.ladder != "none"
    after = hand_over(cast.owner, conversation.pk, cast.lead, "He wants the parcel by Friday.", NOW)
    assert after.assignee == cast.lead
    assert after.messages.get(kind="note").text == "He wants the parcel by Friday."
    assert after.rungs.get().rung == "transfer"
    assert LiveEvent.objects.filter(kind="handed_over", person=cast.lead).count() == 1


def test_in_a_calm_conversation_no_rung_is_taken(cast: Cast) -> None:
    after = hand_over(cast.owner, make_conversation(cast).pk, cast.teammate, "", NOW)
    assert not after.rungs.exists()
    assert not after.messages.filter(kind="note").exists()


@pytest.mark.parametrize("to", ["stranger", "owner"])
def test_to_nobody_who_may_not_work_here(cast: Cast, to: str) -> None:
    conversation = make_conversation(cast, ABUSE)
    person = cast.role(to)
    assert person is not None
    with pytest.raises(CannotHandOver):
        hand_over(cast.owner, conversation.pk, person, "note", NOW)
    conversation.refresh_from_db()
    assert conversation.assignee is None
    assert not conversation.messages.filter(kind="note").exists()


def test_help_is_told_to_each_of_the_team_who_is_here_and_to_no_stranger(cast: Cast) -> None:
    cast.teammate.available = False
    cast.teammate.save()
    conversation = make_conversation(cast)
    assert call_for_help(cast.owner, conversation, NOW) == 1
    assert set(LiveEvent.objects.filter(kind="help").values_list("person", flat=True)) == {cast.lead.pk}


def test_opening_the_evidence_is_logged_without_the_words(cast: Cast) -> None:
    conversation = make_conversation(cast, ABUSE)
    kept = open_evidence(cast.lead, conversation, NOW)
    assert [one.pk for one in kept] == [one.pk for one in evidence(conversation)]
    assert Unmasked.objects.get().person == cast.lead
    assert not evidence(make_conversation(cast, "Where is my order?"))


def test_what_is_owed_goes_to_whoever_takes_over(cast: Cast) -> None:
    promise = promise_in(cast, make_conversation(cast, ABUSE))
    hand_over(cast.owner, promise.conversation_id, cast.lead, "", NOW)
    promise.refresh_from_db()
    assert promise.owner == cast.lead
    assert promise.conversation.messages.get(event="handed_over").data["promised"] == [promise.what]

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.test_answer import GOOD
from zgoda_desk.conversations.models import LiveEvent, Overrule
from zgoda_desk.post.models import Outgoing
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.ignoring import Dismissed, ignore_finding, ignored
from zgoda_desk.workflow.presence import forget_presences, is_writing, note_presence
from zgoda_desk.workflow.settle import settle_reply


@pytest.mark.parametrize(("arrived", "state"), [(True, "sent"), (False, "queued")])
def test_an_uncertain_mail_is_settled_once_and_keeps_its_id(cast: Cast, arrived: bool, state: str) -> None:
    conversation = make_conversation(cast)
    message = send_reply(cast.owner, conversation.pk, Reply(GOOD, 1, "k1"), NOW)
    assert not settle_reply(cast.owner, message, arrived=arrived, now=NOW)
    Outgoing.objects.update(state="unknown")
    identity = Outgoing.objects.get().message_id
    assert settle_reply(cast.lead, message, arrived=arrived, now=NOW)
    assert not settle_reply(cast.owner, message, arrived=False, now=NOW)
    mail = Outgoing.objects.get()
    assert (mail.state, mail.message_id, mail.settled_by) == (state, identity, cast.lead)
    assert conversation.messages.filter(event="mail_sent" if arrived else "mail_again").count() == 1


def test_open_pages_hear_who_comes_and_who_begins_to_write(cast: Cast) -> None:
    conversation = make_conversation(cast)
    assert note_presence(cast.owner, conversation, NOW, writing=False) == []
    for seconds in (5, 10):
        note_presence(cast.owner, conversation, NOW + timedelta(seconds=seconds), writing=True)
    told = LiveEvent.objects.filter(kind="presence").values_list("data__writing", flat=True)
    assert list(told) == [False, True]


def test_a_colleague_is_shown_while_he_writes_and_while_he_is_here(cast: Cast) -> None:
    conversation = make_conversation(cast)
    note_presence(cast.lead, conversation, NOW, writing=False)
    note_presence(cast.owner, conversation, NOW, writing=True)
    soon, later, gone = NOW + timedelta(seconds=10), NOW + timedelta(seconds=60), NOW + timedelta(seconds=90)
    first = note_presence(cast.teammate, conversation, soon, writing=False)
    assert [one.person for one in first] == [cast.owner, cast.lead]
    assert is_writing(first[0], soon)
    assert not is_writing(note_presence(cast.teammate, conversation, later, writing=False)[0], later)
    assert note_presence(cast.teammate, conversation, gone, writing=False) == []
    assert forget_presences(NOW + timedelta(hours=1)) == 3


def test_ignoring_takes_a_reason_is_counted_and_holds_for_these_words_alone(cast: Cast) -> None:
    conversation = make_conversation(cast)
    finding = Dismissed("en.calm_down.1", "calm_down", "error", "calm down")
    with pytest.raises(ValueError, match="reason"):
        ignore_finding(cast.owner, conversation, finding, " ", NOW)
    ignore_finding(cast.owner, conversation, finding, "he said it himself\nx", NOW)
    assert Overrule.objects.get(rule="en.calm_down.1").reason == "he said it himself x"
    assert ignored(cast.owner, conversation) == {("en.calm_down.1", "calm down")}
    assert ignored(cast.teammate, conversation) == frozenset()
    assert ignored(cast.owner, make_conversation(cast)) == frozenset()

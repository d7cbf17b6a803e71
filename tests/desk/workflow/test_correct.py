from __future__ import annotations

import json

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.conversations.models import Correction, Message
from zgoda_desk.workflow.correct import Right, correct, lines
from zgoda_desk.workflow.standing import effective

ABUSE = "You stupid idiot, where is my order 48-20517?"


def _message(cast: Cast, text: str = ABUSE) -> Message:
    return make_conversation(cast, text).messages.get(kind="customer")


def test_a_state_set_right_moves_the_temperature_to_the_nearest_edge_of_its_band(cast: Cast) -> None:
    message = _message(cast)
    assert message.state == "abusive"
    correct(cast.owner, message, Right(state="dissatisfied"), NOW)
    message.refresh_from_db()
    assert (message.state, message.temperature) == ("dissatisfied", 49)
    message.conversation.refresh_from_db()
    assert message.conversation.state == "dissatisfied"
    assert message.conversation.temperature == 49


def test_no_abuse_shuts_the_ladder_it_had_opened(cast: Cast) -> None:
    message = _message(cast)
    assert message.conversation.ladder != "none"
    correct(cast.owner, message, Right(abuse=False), NOW)
    message.refresh_from_db()
    assert effective(message)["abuse"] == []
    assert message.state == "angry"
    message.conversation.refresh_from_db()
    assert message.conversation.ladder == "none"


def test_the_reading_itself_is_kept_as_it_was(cast: Cast) -> None:
    message = _message(cast)
    before = message.reading
    correct(cast.owner, message, Right(causes=("billing",)), NOW)
    message.refresh_from_db()
    assert message.reading == before
    assert effective(message)["causes"] == ["billing"]


def test_what_does_not_differ_makes_no_correction(cast: Cast) -> None:
    message = _message(cast)
    assert correct(cast.owner, message, Right(state="abusive"), NOW) is None
    assert not Correction.objects.exists()


@pytest.mark.parametrize("right", [Right(state="furious"), Right(causes=("weather",))])
def test_a_name_that_is_none_changes_nothing(cast: Cast, right: Right) -> None:
    message = _message(cast)
    with pytest.raises(ValueError, match="is no"):
        correct(cast.owner, message, right, NOW)
    assert not Correction.objects.exists()


def test_only_a_message_of_the_customer_has_a_reading_to_set_right(cast: Cast) -> None:
    conversation = make_conversation(cast)
    note = Message.objects.create(conversation=conversation, kind="note", at=NOW, text="x")
    with pytest.raises(ValueError, match="only a customer"):
        correct(cast.owner, note, Right(state="calm"), NOW)


def test_a_message_that_was_never_read_can_be_set_right(cast: Cast) -> None:
    message = _message(cast)
    Message.objects.filter(pk=message.pk).update(reading=None, state="", temperature=None)
    correct(cast.owner, message, Right(state="calm"), NOW)
    message.refresh_from_db()
    assert (message.state, message.temperature) == ("calm", 9)


def test_the_exported_line_is_that_of_the_contract_and_each_message_has_one(cast: Cast) -> None:
    message = _message(cast)
    correct(cast.owner, message, Right(state="angry"), NOW)
    correct(cast.lead, message, Right(causes=("delivery", "waiting")), NOW)
    (line,) = lines(Correction.objects.all())
    assert list(line) == ["id", "text", "lang", "state", "abuse", "signals", "causes", "demands", "facts"]
    assert (line["state"], line["abuse"], line["causes"]) == ("angry", [], ["delivery", "waiting"])
    assert {"kind": "order", "text": "48-20517"} in line["facts"]
    json.dumps(line)


def test_a_correction_of_an_earlier_message_leaves_the_last_one_as_it_is(cast: Cast) -> None:
    first = _message(cast)
    last = customer_writes(cast, "Thank you, all is well now.", first.conversation, minutes=5)
    correct(cast.owner, first, Right(state="dissatisfied"), NOW)
    last.conversation.refresh_from_db()
    assert last.conversation.state == last.state

from __future__ import annotations

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.conversations.models import LiveEvent
from zgoda_desk.workflow.standing import refresh

THREAT = "I will come to your office tonight and break your legs. I know where you live."


def _told(kind: str) -> set[int | None]:
    return set(LiveEvent.objects.filter(kind=kind).values_list("person", flat=True))


def test_a_threat_is_told_to_whoever_leads_here_and_to_no_one_else(cast: Cast) -> None:
    conversation = make_conversation(cast, THREAT)
    assert conversation.safety == "threat"
    assert _told("threat") == {cast.lead.pk, cast.head.pk}


def test_it_is_told_once_however_often_the_conversation_is_looked_at(cast: Cast) -> None:
    conversation = make_conversation(cast, THREAT)
    refresh(conversation, NOW)
    assert LiveEvent.objects.filter(kind="threat").count() == 2


def test_talk_of_self_harm_is_told_too_and_opens_no_ladder(cast: Cast) -> None:
    message = customer_writes(cast, "I cannot go on. If you cut me off I will kill myself tonight.")
    assert message.conversation.safety == "self_harm"
    assert message.conversation.ladder == "none"
    assert _told("self_harm") == {cast.lead.pk, cast.head.pk}

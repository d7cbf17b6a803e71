from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.conversations.models import Conversation, LiveEvent, Tag
from zgoda_desk.protection.models import Exposure, Unmasked

ABUSE = "You stupid idiot, you are a useless clown. Where is my order 48-20517?"
OTHERS = {"stranger": 404, "strange_lead": 404, "nobody": 302}
OURS = ("owner", "teammate", "lead", "head")


def _status(clients: dict[str, Client], path: str, **data: object) -> dict[str, int]:
    return {role: client.post(path, data).status_code for role, client in clients.items() if role in OTHERS}


@pytest.mark.parametrize(
    "path",
    [
        "/c/{c}/tag", "/c/{c}/close", "/c/{c}/reopen", "/c/{c}/not-spam", "/c/{c}/merge", "/c/{c}/hand-over",
        "/c/{c}/help", "/c/{c}/evidence", "/c/{c}/spent", "/c/{c}/after", "/c/message/{m}/correct",
        "/c/message/{m}/split", "/c/message/{m}/unmerge",
    ],
)  # fmt: skip
def test_nobody_from_elsewhere_changes_anything(cast: Cast, clients: dict[str, Client], path: str) -> None:
    conversation = make_conversation(cast, ABUSE)
    place = path.format(c=conversation.pk, m=conversation.messages.get(kind="customer").pk)
    before = conversation.changed_at
    assert _status(clients, place, name="x", to=cast.teammate.pk, state="calm") == OTHERS
    conversation.refresh_from_db()
    assert (conversation.changed_at, conversation.status, conversation.tags.count()) == (before, "open", 0)
    if not place.endswith("/after"):
        assert clients["owner"].get(place).status_code == 405


@pytest.mark.parametrize("role", OURS)
def test_a_reading_is_set_right_by_any_of_us(cast: Cast, clients: dict[str, Client], role: str) -> None:
    message = make_conversation(cast, ABUSE).messages.get(kind="customer")
    page = clients[role].get(f"/c/message/{message.pk}/").content.decode()
    assert "There is no abuse in it" in page
    data = {"state": "dissatisfied", "causes_told": "1", "causes": ["billing"]}
    assert clients[role].post(f"/c/message/{message.pk}/correct", data).status_code == 302
    message.refresh_from_db()
    assert message.state == "dissatisfied"
    assert (message.correction or {})["causes"] == ["billing"]


def test_a_reading_that_is_none_is_refused_with_words(cast: Cast, clients: dict[str, Client]) -> None:
    message = make_conversation(cast).messages.get(kind="customer")
    answer = clients["owner"].post(f"/c/message/{message.pk}/correct", {"state": "furious"}, follow=True)
    assert "no reading a message can have" in answer.content.decode()


def test_corrections_are_exported_for_leads_of_their_own_inboxes(cast: Cast, clients: dict[str, Client]) -> None:
    message = make_conversation(cast, ABUSE).messages.get(kind="customer")
    clients["owner"].post(f"/c/message/{message.pk}/correct", {"state": "angry"})
    assert clients["owner"].get("/c/corrections.jsonl").status_code == 404
    assert clients["strange_lead"].get("/c/corrections.jsonl").content == b""
    (line,) = clients["lead"].get("/c/corrections.jsonl").content.decode().splitlines()
    assert json.loads(line)["state"] == "angry"


def test_tags_go_on_and_off(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    clients["owner"].post(f"/c/{conversation.pk}/tag", {"name": "courier"})
    assert "courier" in clients["teammate"].get(f"/c/{conversation.pk}/").content.decode()
    clients["owner"].post(f"/c/{conversation.pk}/tag", {"remove": Tag.objects.get().pk})
    assert not conversation.tags.exists()
    assert clients["owner"].post(f"/c/{conversation.pk}/tag", {"remove": "9" * 40}).status_code == 302


def test_closing_asks_where_something_is_owed(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    make_promise(
        conversation, None, what="call about the parcel", words="", channel="phone", person=cast.owner,
        due_at=NOW + timedelta(days=1), whole_day=False, zone="Europe/Warsaw", remind_minutes=30, now=NOW,
    )  # fmt: skip
    asked = clients["owner"].post(f"/c/{conversation.pk}/close")
    assert asked.status_code == 422
    assert "call about the parcel" in asked.content.decode()
    clients["owner"].post(f"/c/{conversation.pk}/close", {"confirmed": "yes"})
    assert Conversation.objects.get(pk=conversation.pk).status == "closed"
    clients["owner"].post(f"/c/{conversation.pk}/reopen")
    assert Conversation.objects.get(pk=conversation.pk).status == "open"


def test_closing_asks_where_an_angry_message_has_no_answer(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast)
    Conversation.objects.filter(pk=conversation.pk).update(state="angry")
    asked = clients["owner"].post(f"/c/{conversation.pk}/close")
    assert asked.status_code == 422
    assert "it has no answer yet" in asked.content.decode()
    assert "not the promise" not in asked.content.decode()
    clients["owner"].post(f"/c/{conversation.pk}/close", {"confirmed": "yes"})
    assert Conversation.objects.get(pk=conversation.pk).status == "closed"


def test_merged_and_parted_again_from_the_page(cast: Cast, clients: dict[str, Client]) -> None:
    first = make_conversation(cast)
    second = customer_writes(cast, "The invoice is wrong.", minutes=2).conversation
    assert f'<option value="{second.pk}">' in clients["owner"].get(f"/c/{first.pk}/").content.decode()
    clients["owner"].post(f"/c/{first.pk}/merge", {"other": second.pk})
    event = first.messages.get(event="merged")
    assert f"/c/message/{event.pk}/unmerge" in clients["owner"].get(f"/c/{first.pk}/").content.decode()
    clients["owner"].post(f"/c/message/{event.pk}/unmerge")
    assert Conversation.objects.get(pk=second.pk).merged_into is None
    assert clients["owner"].post(f"/c/{first.pk}/merge", {"other": "nonsense"}).status_code == 404


def test_a_conversation_of_another_inbox_is_not_merged_in(cast: Cast, clients: dict[str, Client]) -> None:
    first, foreign = make_conversation(cast), make_conversation(cast, inbox=cast.other_inbox)
    assert clients["owner"].post(f"/c/{first.pk}/merge", {"other": foreign.pk}).status_code == 404
    clients["head"].post(f"/c/{first.pk}/merge", {"other": foreign.pk})
    assert Conversation.objects.get(pk=foreign.pk).merged_into is None


def test_split_off_from_the_message_page(cast: Cast, clients: dict[str, Client]) -> None:
    first = make_conversation(cast)
    message = customer_writes(cast, "Something else: invoice 77/2026.", first, minutes=2)
    answer = clients["owner"].post(f"/c/message/{message.pk}/split")
    message.refresh_from_db()
    assert answer.headers["Location"] == f"/c/{message.conversation_id}/"
    assert message.conversation_id != first.pk


def test_handed_over_from_abuse_a_breather_follows(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, ABUSE)
    answer = clients["owner"].post(
        f"/c/{conversation.pk}/hand-over", {"to": cast.lead.pk, "note": "The parcel is at the depot."}
    )
    assert answer.headers["Location"] == f"/c/{conversation.pk}/after"
    after = clients["owner"].get(f"/c/{conversation.pk}/after").content.decode()
    assert "Tomasz Maj has the case." in after
    assert "handed it on" in after
    assert "Tomasz Maj" not in after.split("Talk to someone.")[1]
    assert "The parcel is at the depot." in clients["lead"].get(f"/c/{conversation.pk}/").content.decode()


def test_a_breather_without_a_hand_over_claims_none(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, ABUSE)
    after = clients["owner"].get(f"/c/{conversation.pk}/after").content.decode()
    assert "handed it on" not in after
    assert "The conversation stays as it is." in after


def test_it_is_handed_to_no_stranger(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, ABUSE)
    assert clients["owner"].post(f"/c/{conversation.pk}/hand-over", {"to": cast.stranger.pk}).status_code == 404
    answer = clients["head"].post(f"/c/{conversation.pk}/hand-over", {"to": cast.stranger.pk}, follow=True)
    assert "cannot be handed" in answer.content.decode()


def test_help_is_called_quietly(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, ABUSE)
    answer = clients["owner"].post(f"/c/{conversation.pk}/help", follow=True)
    assert "2 colleagues were told, quietly." in answer.content.decode()
    assert LiveEvent.objects.filter(kind="help").count() == 2


def test_the_evidence_opens_by_a_press_that_is_logged(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, ABUSE)
    page = clients["lead"].post(f"/c/{conversation.pk}/evidence").content.decode()
    assert "useless clown" in page
    assert Unmasked.objects.get().person == cast.lead


def test_time_in_the_heat_is_counted_for_oneself_and_never_more_than_was_possible(
    cast: Cast, clients: dict[str, Client]
) -> None:
    conversation = make_conversation(cast, ABUSE)
    for seconds in ("30", "60", "3600", "-5", "x"):
        assert clients["owner"].post(f"/c/{conversation.pk}/spent?seconds={seconds}").status_code == 200
    assert Exposure.objects.get(person=cast.owner).abusive == 90
    Exposure.objects.update(abusive=21 * 60)
    told = clients["owner"].post(f"/c/{conversation.pk}/spent?seconds=30").json()["text"]
    assert "21 min" in told
    assert "breather" in told
    assert "0 min" in clients["teammate"].post(f"/c/{conversation.pk}/spent?seconds=30").json()["text"]


def test_calm_time_is_not_counted(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, "Thank you, all is well.")
    clients["owner"].post(f"/c/{conversation.pk}/spent?seconds=30")
    found = Exposure.objects.get(person=cast.owner)
    assert (found.angry, found.abusive) == (0, 0)

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.promised import promise_in
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.models import Entry
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.console.queue.doing import told
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Conversation, LiveEvent
from zgoda_desk.lib import clock
from zgoda_desk.workflow import ending
from zgoda_desk.workflow.bulk import Done

JSON = {"Accept": "application/json"}


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> dict[str, timedelta]:
    passed = {"by": timedelta(minutes=1)}
    monkeypatch.setattr(clock, "now", lambda: NOW + passed["by"])
    return passed


@pytest.fixture
def three(cast: Cast, time: dict[str, timedelta]) -> list[Conversation]:  # noqa: ARG001 - the time stands still
    return [make_conversation(cast, f"Where is my order 48-2051{n}?") for n in range(3)]


def _do(client: Client, ids: list[Conversation], **sent: object) -> str:
    answer = client.post("/queue/do", {"ids": [one.pk for one in ids], **sent}, headers=JSON)
    assert answer.status_code in (200, 422), answer.status_code
    return str(answer.json()["said"])


def _undo(client: Client) -> str:
    return str(client.post("/queue/undo", headers=JSON).json()["said"])


def _fresh(one: Conversation) -> Conversation:
    return Conversation.objects.get(pk=one.pk)


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "take"}, {"do": "snooze", "until": "hour"}, {"do": "tag", "tag": "x"}, {"do": "close"}, {"do": "spam"},
        {"do": "give", "to": "OWNER"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("role", ["stranger", "strange_lead", "nobody"])
def test_nobody_changes_a_row_he_may_not_see(
    cast: Cast, clients: dict[str, Client], three: list[Conversation], role: str, sent: dict[str, str]
) -> None:
    person = cast.role(role)
    sent = {**sent, **({"to": str(person.pk if person else cast.owner.pk)} if "to" in sent else {})}
    entries = Entry.objects.count()
    answer = clients[role].post("/queue/do", {"ids": [one.pk for one in three], **sent}, headers=JSON)
    assert answer.status_code == (403 if role == "nobody" else 200)
    if role != "nobody":
        assert answer.json()["said"].startswith("0 of 3")
    assert Entry.objects.count() == entries
    assert not Conversation.objects.exclude(assignee=None, snoozed_until=None, status="open", spam=False).exists()


@pytest.mark.parametrize("role", ["owner", "teammate", "lead", "head"])
def test_whoever_may_work_there_takes_rows_and_gives_them_back(
    cast: Cast, clients: dict[str, Client], three: list[Conversation], role: str
) -> None:
    Conversation.objects.filter(pk=three[0].pk).update(assignee=cast.lead)
    said = _do(clients[role], three, do="take")
    assert {one.assignee for one in map(_fresh, three)} == {cast.role(role)}
    assert said == ("2 of 3 taken." if role == "lead" else "3 of 3 taken.")
    _undo(clients[role])
    assert [one.assignee for one in map(_fresh, three)] == [cast.lead, None, None]


def test_the_rows_of_others_count_as_not_done(
    cast: Cast, clients: dict[str, Client], three: list[Conversation]
) -> None:
    foreign = make_conversation(cast, "Gdzie mój przelew?", inbox=cast.other_inbox)
    assert _do(clients["owner"], [*three, foreign], do="take") == "3 of 4 taken."
    assert _fresh(foreign).assignee is None


def test_work_is_given_to_those_alone_who_may_do_it(
    cast: Cast, clients: dict[str, Client], three: list[Conversation]
) -> None:
    said = _do(clients["head"], three, do="give", to=cast.stranger.pk)
    assert said == "0 of 3 given. The colleague may not work in the inbox of the others."
    assert (
        clients["owner"].post("/queue/do", {"ids": [three[0].pk], "do": "give", "to": cast.stranger.pk}).status_code
        == 404
    )
    assert _do(clients["owner"], three, do="give", to=cast.teammate.pk) == "3 of 3 given."
    assert _fresh(three[0]).assignee == cast.teammate
    assert LiveEvent.objects.filter(kind="assigned", person=cast.teammate).count() == 3
    assert _do(clients["owner"], three, do="give") == "Choose a colleague first."


def test_one_that_cannot_wait_says_so_of_itself_alone() -> None:
    assert told("snooze", Done(1, [], 1)) == "It cannot wait: something in it is due, or somebody is in danger."
    assert told("snooze", Done(3, [], 1)).startswith("0 of 3 put off. The others")


def test_snoozed_rows_leave_the_queue_and_come_back_by_undo(
    clients: dict[str, Client], three: list[Conversation]
) -> None:
    conversation = three[0]
    conversation.clocks.update(state="met")
    assert _do(clients["owner"], [conversation], do="snooze", until="tomorrow") == "1 of 1 put off."
    assert _fresh(conversation).snoozed_until == datetime(2026, 11, 27, 8, tzinfo=UTC)  # nine in Warsaw
    assert f'data-id="{conversation.pk}"' not in clients["owner"].get("/queue/list").content.decode()
    assert f'data-id="{conversation.pk}"' in clients["owner"].get("/queue/list?view=snoozed").content.decode()
    _undo(clients["owner"])
    assert _fresh(conversation).snoozed_until is None


@pytest.mark.parametrize(
    ("until", "day"), [("", ""), ("date", ""), ("date", "2020-01-01"), ("date", "soon"), ("x", "")]
)
def test_a_time_that_is_none_puts_nothing_off(
    clients: dict[str, Client], three: list[Conversation], until: str, day: str
) -> None:
    assert _do(clients["owner"], three, do="snooze", until=until, day=day) == "Choose a time that lies ahead."


def test_rows_are_tagged_once_and_the_tag_comes_off_again(
    clients: dict[str, Client], three: list[Conversation]
) -> None:
    _do(clients["owner"], three[:1], do="tag", tag="urgent")
    assert _do(clients["owner"], three, do="tag", tag="Urgent") == "2 of 3 tagged."
    _undo(clients["owner"])
    assert [list(one.tags.values_list("name", flat=True)) for one in three] == [["urgent"], [], []]


def test_what_is_still_promised_is_not_closed_with_the_rest(
    cast: Cast, clients: dict[str, Client], three: list[Conversation]
) -> None:
    make_promise(
        three[0], None, what="a call", words="", channel="phone", person=cast.owner, due_at=NOW + timedelta(days=1),
        whole_day=False, zone="Europe/Warsaw", remind_minutes=30, now=NOW,
    )  # fmt: skip
    said = _do(clients["owner"], three, do="close")
    assert said.startswith("2 of 3 closed. In the others a promise is open or an angry message has no answer")
    assert [one.status for one in map(_fresh, three)] == ["open", "closed", "closed"]
    _undo(clients["owner"])
    assert {one.status for one in map(_fresh, three)} == {"open"}
    assert three[1].clocks.filter(kind="answer", state="running").exists()


def test_an_angry_message_without_an_answer_is_not_closed_with_the_rest(
    clients: dict[str, Client], three: list[Conversation]
) -> None:
    Conversation.objects.filter(pk=three[0].pk).update(state="angry")
    assert _do(clients["owner"], three, do="close").startswith("2 of 3 closed. In the others")
    assert _fresh(three[0]).status == "open"
    assert _do(clients["owner"], three[:1], do="close").startswith("A promise is open in it, or an angry message")


def test_opened_again_by_mistake_it_is_closed_whatever_is_owed(
    cast: Cast, clients: dict[str, Client], three: list[Conversation]
) -> None:
    Conversation.objects.filter(pk=three[0].pk).update(state="angry")
    ending.close(cast.owner, three[0].pk, NOW, confirmed=True)
    _do(clients["owner"], three[:1], do="reopen")
    assert _undo(clients["owner"]) == "1 taken back."
    assert _fresh(three[0]).status == "closed"


def test_spam_leaves_the_queue_stops_its_clocks_and_comes_back(
    clients: dict[str, Client], three: list[Conversation]
) -> None:
    assert _do(clients["owner"], three[:1], do="spam") == "1 of 1 marked as spam."
    assert not three[0].clocks.filter(state="running").exists()
    assert f'data-id="{three[0].pk}"' not in clients["owner"].get("/queue/list").content.decode()
    assert f'data-id="{three[0].pk}"' in clients["owner"].get("/queue/list?view=spam").content.decode()
    assert _do(clients["owner"], three[:1], do="unspam") == "1 of 1 are no spam."
    assert three[0].clocks.filter(kind="answer", state="running").exists()


def test_undo_works_for_a_minute_and_once(
    clients: dict[str, Client], three: list[Conversation], time: dict[str, timedelta]
) -> None:
    _do(clients["owner"], three, do="take")
    assert "Undo" in clients["owner"].get("/queue/list").content.decode()
    assert _undo(clients["owner"]) == "3 taken back."
    assert _undo(clients["owner"]) == "There is nothing to take back any more."
    _do(clients["owner"], three, do="take")
    time["by"] += timedelta(minutes=2)
    assert "Undo" not in clients["owner"].get("/queue/list").content.decode()
    assert _undo(clients["owner"]) == "There is nothing to take back any more."


def test_one_row_is_taken_whatever_else_is_picked(
    cast: Cast, clients: dict[str, Client], three: list[Conversation]
) -> None:
    answer = clients["owner"].post(
        f"/queue/do?one={three[1].pk}", {"ids": [three[0].pk], "do": "take", "back": "view=mine&evil=//x.example"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/?view=mine"
    assert [one.assignee for one in map(_fresh, three)] == [None, cast.owner, None]


def test_from_the_conversation_it_leads_back_there(clients: dict[str, Client], three: list[Conversation]) -> None:
    sent = {"ids": [three[0].pk], "do": "take", "case": three[0].pk}
    assert clients["owner"].post("/queue/do", sent)["Location"] == f"/c/{three[0].pk}/"


@pytest.mark.parametrize(
    "sent",
    [{}, {"do": "take"}, {"do": "take", "ids": ["x", "-1", "9" * 40]}, {"do": "erase", "ids": ["1"]}, {"ids": ["1"]}],
)
@pytest.mark.usefixtures("three")
def test_nonsense_changes_nothing_and_breaks_nothing(clients: dict[str, Client], sent: dict[str, object]) -> None:
    assert clients["owner"].post("/queue/do", sent).status_code in (302, 404)
    assert clients["owner"].get("/queue/do").status_code == 405
    assert not Conversation.objects.exclude(assignee=None).exists()


def test_what_was_done_is_written_down(cast: Cast, clients: dict[str, Client], three: list[Conversation]) -> None:
    _do(clients["owner"], three[:1], do="take")
    entry = Entry.objects.get(kind="conversation.taken")
    assert (entry.actor, entry.object_id) == (cast.owner.pk, str(three[0].pk))
    assert three[0].messages.filter(event="taken", person=cast.owner).exists()
    assert Person.objects.filter(assigned=three[0]).get() == cast.owner


@pytest.mark.parametrize("deed", ["take", "give", "snooze", "tag", "close", "spam"])
def test_no_deed_on_many_rows_has_the_engine_read_them_anew(
    cast: Cast, clients: dict[str, Client], three: list[Conversation], monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    monkeypatch.setattr(engine, "guide", None)
    said = _do(clients["owner"], three, do=deed, to=cast.teammate.pk, until="hour", tag="kettle")
    assert said.startswith("3 of 3")
    assert _undo(clients["owner"]) == "3 taken back."


def test_taken_back_a_promise_is_whose_it_was(
    cast: Cast, clients: dict[str, Client], three: list[Conversation]
) -> None:
    promise = promise_in(cast, three[0])
    _do(clients["teammate"], three, do="take")
    promise.refresh_from_db()
    assert promise.owner == cast.teammate
    _undo(clients["teammate"])
    promise.refresh_from_db()
    assert (promise.owner, _fresh(three[0]).assignee) == (cast.owner, None)

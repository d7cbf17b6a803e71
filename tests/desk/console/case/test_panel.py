from __future__ import annotations

from datetime import timedelta

from django.test import Client

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.commitments.actions import make_promise
from zgoda_desk.commitments.models import Clock
from zgoda_desk.console.case.dials import dials
from zgoda_desk.console.case.gathered import Gathered, gather
from zgoda_desk.console.case.ladder import helpers, ladder_of
from zgoda_desk.console.case.panel import facts_of, next_of
from zgoda_desk.console.case.rows import Noted, Ours, Theirs
from zgoda_desk.console.case.timeline import timeline
from zgoda_desk.conversations.models import Conversation, Message, RungTaken

ABUSE = "You stupid idiot, you are a useless clown. Where is my order 48-20517?"


def _found(cast: Cast, conversation: Conversation) -> Gathered:
    fresh = Conversation.objects.select_related("inbox", "contact", "assignee").get(pk=conversation.pk)
    return gather(fresh, cast.owner, NOW)


def test_the_open_slots_of_a_phrase_are_fields_with_names_in_words(cast: Cast) -> None:
    conversation = make_conversation(cast, ABUSE)
    Conversation.objects.filter(pk=conversation.pk).update(
        guidance={**conversation.guidance, "phrases": [{"id": "transfer-takes-over", "text": "", "rule": "S1.23"}]}
    )
    (phrase,) = next_of(_found(cast, conversation)).phrases
    assert [(part.slot, str(part.text)) for part in phrase.slots] == [("manager", "who takes over")]
    assert "{manager}" in phrase.text


def test_what_is_due_first_stands_first_and_says_how_late_it_is(cast: Cast) -> None:
    conversation = make_conversation(cast)
    make_promise(
        conversation, None, what="call", words="", channel="phone", person=cast.teammate,
        due_at=NOW - timedelta(hours=21), whole_day=False, zone="Europe/Warsaw", remind_minutes=30,
        now=NOW - timedelta(days=2),
    )  # fmt: skip
    first, *rest = dials(_found(cast, conversation))
    assert (first.when, first.late, first.filled) == ("21 h late", True, 100)
    assert first.what == "call, owner: Paweł Sikora"
    assert {str(dial.what) for dial in rest} == {"say that it arrived", "our answer"}


def test_a_fact_that_says_tomorrow_tells_the_day_it_meant(cast: Cast) -> None:
    facts = facts_of(
        _found(cast, make_conversation(cast, "Order 48-20517 was due yesterday, I paid 349 zł on 7 November."))
    )
    told = {str(item.text): str(item.note) for row in facts for item in row.items if item.kind == "date"}
    day = NOW - timedelta(days=1)
    assert told == {"yesterday": f"{day:%a} {day.day} {day:%b}", "7 November": ""}


def test_a_term_of_law_says_in_words_how_certain_it_is(cast: Cast) -> None:
    conversation = make_conversation(cast)
    term = {"row": "pl-x", "since": NOW, "due_at": NOW + timedelta(days=3), "source": "an act", "certainty": "C"}
    Clock.objects.create(conversation=conversation, kind="statute", **term)
    (dial,) = [one for one in dials(_found(cast, conversation)) if one.source]
    assert "check it" in str(dial.certainty)


def test_who_can_take_over_specialists_first_then_leads_the_absent_last(cast: Cast) -> None:
    cast.teammate.specialist = True
    cast.teammate.save()
    cast.lead.absent_until = NOW + timedelta(days=1)
    cast.lead.save()
    found = helpers(_found(cast, make_conversation(cast, ABUSE)))
    assert [one["person"] for one in found] == [cast.teammate, cast.head, cast.lead]
    assert [one["here"] for one in found] == [True, True, False]


def test_the_warning_that_comes_next_is_counted(cast: Cast) -> None:
    conversation = make_conversation(cast, ABUSE)
    assert conversation.ladder == "boundary"
    ladder = ladder_of(_found(cast, conversation))
    assert ladder is not None
    assert ladder.count == "This will be warning 1 of 2."
    RungTaken.objects.create(conversation=conversation, rung="boundary", at=NOW)
    ladder = ladder_of(_found(cast, conversation))
    assert ladder is not None
    assert ladder.count == "This will be warning 2 of 2."


def test_no_ladder_where_nothing_was_opened(cast: Cast) -> None:
    assert ladder_of(_found(cast, make_conversation(cast))) is None


def test_how_far_the_heat_went_down_after_a_reply_is_told_beside_it(cast: Cast) -> None:
    conversation = make_conversation(cast, "This is outrageous! Third time I write about order 48-20517!")
    Message.objects.create(
        conversation=conversation, kind="ours", person=cast.owner, at=NOW + timedelta(minutes=1), text="Sorry.",
        newest_end=6, review={"acts": [{"kind": "apology", "start": 0, "end": 5}]},
    )  # fmt: skip
    after = customer_writes(cast, "Thank you, that is fine.", conversation, minutes=2)
    rows = timeline(_found(cast, conversation))
    ours = next(row for row in rows if isinstance(row, Ours))
    before = conversation.messages.filter(kind="customer").first()
    assert before is not None
    assert ours.moved == (before.temperature, after.temperature)
    assert [note.kind for note in ours.notes] == ["said", "moved"]


def test_the_rung_a_message_opened_is_told_even_when_it_is_closed_again(cast: Cast) -> None:
    conversation = make_conversation(cast, ABUSE)
    customer_writes(cast, "Sorry for that. Where is my order 48-20517, please?", conversation, minutes=3)
    conversation.refresh_from_db()
    first = timeline(_found(cast, conversation))[0]
    assert isinstance(first, Theirs)
    assert [note.kind for note in first.notes if note.kind == "rung"] == ["rung"]
    assert first.message.data["ladder"] == "boundary"


def test_a_row_drawn_before_is_drawn_anew_when_its_reading_is_set_right(cast: Cast, clients: dict[str, Client]) -> None:
    conversation = make_conversation(cast, ABUSE)
    message = conversation.messages.get(kind="customer")
    path = f"/c/{conversation.pk}/part/timeline/"
    assert "data-fold" in clients["owner"].get(path).content.decode()
    clients["owner"].post(f"/c/message/{message.pk}/correct", {"abuse": "no"})
    page = clients["owner"].get(path).content.decode()
    assert "data-fold" not in page
    assert "set right by a colleague" in page


def test_a_note_is_told_apart_from_what_was_said(cast: Cast) -> None:
    conversation = make_conversation(cast)
    Message.objects.create(conversation=conversation, kind="note", person=cast.teammate, at=NOW, text="x", newest_end=1)
    rows = timeline(_found(cast, conversation))
    assert [type(row) for row in rows] == [Theirs, Noted]
    assert rows[1].by == "Paweł Sikora"


def test_after_work_no_phrase_promises_a_call_today(cast: Cast) -> None:
    conversation = make_conversation(cast)
    stored = [{"id": "acknowledge-name-first", "text": "", "rule": "S2.9"}]
    Conversation.objects.filter(pk=conversation.pk).update(guidance={**conversation.guidance, "phrases": stored})
    found = _found(cast, conversation)
    assert next_of(found).phrases
    found.now = NOW + timedelta(hours=8, minutes=24)  # 19:24 in Warsaw
    assert next_of(found).phrases
    assert all("today" not in one.text for one in next_of(found).phrases)

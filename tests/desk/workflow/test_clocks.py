from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.accounts.models import Hours
from zgoda_desk.commitments.hours import due_in
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.clocks import end_statute
from zgoda_desk.workflow.ending import close

ANGRY = "This is outrageous. I waited three weeks for order 48-20517 and I want my money back."
ROW = "pl-consumer-general"


def _with(cast: Cast, *rows: str) -> None:
    cast.company.statutes = list(rows)
    cast.company.save()


def test_a_day_off_of_the_company_moves_the_answer(cast: Cast) -> None:
    cast.company.hours.closed = ["2026-11-27"]
    cast.company.hours.save()
    clock = make_conversation(cast).clocks.get(kind="answer")  # Thursday 11:00 in Warsaw, eight working hours
    assert clock.due_at == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)  # Monday


def test_hours_of_the_inbox_go_before_those_of_the_company(cast: Cast) -> None:
    cast.inbox.hours = Hours.objects.create(name="day and night", weekly={day: ["00:00-24:00"] for day in WEEK_DAYS})
    cast.inbox.answer_minutes = 60
    cast.inbox.save()
    assert make_conversation(cast).clocks.get(kind="answer").due_at == NOW + timedelta(hours=1)


WEEK_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.mark.parametrize("fields", [{"zone": "No/Where"}, {"calendar": "nowhere"}, {"weekly": {"mon": ["x"]}}])
def test_hours_that_cannot_be_computed_count_plain_time(fields: dict[str, object]) -> None:
    made = {"zone": "Europe/Warsaw", "calendar": "pl", "weekly": {}} | fields
    assert due_in("answer", NOW, 60, Hours(name="h", **made)) == NOW + timedelta(hours=1)


def test_while_we_wait_for_the_customer_no_clock_runs_and_his_next_word_starts_one(cast: Cast) -> None:
    conversation = make_conversation(cast)
    text = "Marina, thank you for writing. Which colour did you order? I will write to you today by 15:00."
    send_reply(cast.owner, conversation.pk, Reply(text, 1, "k1"), NOW)
    assert not conversation.clocks.filter(state="running").exists()
    customer_writes(cast, "Blue.", conversation, minutes=90)
    assert [one.since for one in conversation.clocks.filter(state="running")] == [NOW + timedelta(minutes=90)]


def test_a_complaint_starts_the_terms_the_company_switched_on(cast: Cast) -> None:
    _with(cast, ROW, "no-such-row")
    clock = make_conversation(cast, ANGRY).clocks.get(kind="statute")
    assert (clock.row, clock.certainty) == (ROW, "A")
    assert "7a" in clock.source
    assert clock.due_at == datetime(2026, 12, 9, 16, 0, tzinfo=UTC)  # the end of work on the safe day
    assert clock.legal_due == datetime(2026, 12, 10, 23, 0, tzinfo=UTC)  # the end of the last day of the law


def test_a_calm_question_starts_none_and_the_first_hot_message_does(cast: Cast) -> None:
    _with(cast, ROW)
    conversation = make_conversation(cast, "Hello, when do you open on Saturday?")
    assert not conversation.clocks.filter(kind="statute").exists()
    customer_writes(cast, ANGRY, conversation, minutes=60)
    customer_writes(cast, ANGRY, conversation, minutes=120)
    assert conversation.clocks.get(kind="statute").since == NOW + timedelta(minutes=60)


def test_a_row_for_certain_wishes_waits_for_one(cast: Cast) -> None:
    _with(cast, "ru-goods-money")
    assert not make_conversation(cast, "Nobody answers for three weeks, this is a disgrace.").clocks.filter(
        kind="statute"
    )
    assert make_conversation(cast, ANGRY).clocks.filter(kind="statute").exists()


def test_a_row_nobody_verified_never_runs(cast: Cast) -> None:
    _with(cast, "pl-gas")
    assert not make_conversation(cast, ANGRY).clocks.filter(kind="statute").exists()


def test_neither_an_answer_nor_the_end_stops_a_term_of_law(cast: Cast) -> None:
    _with(cast, ROW)
    conversation = make_conversation(cast, ANGRY)
    text = "Marina, I am sorry that you waited. I am checking order 48-20517 and will write to you today by 15:00."
    send_reply(cast.owner, conversation.pk, Reply(text, 1, "k1", reason="test"), NOW)
    close(cast.owner, conversation.pk, NOW, confirmed=True)
    assert conversation.clocks.get(kind="statute").state == "running"


@pytest.mark.parametrize(
    ("state", "reason", "done"),
    [("met", "", True), ("stopped", "not a consumer", True), ("stopped", " ", False), ("over", "x", False)],
)
def test_a_person_ends_a_term_of_law_with_a_reason(cast: Cast, state: str, reason: str, done: bool) -> None:
    _with(cast, ROW)
    clock = make_conversation(cast, ANGRY).clocks.get(kind="statute")
    assert end_statute(cast.owner, clock, state, reason, NOW) is done
    assert not done or not end_statute(cast.owner, clock, state, reason, NOW)
    clock.refresh_from_db()
    assert clock.state == (state if done else "running")

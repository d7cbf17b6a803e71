from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zgoda.values import STATES
from zgoda_desk.conversations.shown.burning import (
    GROUPS,
    HOT,
    Burning,
    Clock,
    bounds,
    place,
    stored_rank,
)

NOW = datetime(2026, 11, 19, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))  # a Thursday
MINUTES = st.integers(-3000, 20000).map(lambda m: NOW + timedelta(minutes=m))
FLOORS = {"calm": (0, 19), "dissatisfied": (20, 49), "angry": (50, 79), "abusive": (80, 100)}


@st.composite
def burnings(draw: st.DrawFn) -> Burning:
    state = draw(st.sampled_from(STATES))
    clocks = draw(
        st.lists(st.builds(Clock, st.sampled_from(("acknowledge", "answer", "statute")), MINUTES), max_size=2)
    )
    unanswered = draw(st.booleans())
    return Burning(
        safety=draw(st.sampled_from(("none", "none", "none", "threat", "self_harm"))),
        ladder=draw(st.sampled_from(("none", "boundary"))),
        promise_due=draw(st.none() | MINUTES),
        promise_broken=draw(st.booleans()),
        clocks=tuple(clocks),
        temperature=draw(st.integers(*FLOORS[state])),
        state=state,
        vulnerable=draw(st.booleans()),
        repeat=draw(st.booleans()),
        contacts=draw(st.integers(0, 7)),
        waiting_since=draw(MINUTES) if unanswered else None,
        status=draw(st.sampled_from(("open", "waiting", "agreed", "closed", "snoozed"))),
        unanswered=unanswered,
        needed_by=draw(st.none() | st.dates(date(2026, 11, 1), date(2026, 12, 31))),
    )


def _group(**known: object) -> str:
    return place(replace(Burning(), **known), NOW).group  # type: ignore[arg-type]


def _in(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


class TestGroups:
    def test_danger_stands_above_every_clock(self) -> None:
        assert _group(safety="threat") == "safety"
        assert _group(self_harm=True, status="waiting") == "safety"

    def test_a_broken_promise_and_a_clock_within_fifteen_minutes_are_now(self) -> None:
        assert _group(promise_broken=True) == "now"
        assert _group(promise_due=_in(-1)) == "now"
        assert _group(clocks=(Clock("answer", _in(15)),)) == "now"
        assert _group(clocks=(Clock("answer", _in(16)),)) == "today"

    def test_today_ends_at_midnight_of_the_companys_zone(self) -> None:
        assert _group(clocks=(Clock("answer", datetime(2026, 11, 19, 22, 59, tzinfo=UTC)),)) == "today"
        assert _group(clocks=(Clock("answer", datetime(2026, 11, 19, 23, 0, tzinfo=UTC)),)) == "week"

    def test_what_is_hot_or_unanswered_is_todays(self) -> None:
        assert _group(state="angry", temperature=60) == "today"
        assert _group(unanswered=True) == "today"
        assert _group(state="angry", temperature=60, status="waiting") == "later"

    def test_what_is_agreed_is_looked_at_this_week_and_the_rest_later(self) -> None:
        assert _group(status="agreed") == "week"
        assert _group(clocks=(Clock("statute", _in(60 * 24 * 9)),), status="waiting") == "later"

    def test_a_snooze_or_closing_never_hides_a_promise(self) -> None:
        for status in ("snoozed", "closed", "waiting"):
            assert _group(status=status, promise_due=_in(5)) == "now"

    def test_a_closed_conversation_is_no_danger_any_more(self) -> None:
        assert _group(status="closed", safety="threat") == "later"


class TestOrder:
    def test_the_order_of_the_drawing(self) -> None:
        drawn = [
            Burning(promise_broken=True, temperature=72, state="angry", contacts=3),
            Burning(clocks=(Clock("answer", _in(3)),), temperature=88, state="abusive"),
            Burning(clocks=(Clock("acknowledge", _in(4)),), temperature=61, state="angry"),
            Burning(clocks=(Clock("acknowledge", _in(12)),), temperature=44, state="dissatisfied"),
            Burning(clocks=(Clock("answer", _in(400)),), temperature=81, state="abusive"),
            Burning(clocks=(Clock("answer", _in(460)),), temperature=38, state="dissatisfied"),
            Burning(clocks=(Clock("statute", _in(60 * 72)),), temperature=31, state="dissatisfied"),
            Burning(status="agreed", temperature=12),
        ]
        keys = [place(one, NOW).key for one in drawn]
        assert keys == sorted(keys)

    def test_with_equal_heat_care_goes_before_contacts(self) -> None:
        calm = Burning(temperature=60, state="angry")
        assert place(replace(calm, vulnerable=True), NOW).key < place(replace(calm, contacts=7), NOW).key
        assert place(replace(calm, contacts=3), NOW).key < place(replace(calm, contacts=2), NOW).key

    @given(burnings(), burnings())
    def test_danger_stands_first_whatever_else_burns(self, one: Burning, other: Burning) -> None:
        danger = replace(one, threat=True, status="open")
        quiet = replace(other, safety="none")
        assert place(danger, NOW).key < place(quiet, NOW).key

    @given(burnings(), st.integers(1, 60))
    def test_more_heat_never_moves_a_conversation_down(self, one: Burning, more: int) -> None:
        heat = min(100, one.temperature + more)
        state = next(name for name, (low, high) in FLOORS.items() if low <= heat <= high)
        assert place(replace(one, temperature=heat, state=state), NOW).key <= place(one, NOW).key

    @given(burnings(), burnings())
    def test_two_conversations_never_stand_in_the_same_place(self, one: Burning, other: Burning) -> None:
        assert place(replace(one, number=1), NOW).key != place(replace(other, number=2), NOW).key

    @given(burnings())
    def test_what_is_stored_does_not_depend_on_the_time(self, one: Burning) -> None:
        assume(one.status != "closed")
        rank = stored_rank(one)
        later = place(one, NOW + timedelta(days=30)).key
        assert later[1] == -rank.rank_safety
        assert later[3:6] == (-rank.rank_heat, -rank.rank_care, -rank.contacts)


_TABLE = """create table conversation (id integer primary key, status, state, unanswered, rank_safety, rank_heat,
    rank_care, contacts, promise_broken, next_due, next_due_kind, waiting_since)"""
_QUERY = """select id from conversation order by
    case when rank_safety > 0 then 0
         when promise_broken or next_due <= :soon then 1
         when next_due < :tonight or (status = 'open' and (unanswered or state in ('angry', 'abusive'))) then 2
         when next_due < :week or status in ('open', 'agreed') then 3
         else 4 end,
    rank_safety desc,
    (promise_broken or (next_due_kind = 'promise' and next_due is not null and next_due <= :now)) desc,
    rank_heat desc, rank_care desc, contacts desc, next_due nulls last, waiting_since nulls last, id"""


def _stamp(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


@given(st.lists(burnings(), max_size=8))
def test_a_query_over_the_columns_gives_the_same_order(found: list[Burning]) -> None:
    found = [replace(one, number=number) for number, one in enumerate(found, 1)]
    limits = bounds(NOW)
    with sqlite3.connect(":memory:") as base:
        base.execute(_TABLE)
        for one in found:
            rank = stored_rank(one)._replace(next_due=None)
            base.execute(
                f"insert into conversation values ({','.join('?' * 12)})",
                (one.number, one.status, one.state, one.unanswered, *rank[:5], _stamp(stored_rank(one).next_due),
                 rank.next_due_kind, _stamp(one.waiting_since)),
            )  # fmt: skip
        values = {name: _stamp(moment) for name, moment in zip(limits._fields, limits, strict=True)}
        rows = base.execute(_QUERY, {**values, "now": _stamp(NOW)}).fetchall()
    base.close()
    assert [row[0] for row in rows] == [one.number for one in sorted(found, key=lambda one: place(one, NOW).key)]


class TestWhy:
    @pytest.mark.parametrize(
        ("known", "sentence"),
        [
            (
                {
                    "promise_broken": True,
                    "contacts": 3,
                    "needed_by": date(2026, 11, 21),
                    "state": "angry",
                    "temperature": 72,
                },
                "First because our promise is broken, it is the third message and it is needed by Saturday.",
            ),
            ({"safety": "threat"}, "First because a person is threatened."),
            ({"self_harm": True, "vulnerable": True}, "First because there is talk of self-harm and care is needed."),
            ({"clocks": (Clock("answer", _in(-1)),)}, "First because our answer is late."),
            (
                {"clocks": (Clock("acknowledge", _in(4)),), "state": "angry", "temperature": 61},
                "First because the acknowledgement is due within 15 minutes and the last message is angry.",
            ),
            ({"clocks": (Clock("follow_up", _in(60)),)}, "First because a term ends today."),
            ({"clocks": (Clock("statute", _in(60 * 72)),)}, "First because a legal term ends this week."),
            (
                {"state": "abusive", "temperature": 90, "unanswered": True},
                "First because the last message is abusive and nobody has answered yet.",
            ),
            ({"contacts": 9}, "First because there are 9 messages already."),
            ({"repeat": True, "contacts": 1}, "First because the customer has written before."),
            ({"needed_by": date(2026, 11, 19)}, "First because it is needed today."),
            ({"needed_by": date(2026, 11, 20)}, "First because it is needed by tomorrow."),
            ({"needed_by": date(2026, 12, 24)}, "First because it is needed by December 24."),
            ({"needed_by": date(2026, 11, 18)}, "Nothing is due here."),
            ({}, "Nothing is due here."),
        ],
    )
    def test_one_plain_sentence_says_why(self, known: dict[str, object], sentence: str) -> None:
        found = place(replace(Burning(), **known), NOW)  # type: ignore[arg-type]
        assert str(found.why_first) == sentence
        assert str(found.why) == sentence.replace("First because", "Here because")

    @given(burnings())
    def test_every_place_has_a_sentence(self, one: Burning) -> None:
        found = place(one, NOW)
        assert found.group in GROUPS
        assert str(found.why).endswith(".")
        if one.state in HOT:
            assert str(found.why) != "Nothing is due here."


@given(burnings())
def test_the_words_of_a_row_say_nothing_of_a_later_group(burning: Burning) -> None:
    stands = place(burning, NOW)
    assert "this week" not in str(stands.why) or stands.group == "week"


def test_a_row_of_today_for_its_silence_says_so_and_not_that_it_is_due_this_week() -> None:
    due = Clock("answer", NOW + timedelta(days=2))
    stands = place(Burning(unanswered=True, clocks=(due,), waiting_since=NOW), NOW)
    assert (stands.group, str(stands.why)) == ("today", "Here because nobody has answered yet.")

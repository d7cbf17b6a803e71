from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.promised import promise_in
from tests.desk.workflow.said import customer_writes
from zgoda_desk.accounts.models import Hours
from zgoda_desk.audit.actions import broken as broken_entries
from zgoda_desk.audit.models import Entry
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations.models import LiveEvent, Message, Presence
from zgoda_desk.workflow import promise_due, tick
from zgoda_desk.workflow.promise_deeds import hand_over

DUE = NOW + timedelta(hours=4)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def _told(kind: str) -> list[int | None]:
    return list(LiveEvent.objects.filter(kind=kind).order_by("id").values_list("person_id", flat=True))


def _events(name: str) -> int:
    return Message.objects.filter(event=name).count()


def test_the_owner_is_reminded_once_before_it_is_due(cast: Cast) -> None:
    promise_in(cast)
    tick.tick(DUE - 31 * MINUTE)
    assert _told("reminder") == []
    for minutes in (30, 29, 28):
        tick.tick(DUE - minutes * MINUTE)
    assert _told("reminder") == [cast.owner.pk]


def test_at_the_hour_it_is_broken_and_the_lead_hears_at_the_same_moment(cast: Cast) -> None:
    promise = promise_in(cast)
    tick.tick(DUE - MINUTE)
    assert _told("broken") == []
    tick.tick(DUE)
    assert set(_told("broken")) == {cast.owner.pk, cast.lead.pk, cast.head.pk}
    promise.refresh_from_db()
    promise.conversation.refresh_from_db()
    assert (promise.state, promise.broken_at) == ("broken", DUE)
    assert promise.conversation.promise_broken
    assert _events("promise_broken") == 1


@pytest.mark.parametrize(
    "jumps",
    [
        (HOUR * 4, HOUR * 4, HOUR * 5),  # again and again
        (HOUR * 4, HOUR * 4 - 10 * MINUTE, HOUR * 4),  # set back ten minutes
        (HOUR * 4, HOUR * 3, HOUR * 4),  # an hour
        (HOUR * 4, -DAY, HOUR * 3, HOUR * 5),  # a day
        (DAY, HOUR * 3, DAY * 2),  # forward a day, and set right again
        (DAY * 3,),  # nothing ran for three days
    ],
)
def test_whatever_the_clock_does_nothing_is_told_twice_and_nothing_is_lost(
    cast: Cast, jumps: tuple[timedelta, ...]
) -> None:
    promise_in(cast)
    for jump in jumps:
        tick.tick(NOW + jump)
    assert len(_told("broken")) == 3
    assert _events("promise_broken") == 1
    assert Entry.objects.filter(kind="promise.broken").count() == 1
    assert list(broken_entries()) == []
    assert len(_told("reminder")) <= 1


def test_after_an_outage_what_is_over_is_broken_and_not_reminded_of(cast: Cast) -> None:
    promise_in(cast)
    tick.tick(DUE + DAY)
    assert _told("reminder") == []
    assert len(_told("broken")) == 3


def test_a_kept_promise_is_left_in_peace(cast: Cast) -> None:
    promise = promise_in(cast)
    Promise.objects.filter(pk=promise.pk).update(state="kept", ended_at=NOW)
    tick.tick(DUE + DAY)
    assert (_told("broken"), _told("reminder"), _told("owner")) == ([], [], [])


def test_a_thank_you_of_the_customer_clears_nothing(cast: Cast) -> None:
    promise = promise_in(cast)
    customer_writes(cast, "Ok, thanks.", promise.conversation, minutes=10)
    promise.refresh_from_db()
    assert promise.state == "open"
    tick.tick(DUE)
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_one_bad_row_never_stops_the_next(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = promise_in(cast), promise_in(cast)
    real = promise_due.break_one

    def breaks(promise: Promise, conversation: object, now: datetime) -> bool:
        if promise.pk == bad.pk:
            raise ValueError("this row is broken")
        return real(promise, conversation, now)  # type: ignore[arg-type]

    steps = (tick.Step("bad row", promise_due.to_break, breaks), *tick.STEPS[1:])
    monkeypatch.setattr(tick, "STEPS", steps)
    with caplog.at_level(logging.ERROR):
        tick.tick(DUE)
        tick.tick(DUE)
    good.refresh_from_db()
    bad.refresh_from_db()
    assert (bad.state, good.state) == ("open", "broken")
    assert sum("bad row" in one.getMessage() for one in caplog.records) == 1


def test_a_broken_shift_of_one_owner_stops_nobody_elses_promise(cast: Cast) -> None:
    cast.owner.shift = Hours.objects.create(name="odd", zone="Nowhere/Land", weekly={"mon": ["x"]})
    cast.owner.save()
    promise_in(cast)
    promise_in(cast, unowned=True)
    tick.tick(NOW)
    assert _told("owner") == [None]


def _away(cast: Cast, **fields: object) -> None:
    for name, value in fields.items():
        setattr(cast.owner, name, value)
    cast.owner.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"is_active": False}, {"absent_until": DUE + DAY}, {"absent_until": DUE - 10 * MINUTE},
    ],
)  # fmt: skip
def test_an_absent_owner_is_replaced_at_once(cast: Cast, fields: dict[str, object]) -> None:
    promise = promise_in(cast)
    _away(cast, **fields)
    for minutes in (1, 2, 3):
        tick.tick(NOW + minutes * MINUTE)
    assert _told("owner") == [None]  # to everybody who works in the inbox
    assert _events("owner_asked") == 1
    promise.refresh_from_db()
    assert promise.owner_asked_at == NOW + MINUTE


def test_an_owner_who_is_back_in_time_keeps_it(cast: Cast) -> None:
    promise_in(cast)
    _away(cast, absent_until=DUE - HOUR)
    tick.tick(NOW)
    assert _told("owner") == []


def test_one_who_is_not_available_is_replaced_when_it_gets_near(cast: Cast) -> None:
    promise_in(cast)
    _away(cast, available=False)
    tick.tick(DUE - 31 * MINUTE)
    assert _told("owner") == []
    tick.tick(DUE - 30 * MINUTE)
    assert _told("owner") == [None]


def _shift(cast: Cast, start_end: str, **fields: object) -> None:
    week = {day: [start_end] for day in ("mon", "tue", "wed", "thu", "fri")}
    _away(cast, shift=Hours.objects.create(name="shift", zone="Europe/Warsaw", calendar="pl", weekly=week, **fields))


def test_a_shift_that_ends_before_asks_in_time(cast: Cast) -> None:
    _shift(cast, "06:00-14:00")  # the promise is for 15:00 in Warsaw
    promise_in(cast)
    ends = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
    tick.tick(ends - 31 * MINUTE)
    assert _told("owner") == []
    tick.tick(ends - 30 * MINUTE)
    assert _told("owner") == [None]


def test_a_promise_made_after_the_shift_asks_at_once(cast: Cast) -> None:
    _shift(cast, "06:00-10:00")
    promise_in(cast)
    tick.tick(NOW)
    assert _told("owner") == [None]


def test_a_shift_in_which_it_falls_due_asks_nobody(cast: Cast) -> None:
    _shift(cast, "09:00-17:00")
    promise_in(cast, due_at=NOW + timedelta(days=1, hours=4))
    for hours in range(27):
        tick.tick(NOW + hours * HOUR)
    assert _told("owner") == []


def test_a_day_off_of_the_shift_counts(cast: Cast) -> None:
    _shift(cast, "09:00-17:00", closed=["2026-11-27"])
    promise_in(cast, due_at=NOW + DAY)
    tick.tick(NOW + 5 * HOUR)  # 16:00, an hour before his last shift ends
    assert _told("owner") == []
    tick.tick(NOW + 5 * HOUR + 30 * MINUTE)
    assert _told("owner") == [None]


def test_the_night_on_which_clocks_are_set_back_moves_no_shift(cast: Cast) -> None:
    _shift(cast, "09:00-17:00")
    monday = datetime(2026, 10, 26, 15, 0, tzinfo=UTC)  # 16:00 in Warsaw, a day after the change
    promise_in(cast, due_at=monday)
    tick.tick(datetime(2026, 10, 23, 14, 30, tzinfo=UTC))  # Friday 16:30, still summer time
    assert _told("owner") == []


def test_a_new_owner_who_is_away_too_is_asked_about_again(cast: Cast) -> None:
    promise = promise_in(cast)
    _away(cast, absent_until=DUE + DAY)
    tick.tick(NOW)
    hand_over(cast.lead, promise.pk, cast.teammate, NOW)
    tick.tick(NOW + MINUTE)
    assert _told("owner").count(None) == 1
    cast.teammate.is_active = False
    cast.teammate.save()
    tick.tick(NOW + 2 * MINUTE)
    assert _told("owner").count(None) == 2


def test_a_clock_that_is_over_is_said_once(cast: Cast) -> None:
    conversation = make_conversation(cast)
    clock = conversation.clocks.get(kind="acknowledge")
    before = LiveEvent.objects.filter(kind="clock").count()
    for minutes in (0, 1, -60, 2):
        tick.tick(clock.due_at + minutes * MINUTE)
    clock.refresh_from_db()
    assert clock.state == "over"
    assert LiveEvent.objects.filter(kind="clock").count() == before + 1


def test_a_statute_warns_at_half_at_four_fifths_on_the_safe_day_and_at_the_end(cast: Cast) -> None:
    clock = Clock.objects.create(
        conversation=make_conversation(cast), kind="statute", row="pl-x", since=NOW, due_at=NOW + 9 * DAY,
        legal_due=NOW + 10 * DAY, state="running",
    )  # fmt: skip
    for days in (4, 5, 5, 8, 3, 9, 10, 11):
        tick.tick(NOW + days * DAY)
    told = LiveEvent.objects.filter(kind="clock", data__what="warning", data__clock=clock.pk).order_by("id")
    assert [one.data["level"] for one in told] == ["legal"]  # older ones are forgotten after a day
    assert Clock.objects.get(pk=clock.pk).warned == "legal"


def test_old_presences_and_events_are_forgotten(cast: Cast) -> None:
    conversation = make_conversation(cast)
    Presence.objects.create(conversation=conversation, person=cast.owner, at=NOW - HOUR)
    tick.tick(NOW + DAY * 2)
    assert not Presence.objects.exists()
    assert not LiveEvent.objects.filter(at__lt=NOW + DAY).exists()


def test_two_ticks_that_found_the_same_rows_tell_once(cast: Cast) -> None:
    promise_in(cast)
    promise_in(cast, owner=cast.teammate)
    _away(cast, is_active=False)
    for step in tick.STEPS:
        first, second = list(step.find(DUE)), list(step.find(DUE))
        for one in (*first, *second):
            tick._row(step, one, DUE)
    assert len(_told("broken")) == 5  # lead and head of each, and the owner who is still there
    assert _events("promise_broken") == 2
    assert _events("owner_asked") == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory has no waiting between two connections")
@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_tell_once(cast: Cast) -> None:
    promise_in(cast)
    start, faults = threading.Barrier(2), []

    def run() -> None:
        try:
            start.wait(10)
            tick.tick(DUE)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    assert len(_told("broken")) == 3
    assert _events("promise_broken") == 1

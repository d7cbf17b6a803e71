"""Own clocks: hours, breaks, nights, holidays, moved days, both days of the clock change, pauses."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgoda.clocks import Calendar, Hours, Worktime, due, load_book
from zgoda.clocks.hours import DAYS, merge, subtract
from zgoda.clocks.zones import first_moment
from zgoda.errors import InputError

WARSAW = ZoneInfo("Europe/Warsaw")
OFFICE = Hours.parse(dict.fromkeys(DAYS[:5], "09:00-17:00"))
ALWAYS = Hours.parse(dict.fromkeys(DAYS, "00:00-24:00"))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=WARSAW)


def answer(since, minutes, hours=OFFICE, calendar="pl", **more):
    return due("answer", at(since), minutes=minutes, hours=hours, calendar=calendar, zone="Europe/Warsaw", **more)


def local(since, minutes, hours=OFFICE, **more):
    return answer(since, minutes, hours, **more).due_at.strftime("%m-%d %H:%M")


# -- hours -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "minutes", "expected"),
    [
        ("2026-11-26 10:00", 60, "11-26 11:00"),
        ("2026-11-26 16:30", 60, "11-27 09:30"),
        ("2026-11-26 16:00", 60, "11-26 17:00"),  # not nine o'clock of the next day
        ("2026-11-26 17:00", 1, "11-27 09:01"),
        ("2026-11-27 16:00", 120, "11-30 10:00"),  # over a weekend
        ("2026-11-28 12:00", 60, "11-30 10:00"),  # on a Saturday
        ("2026-11-10 16:00", 120, "11-12 10:00"),  # over Independence Day
        ("2026-12-23 16:00", 120, "12-28 10:00"),  # over Christmas Eve and two days
    ],
)
def test_working_time_skips_nights_weekends_and_holidays(since, minutes, expected):
    assert local(since, minutes) == expected


def test_seconds_are_kept():
    began = datetime(2026, 11, 26, 16, 59, 30, 250_000, tzinfo=WARSAW)
    told = due("answer", began, minutes=1, hours=OFFICE, calendar="pl")
    assert told.due_at == datetime(2026, 11, 27, 9, 0, 30, 250_000, tzinfo=WARSAW)


def test_breaks_are_not_worked():
    hours = Hours.parse({"thu": ["08:00-12:30", "13:00-16:00"]}, breaks=["10:00-10:15"])
    assert local("2026-11-26 09:00", 240, hours) == "11-26 13:45"


def test_break_in_a_night_shift_is_taken_after_midnight():
    hours = Hours.parse({"thu": "22:00-06:00"}, breaks=["02:00-02:30"])
    assert local("2026-11-26 20:00", 241, hours) == "11-27 02:31"


def test_night_shift_belongs_to_the_day_on_which_it_starts():
    hours = Hours.parse(dict.fromkeys(DAYS, "22:00-06:00"))
    # 11 November is a holiday: its own shift falls out, the one that began the evening before goes on
    assert local("2026-11-11 05:00", 60, hours) == "11-11 06:00"
    assert local("2026-11-11 05:00", 61, hours) == "11-12 22:01"


def test_overlapping_shifts_count_once():
    hours = Hours.parse({"thu": ["09:00-13:00", "12:00-15:00"], "wed": "20:00-10:00"})
    assert local("2026-11-26 08:00", 300, hours) == "11-26 13:00"


def test_round_the_clock_counts_every_minute():
    assert local("2026-11-28 12:00", 36 * 60, ALWAYS, calendar=None) == "11-30 00:00"
    assert Hours.parse({"mon": "00:00-00:00"}) == Hours.parse({"mon": "00:00-24:00"})
    assert local("2026-11-26 09:00", 15 * 60, Hours.parse({"thu": "09:00-00:00"})) == "11-27 00:00"


def test_moved_working_saturday_has_the_hours_of_the_friday_before():
    hours = Hours.parse({"thu": "09:00-17:00", "fri": "09:00-16:00"})
    began = datetime(2024, 11, 1, 15, tzinfo=ZoneInfo("Europe/Moscow"))  # Saturday 2 November 2024 was worked
    moved = due("answer", began, minutes=120, hours=hours, calendar="ru")
    plain = due("answer", began, minutes=120, hours=hours, calendar="ru-statutory")
    assert moved.due_at.strftime("%m-%d %H:%M") == "11-02 10:00"
    assert plain.due_at.strftime("%m-%d %H:%M") == "11-07 10:00"


# -- the change of clocks ----------------------------------------------------------------------------------------------


def test_night_of_spring_is_an_hour_shorter_and_that_of_autumn_longer():
    night = Hours.parse(dict.fromkeys(DAYS, "22:00-06:00"))
    work = Worktime(night, WARSAW)
    spring = work.between(at("2026-03-28 22:00"), at("2026-03-29 06:00"))
    autumn = work.between(at("2026-10-24 22:00"), at("2026-10-25 06:00"))
    assert (spring, autumn) == (timedelta(hours=7), timedelta(hours=9))


def test_minutes_that_really_pass_are_counted():
    assert local("2026-03-29 01:30", 60, ALWAYS, calendar=None) == "03-29 03:30"
    told = answer("2026-10-25 02:30", 60, ALWAYS, calendar=None).due_at
    assert (told.strftime("%H:%M"), told.fold, told.utcoffset()) == ("02:30", 1, timedelta(hours=1))


def test_shift_in_the_missing_hour_begins_at_the_jump():
    hours = Hours.parse({"sun": "02:30-08:00"})
    assert local("2026-03-29 00:00", 30, hours, calendar=None) == "03-29 03:30"


def test_shift_in_the_double_hour_begins_at_its_first_showing():
    hours = Hours.parse({"sun": "02:30-08:00"})
    told = answer("2026-10-25 00:00", 1, hours, calendar=None).due_at
    assert told.astimezone(UTC) == datetime(2026, 10, 25, 0, 31, tzinfo=UTC)


def test_shift_that_lies_in_the_missing_hour_falls_out():
    hours = Hours.parse({"sun": "02:10-02:50"})
    assert local("2026-03-29 00:00", 10, hours, calendar=None) == "04-05 02:20"


@pytest.mark.parametrize("name", ["Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"])
@given(day=st.dates(date(2011, 1, 1), date(2035, 1, 1)), minute=st.integers(0, 2880))
def test_wall_clock_never_showed_the_time_before_its_first_moment(name, day, minute):
    zone = ZoneInfo(name)
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
    found = first_moment(day, minute, zone)
    assert found.astimezone(zone).replace(tzinfo=None) >= wall
    assert (found - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < wall


# -- pauses ------------------------------------------------------------------------------------------------------------


def test_pause_moves_the_end_by_its_working_time():
    asked = (at("2026-11-26 12:00"), at("2026-11-27 10:00"))  # five hours, and one
    assert local("2026-11-26 10:00", 240, pauses=[asked]) == "11-27 12:00"


def test_overlapping_pauses_count_once_in_any_order():
    one, two = (at("2026-11-26 12:00"), at("2026-11-26 14:00")), (at("2026-11-26 11:00"), at("2026-11-26 13:00"))
    both = local("2026-11-26 10:00", 180, pauses=[one, two])
    assert both == local("2026-11-26 10:00", 180, pauses=[two, one, two]) == "11-26 16:00"


def test_clock_stands_still_while_the_customer_is_asked():
    told = answer(
        "2026-11-26 10:00", 240, pauses=[(at("2026-11-26 13:00"), None)], now=datetime(2026, 12, 20, tzinfo=UTC)
    )
    assert (told.due_at, told.paused, told.status, told.left) == (None, True, "paused", 60)
    assert [one.kind for one in told.warnings] == ["50%"]


def test_question_after_the_end_changes_nothing():
    told = answer("2026-11-26 10:00", 60, pauses=[(at("2026-11-26 12:00"), None)])
    assert (told.paused, told.due_at) == (False, at("2026-11-26 11:00"))


def test_pause_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError, match="a pause ends before it begins"):
        answer("2026-11-26 10:00", 60, pauses=[(at("2026-11-26 12:00"), at("2026-11-26 11:00"))])


# -- warnings and now --------------------------------------------------------------------------------------------------


def test_warnings_are_counted_in_working_time():
    told = answer("2026-11-27 16:00", 480)  # Friday afternoon
    assert [(one.kind, one.at.strftime("%m-%d %H:%M")) for one in told.warnings] == [
        ("50%", "11-30 12:00"),
        ("80%", "11-30 14:24"),
        ("due", "11-30 16:00"),
    ]


def test_now_tells_how_much_working_time_is_left():
    told = answer("2026-11-27 16:00", 480, now=at("2026-11-29 12:00"))
    assert (told.status, told.left, told.passed) == ("running", 420, ())
    late = answer("2026-11-27 16:00", 480, now=at("2026-12-01 12:00"))
    assert (late.status, late.left) == ("over", 0)


def test_zone_may_come_with_the_beginning():
    told = due("answer", datetime(2026, 11, 26, 10, tzinfo=WARSAW), minutes=60)
    assert told.zone == "Europe/Warsaw"
    assert told.due_at == at("2026-11-26 11:00")


def test_channel_has_a_term_of_its_own():
    settings = load_book().settings.own["acknowledgement"]
    chat = due("acknowledgement", at("2026-11-26 10:00"), channel="chat")
    mail = due("acknowledgement", at("2026-11-26 10:00"), channel="email")
    assert (chat.minutes, mail.minutes) == (settings.channels["chat"], settings.minutes)


# -- mistakes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: Hours.parse({}), "no working time on any day"),
        (lambda: Hours.parse({"mon": "09:00-17:00"}, breaks=["08:00-18:00"]), "no working time"),
        (lambda: Hours.parse({"monday": "09:00-17:00"}), "expected a day of mon"),
        (lambda: Hours.parse({"mon": "9 to 5"}), "expected a shift such as"),
        (lambda: Hours.parse({"mon": "09:60-17:00"}), "no such time of day"),
        (lambda: Hours.parse({"mon": "24:00-25:00"}), "no such time of day"),
        (lambda: Hours(((),)), "need 7 days"),
        (lambda: Hours(((((5, 5)),),) + ((),) * 6), "no piece of a shift"),
        (lambda: due("promise", at("2026-11-26 10:00")), "give minutes"),
        (lambda: due("answer", date(2026, 11, 26)), "has to be a moment"),
        (lambda: due("answer", datetime(2026, 11, 26), zone="Europe/Warsaw"), "since needs a time zone"),
        (lambda: due("answer", datetime(2026, 11, 26, tzinfo=timezone(timedelta(hours=1)))), "give zone"),
        (lambda: due("answer", at("2026-11-26 10:00"), extended=True), "has no extension"),
        (lambda: due("answer", at("2026-11-26 10:00"), minutes=0), "whole number from 1"),
        (lambda: due("answer", at("2026-11-26 10:00"), minutes=1.5), "whole number from 1"),
        (lambda: due("answer", at("2026-11-26 10:00"), minutes=10**9), "not to be had within ten years"),
    ],
)
def test_mistake_is_told_in_words(call, words):
    with pytest.raises(InputError, match=words):
        call()


def test_search_ends_where_every_day_is_a_holiday():
    off = Calendar("never", extra=frozenset(date.fromordinal(n) for n in range(736_000, 745_000)))
    with pytest.raises(InputError, match="not to be had"):
        due("answer", at("2026-11-26 10:00"), minutes=1, hours=OFFICE, calendar=off)
    with pytest.raises(InputError, match="no working day within"):
        due("pl-payments", date(2026, 11, 26), calendar=off)


# -- properties --------------------------------------------------------------------------------------------------------

moments = st.datetimes(datetime(2011, 1, 1), datetime(2030, 1, 1)).map(lambda one: one.replace(tzinfo=UTC))
pieces = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted).map(tuple), max_size=6)


@given(moments, st.integers(1, 5_000), st.integers(1, 5_000))
def test_two_terms_one_after_the_other_are_one_long_term(since, one, two):
    work = Worktime(OFFICE, WARSAW, load_book().settings.calendars["pl"])
    assert work.add(work.add(since, one), two) == work.add(since, one + two)


@given(moments, st.integers(1, 5_000))
def test_working_time_up_to_the_end_is_the_term(since, minutes):
    work = Worktime(OFFICE, WARSAW, load_book().settings.calendars["pl"])
    assert work.between(since, work.add(since, minutes)) == timedelta(minutes=minutes)


@given(moments)
def test_stretches_of_days_stand_in_order(moment):
    work = Worktime(Hours.parse({day: ["00:30-02:45", "22:00-06:00"] for day in DAYS}), WARSAW)
    days = [moment.date() + timedelta(days=n) for n in range(3)]
    found = [stretch for day in days for stretch in work.stretches(day)]
    assert all(start < end for start, end in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))


@given(pieces, pieces)
def test_pieces_behave_like_sets_of_minutes(some, holes):
    def minutes(parts):
        return {minute for start, end in parts for minute in range(start, end)}

    assert minutes(merge(some)) == minutes(some)
    assert minutes(subtract(merge(some), holes)) == minutes(some) - minutes(holes)

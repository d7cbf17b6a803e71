"""Times in suggestions lie in the working day and ahead, whenever a draft is reviewed."""

from datetime import UTC, datetime, timedelta

import pytest

from zgoda.api import engine
from zgoda.reviewing.times import WorkingTime, has_time

WORKING = WorkingTime.of({"days": [1, 2, 3, 4, 5], "opens": 9, "closes": 17, "soon": 2, "later": 3})
MONDAY = 23  # of November 2026


def at(day, hour, minute=0):
    """A moment of that week or the next; days are counted on from the first of November."""
    return datetime(2026, 11, 1, hour, minute) + timedelta(days=day - 1)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(MONDAY, 9), at(MONDAY, 11)),
        (at(MONDAY, 9, 1), at(MONDAY, 12)),
        (at(MONDAY, 15), at(MONDAY, 17)),
        (at(MONDAY, 15, 1), at(MONDAY + 1, 12)),
        (at(MONDAY, 19, 30), at(MONDAY + 1, 12)),
        (at(MONDAY, 23, 30), at(MONDAY + 1, 12)),
        (at(MONDAY, 5), at(MONDAY + 1, 12)),
        (at(MONDAY + 4, 16), at(MONDAY + 7, 12)),
        (at(MONDAY + 5, 10), at(MONDAY + 7, 12)),
    ],
)
def test_soon_is_two_hours_ahead_within_the_day_and_else_the_next_noon(now, due):
    assert WORKING.soon_after(now) == due


def test_later_is_noon_of_the_third_working_day():
    assert WORKING.next_after(at(MONDAY, 10), 3) == at(MONDAY + 3, 12)
    assert WORKING.next_after(at(MONDAY + 3, 10), 3) == at(MONDAY + 8, 12)
    assert WORKING.next_after(at(MONDAY + 6, 10), 3) == at(MONDAY + 9, 12)


def test_a_week_without_working_days_has_seven():
    idle = WorkingTime.of({"days": [], "opens": 9, "closes": 17, "soon": 2, "later": 3})
    assert idle.next_after(at(MONDAY + 4, 10)) == at(MONDAY + 5, 12)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "today by 5 pm; tomorrow by noon; on Thursday by noon"),
        ("pl", "dziś do 17:00; jutro do południa; w czwartek do południa"),
        ("ru", "сегодня до 17:00; завтра до 12:00; в четверг до 12:00"),
    ],
)
def test_times_are_said_in_the_language(language, said):
    times = engine().reviewer.times
    assert times.filled("{soon}; {next}; {later}", language, at(MONDAY, 14, 5).replace(tzinfo=UTC)) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "on Monday by noon; on Monday by noon; on Wednesday by noon"),
        ("pl", "w poniedziałek do południa; w poniedziałek do południa; w środę do południa"),
        ("ru", "в понедельник до 12:00; в понедельник до 12:00; в среду до 12:00"),
    ],
)
def test_on_a_friday_evening_the_next_time_is_on_monday(language, said):
    times = engine().reviewer.times
    assert times.filled("{soon}; {next}; {later}", language, at(MONDAY + 4, 19, 30)) == said


def test_without_a_time_and_at_the_end_of_the_calendar_no_time_is_past():
    times = engine().reviewer.times
    said = "tomorrow by noon; tomorrow by noon; within three working days"
    assert times.filled("{soon}; {next}; {later}", "en", None) == said
    assert times.filled("{soon}; {next}; {later}", "en", datetime.max) == said


def test_other_slots_and_plain_words_stay_as_they_are():
    times = engine().reviewer.times
    assert times.filled("Ask {manager} now", "en", at(MONDAY, 10)) == "Ask {manager} now"
    assert not has_time("Ask {manager} now")

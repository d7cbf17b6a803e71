from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.desk.cast import NOW, WEEK
from zgoda_desk.accounts.models import Hours
from zgoda_desk.commitments.hours import calendar_of, closing, due_in, shift_end_before


def _hours(**fields: object) -> Hours:
    made = {"zone": "Europe/Warsaw", "calendar": "pl", "weekly": WEEK, "closed": []} | fields
    return Hours(name="h", **made)


def test_closed_days_are_days_off_and_the_shipped_calendar_stays_as_it_is() -> None:
    day = date(2026, 11, 27)
    assert calendar_of(_hours(closed=["2026-11-27"])).is_holiday(day)
    assert not calendar_of(_hours()).is_holiday(day)
    assert calendar_of(_hours()) is calendar_of(_hours())


@pytest.mark.parametrize("closed", [["no day"], [""], [None], [20261127]])
def test_a_closed_day_that_is_none_stops_no_clock(closed: list[object]) -> None:
    assert due_in("answer", NOW, 60, _hours(closed=closed)) == NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "weekly", "utc"),
    [
        (date(2026, 11, 26), WEEK, "16:00"),
        (date(2026, 11, 26), {"thu": ["09:00-13:00", "14:00-18:30"]}, "17:30"),
        (date(2026, 11, 26), {"thu": ["22:00-06:00"]}, "22:59"),  # a night shift: the end of that day
        (date(2026, 11, 26), {"thu": ["00:00-24:00"]}, "22:59"),
        (date(2026, 11, 28), WEEK, "22:59"),
        (date(2026, 12, 24), WEEK, "22:59"),
        (date(2026, 11, 26), {}, "16:00"),
        (date(2026, 11, 26), {"thu": ["odd"]}, "22:59"),
    ],
)
def test_the_end_of_work_on_a_day(day: date, weekly: dict[str, list[str]], utc: str) -> None:
    assert f"{closing(day, _hours(weekly=weekly)):%H:%M}" == utc


def test_the_end_of_a_shift_before_a_moment() -> None:
    evening = datetime(2026, 11, 26, 19, 0, tzinfo=UTC)
    assert shift_end_before(evening, NOW, _hours()) == datetime(2026, 11, 26, 16, 0, tzinfo=UTC)
    assert shift_end_before(evening, evening - timedelta(hours=1), _hours()) is None
    monday = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)  # 08:00, before work
    assert shift_end_before(monday, NOW, _hours()) == datetime(2026, 11, 27, 16, 0, tzinfo=UTC)
    noon = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)
    end = shift_end_before(noon, NOW, _hours())
    assert end is not None
    assert end >= noon

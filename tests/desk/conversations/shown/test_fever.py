from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zgoda_desk.conversations.shown.fever import Line, Row, fever, spark, trend

ROWS = st.lists(st.builds(Row, st.none() | st.integers(0, 100), st.booleans()), max_size=12)


def test_a_spark_runs_through_the_box_of_the_drawing() -> None:
    found = spark([41, 83, 72])
    assert found is not None
    assert (found.points, found.x, found.y) == ("2,12 36,3 69,6", 69, 6)


def test_one_reading_is_a_flat_line_and_none_is_no_line() -> None:
    found = spark([61])
    assert found is not None
    assert found.points == "2,8 69,8"
    assert spark([]) is None


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40))
def test_a_spark_stays_in_its_box(temperatures: list[int]) -> None:
    found = spark(temperatures)
    assert found is not None
    points = [tuple(map(int, point.split(","))) for point in found.points.split(" ")]
    assert all(2 <= x <= 69 and 2 <= y <= 18 for x, y in points)
    assert points[-1] == (found.x, found.y)
    assert len(points) <= 12


@pytest.mark.parametrize(
    ("states", "tension", "word"),
    [
        ([], "steady", "new"),
        (["angry"], "steady", "new"),
        (["dissatisfied", "angry"], "rising", "rising"),
        (["abusive", "angry"], "falling", "easing"),
        (["angry", "angry"], "steady", "steady"),
        (["angry", "calm"], "falling", "settled"),
        (["calm", "calm"], "steady", "steady"),
    ],
)
def test_the_trend_follows_what_guide_said(states: list[str], tension: str, word: str) -> None:
    assert trend(states, tension) == word


def test_events_between_two_messages_are_dashed_and_our_reply_is_not() -> None:
    drawn = fever([Row(40), Row(None, False), Row(None, True), Row(80)])
    assert [(one.x, one.through) for one in drawn] == [
        (40, None),
        (None, Line(50, 60, True)),
        (None, Line(60, 70, False)),
        (80, None),
    ]
    assert (drawn[0].before, drawn[0].after) == (None, Line(40, 50))
    assert (drawn[3].before, drawn[3].after) == (Line(70, 80), None)


@given(ROWS)
def test_the_line_never_breaks_between_the_first_and_the_last_reading(rows: list[Row]) -> None:
    drawn = fever(rows)
    read = [number for number, row in enumerate(rows) if row.temperature is not None]
    assert [number for number, one in enumerate(drawn) if one.x is not None] == read
    lines = [line for one in drawn for line in (one.before, one.through, one.after) if line is not None]
    joins = [(a, b) for a, b in pairwise(lines)]
    assert all(abs(a.x2 - b.x1) < 0.11 for a, b in joins)
    assert len(lines) == (read[-1] - read[0] + len(read) - 1 if read else 0)

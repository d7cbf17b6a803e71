"""The fever line and the spark: where a temperature stands in the boxes of the drawings, and which way it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SPARK_BOX = "0 0 72 20"
_LEFT, _RIGHT, _TOP, _FLOOR, _FLAT = 2, 69, 2, 18, 20
_MOST = 12  # dots of a spark: more cannot be told apart in 72 units
_TRENDS = {"rising": "rising", "falling": "easing", "steady": "steady"}


@dataclass(frozen=True, slots=True)
class Spark:
    """The small line of a row: `points` for an SVG polyline in the box 72 x 20, and the dot of the last reading."""

    points: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line in a box 100 x 100 that is as high as its row: from `x1` at the top to `x2` at the foot.

    `rest` is True where nobody wrote: it is drawn dashed.
    """

    x1: float
    x2: float
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the timeline: the temperature read in it, None where none was; `written` is False for a mere event."""

    temperature: int | None = None
    written: bool = True


@dataclass(frozen=True, slots=True)
class Fever:
    """What is drawn beside a row: a dot at `x` percent (calm 0, abusive 100) with lines into and out of it, or one
    line `through` a row in which nothing was read; None for what is not drawn.
    """

    x: int | None = None
    before: Line | None = None
    after: Line | None = None
    through: Line | None = None


def spark(temperatures: Sequence[int]) -> Spark | None:
    """The last twelve temperatures (0..100) of a conversation as a line, the hotter the higher; None without any."""
    shown = temperatures[-_MOST:]
    if not shown:
        return None
    heights = [_height(temperature) for temperature in shown]
    if len(heights) == 1:
        heights *= 2
    step = (_RIGHT - _LEFT) / (len(heights) - 1)
    points = " ".join(f"{round(_LEFT + step * number)},{height}" for number, height in enumerate(heights))
    return Spark(points, _RIGHT, heights[-1])


def trend(states: Sequence[str], tension: str) -> str:
    """Which way it goes, by the customer's states in order and the `tension` that `guide` gave.

    `new` with fewer than two readings, `settled` where it is calm now and was not always, else `rising`, `easing` or
    `steady`.
    """
    if len(states) < 2:
        return "new"
    if states[-1] == "calm" and any(state != "calm" for state in states):
        return "settled"
    return _TRENDS.get(tension, "steady")


def fever(rows: Sequence[Row]) -> tuple[Fever, ...]:
    """The fever line along the rows of a timeline: between two readings it runs straight over all rows between them."""
    drawn = [Fever() for _ in rows]
    read = [number for number, row in enumerate(rows) if row.temperature is not None]
    for number in read:
        drawn[number] = Fever(_place(rows[number]))
    for first, last in pairwise(read):
        _join(rows, drawn, first, last)
    return tuple(drawn)


def _height(temperature: int) -> int:
    return min(_FLOOR, max(_TOP, round(_FLAT - temperature / 5)))


def _place(row: Row) -> int:
    return min(100, max(0, row.temperature or 0))


def _join(rows: Sequence[Row], drawn: list[Fever], first: int, last: int) -> None:
    """Lay the line from one dot to the next over the foot of its row, the rows between, and the head of the other."""
    start, end, steps = _place(rows[first]), _place(rows[last]), last - first + 1

    def place(step: int) -> float:
        return round(start + (end - start) * step / steps, 1)

    drawn[first] = Fever(drawn[first].x, drawn[first].before, Line(start, place(1)))
    for number in range(first + 1, last):
        step = number - first
        drawn[number] = Fever(through=Line(place(step), place(step + 1), not rows[number].written))
    drawn[last] = Fever(drawn[last].x, Line(place(steps - 1), end))

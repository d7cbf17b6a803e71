"""Company hours: shifts per weekday with breaks, as minutes of the wall clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zgoda.errors import InputError

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FULL_DAY = 24 * 60
_SHIFT = re.compile(r"([0-9]{1,2}):([0-9]{2})\s{0,3}[-–]\s{0,3}([0-9]{1,2}):([0-9]{2})")

Pieces = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """Worked pieces of the seven days from Monday, as `[start, end)` in minutes from midnight of that day.

    A piece that ends beyond 1440 is a night shift: it belongs to the day on which it starts, and a holiday takes away
    the shifts that start on it, not the end of the one before.
    """

    week: tuple[Pieces, ...]

    def __post_init__(self) -> None:
        if len(self.week) != len(DAYS):
            raise InputError(f"company hours need {len(DAYS)} days, came {len(self.week)}")
        if not any(self.week):
            raise InputError("company hours have no working time on any day")
        for start, end in (piece for day in self.week for piece in day):
            if not 0 <= start < end or start >= FULL_DAY * 2 or end > FULL_DAY * 2:
                raise InputError(f"company hours: minutes {start} to {end} are no piece of a shift")

    @classmethod
    def parse(cls, days: Mapping[str, Sequence[str] | str], breaks: Sequence[str] = ()) -> Hours:
        """Hours from `{"mon": ["09:00-17:00"], "fri": ["22:00-06:00"]}`; `breaks` are taken out of every day.

        Equal times mean the whole day (`00:00-00:00` or `00:00-24:00`). Raises InputError for anything else.
        """
        for name in days:
            if name not in DAYS:
                raise InputError(f"company hours: expected a day of {', '.join(DAYS)}, came {name!r}")
        pauses = [piece for text in breaks for piece in _twice(_shift(text))]
        return cls(tuple(_day(days.get(name, ()), pauses) for name in DAYS))

    def of(self, weekday: int, *, moved_in: bool = False) -> Pieces:
        """Pieces of a weekday; a weekend day that the state made a working one has those of the last weekday before."""
        if moved_in and not self.week[weekday]:
            earlier = (self.week[(weekday - back) % 7] for back in range(1, 7))
            return next((pieces for pieces in earlier if pieces), ())
        return self.week[weekday]


def _day(texts: Sequence[str] | str, pauses: Iterable[tuple[int, int]]) -> Pieces:
    shifts = [_shift(text) for text in ([texts] if isinstance(texts, str) else texts)]
    return subtract(merge(shifts), pauses)


def _twice(piece: tuple[int, int]) -> list[tuple[int, int]]:
    """A break by the clock, also where a night shift meets it on the next day."""
    start, end = piece
    return [(start, end), (start + FULL_DAY, end + FULL_DAY)]


def _shift(text: str) -> tuple[int, int]:
    match = _SHIFT.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise InputError(f"company hours: expected a shift such as 09:00-17:00, came {text!r}")
    start, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if max(int(match[2]), int(match[4])) > 59 or start >= FULL_DAY or end > FULL_DAY:
        raise InputError(f"company hours: no such time of day in {text!r}")
    return start, end if end > start else end + FULL_DAY


def merge(pieces: Iterable[tuple[int, int]]) -> Pieces:
    """Pieces in order, touching and overlapping ones made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)


def subtract(pieces: Iterable[tuple[int, int]], holes: Iterable[tuple[int, int]]) -> Pieces:
    """What is left of pieces in order when the holes are taken out."""
    left = list(pieces)
    for first, last in holes:
        cut = ((start, end, min(end, first), max(start, last)) for start, end in left)
        left = [part for start, end, a, b in cut for part in ((start, a), (b, end)) if part[0] < part[1]]
        left = sorted(set(left))
    return tuple(left)

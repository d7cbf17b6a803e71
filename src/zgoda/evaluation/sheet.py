"""Counts what is right, too much and missed, line by line, and draws the lines again for intervals."""

from __future__ import annotations

import random
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zgoda.evaluation.measures import Hits, Measure, Settings, TaskScore, measure, task_score

LINES = "lines"  # the lane in which every line counts one


class Sheet:
    """The lanes of counts: three for every label of every task, one for every name in `more`, one for lines.

    The counts of a line lie in one long integer, so that one sum adds all of them.
    """

    def __init__(self, tasks: Mapping[str, tuple[str, ...]], more: tuple[str, ...] = ()) -> None:
        self.tasks = tasks
        pairs = [(task, label) for task, labels in tasks.items() for label in labels]
        self._places = {pair: 3 * i for i, pair in enumerate(pairs)}
        self._more = {name: 3 * len(pairs) + i for i, name in enumerate((*more, LINES))}
        self._lanes = 3 * len(pairs) + len(self._more)
        self._layout = struct.Struct(f"<{self._lanes}I")

    def blank(self) -> list[int]:
        """Counts of a line about which nothing is known yet."""
        lanes = [0] * self._lanes
        lanes[self._more[LINES]] = 1
        return lanes

    def add(self, lanes: list[int], task: str, label: str, hits: Hits) -> None:
        """Add to one label."""
        place = self._places[task, label]
        for i, count in enumerate(hits):
            lanes[place + i] += count

    def add_sets(self, lanes: list[int], task: str, wanted: set[str], came: set[str]) -> None:
        """Compare two sets of labels."""
        for label in wanted | came:
            hits = (int(label in wanted & came), int(label not in wanted), int(label not in came))
            self.add(lanes, task, label, hits)

    def mark(self, lanes: list[int], name: str, count: int = 1) -> None:
        """Add to one of the lanes in `more`."""
        lanes[self._more[name]] += count

    def pack(self, lanes: Sequence[int]) -> int:
        """The counts as one integer."""
        return int.from_bytes(self._layout.pack(*lanes), "little")

    def unpack(self, total: int) -> tuple[int, ...]:
        """The counts in a sum of packed lines."""
        return self._layout.unpack(total.to_bytes(self._layout.size, "little"))

    def hits(self, totals: Sequence[int], task: str, label: str) -> Hits:
        """Right, too much, missed."""
        place = self._places[task, label]
        return totals[place], totals[place + 1], totals[place + 2]

    def count(self, totals: Sequence[int], name: str) -> int:
        """One of the lanes in `more`, or `lines`."""
        return totals[self._more[name]]

    def tally(self, packed: Sequence[int], settings: Settings) -> Tally:
        """Totals over the lines, and over lines drawn again with replacement, the same for the same lines."""
        chance = random.Random(settings.seed)
        times = settings.resamples if packed else 0
        draws = [self.unpack(sum(chance.choices(packed, k=len(packed)))) for _ in range(times)]
        return Tally(self, self.unpack(sum(packed)), tuple(draws), settings.confidence)


@dataclass(frozen=True, slots=True)
class Tally:
    """Totals of a set of lines, with those of its draws."""

    sheet: Sheet
    totals: tuple[int, ...]
    draws: tuple[tuple[int, ...], ...]
    confidence: float

    def count(self, name: str) -> int:
        """The total of one of the lanes in `more`, or of `lines`."""
        return self.sheet.count(self.totals, name)

    def task(self, name: str) -> TaskScore:
        """The scores of one field; labels that nowhere occur are left out."""
        sheet = self.sheet
        labels = [label for label in sheet.tasks[name] if any(sheet.hits(self.totals, name, label))]
        hits = [sheet.hits(self.totals, name, label) for label in labels]
        drawn = [[sheet.hits(draw, name, label) for label in labels] for draw in self.draws]
        return task_score(name, labels, hits, drawn, self.confidence)

    def every_task(self) -> tuple[TaskScore, ...]:
        """The scores of all fields."""
        return tuple(self.task(name) for name in self.sheet.tasks)

    def share(self, part: str, whole: str) -> Measure:
        """How large one lane is of another."""
        value, *drawn = (self._share(totals, part, whole) for totals in (self.totals, *self.draws))
        return measure(value, drawn, self.confidence)

    def _share(self, totals: Sequence[int], part: str, whole: str) -> float | None:
        count = self.sheet.count(totals, whole)
        return self.sheet.count(totals, part) / count if count else None

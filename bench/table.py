"""Draws tables that read well on a terminal and are Markdown at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zgoda.evaluation import Measure


@dataclass(slots=True)
class Table:
    """A title, the heads of the columns, rows of texts, notes under them, and asides.

    `name` marks its place in the docs; asides quote other people's texts and are only printed.
    """

    name: str
    title: str
    heads: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    asides: list[str] = field(default_factory=list)

    def body(self) -> str:
        """The table and its notes without the title: the first column to the left, the others to the right."""
        widths = [max(len(row[i]) for row in (self.heads, *self.rows)) for i in range(len(self.heads))]
        lines = [_line(self.heads, widths), _rule(widths), *(_line(row, widths) for row in self.rows)]
        if self.notes:
            lines += ["", *self.notes]
        return "\n".join(lines)

    def __str__(self) -> str:
        return "\n".join(["", self.title, "", self.body(), *self.asides])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [
        cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"| {' | '.join(padded)} |"


def _rule(widths: Sequence[int]) -> str:
    return "|" + "|".join(f"{'-' * (width + 1)}{':' if i else '-'}" for i, width in enumerate(widths)) + "|"


def with_interval(measure: Measure) -> str:
    """A share and half of its interval, a dash where nothing can be said."""
    if measure.value is None or measure.low is None or measure.high is None:
        return share(measure.value)
    return f"{measure.value:.3f} ±{(measure.high - measure.low) / 2:.2f}"


def share(value: float | None, places: int = 3) -> str:
    """A share 0..1, a dash where nothing can be said."""
    return "-" if value is None else f"{value:.{places}f}"

"""Labelled lines to measure quality on: those kept apart, those written for measuring alone, and any files given."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.dataset import DATA, load_messages

Line = dict[str, Any]
LATER = ("e", "f", "h")


@dataclass(frozen=True, slots=True)
class LineSet:
    """A named set of labelled lines."""

    name: str
    lines: list[Line]

    def cut(self, most: int | None) -> LineSet:
        """Evenly fewer lines, so that every language stays; all of them without `most`."""
        step = max(1, len(self.lines) // most) if most else 1
        return LineSet(self.name, self.lines[::step])


def kept_apart() -> LineSet:
    """The blocks of the project's messages that nothing is trained or tuned on."""
    return LineSet("lines kept apart", [line.labels for line in load_messages() if line.kept_apart])


def of_later_writers() -> LineSet:
    """Of those the lines that no author of the lexicons can have seen: ordinary ones, written after the lexicons."""
    lines = [line.labels for line in load_messages() if line.kept_apart and line.writer in LATER]
    return LineSet("kept apart, writers e f h", lines)


def written_for_measuring(root: Path = DATA / "kept") -> list[LineSet]:
    """One set per file name, the languages together; none where there is no such folder."""
    sets: dict[str, list[Line]] = {}
    for path in sorted(root.glob("*/*.jsonl")):
        sets.setdefault(path.stem, []).extend(lines_of(path))
    return [LineSet(f"kept/{name}", lines) for name, lines in sorted(sets.items())]


def given(paths: Sequence[Path]) -> list[LineSet]:
    """A set for each file."""
    return [LineSet(short(path), list(lines_of(path))) for path in paths]


def short(path: Path) -> str:
    """A file by its own name and that of its folder: where the folder lies is a matter of the machine."""
    return "/".join(path.absolute().parts[-2:])


def lines_of(path: Path) -> Iterator[Line]:
    """The objects of a JSONL file, packed with gzip or not; blank lines are left out."""
    opening = gzip.open if path.suffix == ".gz" else open
    with opening(path, "rt", encoding="utf-8") as stream:
        for raw in stream:
            if raw.strip():
                yield json.loads(raw)

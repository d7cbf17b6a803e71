"""Prints the tables of speed and quality: `python -m bench [speed|quality|replies|desk|typing] [--quick] [--save]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.desk import desk
from bench.desk_typing import desk_typing
from bench.lines import short
from bench.machine import pin, shape
from bench.pace import Budget
from bench.quality import quality
from bench.replies import reply_quality
from bench.review_speed import review_speed
from bench.save import save
from bench.speed import SIZES, growth, reading_speed, start_cost
from bench.table import Table

_FULL = Budget(1_500, 3.0)
_QUICK = Budget(60, 0.3)
_QUICK_LINES = 60
_PARTS = "quality holds replies too: review, catalogue, promises and conversations"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for and print it; with `--save` keep it in docs/benchmarks.md."""
    wishes = _parser().parse_args(arguments)
    machine = f"{shape()}, {pin()}"
    print(machine, flush=True)
    tables = []
    for table in _tables(wishes):
        print(table, flush=True)
        tables.append(table)
    if wishes.save:
        for name in save(tables, machine, _command(wishes)):
            print(f"docs/benchmarks.md has no place for {name}", file=sys.stderr)
    return 0


def _tables(wishes: argparse.Namespace) -> Iterator[Table]:
    if wishes.part in ("speed", "all"):
        yield from reading_speed(_QUICK if wishes.quick else _FULL)
        yield review_speed(_QUICK if wishes.quick else _FULL)
        yield start_cost(1 if wishes.quick else 7)
        yield growth(SIZES[:2] if wishes.quick else SIZES)
    if wishes.part == "desk":
        yield desk(wishes.quick)
    if wishes.part == "typing":
        yield desk_typing(wishes.quick)
    most = _QUICK_LINES if wishes.quick else None
    if wishes.part in ("quality", "all"):
        yield from quality(wishes.messages, wishes.polite, most)
    if wishes.part in ("replies", "quality", "all"):
        yield from reply_quality(wishes.replies, most)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench", description="Speed and quality beside the peers.")
    parser.add_argument(
        "part", nargs="?", choices=("speed", "quality", "replies", "desk", "typing", "all"), default="all", help=_PARTS
    )
    parser.add_argument("--quick", action="store_true", help="few readings and lines: a look, no figures to keep")
    parser.add_argument("--save", action="store_true", help="keep the tables in docs/benchmarks.md")
    parser.add_argument("--messages", nargs="+", type=Path, default=[], metavar="FILE", help="more labelled lines")
    parser.add_argument("--replies", nargs="+", type=Path, default=[], metavar="FILE", help="more labelled replies")
    parser.add_argument("--polite", type=Path, metavar="FILE", help='polite questions, lines {"text"}; .gz too')
    return parser


def _command(wishes: argparse.Namespace) -> str:
    """The call as a person would type it, files by their short names."""
    parts = ["./run bench"]
    parts += [wishes.part] if wishes.part != "all" else []
    parts += ["--messages", *map(short, wishes.messages)] if wishes.messages else []
    parts += ["--replies", *map(short, wishes.replies)] if wishes.replies else []
    parts += ["--polite", short(wishes.polite)] if wishes.polite else []
    return " ".join(parts)


if __name__ == "__main__":
    sys.exit(main())

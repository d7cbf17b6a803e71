"""How fast Zgoda reads, beside one pass over the bytes and beside the peers; what it costs to start and to hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import median
from time import process_time

from bench.fresh import memory, starts
from bench.pace import Budget, Pace, pace
from bench.peers import peers
from bench.table import Table
from bench.texts import LENGTHS, messages, of_length, one_of
from zgoda.api import engine
from zgoda.values import LANGUAGES

_WORDS = re.compile(rb"[0-9A-Za-z\x80-\xff]++")
SIZES = (1_000, 10_000, 50_000, 100_000, 200_000)


def floor(text: str) -> int:
    """The least that reading can cost: one scan for words, and one count, over the bytes."""
    raw = text.encode("utf-8", "surrogatepass")
    return len(_WORDS.findall(raw)) + raw.count(b" ")


def reading_speed(budget: Budget) -> list[Table]:
    """A table of Zgoda and the floor in every language, and one of the peers on English."""
    texts = messages()
    read = engine().read
    table = Table(
        "speed",
        "Reading, one process on one core",
        ("texts", "code points", "a second", "p50 ms", "p99 ms", "p99 ms of CPU", "floor a second", "floor / Zgoda"),
        notes=[
            "`a second` and `of CPU` count the processor time of the process, `p50` and `p99` the clock.",
            f"At least {budget.readings:,} readings a cell, or {budget.seconds:g} s; the engine is warm.",
        ],
    )
    english: dict[str, tuple[list[str], Pace]] = {}
    for language in LANGUAGES:
        for name, length in LENGTHS.items():
            cell = of_length(texts[language], length, budget.readings)
            ours, least = pace(read, cell, budget), pace(floor, cell, budget)
            table.rows.append(_row(f"{language}, {name}", cell, ours, least))
            if language == "en":
                english[name] = (cell, ours)
    return [table, _peer_speed(english, budget)]


def _row(name: str, cell: Sequence[str], ours: Pace, least: Pace) -> Sequence[str]:
    length = f"{median(len(text) for text in cell):.0f}"
    times = [f"{value:.2f}" for value in (ours.p50, ours.p99, ours.p99_processor)]
    return name, length, f"{ours.rate:,.0f}", *times, f"{least.rate:,.0f}", f"{least.rate / ours.rate:,.0f}"


def _peer_speed(english: dict[str, tuple[list[str], Pace]], budget: Budget) -> Table:
    found, notes = peers()
    table = Table(
        "peers-speed",
        "Peers on the same English texts, in the same run",
        ("texts", "peer", "a second", "p50 ms", "p99 ms", "peer / Zgoda"),
        notes=notes,
    )
    for name, (cell, ours) in english.items():
        table.rows.append((name, "Zgoda", f"{ours.rate:,.0f}", f"{ours.p50:.2f}", f"{ours.p99:.2f}", "1.00"))
        for peer in found:
            theirs = pace(peer.score, cell, budget)
            times = f"{theirs.p50:.2f}", f"{theirs.p99:.2f}"
            table.rows.append((name, peer.name, f"{theirs.rate:,.0f}", *times, f"{theirs.rate / ours.rate:.2f}"))
    return table


def start_cost(runs: int) -> Table:
    """Import, first reading and memory of fresh processes."""
    came = starts(runs)
    table = Table("start", f"Fresh processes ({runs} of them)", ("what", "least", "median"))
    for name, values, unit in (
        ("`import zgoda`", [one[0] * 1000 for one in came], "ms"),
        ("first reading, which loads a language", [one[1] * 1000 for one in came], "ms"),
    ):
        table.rows.append((name, f"{min(values):,.0f} {unit}", f"{median(values):,.0f} {unit}"))
    sizes = [memory() for _ in range(min(runs, 3))]
    table.rows.append(("memory after reading in three languages", f"{min(sizes):.0f} MiB", f"{median(sizes):.0f} MiB"))
    return table


def growth(sizes: Sequence[int] = SIZES, read: Callable[[str], object] | None = None) -> Table:
    """What one code point costs in texts of growing length; the same everywhere means linear."""
    read = read or engine().read
    table = Table(
        "growth",
        "Cost of one code point in texts of growing length (three languages mixed)",
        ("code points", "milliseconds", "microseconds a code point", "to the second row"),
    )
    costs: list[float] = []
    for size in sizes:
        text = one_of(size)
        costs.append(min(_cost(read, text) for _ in range(3)) / size)
    for size, cost in zip(sizes, costs, strict=True):
        against = cost / costs[min(1, len(costs) - 1)]
        table.rows.append((f"{size:,}", f"{cost * size * 1e3:,.1f}", f"{cost * 1e6:.2f}", f"{against:.2f}"))
    return table


def _cost(read: Callable[[str], object], text: str) -> float:
    began = process_time()
    read(text)
    return process_time() - began

"""How long the desk takes to answer: a queue of 10,000 open conversations, a conversation of 200 messages."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from time import perf_counter, process_time

from bench.table import Table

QUEUE, LONG = 10_000, 200
AIM = 300  # ms at the 95th percentile


def desk(quick: bool = False) -> Table:
    """Seed a company in a home folder of its own and ask its pages, through every middleware, on SQLite."""
    with tempfile.TemporaryDirectory(prefix="zgoda-bench-") as home:
        os.environ.update(ZGODA_HOME=home, DJANGO_SETTINGS_MODULE="zgoda_desk.settings")
        os.environ.pop("DATABASE_URL", None)
        from bench.desk_seed import prepare

        seeded = prepare(QUEUE // 10 if quick else QUEUE, LONG)
        times = 10 if quick else 60
        table = Table(
            "desk",
            f"Pages of the desk on SQLite: {seeded.conversations:,} open conversations, one of them of {LONG} messages",
            ("page", "queries", "kB", "p50 ms", "p95 ms", "p95 ms of CPU", f"under {AIM} ms"),
            notes=[f"Each asked {times} times in one process, whole answer with its template and middleware."],
        )
        for name, path in seeded.pages.items():
            table.rows.append(_row(name, lambda path=path: seeded.get(path), times))  # type: ignore[misc]
    return table


def _row(name: str, ask: Callable[[], tuple[int, int]], times: int) -> tuple[str, ...]:
    queries, size = ask()
    spent, worked = [], []
    for _ in range(times):
        began, busy = perf_counter(), process_time()
        ask()
        spent.append((perf_counter() - began) * 1000)
        worked.append((process_time() - busy) * 1000)
    p95 = _part(spent, 0.95)
    figures = f"{_part(spent, 0.5):.0f}", f"{p95:.0f}", f"{_part(worked, 0.95):.0f}"
    return name, f"{queries}", f"{size / 1000:.0f}", *figures, "yes" if p95 < AIM else "no"


def _part(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, round(len(values) * share))]

"""Hostile texts of growing length: one character may not cost more in a long text than in a short one."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from random import Random
from time import process_time

from bench.machine import peak_megabytes
from bench.proofs.hostile import TEXTS, Make
from bench.spans import loose_spans
from zgoda.api import engine

_SHORT = 10_000
_MOST = 3.0  # times that a character may cost of what it costs in a short text
_FLOOR = 1e-6  # seconds a character below which nothing is told: there the clock speaks, not the reader
_MEMORY = 600.0  # MiB that the process may come to hold
Try = Callable[[str], tuple[float, list[str]]]
"""Seconds of processor time that a text costs, and what is wrong with the answer."""
_HUGE = {"one word": 10_000_000, "parentheses": 1_000_000, "mixed": 1_000_000}


def _read(text: str) -> tuple[float, list[str]]:
    """Seconds of processor time, and spans that do not lie in the text."""
    began = process_time()
    reading = engine().read(text)
    return process_time() - began, list(loose_spans(text, reading))


def prove(wishes: argparse.Namespace) -> bool:
    """Whether every text is read in time that grows with its length alone, spans inside, memory bounded."""
    names = wishes.only or list(TEXTS)
    engine().read("Где мой заказ? Gdzie jest paczka? Where is my order?")
    good = True
    print(f"{'text':18} {'µs a character at':>20} {_SHORT:,} and {wishes.longest:,}")
    for name in names:
        sizes = [min(_SHORT, wishes.longest), wishes.longest]
        good &= grows_evenly(name, TEXTS[name], sizes, wishes.seed)
    for name, size in _HUGE.items():
        if name in names and wishes.longest >= 200_000:
            cost, faults = _read(TEXTS[name](size, Random(wishes.seed)))
            print(f"{name:18} {size:,} characters in {cost:.2f} s")
            good &= not _told(name, faults)
    peak = peak_megabytes()
    print(f"{len(names)} texts; the process held at most {peak:.0f} MiB (allowed {_MEMORY:.0f})")
    return good and peak <= _MEMORY


def grows_evenly(name: str, make: Make, sizes: Sequence[int], seed: int, tried: Try = _read) -> bool:
    """Whether a character costs about the same in texts of both sizes, and no try finds a fault; tells both."""
    costs: list[float] = []
    wrong: list[str] = []
    for size in sizes:
        # Two texts, not one text twice: words met before are remembered, and a text too long to be remembered would
        # be held against one that is.
        tries = [tried(make(size, Random(seed + turn))) for turn in range(2 if size <= _SHORT else 1)]
        costs.append(min(cost for cost, _ in tries) / size)
        wrong += tries[0][1]
    steep = costs[-1] > _MOST * max(costs[0], _FLOOR)
    print(f"{name:18} {costs[0] * 1e6:20.2f} {costs[-1] * 1e6:10.2f}{'   GROWS' if steep else ''}", flush=True)
    return not _told(name, wrong) and not steep


def _told(name: str, faults: Sequence[str]) -> bool:
    for fault in faults[:3]:
        print(f"{name}: {fault}")
    return bool(faults)

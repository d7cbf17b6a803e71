"""Times a function over texts, one call after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter_ns, process_time_ns
from typing import TypeVar

Case = TypeVar("Case")

_WARM = 150


@dataclass(frozen=True, slots=True)
class Budget:
    """A cell is done after so many readings, or after so many seconds."""

    readings: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Pace:
    """Texts a second of processor time; median and 99th percentile by the clock, and the latter by processor time."""

    readings: int
    rate: float
    p50: float
    p99: float
    p99_processor: float


def pace(
    call: Callable[[Case], object],
    cases: Sequence[Case],
    budget: Budget,
    *,
    before: Callable[[Case], object] | None = None,
    warm: int = _WARM,
) -> Pace:
    """Warm up on the first `warm` cases, then time every call by itself; latencies in milliseconds.

    `before` is called with each case first and is not timed.
    """
    limit = int(budget.seconds * 1e9)
    end = perf_counter_ns() + limit // 2
    for case in cases[:warm]:
        _timed(call, case, before)
        if perf_counter_ns() > end:
            break
    times: list[tuple[int, int]] = []
    end = perf_counter_ns() + limit
    for case in cycle(cases):
        times.append(_timed(call, case, before))
        if len(times) >= budget.readings or perf_counter_ns() > end:
            break
    clock, processor = [one[0] for one in times], [one[1] for one in times]
    return Pace(
        readings=len(times),
        rate=len(times) * 1e9 / max(sum(processor), 1),
        p50=_at(clock, 0.5),
        p99=_at(clock, 0.99),
        p99_processor=_at(processor, 0.99),
    )


def _timed(call: Callable[[Case], object], case: Case, before: Callable[[Case], object] | None) -> tuple[int, int]:
    """Nanoseconds by the clock and of the processor that one call takes."""
    if before is not None:
        before(case)
    at, used = perf_counter_ns(), process_time_ns()
    call(case)
    spent = process_time_ns() - used
    return perf_counter_ns() - at, spent


def _at(times: Sequence[int], place: float) -> float:
    """The time at a place 0..1 of the ordered times, in milliseconds."""
    return sorted(times)[min(int(len(times) * place), len(times) - 1)] / 1e6

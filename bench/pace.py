"""Times a function over texts, one call after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter_ns, process_time_ns

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


def pace(call: Callable[[str], object], texts: Sequence[str], budget: Budget) -> Pace:
    """Warm up, then time every call by itself; latencies in milliseconds."""
    began = perf_counter_ns()
    limit = int(budget.seconds * 1e9)
    for text in texts[:_WARM]:
        call(text)
        if perf_counter_ns() - began > limit // 2:
            break
    clock: list[int] = []
    processor: list[int] = []
    end = perf_counter_ns() + limit
    for text in cycle(texts):
        at, used = perf_counter_ns(), process_time_ns()
        call(text)
        processor.append(process_time_ns() - used)
        clock.append(perf_counter_ns() - at)
        if len(clock) >= budget.readings or perf_counter_ns() > end:
            break
    return Pace(
        readings=len(clock),
        rate=len(clock) * 1e9 / max(sum(processor), 1),
        p50=_at(clock, 0.5),
        p99=_at(clock, 0.99),
        p99_processor=_at(processor, 0.99),
    )


def _at(times: Sequence[int], place: float) -> float:
    """The time at a place 0..1 of the ordered times, in milliseconds."""
    return sorted(times)[min(int(len(times) * place), len(times) - 1)] / 1e6

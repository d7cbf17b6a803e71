"""Keeps the collector of garbage from holding up a message: it goes through what is new, in small portions.

What an engine has learned of texts (roads through the lexicons, readings of turns) is not garbage for a long while, yet
each full pass of the collector would go through all of it in the middle of somebody's typing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

_PORTIONS = (400, 10, 10)  # small first portions: one of the second generation then takes about 3 ms, not 8
_FULL_EVERY = 500  # passes after which once everything is gone through, for rings that came to die meanwhile

_OLDEST = 2

_passes = [0]  # since the last full one


@contextmanager
def loading() -> Iterator[None]:
    """What is made inside stays for good: the collector rests meanwhile, and then works as `spare` tells."""
    collecting = gc.isenabled()
    gc.disable()  # or it would go through half a million new objects again and again, to free none
    try:
        yield
    finally:
        if collecting:
            gc.enable()
    spare()


def spare() -> None:
    """From now on, what outlives a pass of the oldest generation is set aside; asked twice it does nothing more.

    All that lives now is set aside at once. Every 500th pass goes through everything.
    """
    gc.collect()
    gc.freeze()
    if _watch not in gc.callbacks:
        gc.set_threshold(*_PORTIONS)
        gc.callbacks.append(_watch)


def _watch(phase: str, info: Mapping[str, Any]) -> None:
    if info["generation"] != _OLDEST:
        return
    if phase == "stop":
        _passes[0] += 1
        gc.freeze()
    elif _passes[0] >= _FULL_EVERY:
        _passes[0] = 0
        gc.unfreeze()

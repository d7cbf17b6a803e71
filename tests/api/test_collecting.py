"""The collector of garbage is kept in small portions, and what died meanwhile is still found in the end."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from zgoda.api import collecting


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    portions = gc.get_threshold()
    yield
    gc.set_threshold(*portions)
    if collecting._watch in gc.callbacks:
        gc.callbacks.remove(collecting._watch)
    collecting._passes[0] = 0
    gc.unfreeze()


class Ring:
    def __init__(self) -> None:
        self.itself = self


def test_what_outlives_a_full_pass_is_set_aside():
    collecting.spare()
    before = gc.get_freeze_count()
    kept = [[number] for number in range(1000)]
    gc.collect()
    assert gc.get_freeze_count() >= before + len(kept)


def test_asked_twice_it_watches_once():
    collecting.spare()
    collecting.spare()
    assert gc.callbacks.count(collecting._watch) == 1


def test_a_ring_that_died_set_aside_is_freed_by_the_next_pass_over_everything():
    collecting.spare()
    ring = Ring()
    gc.collect()
    gone = weakref.ref(ring)
    del ring
    gc.collect()
    assert gone() is not None
    collecting._passes[0] = collecting._FULL_EVERY
    gc.collect()
    assert gone() is None

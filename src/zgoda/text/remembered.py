"""Keeps the answers of a function by the texts they belong to, as far as the texts together are not too long."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

Answer = TypeVar("Answer")
_SHARE = 8  # a text that alone takes up more than this part of the room is not kept: it would drive out all others


class Remembered(Generic[Answer]):
    """A function of hashable arguments whose latest answers are kept; safe to call from several threads.

    `weigh` gives the code points of the first argument; those of all answers kept are at most `most`. A count of
    answers would not do as a limit: one text may be as long as a thousand others.
    """

    def __init__(self, function: Callable[..., Answer], most: int, weigh: Callable[[Any], int] = len) -> None:
        self._function = function
        self._most = most
        self._weigh = weigh
        self._lock = Lock()
        self._kept: OrderedDict[tuple[Hashable, ...], Answer] = OrderedDict()
        self._held = 0

    def __call__(self, first: Hashable, *more: Hashable) -> Answer:
        """The answer of the function, from memory where it is there."""
        key = (first, *more)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        answer = self._function(first, *more)
        self._keep(key, answer)
        return answer

    def _keep(self, key: tuple[Hashable, ...], answer: Answer) -> None:
        weight = self._weigh(key[0])
        if weight * _SHARE > self._most:
            return
        with self._lock:
            if key not in self._kept:
                self._kept[key] = answer
                self._held += weight
            while self._held > self._most:
                old, _ = self._kept.popitem(last=False)
                self._held -= self._weigh(old[0])

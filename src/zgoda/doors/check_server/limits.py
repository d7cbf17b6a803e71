"""How much one server and one client may ask for: requests a minute, checks at a time, sizes."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from zgoda.doors.check_server.answers import Refusal

_MINUTE = 60.0
_CLIENTS = 10_000  # addresses kept in mind; whoever is forgotten begins with a full bucket
_BYTES_A_CHARACTER = 24  # an astral character as JSON escapes, percent-encoded, with room for markup
_BYTES_BESIDE = 65_536


class Buckets:
    """A bucket of requests for each client address, filled evenly; `clock` tells seconds that never run back."""

    def __init__(self, per_minute: int, clock: Callable[[], float], clients: int = _CLIENTS) -> None:
        self._capacity = float(per_minute)
        self._rate = per_minute / _MINUTE
        self._clock = clock
        self._clients = clients
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, client: str) -> None:
        """Count one request; raises Refusal (429) with the seconds to wait where the bucket is empty."""
        with self._lock:
            now = self._clock()
            level, since = self._levels.pop(client, (self._capacity, now))
            level = min(self._capacity, level + (now - since) * self._rate)
            allowed = level >= 1
            self._levels[client] = (level - 1 if allowed else level, now)
            if len(self._levels) > self._clients:
                self._levels.popitem(last=False)
        if not allowed:
            wait = max(1, math.ceil((1 - level) / self._rate))
            raise Refusal(
                429,
                f"too many requests: this server takes {self._capacity:.0f} a minute from one address; "
                f"wait {wait} s (the limit is set with --per-minute)",
                (("Retry-After", str(wait)),),
            )


class Places:
    """How many checks run at a time; the others wait `patience` seconds for a place, then are sent away."""

    def __init__(self, count: int, patience: float) -> None:
        self._free = BoundedSemaphore(count)
        self._patience = patience

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place for one check; raises Refusal (503) where none came free."""
        if not self._free.acquire(timeout=self._patience):
            raise Refusal(503, "too many checks at a time; try again in a second", (("Retry-After", "1"),))
        try:
            yield
        finally:
            self._free.release()


def body_limit(characters: int) -> int:
    """The most bytes that the body of a request for so many characters can rightly have."""
    return characters * _BYTES_A_CHARACTER + _BYTES_BESIDE


def check_length(text: str, characters: int) -> None:
    """Raise Refusal (413) for a text that is too long; the limit is named."""
    if len(text) > characters:
        raise Refusal(
            413,
            f"Your text is {len(text)} characters long, which exceeds this server's limit of {characters} characters "
            "(set with --max-characters)",
        )

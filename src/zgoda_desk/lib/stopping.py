"""Waiting until this process is told to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

_GLANCE = 0.3  # seconds between two looks


def until_stopped() -> Callable[[], None]:
    """Catch SIGTERM and Ctrl-C from now on; what it gives back waits until one of them has come.

    A list and short sleeps: an Event set by a handler waits for ever where the signal meets its wait half way.
    """
    caught: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda came, _: caught.append(came))

    def wait() -> None:
        while not caught:
            time.sleep(_GLANCE)

    return wait

"""Everything that falls due: reminders, broken promises, clocks that are over; each once, however often it is asked."""

from __future__ import annotations

from datetime import datetime

from zgoda_desk.conversations import live


def tick(now: datetime) -> int:
    """Do what is due; gives back how many things were."""
    return live.forget(now)

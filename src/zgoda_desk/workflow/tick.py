"""Everything that falls due: reminders, broken promises, clocks that are over; each once, however often it is asked."""

from __future__ import annotations

from datetime import datetime

from zgoda_desk.conversations import live
from zgoda_desk.workflow.snooze import wake_snoozed


def tick(now: datetime) -> int:
    """Do what is due; gives back how many things were."""
    return wake_snoozed(now) + live.forget(now)

"""What was done last in the queue, kept for a minute in the session so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zgoda_desk.console.asked import Asked
from zgoda_desk.console.undoing import Slot
from zgoda_desk.workflow.bulk import Done

_SLOT = Slot("queue_undo")


@dataclass(frozen=True)
class Undo:
    """A sentence about what was done, the name of what takes it back (empty: nothing does), and seconds left."""

    said: str
    back: str
    rows: tuple[tuple[int, Any], ...]
    left: int


def keep(request: Asked, said: str, back: str, done: Done, now: datetime) -> None:
    """Keep what was done in place of what was kept before."""
    _SLOT.put(request, now, said=said, back=back if done.changed else "", rows=done.changed)


def undo_of(request: Asked, now: datetime) -> Undo | None:
    """What was done within the last minute; None for nothing."""
    found = _SLOT.look(request, now)
    if found is None:
        return None
    kept, left = found
    return Undo(kept["said"], kept["back"], tuple((int(number), before) for number, before in kept["rows"]), left)


def forget(request: Asked) -> None:
    """Drop it."""
    _SLOT.clear(request)

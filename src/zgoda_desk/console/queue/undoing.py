"""What was done last in the queue, kept for a minute in the session so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zgoda_desk.console.asked import Asked
from zgoda_desk.workflow.bulk import Done

FADES = timedelta(seconds=60)
_PLACE = "queue_undo"


@dataclass(frozen=True)
class Undo:
    """A sentence about what was done, the name of what takes it back (empty: nothing does), and seconds left."""

    said: str
    back: str
    rows: tuple[tuple[int, Any], ...]
    left: int


def keep(request: Asked, said: str, back: str, done: Done, now: datetime) -> None:
    """Keep what was done in place of what was kept before."""
    request.session[_PLACE] = {
        "said": said,
        "back": back if done.changed else "",
        "rows": done.changed,
        "at": now.isoformat(),
    }


def undo_of(request: Asked, now: datetime) -> Undo | None:
    """What was done within the last minute; None for nothing."""
    kept = request.session.get(_PLACE)
    if not kept:
        return None
    left = datetime.fromisoformat(kept["at"]) + FADES - now
    if not timedelta(0) < left <= FADES:
        return None
    rows = tuple((int(number), before) for number, before in kept["rows"])
    return Undo(kept["said"], kept["back"], rows, int(left.total_seconds()))


def forget(request: Asked) -> None:
    """Drop it."""
    request.session.pop(_PLACE, None)

"""What a person did last, kept for a minute in his session so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zgoda_desk.console.asked import Asked

FADES = timedelta(seconds=60)


@dataclass(frozen=True)
class Slot:
    """A place in the session for one thing done; a new one takes the place of the one before."""

    name: str

    def put(self, request: Asked, now: datetime, **what: Any) -> None:
        """Keep what was done; values that JSON takes."""
        request.session[self.name] = {**what, "at": now.isoformat()}

    def look(self, request: Asked, now: datetime) -> tuple[dict[str, Any], int] | None:
        """What was done within the last minute and the seconds left; None for nothing."""
        kept = request.session.get(self.name)
        if not kept:
            return None
        left = datetime.fromisoformat(kept["at"]) + FADES - now
        return (kept, int(left.total_seconds())) if timedelta(0) < left <= FADES else None

    def clear(self, request: Asked) -> None:
        """Drop it."""
        request.session.pop(self.name, None)

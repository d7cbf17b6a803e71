"""What was done last with a promise, kept for a minute in the session so that it can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.models import Promise
from zgoda_desk.console.asked import Asked
from zgoda_desk.console.undoing import Slot
from zgoda_desk.workflow import promise_deeds
from zgoda_desk.workflow.promise_deeds import Change

_SLOT = Slot("promise_undo")


@dataclass(frozen=True)
class Undo:
    """A sentence about what was done, how it is taken back (empty: it is not), on which promise, and seconds left."""

    said: str
    how: str
    promise: int
    before: dict[str, Any]
    left: int


def keep(request: Asked, said: str, how: str, promise: Promise, now: datetime) -> None:
    """Keep what was done, with `promise` as it was before."""
    before = {
        "owner": promise.owner_id,
        "chosen": promise.owner_chosen,
        "what": promise.what,
        "due_at": promise.due_at.isoformat(),
        "whole_day": promise.whole_day,
    }
    usable = how if how != "give" or promise.owner_id else ""
    _SLOT.put(request, now, said=said, how=usable, promise=promise.pk, before=before)


def undo_of(request: Asked, now: datetime) -> Undo | None:
    """What was done within the last minute; None for nothing."""
    found = _SLOT.look(request, now)
    if found is None:
        return None
    kept, left = found
    return Undo(kept["said"], kept["how"], kept["promise"], kept["before"], left)


def forget(request: Asked) -> None:
    """Drop it."""
    _SLOT.clear(request)


def take_back(person: Person, undo: Undo, now: datetime) -> bool:
    """Do the opposite; the caller has checked that he may see the promise. False where somebody was quicker."""
    if undo.how == "reopen":
        return promise_deeds.reopen(person, undo.promise, now)
    if undo.how == "change":
        before = undo.before
        back = Change(before["what"], datetime.fromisoformat(before["due_at"]), before["whole_day"])
        return promise_deeds.change(person, undo.promise, back, now, back=True)
    owner = Person.objects.filter(pk=undo.before["owner"] or 0, is_active=True).first()
    chosen = bool(undo.before.get("chosen"))
    return owner is not None and promise_deeds.hand_over(person, undo.promise, owner, now, chosen=chosen)

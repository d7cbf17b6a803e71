"""Changes of promises and clocks."""

from __future__ import annotations

from datetime import datetime, timedelta

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations.models import Conversation, Message


def start_clock(
    conversation: Conversation,
    kind: str,
    *,
    since: datetime,
    due_at: datetime,
    row: str = "",
    legal_due: datetime | None = None,
    source: str = "",
    certainty: str = "",
) -> Clock:
    """Start a clock; the same one (kind, row, start) is started once."""
    clock, _ = Clock.objects.get_or_create(
        conversation=conversation,
        kind=kind,
        row=row,
        since=since,
        defaults={"due_at": due_at, "legal_due": legal_due, "source": source[:300], "certainty": certainty},
    )
    return clock


def end_clocks(conversation: Conversation, kind: str, *, state: str, now: datetime) -> int:
    """End the running and overdue clocks of a kind: `met` by what was done, or `stopped`."""
    running = Clock.objects.filter(conversation=conversation, kind=kind, state__in=["running", "over"])
    return running.update(state=state, ended_at=now)


def make_promise(
    conversation: Conversation,
    message: Message | None,
    *,
    what: str,
    words: str,
    channel: str,
    person: Person | None,
    due_at: datetime,
    whole_day: bool,
    zone: str,
    remind_minutes: int,
    now: datetime,
) -> Promise:
    """Keep a promise that was made to a customer; its maker owns it until somebody else takes it."""
    before = timedelta(minutes=remind_minutes)
    return Promise.objects.create(
        conversation=conversation,
        message=message,
        what=what[:300],
        words=words[:500],
        channel=channel[:10],
        owner=person,
        made_by=person,
        made_at=now,
        due_at=due_at,
        whole_day=whole_day,
        zone=zone,
        remind_at=max(now, due_at - before),
    )


def end_promise(promise: Promise, state: str, *, person: Person | None, now: datetime, note: str = "") -> bool:
    """Mark a promise kept or withdrawn; False where somebody ended it before."""
    open_ones = Promise.objects.filter(pk=promise.pk, state__in=["open", "broken"])
    done = open_ones.update(state=state, ended_at=now, ended_by=person, note=note[:300])
    promise.refresh_from_db()
    return bool(done)


def reopen_promise(promise: Promise, *, now: datetime) -> bool:
    """Take the end of a promise back: it is open again, or broken where its time has passed."""
    ended = Promise.objects.filter(pk=promise.pk, state__in=["kept", "withdrawn"])
    state = "broken" if promise.due_at < now else "open"
    done = ended.update(state=state, ended_at=None, ended_by=None)
    promise.refresh_from_db()
    return bool(done)


def give_promise(promise: Promise, owner: Person) -> None:
    """Hand a promise to another owner."""
    promise.owner, promise.owner_asked_at = owner, None
    promise.save(update_fields=["owner", "owner_asked_at"])

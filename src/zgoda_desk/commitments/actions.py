"""Changes of promises and clocks."""

from __future__ import annotations

from datetime import datetime, timedelta

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations.models import Conversation, Message

OWED = ("open", "broken")  # states of a promise that is still to be kept
RUNNING = ("running", "over")  # states of a clock that nobody met


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
        defaults={"due_at": due_at, "legal_due": legal_due, "source": source[:300], "certainty": certainty[:2]},
    )
    return clock


def end_clocks(conversation: Conversation, kind: str, *, state: str, now: datetime) -> int:
    """End the running and overdue clocks of a kind: `met` by what was done, or `stopped`."""
    running = Clock.objects.filter(conversation=conversation, kind=kind, state__in=RUNNING)
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
        remind_at=_remind_at(due_at, remind_minutes, now),
    )


def _remind_at(due_at: datetime, minutes: int, now: datetime) -> datetime:
    """So many minutes before it is due, or half way where less time than that is left."""
    wanted = due_at - timedelta(minutes=minutes)
    return wanted if wanted > now else now + max(due_at - now, timedelta(0)) / 2


def end_promise(promise: Promise, state: str, *, person: Person | None, now: datetime, note: str = "") -> bool:
    """Mark a promise kept or withdrawn; False where somebody ended it before."""
    open_ones = Promise.objects.filter(pk=promise.pk, state__in=OWED)
    done = open_ones.update(state=state, ended_at=now, ended_by=person, note=note[:300])
    promise.refresh_from_db()
    return bool(done)


def reopen_promise(promise: Promise) -> bool:
    """Take the end of a promise back: it stands as before, and falls due as before where its time has not come."""
    ended = Promise.objects.filter(pk=promise.pk, state__in=["kept", "withdrawn"])
    state = "broken" if promise.broken_at and promise.due_at <= promise.broken_at else "open"
    done = ended.update(state=state, ended_at=None, ended_by=None, note="")
    promise.refresh_from_db()
    return bool(done)


def give_promise(promise: Promise, owner: Person | None, *, chosen: bool = False) -> None:
    """Hand a promise to another owner; that a new one was asked for is settled by it.

    `chosen`: for this promise alone, whoever gets its conversation.
    """
    promise.owner, promise.owner_asked_at, promise.owner_chosen = owner, None, chosen
    promise.save(update_fields=["owner", "owner_asked_at", "owner_chosen"])


def change_promise(
    promise: Promise, *, what: str, due_at: datetime, whole_day: bool, remind_minutes: int, now: datetime
) -> None:
    """Change what was promised or by when; at a new time it is open again, whatever it was, and is reminded of anew.

    That it was broken once (`broken_at`) stays.
    """
    promise.what = what[:300]
    if (due_at, whole_day) != (promise.due_at, promise.whole_day):
        promise.due_at, promise.whole_day = due_at, whole_day
        promise.state, promise.reminded_at, promise.owner_asked_at = "open", None, None
        promise.remind_at = _remind_at(due_at, remind_minutes, now)
    promise.save(update_fields=["what", "due_at", "whole_day", "state", "remind_at", "reminded_at", "owner_asked_at"])


def break_promise(promise: Promise, now: datetime) -> bool:
    """Say that the time of an open promise has passed: it is owed all the same. False where that was said before."""
    open_one = Promise.objects.filter(pk=promise.pk, state="open", due_at__lte=now)
    return bool(open_one.update(state="broken", broken_at=now))


def note_reminded(promise: Promise, now: datetime) -> bool:
    """Say that its owner was reminded; False where he was before."""
    return bool(Promise.objects.filter(pk=promise.pk, state="open", reminded_at=None).update(reminded_at=now))


def note_owner_asked(promise: Promise, now: datetime) -> bool:
    """Say that a new owner was asked for; False where one was before."""
    owed = Promise.objects.filter(pk=promise.pk, state__in=OWED, owner_id=promise.owner_id, owner_asked_at=None)
    return bool(owed.update(owner_asked_at=now))


def note_wish(promise: Promise, wish: dict[str, str]) -> bool:
    """Keep what the customer asked for on his page; False where the promise has ended."""
    return bool(Promise.objects.filter(pk=promise.pk, state__in=OWED).update(customer_wish=wish))


def end_clock(clock: Clock, state: str, now: datetime) -> bool:
    """End one clock: `met` or `stopped`; False where it ended before."""
    return bool(Clock.objects.filter(pk=clock.pk, state__in=RUNNING).update(state=state, ended_at=now))


def pass_clock(clock: Clock, now: datetime) -> bool:
    """Say that a clock is over and nobody met it; False where that was said before."""
    return bool(Clock.objects.filter(pk=clock.pk, state="running", due_at__lte=now).update(state="over", told_at=now))


def warn_clock(clock: Clock, level: str) -> bool:
    """Say that the warning `level` of a statute was given; False where somebody gave it before."""
    return bool(Clock.objects.filter(pk=clock.pk, state__in=RUNNING, warned=clock.warned).update(warned=level))

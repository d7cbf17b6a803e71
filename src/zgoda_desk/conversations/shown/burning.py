"""The order of the queue: danger to a person first, then our word and our clocks, then heat, care and contacts.

What does not depend on the time is kept in columns (`stored_rank`). A query gives the same order as `Place.key` by
sorting on the group (see `Bounds`), then `rank_safety` down, broken first (`promise_broken`, or a `next_due` of kind
`promise` that has passed), `rank_heat`, `rank_care`, `contacts` down, `next_due`, `waiting_since` (nulls last), `id`.
Fetched group by group with a limit, each is a range of an index: `rank_safety > 0`; `next_due <= bounds.soon`; ...
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from typing import TYPE_CHECKING, NamedTuple

from zgoda_desk.conversations.shown.why import Grounds, why

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

GROUPS = ("safety", "now", "today", "week", "later")
SOON = timedelta(minutes=15)  # a clock that runs out within this stands under Now
PROMISE = "promise"
HOT = ("angry", "abusive")
_WEEK = timedelta(days=7)
_NEVER = datetime.max.replace(tzinfo=UTC)


class Clock(NamedTuple):
    """A term that runs on us: its kind (`acknowledge`, `answer`, `statute` ...) and when it is over."""

    kind: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Burning:
    """What is known of a conversation that bears on its place; every time has a zone.

    `status` is `open`, `waiting`, `agreed`, `closed` or `snoozed`; `safety` is that of `guide`; `threat` and
    `self_harm` tell whether any message since our last answer holds such words; `promise_due` is the next open promise;
    `unanswered` that the customer has spoken last; `number` (an id) settles what is equal in all else.
    """

    safety: str = "none"
    threat: bool = False
    self_harm: bool = False
    ladder: str = "none"
    promise_due: datetime | None = None
    promise_broken: bool = False
    clocks: tuple[Clock, ...] = ()
    temperature: int = 0
    state: str = "calm"
    vulnerable: bool = False
    repeat: bool = False
    contacts: int = 0
    waiting_since: datetime | None = None
    status: str = "open"
    unanswered: bool = False
    needed_by: Date | None = None
    number: int = 0


class StoredRank(NamedTuple):
    """The columns of a conversation that its place follows from at any time; none of them depends on now.

    `rank_safety`: 0 none, 1 threat or self-harm, 2 both. `rank_heat`: temperature 0..100. `rank_care`: 4 for illness, a
    child and the like, 2 for an open rung, 1 for having written before, added up. `next_due` is the earliest promise or
    clock, a promise before a clock of the same moment.
    """

    rank_safety: int
    rank_heat: int
    rank_care: int
    contacts: int
    promise_broken: bool
    next_due: datetime | None
    next_due_kind: str


class Bounds(NamedTuple):
    """The moments that part the groups: a `next_due` up to `soon` is Now, before `tonight` Today, before `week` Week.

    A broken promise is Now. Today too is what is open and hot or unanswered; Week what else is open or agreed.
    """

    soon: datetime
    tonight: datetime
    week: datetime


Key = tuple[int, int, bool, int, int, int, datetime, datetime, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation stands in the queue: its group, a key that sorts the first to the front, and why.

    `why` is a sentence for any row, `why_first` for the row that stands first.
    """

    group: str
    key: Key
    why: StrOrPromise
    why_first: StrOrPromise


def bounds(now: datetime) -> Bounds:
    """The bounds at `now`; its zone decides when the day ends."""
    morrow = now.date() + timedelta(days=1)
    midnight = datetime(morrow.year, morrow.month, morrow.day, tzinfo=now.tzinfo)
    return Bounds(now + SOON, midnight, midnight + _WEEK - timedelta(days=1))


def stored_rank(burning: Burning) -> StoredRank:
    """What is kept in columns of the conversation, so that a query can order ten thousand of them."""
    threat = burning.threat or burning.safety == "threat"
    harm = burning.self_harm or burning.safety == "self_harm"
    first = _first_due(burning)
    return StoredRank(
        rank_safety=0 if burning.status == "closed" else threat + harm,
        rank_heat=min(100, max(0, burning.temperature)),
        rank_care=4 * burning.vulnerable + 2 * (burning.ladder != "none") + burning.repeat,
        contacts=burning.contacts,
        promise_broken=burning.promise_broken,
        next_due=first.due if first else None,
        next_due_kind=first.kind if first else "",
    )


def place(burning: Burning, now: datetime) -> Place:
    """Where a conversation stands at `now`, whose zone is the company's. More heat never moves it down."""
    rank = stored_rank(burning)
    group = _group(burning, rank, now)
    key = (
        GROUPS.index(group),
        -rank.rank_safety,
        not _broken(rank, now),
        -rank.rank_heat,
        -rank.rank_care,
        -rank.contacts,
        rank.next_due or _NEVER,
        burning.waiting_since or _NEVER,
        burning.number,
    )
    grounds = _grounds(burning, rank, now, group)
    return Place(group, key, why(grounds, first=False), why(grounds, first=True))


def _first_due(burning: Burning) -> Clock | None:
    dues = [] if burning.promise_due is None else [Clock(PROMISE, burning.promise_due)]
    return min([*dues, *burning.clocks], key=lambda clock: clock.due, default=None)


def _broken(rank: StoredRank, now: datetime) -> bool:
    passed = rank.next_due is not None and rank.next_due <= now
    return rank.promise_broken or (passed and rank.next_due_kind == PROMISE)


def _group(burning: Burning, rank: StoredRank, now: datetime) -> str:
    limits, due = bounds(now), rank.next_due or _NEVER
    is_open = burning.status == "open"
    stands = {
        "safety": rank.rank_safety > 0,
        "now": rank.promise_broken or due <= limits.soon,
        "today": due < limits.tonight or (is_open and (burning.unanswered or burning.state in HOT)),
        "week": due < limits.week or is_open or burning.status == "agreed",
    }
    return next((group for group, holds in stands.items() if holds), "later")


def _due_when(due: datetime | None, now: datetime, group: str) -> str:
    """When the next thing is due; one that is due later in the week tells nothing of a row that stands above it."""
    if due is None:
        return ""
    limits = bounds(now)
    steps = (("late", due <= now), ("soon", due <= limits.soon), ("today", due < limits.tonight))
    when = next((name for name, holds in steps if holds), "week" if due < limits.week else "")
    return "" if when == "week" and group != "week" else when


def _grounds(burning: Burning, rank: StoredRank, now: datetime, group: str) -> Grounds:
    """What the sentence is made of, in the group that it stands in."""
    return Grounds(
        threat=burning.threat or burning.safety == "threat",
        self_harm=burning.self_harm or burning.safety == "self_harm",
        broken=_broken(rank, now),
        due_kind=rank.next_due_kind,
        due_when=_due_when(rank.next_due, now, group),
        state=burning.state,
        care=burning.vulnerable,
        contacts=burning.contacts,
        repeat=burning.repeat,
        days_left=None if burning.needed_by is None else (burning.needed_by - now.date()).days,
        needed_by=burning.needed_by,
        unanswered=burning.unanswered,
    )

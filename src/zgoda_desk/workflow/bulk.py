"""One action on several conversations: each is checked and changed by itself, and what was done can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.access import access_conversation
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow import ending, tags
from zgoda_desk.workflow.assign import MayNotWork, give, give_back
from zgoda_desk.workflow.following import Before
from zgoda_desk.workflow.snooze import CannotSnooze, snooze, wake
from zgoda_desk.workflow.spam import is_spam

MOST = 200

Act = Callable[[Person, Conversation, datetime], Any]
_NO = object()  # an act that left the conversation as it was
_STOPS = (MayNotWork, CannotSnooze, ending.StillOwed)


@dataclass
class Done:
    """What came of an action: how many were asked for, which were changed with what they were before, what stopped."""

    asked: int
    changed: list[tuple[int, Any]] = field(default_factory=list)
    stopped: int = 0

    @property
    def count(self) -> int:
        """How many were changed."""
        return len(self.changed)


def on_each(person: Person, ids: Iterable[int], act: Act, now: datetime) -> Done:
    """Do `act` on each conversation the person may see; one that is not his, or gone, counts as not done."""
    wanted = list(dict.fromkeys(ids))[:MOST]
    done = Done(len(wanted))
    for number in wanted:
        try:
            before = act(person, access_conversation(person, number), now)
        except Http404:
            continue
        except _STOPS:
            done.stopped += 1
            continue
        if before is not _NO:
            done.changed.append((number, before))
    return done


def giving(to: Person | None) -> Act:
    """Give it to somebody; before: the id of who had it, and of whoever owned the promises that went with it."""

    def act(person: Person, one: Conversation, now: datetime) -> Any:
        before = give(person, one.pk, to, now)
        return _NO if before is None else [before.assignee, before.promises]

    return act


def giving_back(assignee: int | None, promises: Iterable[tuple[int, int | None]]) -> Act:
    """Take back that it was given."""
    before = Before(assignee, tuple((promise, owner) for promise, owner in promises))

    def act(person: Person, one: Conversation, now: datetime) -> Any:
        return None if give_back(person, one.pk, before, now) else _NO

    return act


def snoozing(until: datetime) -> Act:
    """Put it off until a time."""

    def act(person: Person, one: Conversation, now: datetime) -> Any:
        snooze(person, one.pk, until, now)
        return None

    return act


def waking(person: Person, one: Conversation, now: datetime) -> Any:
    """Bring it back; before: until when it was put off."""
    before = one.snoozed_until
    return before.isoformat() if wake(person, one.pk, now) and before else _NO


def closing(person: Person, one: Conversation, now: datetime) -> Any:
    """Close it, unless something is still owed in it."""
    if one.status == Conversation.Status.CLOSED:
        return _NO
    ending.close(person, one.pk, now)
    return None


def closing_again(person: Person, one: Conversation, now: datetime) -> Any:
    """Close what was closed until it was opened a moment ago, whatever is owed in it: that was asked then."""
    if one.status == Conversation.Status.CLOSED:
        return _NO
    ending.close(person, one.pk, now, confirmed=True)
    return None


def reopening(person: Person, one: Conversation, now: datetime) -> Any:
    """Open it again."""
    if one.status != Conversation.Status.CLOSED:
        return _NO
    ending.reopen(person, one.pk, now)
    return None


def tagging(name: str) -> Act:
    """Put a tag on; before: the id of the tag."""

    def act(person: Person, one: Conversation, now: datetime) -> Any:
        had = set(one.tags.values_list("pk", flat=True))
        tag = tags.add_tag(person, one, name, now)
        return tag.pk if tag is not None and tag.pk not in had else _NO

    return act


def untagging(tag_id: int) -> Act:
    """Take a tag off."""

    def act(person: Person, one: Conversation, now: datetime) -> Any:
        return tag_id if tags.remove_tag(person, one, tag_id, now) else _NO

    return act


def marking_spam(person: Person, one: Conversation, now: datetime) -> Any:
    """Say that all its messages are spam."""
    return None if is_spam(person, one.pk, now) else _NO


def clearing_spam(person: Person, one: Conversation, now: datetime) -> Any:
    """Say that none of its messages is spam."""
    return None if ending.not_spam(person, one.pk, now) else _NO

"""Somebody leaves the desk: his way in is shut, and his conversations and promises go to others, in the open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.access import may_work_in
from zgoda_desk.accounts.actions import shut_out
from zgoda_desk.accounts.models import Inbox, Person
from zgoda_desk.commitments.actions import OWED
from zgoda_desk.commitments.models import Promise
from zgoda_desk.conversations.actions import locked
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.workflow.assign import assign
from zgoda_desk.workflow.promise_deeds import hand_over


@dataclass(frozen=True)
class Left:
    """What a person leaves behind: conversations not closed, promises still owed; each with its inbox."""

    conversations: tuple[Conversation, ...]
    promises: tuple[Promise, ...]

    @property
    def inboxes(self) -> tuple[Inbox, ...]:
        """The inboxes in which somebody must take over, each once."""
        found = [one.inbox for one in self.conversations] + [one.conversation.inbox for one in self.promises]
        return tuple(sorted({inbox.pk: inbox for inbox in found}.values(), key=lambda inbox: inbox.name))


class NobodyThere(Exception):
    """Who shall take over may not work in one of the inboxes; nothing was changed."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        super().__init__(inbox.name)


def left_by(person: Person) -> Left:
    """The work that is a person's now."""
    open_ones = (
        Conversation.objects.select_related("inbox", "contact")
        .filter(assignee=person)
        .exclude(status=Conversation.Status.CLOSED)
    )
    owed = Promise.objects.select_related("conversation__inbox").filter(owner=person, state__in=OWED)
    return Left(tuple(open_ones.order_by("pk")), tuple(owed.order_by("due_at", "pk")))


def leave(actor: Person, person: Person, heir: Person | None, now: datetime) -> Left:
    """Shut a person out and hand over: promises need an heir, conversations go back to the queue without one.

    Raises MayNot and LastHead of the accounts, and NobodyThere; then nothing has changed. An event in each
    conversation tells who has it now.
    """
    with transaction.atomic():
        left = left_by(person)
        for number in sorted({one.pk for one in left.conversations} | {one.conversation_id for one in left.promises}):
            locked(number)  # all before the first is told of
        _check(person, left, heir)
        shut_out(actor, person, now)
        for conversation in left.conversations:
            assign(actor, conversation.pk, heir, now)
        for promise in left.promises:
            if heir is not None:
                hand_over(actor, promise.pk, heir, now, chosen=False)
    return left


def _check(person: Person, left: Left, heir: Person | None) -> None:
    if heir is None:
        if left.promises:
            raise NobodyThere(left.promises[0].conversation.inbox)
        return
    for inbox in left.inboxes:
        if heir.pk == person.pk or not may_work_in(heir, inbox):
            raise NobodyThere(inbox)

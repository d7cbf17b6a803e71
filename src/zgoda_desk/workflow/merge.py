"""Two conversations of one contact become one, or a message becomes a conversation of its own; both can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.commitments.actions import RUNNING
from zgoda_desk.commitments.models import Clock, Promise
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Conversation, Message, Overrule, RungTaken
from zgoda_desk.workflow.clocks import start_for_message
from zgoda_desk.workflow.drafts import move_drafts
from zgoda_desk.workflow.standing import refresh

_MOVED: dict[str, type[models.Model]] = {
    "messages": Message,
    "promises": Promise,
    "clocks": Clock,
    "rungs": RungTaken,
    "overrules": Overrule,
}


class CannotMerge(Exception):
    """Two conversations that cannot become one: of two contacts or inboxes, the same, or merged before."""


def mergeable(conversation: Conversation) -> models.QuerySet[Conversation]:
    """The other conversations of the same contact in the same inbox, the newest first."""
    return (
        Conversation.objects.filter(contact=conversation.contact_id, inbox=conversation.inbox_id, merged_into=None)
        .exclude(pk=conversation.pk)
        .order_by("-changed_at")
    )


def merge(person: Person, into_id: int, from_id: int, now: datetime) -> Conversation:
    """Move everything of one conversation into another; mail that still names the old one finds the new one.

    Raises CannotMerge and changes nothing. What was moved is kept in the event, so that `unmerge` can put it back.
    """
    with transaction.atomic():
        into, other = _locked(into_id, from_id)
        moved = {name: _move(model, other, into) for name, model in _MOVED.items()}
        stopped = _stop(other, now)
        move_drafts(other, into, now)
        Conversation.objects.filter(merged_into=other).update(merged_into=into)
        before, told = _standing(into), other.status
        into.revision += other.revision
        into.acknowledged_at = min(filter(None, (into.acknowledged_at, other.acknowledged_at)), default=None)
        if other.status == Conversation.Status.OPEN:
            into.status = Conversation.Status.OPEN
        add_event(
            into, "merged", person=person, now=now, other=other.pk, moved=moved, stopped=stopped, status=told,
            before=before, after=_standing(into),
        )  # fmt: skip
        other.merged_into, other.status = into, Conversation.Status.CLOSED
        _settle(person, "conversation.merged", into, other, now)
        return into


def unmerge(person: Person, event: Message, now: datetime) -> Conversation | None:
    """Undo a merge by its event; None where it was undone before."""
    with transaction.atomic():
        event = Message.objects.select_for_update().get(pk=event.pk)
        if event.event != "merged" or event.data.get("undone"):
            return None
        pair = _held(event.conversation_id, event.data["other"])
        into, other = pair[event.conversation_id], pair[event.data["other"]]
        for name, model in _MOVED.items():
            model._default_manager.filter(pk__in=event.data["moved"][name], conversation=into).update(
                conversation=other
            )
        left = Clock.objects.filter(pk__in=event.data.get("stopped", ()), state="stopped")
        left.update(state="running", ended_at=None)
        into.revision += 1  # never a number again that an open page has seen
        _as_before(into, event)
        other.merged_into, other.status = None, event.data["status"]
        event.data = {**event.data, "undone": True}
        event.save(update_fields=["data"])
        add_event(into, "unmerged", person=person, now=now, other=other.pk)
        _settle(person, "conversation.unmerged", into, other, now)
        return other


def _standing(one: Conversation) -> dict[str, str | None]:
    """What a merge changes of the conversation that goes on."""
    at = one.acknowledged_at
    return {"status": one.status, "acknowledged_at": at.isoformat() if at else None}


def _as_before(into: Conversation, event: Message) -> None:
    """What the merge changed is as it was, unless something was said or done in it since."""
    before, after, now = event.data.get("before"), event.data.get("after"), _standing(into)
    if not before or not after:
        return
    if now["acknowledged_at"] == after["acknowledged_at"]:
        into.acknowledged_at = datetime.fromisoformat(before["acknowledged_at"]) if before["acknowledged_at"] else None
    said = into.messages.filter(pk__gt=event.pk, kind__in=[Message.Kind.CUSTOMER, Message.Kind.OURS])
    if now["status"] == after["status"] and not said.exists():
        into.status = before["status"]


def split(person: Person, message: Message, now: datetime) -> Conversation | None:
    """Make a conversation of its own of a customer's message; None where it is the only one, or was split off before.

    It starts with the clocks of a new message, from when it came in.
    """
    with transaction.atomic():
        old = locked(message.conversation_id)
        said = set(old.messages.filter(kind=Message.Kind.CUSTOMER).values_list("pk", flat=True))
        if message.pk not in said or len(said) < 2:
            return None
        new = Conversation.objects.create(
            inbox=old.inbox, contact=old.contact, channel=old.channel, subject=message.subject or old.subject,
            language=message.language or old.language, assignee=old.assignee, made_at=message.at, changed_at=now,
            revision=1,
        )  # fmt: skip
        Message.objects.filter(pk=message.pk).update(conversation=new)
        start_for_message(new, Message.objects.get(pk=message.pk), company())
        old.revision += 1  # a page that still shows the message must look again before it answers
        add_event(old, "split", person=person, now=now, other=new.pk)
        add_event(new, "split", person=person, now=now, other=old.pk)
        _settle(person, "conversation.split", new, old, now)
        return new


def _locked(into_id: int, from_id: int) -> tuple[Conversation, Conversation]:
    found = _held(into_id, from_id)
    if len(found) != 2:
        raise CannotMerge
    into, other = found[into_id], found[from_id]
    if into.merged_into_id or other.merged_into_id:
        raise CannotMerge
    if (into.contact_id, into.inbox_id) != (other.contact_id, other.inbox_id):
        raise CannotMerge
    return into, other


def _held(*numbers: int) -> dict[int, Conversation]:
    """Held in one order whoever asks, so that two of us cannot wait for each other."""
    there = Conversation.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True)
    return {number: locked(number) for number in list(there)}


def _stop(other: Conversation, now: datetime) -> list[int]:
    """Ids of the clocks that stayed behind and ran: they are told of where the conversation goes on."""
    left = Clock.objects.filter(conversation=other, state__in=RUNNING)
    ids = list(left.values_list("pk", flat=True))
    left.update(state="stopped", ended_at=now)
    return ids


def _move(model: type[models.Model], other: Conversation, into: Conversation) -> list[int]:
    """Ids of the rows that were moved; a clock of the same start as one there stays behind, stopped."""
    rows: models.QuerySet[Any] = model._default_manager.filter(conversation=other)
    ids = [row.pk for row in rows if not (isinstance(row, Clock) and _doubles(row, into))]
    model._default_manager.filter(pk__in=ids).update(conversation=into)
    return ids


def _doubles(clock: Clock, into: Conversation) -> bool:
    return Clock.objects.filter(conversation=into, kind=clock.kind, row=clock.row, since=clock.since).exists()


def _settle(person: Person, kind: str, first: Conversation, second: Conversation, now: datetime) -> None:
    pair: Sequence[Conversation] = (first, second)
    for one in pair:
        refresh(one, now)
    for one in pair:
        live.publish("conversation", conversation=one, now=now, what=kind.rpartition(".")[2])
    record(kind, actor=person.pk, object_type="conversation", object_id=first.pk, now=now, other=second.pk)

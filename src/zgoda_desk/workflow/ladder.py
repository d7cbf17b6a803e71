"""Handing over from the ladder, help asked for quietly, evidence opened (S1.22-S1.29)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.access import may_work_in
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import live
from zgoda_desk.conversations.actions import add_event, locked
from zgoda_desk.conversations.models import Conversation, Message, RungTaken
from zgoda_desk.protection.actions import log_opening
from zgoda_desk.workflow.following import follow, promised, tell_given
from zgoda_desk.workflow.note import add_note
from zgoda_desk.workflow.standing import refresh


class CannotHandOver(Exception):
    """The person asked may not work in this inbox or is not here."""


def hand_over(person: Person, conversation_id: int, to: Person, note: str, now: datetime) -> Conversation:
    """Give the conversation to a colleague with a note, so that the customer need not repeat himself (S1.25).

    The rung `transfer` counts as taken: from then on the colleague speaks as the one who took over. Raises
    CannotHandOver and changes nothing.
    """
    with transaction.atomic():
        conversation = locked(conversation_id)
        if to.pk == person.pk or not to.is_active or not may_work_in(to, conversation.inbox):
            raise CannotHandOver
        conversation.assignee = to
        owed = follow(conversation, to)
        opened = conversation.ladder != "none" or conversation.safety == "threat"
        if opened and not conversation.rungs.filter(rung="transfer", person=person).exists():
            RungTaken.objects.create(conversation=conversation, rung="transfer", person=person, at=now)
        refresh(conversation, now)  # before the note: its audit keeps others waiting
        add_note(person, conversation, note, now)
        add_event(conversation, "handed_over", person=person, now=now, to=to.pk, to_name=to.name, **promised(owed))
        record(
            "conversation.handed_over", actor=person.pk, object_type="conversation", object_id=conversation.pk,
            now=now, to=to.pk,
        )  # fmt: skip
        tell_given(person, conversation, owed, now)
        live.publish("conversation", conversation=conversation, now=now, what="handed_over", to=to.pk)
        live.publish("handed_over", conversation=conversation, person=to, now=now, by=person.pk, name=person.name)
        return conversation


def call_for_help(person: Person, conversation: Conversation, now: datetime) -> int:
    """Tell leads and colleagues of the inbox, each for himself and without a sound; how many were told (F9)."""
    here = Person.objects.filter(is_active=True, available=True, teams__inboxes=conversation.inbox).distinct()
    told = list(here.exclude(pk=person.pk))
    with transaction.atomic():
        for one in told:
            live.publish("help", conversation=conversation, person=one, now=now, by=person.pk, name=person.name)
        record(
            "help.asked", actor=person.pk, object_type="conversation", object_id=conversation.pk, now=now,
            told=[one.pk for one in told],
        )  # fmt: skip
    return len(told)


def evidence(conversation: Conversation) -> list[Message]:
    """The customer's messages that hold abuse, kept as they were written."""
    return [one for one in conversation.messages.filter(kind=Message.Kind.CUSTOMER, state="abusive") if one.reading]


def open_evidence(person: Person, conversation: Conversation, now: datetime) -> list[Message]:
    """The messages kept as evidence; that somebody looked is logged, the words are not."""
    kept = evidence(conversation)
    with transaction.atomic():
        log_opening(person, conversation, kept, now)
        record(
            "evidence.opened", actor=person.pk, object_type="conversation", object_id=conversation.pk, now=now,
            messages=[one.pk for one in kept],
        )  # fmt: skip
    return kept

"""Two contacts turn out to be one person: merged, and taken apart again where that was a mistake."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations.models import Contact, ContactAddress, Conversation, Message
from zgoda_desk.conversations.searched import index_contact
from zgoda_desk.workflow.people import tell

_FILLED = ("name", "form", "gender", "language")  # taken from the other where there is none


class NotOnePerson(Exception):
    """Two contacts that cannot become one: the same one, or one that was merged before."""


def merge_contacts(person: Person, into_id: int, other_id: int, now: datetime) -> Contact:
    """Give all addresses, conversations and messages of one contact to another; kept so that it can be undone.

    Raises NotOnePerson and changes nothing.
    """
    with transaction.atomic():
        into, other = _both(into_id, other_id)
        if into.merged_into_id or other.merged_into_id:
            raise NotOnePerson
        other.moved = {
            "addresses": _ids(ContactAddress, other), "conversations": _ids(Conversation, other),
            "messages": _ids(Message, other), "last": _last(), **_fill(into, other),
        }  # fmt: skip
        for model in (ContactAddress, Conversation, Message):
            model._default_manager.filter(contact=other).update(contact=into)
        other.merged_into = into
        other.save(update_fields=["merged_into", "moved"])
        into.save(update_fields=[*_FILLED, "note"])
        tell(into, now, "merged")
        _kept(person, "contact.merged", into, other, now)
        return into


def unmerge_contacts(person: Person, into_id: int, other_id: int, now: datetime) -> Contact | None:
    """Give back what a merge took, and what came from his addresses since; None where they are not merged."""
    with transaction.atomic():
        into, other = _both(into_id, other_id)
        if other.merged_into_id != into.pk:
            return None
        moved = other.moved
        ContactAddress.objects.filter(pk__in=moved["addresses"], contact=into).update(contact=other)
        mine = {*moved["conversations"], *_begun_since(into, other)}
        Conversation.objects.filter(pk__in=mine, contact=into).update(contact=other)
        Message.objects.filter(pk__in=moved["messages"], contact=into).update(contact=other)
        Message.objects.filter(conversation__in=mine, contact=into).update(contact=other)
        _empty(into, moved)
        other.merged_into, other.moved = None, {}
        other.save(update_fields=["merged_into", "moved"])
        into.save(update_fields=[*_FILLED, "note"])
        index_contact(other.pk)  # all rows are held before the first is told of
        tell(into, now, "unmerged")
        tell(other, now, "unmerged")
        _kept(person, "contact.unmerged", into, other, now)
        return other


def _both(into_id: int, other_id: int) -> tuple[Contact, Contact]:
    """Both rows, locked in one order whoever asks, so that two merges cannot wait for each other."""
    found = {
        one.pk: one
        for one in Contact.objects.select_for_update(no_key=True).filter(pk__in=[into_id, other_id]).order_by("pk")
    }
    if len(found) != 2:
        raise NotOnePerson
    return found[into_id], found[other_id]


def _ids(model: type[ContactAddress] | type[Conversation] | type[Message], contact: Contact) -> list[int]:
    return list(model._default_manager.filter(contact=contact).order_by("pk").values_list("pk", flat=True))


def _fill(into: Contact, other: Contact) -> dict[str, Any]:
    """Take from the other what is missing; gives back what was taken and the note before."""
    filled = [name for name in _FILLED if not getattr(into, name) and getattr(other, name)]
    for name in filled:
        setattr(into, name, getattr(other, name))
    before = into.note
    into.note = "\n\n".join(note for note in (into.note, other.note) if note)
    return {"filled": {name: getattr(into, name) for name in filled}, "note": before, "both": into.note}


def _empty(into: Contact, moved: dict[str, Any]) -> None:
    """Let go of what was taken, unless a person has changed it since."""
    for name, taken in moved["filled"].items():
        if getattr(into, name) == taken:
            setattr(into, name, "")
    if into.note == moved["both"]:
        into.note = moved["note"]


def _begun_since(into: Contact, other: Contact) -> list[int]:
    """Conversations that began after the merge with a mail from one of his addresses."""
    own = list(ContactAddress.objects.filter(contact=other, kind="email").values_list("value", flat=True))
    begun = Conversation.objects.filter(contact=into, pk__gt=other.moved["last"])
    return [one.pk for one in begun if _began(one) in own]


def _last() -> int:
    """The number of the newest conversation; those that begin later have higher ones."""
    return Conversation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def _began(conversation: Conversation) -> str:
    first = conversation.messages.filter(kind=Message.Kind.CUSTOMER).order_by("at", "id").first()
    return first.address.lower() if first else ""


def _kept(person: Person, kind: str, into: Contact, other: Contact, now: datetime) -> None:
    record(kind, actor=person.pk, object_type="contact", object_id=into.pk, now=now, other=other.pk)

"""What the page of a contact shows beside its form: addresses, conversations, promises, who may be the same person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.access import promises_of
from zgoda_desk.console import times
from zgoda_desk.console.promises.listed import Entry, entries
from zgoda_desk.conversations.access import contacts_of, conversations_of
from zgoda_desk.conversations.models import Contact, Conversation
from zgoda_desk.conversations.shown.addressed import Addressed, addressed
from zgoda_desk.conversations.shown.masked import preview_of
from zgoda_desk.conversations.shown.visible import visible

MOST = 100
_MOST_ALIKE = 10


@dataclass(frozen=True)
class Line:
    """A conversation in the list: its day, what it is about in masked words, where it stands."""

    conversation: Conversation
    day: str
    words: str


@dataclass(frozen=True)
class Alike:
    """A contact that may be the same person, with its addresses."""

    contact: Contact
    name: str
    addresses: str


def conversations(person: Person, contact: Contact, now: datetime) -> list[Line]:
    """The contact's conversations that a person may see, the newest first."""
    found = conversations_of(person).filter(contact=contact, merged_into=None).order_by("-changed_at", "-pk")
    return [_line(one, now) for one in found[:MOST]]


def promised(person: Person, contact: Contact, now: datetime) -> list[Entry]:
    """What the contact was promised in those conversations, what is owed first."""
    found = promises_of(person).filter(conversation__contact=contact).exclude(state="withdrawn")
    rows = entries(found.order_by("-due_at", "id"), person, now)
    return sorted(rows, key=lambda one: one.over)


def forms_of(contact: Contact) -> Sequence[Addressed]:
    """How the phrases address him: in his language, or in all where none is known."""
    return addressed(contact, (contact.language,) if contact.language else ("ru", "pl", "en"))


def alike(person: Person, contact: Contact, typed: str) -> list[Alike]:
    """Contacts found by what was typed; without it, those of the same name."""
    typed = typed.strip()[:254] or contact.name
    others = contacts_of(person).exclude(pk=contact.pk).filter(merged_into=None)
    return [_alike(one) for one in _named(others, typed)[:_MOST_ALIKE]] if typed else []


def _named(found: QuerySet[Contact], typed: str) -> QuerySet[Contact]:
    named = Q(name__icontains=typed) | Q(addresses__value__icontains=typed.lower())
    return found.filter(named).distinct().order_by("name", "pk").prefetch_related("addresses")


def _alike(one: Contact) -> Alike:
    return Alike(one, visible(str(one)), ", ".join(visible(address.value) for address in one.addresses.all()))


def _line(one: Conversation, now: datetime) -> Line:
    words = [visible(one.reference), preview_of(one.preview).line]
    changed = one.changed_at.astimezone(now.tzinfo)
    return Line(one, times.dated(changed), " · ".join(word for word in words if word))

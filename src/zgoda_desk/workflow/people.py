"""What a person changes about a contact: name and form of address, note, addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import IntegrityError, transaction

from zgoda.errors import ZgodaError
from zgoda.values import Context, Finding
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import fingerprint, record
from zgoda_desk.conversations import engine, live
from zgoda_desk.conversations.models import Contact, ContactAddress
from zgoda_desk.conversations.searched import index_contact
from zgoda_desk.workflow.receive import own_addresses

MOST_ADDRESSES = 20
_TOLD = 50  # conversations whose open pages hear that the contact is another

Reason = Literal["ours", "taken", "known", "many"]


class NotAdded(Exception):
    """An address that cannot be this contact's: one of the desk's own, somebody else's, known here, or one too many."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Card:
    """What people decide of a contact; `gender` is empty until somebody was told it."""

    name: str
    form: str
    gender: str
    language: str
    note: str


FIELDS = ("name", "form", "gender", "language", "note")


def change(person: Person, contact_id: int, card: Card, now: datetime) -> list[str]:
    """Keep what differs; gives back the names of the changed fields. The audit names them and holds no text."""
    with transaction.atomic():
        contact = Contact.objects.select_for_update(no_key=True).get(pk=contact_id)
        changed = [name for name in FIELDS if getattr(contact, name) != getattr(card, name)]
        if not changed:
            return []
        for name in changed:
            setattr(contact, name, getattr(card, name))
        contact.save(update_fields=changed)
        tell(contact, now, "changed")
        note = {"note": fingerprint(card.note)} if "note" in changed else {}
        record(
            "contact.changed", actor=person.pk, object_type="contact", object_id=contact.pk, now=now, fields=changed,
            **note,
        )  # fmt: skip
        return changed


def add_address(person: Person, contact_id: int, value: str, now: datetime) -> ContactAddress:
    """Make an e-mail address the contact's: mail from it joins his conversations from now on (T12). Raises NotAdded."""
    shown, value = value.strip()[:254], value.strip().lower()[:254]
    with transaction.atomic():
        contact = Contact.objects.select_for_update(no_key=True).get(pk=contact_id)
        reason = _refused(contact, value)
        if reason:
            raise NotAdded(reason)
        try:
            with transaction.atomic():
                made = ContactAddress.objects.create(contact=contact, kind="email", value=value, shown=shown)
        except IntegrityError:  # somebody else's since our look
            raise NotAdded("taken") from None
        tell(contact, now, "changed")
        record(
            "contact.address_added", actor=person.pk, object_type="contact", object_id=contact.pk, now=now,
            address=fingerprint(value),
        )  # fmt: skip
        return made


def remove_address(person: Person, contact_id: int, address_id: int, now: datetime) -> bool:
    """Take an address off: mail from it starts a conversation of its own again. False for the last one, or none."""
    with transaction.atomic():
        contact = Contact.objects.select_for_update(no_key=True).get(pk=contact_id)
        found = contact.addresses.filter(pk=address_id).first()
        if found is None or contact.addresses.count() < 2:
            return False
        found.delete()
        tell(contact, now, "changed")
        record(
            "contact.address_removed", actor=person.pk, object_type="contact", object_id=contact.pk, now=now,
            address=fingerprint(found.value),
        )  # fmt: skip
        return True


def labels_in(note: str, person: Person) -> tuple[Finding, ...]:
    """What the engine finds wrong in a note, labels on a person above all; nothing where it cannot read it."""
    if not note.strip():
        return ()
    try:
        context = Context(kind="note", interface_language=person.language)
        return tuple(engine.engine().review(note, context=context).findings)
    except ZgodaError:
        return ()


def tell(contact: Contact, now: datetime, what: str) -> None:
    """Write the search anew and let open pages know; in the transaction of the change."""
    index_contact(contact.pk)
    for one in contact.conversations.filter(merged_into=None).order_by("-changed_at")[:_TOLD]:
        live.publish("conversation", conversation=one, now=now, what=f"contact_{what}")


def _refused(contact: Contact, value: str) -> Reason | None:
    if value in own_addresses():
        return "ours"
    if contact.addresses.count() >= MOST_ADDRESSES:
        return "many"
    known = ContactAddress.objects.filter(kind="email", value=value).first()
    if known is None:
        return None
    return "known" if known.contact_id == contact.pk else "taken"

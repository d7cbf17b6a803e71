"""Who wrote: one person over several addresses."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from zgoda_desk.conversations.models import Contact, ContactAddress


def hold(contact_id: int) -> None:
    """Hold a contact until the transaction ends: before any of his conversations, whoever asks."""
    Contact.objects.select_for_update(no_key=True).filter(pk=contact_id).first()


def note_language(contact: Contact, language: str) -> None:
    """Keep in which language he writes, where nobody knows yet; he is held, or new."""
    if not contact.language and language in ("ru", "pl", "en"):
        contact.language = language
        contact.save(update_fields=["language"])


def of_address(address: str, name: str, now: datetime, *, kind: str = "email") -> Contact:
    """The contact of an address, made where there is none; a sender without an address is a contact of his own.

    Addresses are compared by their bytes in lower case: letters that only look alike join nobody (I07).
    """
    value = address.lower()[:254]
    known = ContactAddress.objects.select_related("contact").filter(kind=kind, value=value).first() if value else None
    if known is not None:
        contact = known.contact
        if name and not contact.name:
            contact.name = name
            contact.save(update_fields=["name"])
        return contact
    if not value:
        return Contact.objects.create(name=name, made_at=now)
    try:
        with transaction.atomic():
            contact = Contact.objects.create(name=name, made_at=now)
            ContactAddress.objects.create(contact=contact, kind=kind, value=value, shown=address[:254])
            return contact
    except IntegrityError:  # another reader met the same new address between our look and our write
        return ContactAddress.objects.select_related("contact").get(kind=kind, value=value).contact

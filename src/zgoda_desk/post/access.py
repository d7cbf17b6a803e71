"""Who may see which mailbox: mail is an inbox's, so its mailboxes are changed by the head and named to nobody else."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from zgoda_desk.accounts.models import Person
from zgoda_desk.post.models import MailAccount


def accounts_of(person: Person) -> QuerySet[MailAccount]:
    """The mailboxes a person may change: the head's are all, nobody else has any."""
    if not (person.is_active and person.is_head):
        return MailAccount.objects.none()
    return MailAccount.objects.select_related("inbox")


def access_account(person: Person, pk: int) -> MailAccount:
    """A mailbox the person may change, else Http404."""
    found = accounts_of(person).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def address_used(address: str, but: MailAccount | None) -> bool:
    """Whether another mailbox has this address."""
    others = MailAccount.objects.filter(address=address)
    return others.exclude(pk=but.pk).exists() if but else others.exists()

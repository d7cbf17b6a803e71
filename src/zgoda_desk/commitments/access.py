"""Which promises and clocks a person may see."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from zgoda_desk.accounts.access import inbox_ids
from zgoda_desk.accounts.models import Person
from zgoda_desk.commitments.models import Clock, Promise


def promises_of(person: Person) -> QuerySet[Promise]:
    """The promises in conversations a person may see."""
    return Promise.objects.filter(conversation__inbox_id__in=inbox_ids(person))


def access_promise(person: Person, pk: int) -> Promise:
    """A promise in a conversation the person may see."""
    found = (
        promises_of(person)
        .select_related("conversation__inbox", "conversation__contact", "owner")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def clocks_of(person: Person) -> QuerySet[Clock]:
    """The clocks of conversations a person may see."""
    return Clock.objects.filter(conversation__inbox_id__in=inbox_ids(person))


def access_clock(person: Person, pk: int) -> Clock:
    """A clock of a conversation a person may see."""
    found = clocks_of(person).select_related("conversation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found

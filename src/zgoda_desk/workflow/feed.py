"""The key of a person's calendar feed: made anew by each asking, only its digest is kept, taken away at once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.lib import tokens

_LONGEST = 100


def make_key(person: Person, now: datetime) -> str:
    """A new key, told this once; the one before opens nothing any more."""
    key = tokens.fresh()
    _set(person, tokens.digest(key), "feed.made", now)
    return key


def revoke_key(person: Person, now: datetime) -> None:
    """No feed any more."""
    _set(person, "", "feed.revoked", now)


def person_of(key: str) -> Person | None:
    """The active person whose feed a key opens; None for anything else (T24)."""
    if not key or len(key) > _LONGEST:
        return None
    return Person.objects.filter(feed_key=tokens.digest(key), is_active=True).first()


def _set(person: Person, digest: str, kind: str, now: datetime) -> None:
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(feed_key=digest)
        person.feed_key = digest
        record(kind, actor=person.pk, object_type="person", object_id=person.pk, now=now)

"""Drafts: each save raises the version; an older one never overwrites a newer one (F11)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Conversation, Draft
from zgoda_desk.lib.plain import storable

KINDS = ("reply", "note")
MOST = 100_000  # code points


class Overtaken(Exception):
    """The draft was saved from another page in between; `draft` is how it stands there."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


def keep_draft(person: Person, conversation: Conversation, kind: str, text: str, version: int, now: datetime) -> Draft:
    """Save a draft written on top of `version`; raises Overtaken where a newer one with other words is kept."""
    words = storable(text)[:MOST]
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(conversation=conversation, person=person, kind=kind).first()
        if held is None:
            return _first(person, conversation, kind, words, version, now)
        if held.version != version and held.text != words:
            raise Overtaken(held)
        if held.text != words:
            held.text, held.version, held.kept_at = words, held.version + 1, now
            held.save(update_fields=["text", "version", "kept_at"])
        return held


def draft_of(person: Person, conversation: Conversation, kind: str) -> Draft | None:
    """What the person is writing here."""
    return Draft.objects.filter(conversation=conversation, person=person, kind=kind).first()


def _first(person: Person, conversation: Conversation, kind: str, words: str, version: int, now: datetime) -> Draft:
    """A draft where none is kept; its version goes on from the page's, so that two pages cannot both be first."""
    try:
        with transaction.atomic():
            return Draft.objects.create(
                conversation=conversation, person=person, kind=kind, text=words, version=version + 1, kept_at=now
            )
    except IntegrityError:
        raise Overtaken(Draft.objects.get(conversation=conversation, person=person, kind=kind)) from None

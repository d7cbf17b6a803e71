"""Drafts and their files: each save raises the version; an older one never overwrites a newer one (F11)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Sum

from zgoda_desk.accounts.models import Person
from zgoda_desk.conversations.models import Conversation, Draft
from zgoda_desk.lib.plain import storable
from zgoda_desk.post import actions as post
from zgoda_desk.post.models import Attachment

KINDS = ("reply", "note")
MOST = 100_000  # code points
MOST_FILE = 10_000_000  # bytes of one file
MOST_FILES = 25_000_000  # bytes of all files of a mail


class Overtaken(Exception):
    """The draft was saved from another page in between; `draft` is how it stands there."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


class TooLarge(Exception):
    """A file is larger than a mail can carry, by itself or with those attached before."""


def keep_draft(person: Person, conversation: Conversation, kind: str, text: str, version: int, now: datetime) -> Draft:
    """Save a draft written on top of `version`; raises Overtaken where a newer one with other words is kept."""
    words = storable(text)[:MOST]
    with transaction.atomic():
        held = _held(person, conversation, kind)
        if held is None:
            return _first(person, conversation, kind, words, version, now)
        if held.text != words:
            if held.version != version:
                raise Overtaken(held)
            _write(held, words, now)
        return held


def keep_words(person: Person, conversation: Conversation, text: str, version: int, now: datetime) -> Draft:
    """Keep words that could not be sent, whatever was saved meanwhile: other words are put below them."""
    try:
        return keep_draft(person, conversation, "reply", text, version, now)
    except Overtaken as other:
        return _keep_both(person, conversation, text, other.draft, now)


def put_before(person: Person, conversation: Conversation, text: str, now: datetime) -> Draft:
    """Put words before what he is writing; a draft that begins with them stays as it is."""
    with transaction.atomic():
        held = _held_or_empty(person, conversation, "reply", now)
        if not held.text.startswith(text):
            _write(held, _joined(storable(text), held.text), now)
        return held


def move_drafts(other: Conversation, into: Conversation, now: datetime) -> None:
    """Put everybody's drafts of a conversation, and their files, before what he writes in another one."""
    for draft in Draft.objects.select_related("person").filter(conversation=other):
        held = _held_or_empty(draft.person, into, draft.kind, now)
        if draft.text.strip():
            _write(held, _joined(draft.text, held.text), now)
            _write(draft, "", now)
        Attachment.objects.filter(draft=draft.pk).update(draft=held.pk)


def spend_draft(person: Person, conversation: Conversation, kind: str, text: str, version: int, now: datetime) -> None:
    """Empty the draft whose words were sent; one that another page wrote on meanwhile keeps its words.

    The row stays and its version rises: a page that saves late meets a conflict, not an empty place, and the page knows
    by it that the words on the device have arrived.
    """
    held = _held_or_empty(person, conversation, kind, now)
    sent = held.version <= version or not held.text.strip() or _same(held.text) in _same(text)
    held.version = max(held.version, version)
    _write(held, "" if sent else held.text, now)


def move_files(person: Person, other: Conversation, into: Conversation, now: datetime) -> None:
    """Hang the files of his reply in a conversation on his reply in another one."""
    held = draft_of(person, other, "reply")
    if held is not None and Attachment.objects.filter(draft=held.pk).exists():
        place = _held_or_empty(person, into, "reply", now)
        Attachment.objects.filter(draft=held.pk).update(draft=place.pk)


def draft_of(person: Person, conversation: Conversation, kind: str) -> Draft | None:
    """What the person is writing here."""
    return Draft.objects.filter(conversation=conversation, person=person, kind=kind).first()


def attach(person: Person, conversation: Conversation, name: str, mime: str, body: bytes, now: datetime) -> Attachment:
    """Keep a file with the reply a person is writing; raises TooLarge and changes nothing."""
    with transaction.atomic():
        held = _held_or_empty(person, conversation, "reply", now)
        total = Attachment.objects.filter(draft=held.pk).aggregate(all=Sum("size"))["all"] or 0
        if len(body) > MOST_FILE or total + len(body) > MOST_FILES:
            raise TooLarge
        return post.keep_file(name=storable(name), mime=storable(mime), body=body, now=now, draft=held.pk)


def detach(person: Person, conversation: Conversation, key: str) -> bool:
    """Take a file off the draft; False where none of that key hangs on it."""
    held = draft_of(person, conversation, "reply")
    return bool(held and Attachment.objects.filter(draft=held.pk, key=storable(key)).delete()[0])


def files_of(person: Person, conversation: Conversation) -> list[Attachment]:
    """The files of the reply a person is writing."""
    held = draft_of(person, conversation, "reply")
    return list(Attachment.objects.filter(draft=held.pk)) if held else []


def _held(person: Person, conversation: Conversation, kind: str) -> Draft | None:
    return Draft.objects.select_for_update().filter(conversation=conversation, person=person, kind=kind).first()


def _held_or_empty(person: Person, conversation: Conversation, kind: str, now: datetime) -> Draft:
    """The draft, an empty one where there was none; also where another page makes the first one at this moment."""
    held = _held(person, conversation, kind)
    if held is not None:
        return held
    try:
        return _first(person, conversation, kind, "", -1, now)
    except Overtaken as other:
        return _held(person, conversation, kind) or other.draft


def _write(held: Draft, words: str, now: datetime) -> None:
    held.text, held.version, held.kept_at = words[:MOST], held.version + 1, now
    held.save(update_fields=["text", "version", "kept_at"])


def _joined(text: str, other: str) -> str:
    return f"{text}\n\n{other}" if other.strip() else text


def _same(text: str) -> str:
    return " ".join(text.split())


def _keep_both(person: Person, conversation: Conversation, text: str, other: Draft, now: datetime) -> Draft:
    with transaction.atomic():
        held = _held(person, conversation, "reply") or other
        if _same(text) not in _same(held.text):
            _write(held, text if _same(held.text) in _same(text) else _joined(storable(text), held.text), now)
        return held


def _first(person: Person, conversation: Conversation, kind: str, words: str, version: int, now: datetime) -> Draft:
    """A draft where none is kept; its version goes on from the page's, so that two pages cannot both be first."""
    try:
        with transaction.atomic():
            return Draft.objects.create(
                conversation=conversation, person=person, kind=kind, text=words, version=version + 1, kept_at=now
            )
    except IntegrityError:
        raise Overtaken(Draft.objects.get(conversation=conversation, person=person, kind=kind)) from None

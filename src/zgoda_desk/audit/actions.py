"""Writing the audit, and checking that nothing in it was changed."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from zgoda_desk.audit.models import Entry

_START = "0" * 64
_LOCK = 7_421_001  # the number of the advisory lock that keeps two writers from chaining to the same entry


def record(kind: str, *, actor: int | None, object_type: str, object_id: object, now: datetime, **data: Any) -> Entry:
    """Add an entry in the transaction of what it tells of; `data` holds ids, names of fields and digests, no text."""
    with transaction.atomic():
        one_writer()
        last = Entry.objects.order_by("-id").first()
        entry = Entry(
            at=now.astimezone(UTC),
            actor=actor,
            kind=kind,
            object_type=object_type,
            object_id=str(object_id),
            data=data,
            prev=last.digest if last else _START,
        )
        entry.digest = _digest(entry)
        entry.save(force_insert=True)
        return entry


def fingerprint(text: str) -> str:
    """A keyed digest of a text, to prove later that it was this one without keeping it."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:32]


def happened(kind: str, object_type: str, object_id: object) -> bool:
    """Whether something of this kind was ever done to an object."""
    return Entry.objects.filter(kind=kind, object_type=object_type, object_id=str(object_id)).exists()


def broken() -> Iterator[int]:
    """Ids of the entries whose digest or chain is wrong, from the first on."""
    prev = _START
    for entry in Entry.objects.order_by("id").iterator():
        if entry.prev != prev or entry.digest != _digest(entry):
            yield entry.pk
        prev = entry.digest


def _digest(entry: Entry) -> str:
    held = [
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.kind,
        entry.object_type,
        entry.object_id,
        entry.data,
        entry.prev,
    ]
    return hashlib.sha256(json.dumps(held, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def one_writer() -> None:
    """On PostgreSQL wait for other writers until this transaction ends; SQLite has one writer anyway.

    Live events wait here too: under one lock ids are committed in their order, so that no open page passes over one.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])

"""What a person does with a thing that makes no conversation: read again, taken in all the same, or dismissed."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import InterfaceError, OperationalError, transaction

from zgoda_desk.accounts.access import company
from zgoda_desk.accounts.models import Person
from zgoda_desk.audit.actions import record
from zgoda_desk.conversations import live
from zgoda_desk.conversations.models import Message
from zgoda_desk.post import actions as post
from zgoda_desk.post.mail import parse
from zgoda_desk.post.models import RawMessage
from zgoda_desk.workflow.receive import add_message, own_addresses

log = logging.getLogger(__name__)
STANDS = ("unreadable", "set_aside")


class CannotRead(Exception):
    """A thing of which no message can be made; its bytes are kept."""


def replay(person: Person, raw_id: int, now: datetime) -> bool:
    """Have it read again by the usual way; False where it does not stand here any more."""
    with transaction.atomic():
        raw = _standing(raw_id)
        if raw is None:
            return False
        post.replay_raw(raw)
        _kept(person, "raw.replayed", raw, now)
        return True


def dismiss(person: Person, raw_id: int, now: datetime) -> bool:
    """Take it off the list; nothing is deleted. False where it was not unreadable any more."""
    with transaction.atomic():
        raw = _standing(raw_id)
        if raw is None or raw.state != "unreadable":
            return False
        post.dismiss_raw(raw, now)
        _kept(person, "raw.dismissed", raw, now)
        return True


def take_in(person: Person, raw_id: int, now: datetime) -> Message | None:
    """Make a message of a thing that was set aside: a person says that a person wrote it. None where it is gone.

    Raises CannotRead and changes nothing where no message can be made of it.
    """
    try:
        with transaction.atomic():
            raw = _standing(raw_id)
            return None if raw is None else _taken_in(person, raw, now)
    except (OperationalError, InterfaceError):  # the database is away: it is no fault of the mail
        raise
    except Exception as error:
        log.exception("incoming thing %d could not be taken in", raw_id)
        raise CannotRead from error


def _taken_in(person: Person, raw: RawMessage, now: datetime) -> Message:
    post.replay_raw(raw)
    mail = parse(bytes(raw.body), own_addresses=own_addresses(), installation=company().installation)
    message = add_message(raw, mail, now)
    post.finish_raw(raw, "read", now=now)
    live.publish("message", conversation=message.conversation, now=now, message=message.pk)
    _kept(person, "raw.taken_in", raw, now)
    return message


def _standing(raw_id: int) -> RawMessage | None:
    """The row, locked, if it still stands where a person can do something with it."""
    found = RawMessage.objects.select_for_update(of=("self",)).select_related("inbox", "account")
    return found.filter(pk=raw_id, state__in=STANDS).first()


def _kept(person: Person, kind: str, raw: RawMessage, now: datetime) -> None:
    record(kind, actor=person.pk, object_type="raw", object_id=raw.pk, now=now)
    live.publish("queue", inbox=raw.inbox, now=now, raw=raw.pk)

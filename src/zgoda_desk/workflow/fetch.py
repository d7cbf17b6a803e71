"""Fetching a mailbox: each mail is stored and committed before the next is asked for, and nothing is marked read."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import Event

from django.db import DatabaseError, connection, transaction

from zgoda_desk.conversations import live
from zgoda_desk.lib import clock
from zgoda_desk.post import actions as post
from zgoda_desk.post.mailbox import imap_of
from zgoda_desk.post.models import FolderMark, MailAccount
from zgoda_desk.post.transport import imap
from zgoda_desk.workflow import access_tokens

log = logging.getLogger(__name__)
_ID = re.compile(rb"^message-id:[ \t]{0,20}(?:\r?\n[ \t])?<([^<>\s]{1,298})>", re.IGNORECASE | re.MULTILINE)
_HEAD = 65_536  # bytes in which the id is looked for; a mail without one goes by its UID alone
_FUTURE = timedelta(hours=1)
_LOCK = 7_421  # the first number of the advisory locks of mailboxes
_ELSEWHERE = 10.0  # seconds before it is looked again whether the other process still has the mailbox


def fetch_account(account: MailAccount, session: imap.Session, *, stop: Callable[[], bool] = lambda: False) -> int:
    """Take in what is new in the mailbox and its spam folder; gives back how many mails were new to us."""
    if account.since is None:
        return 0
    fresh = _fetch_folder(account, session, account.folder, in_spam=False, stop=stop)
    if account.spam_folder and not stop():
        fresh += _fetch_folder(account, session, account.spam_folder, in_spam=True, stop=stop)
    imap.folder_state(session, account.folder)
    return fresh


def _fetch_folder(
    account: MailAccount, session: imap.Session, folder: str, *, in_spam: bool, stop: Callable[[], bool]
) -> int:
    """One folder from its mark on; after a change of UIDVALIDITY from the beginning, held back by the second net."""
    state = imap.folder_state(session, folder)
    mark = FolderMark.objects.filter(account=account, folder=folder).first()
    after = mark.last_uid if mark and mark.uid_validity == state.uid_validity else 0
    fresh = 0

    def store(found: imap.Fetched) -> None:
        nonlocal fresh
        fresh += _store(account, found, in_spam=in_spam)

    imap.fetch_new(session, after, account.since, store, stop=stop)
    return fresh


def _store(account: MailAccount, found: imap.Fetched, *, in_spam: bool) -> bool:
    """The mail and the mark in one transaction: a crash leaves both or neither."""
    now = clock.now()
    received = found.internal_date if found.internal_date and found.internal_date < now + _FUTURE else now
    thing = post.Incoming(
        external_id=f"{found.folder}:{found.uid_validity}:{found.uid}"[:200],
        body=found.raw,
        received_at=received,
        message_id=_message_id(found.raw),
        truncated=bool(found.problem),
        in_spam=in_spam,
    )
    with transaction.atomic():
        stored = post.store_raw(account.inbox, account, thing)
        post.mark_folder(account, found.folder, found.uid_validity, found.uid)
    return stored


def watch(account_id: int, stop: Event, *, seconds: int = 300) -> None:
    """Hold one mailbox: fetch, wait for more by IDLE, fetch again, until the connection is lost or `stop` is set.

    Raises TransportError; when to connect again is the caller's part. Where another process holds the mailbox it waits
    a little and gives back.
    """
    with held_alone(account_id) as ours:
        if ours:
            _watch(MailAccount.objects.select_related("inbox").get(pk=account_id), stop, seconds)
        else:
            stop.wait(_ELSEWHERE)


@contextmanager
def held_alone(account_id: int) -> Iterator[bool]:
    """Whether this process alone has the mailbox while the block runs; a process that dies leaves it free at once.

    On SQLite one process works anyway. Two holders would double nothing, they would only ask the mail server twice.
    """
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, account_id])
        ours = bool(cursor.fetchone()[0])
    try:
        yield ours
    finally:
        if ours:
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_LOCK, account_id])


def _watch(account: MailAccount, stop: Event, seconds: int) -> None:
    access_tokens.fresh(account, clock.now())
    session = imap.connect(imap_of(account))
    try:
        _say(account, "fine", "")
        while not stop.is_set():
            account.refresh_from_db()
            if not account.is_active or account.since is None:
                return
            fetch_account(account, session, stop=stop.is_set)
            _say(account, "fine", "")
            imap.idle(session, min(seconds, 60 if account.spam_folder else seconds), stop)
    finally:
        session.close()


def note_failure(account_id: int, code: str, detail: str) -> None:
    """Keep what is wrong with a mailbox, for the settings and the doctor; told live once, when it begins."""
    account = MailAccount.objects.filter(pk=account_id).select_related("inbox").first()
    if account is None:
        return
    new = account.state_code != code
    _say(account, code, detail)
    if new:
        live.publish("mailbox", inbox=account.inbox, now=clock.now(), account=account.pk, code=code)


def _say(account: MailAccount, code: str, detail: str) -> None:
    MailAccount.objects.filter(pk=account.pk).update(
        checked_at=clock.now(), state_code=code[:40], state_detail=detail[:300]
    )


def _message_id(raw: bytes) -> str:
    """The id that the second net goes by, found without reading the mail: nothing is parsed before it is stored."""
    head = raw[:_HEAD].partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]
    found = _ID.search(head)
    return found[1].decode("ascii", "replace") if found else ""

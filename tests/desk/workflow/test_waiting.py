"""Who waits for whom on PostgreSQL: rows first, in one order, then the one lock of audit and live events."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.promised import promise_in
from tests.desk.workflow.said import customer_writes
from zgoda_desk.conversations.models import Contact, Conversation
from zgoda_desk.workflow import ending, people
from zgoda_desk.workflow.answer import Reply, send_reply
from zgoda_desk.workflow.assign import assign
from zgoda_desk.workflow.leaving import leave
from zgoda_desk.workflow.note import add_note
from zgoda_desk.workflow.one_person import merge_contacts, unmerge_contacts
from zgoda_desk.workflow.snooze import snooze
from zgoda_desk.workflow.spam import is_spam
from zgoda_desk.workflow.tags import add_tag

GOOD = "Marina, thank you for writing. I am checking where order 48-20517 is and will write to you today by 15:00."
Deed = Callable[[Cast, Conversation], object]


def _contact(cast: Cast, one: Conversation) -> object:
    card = people.Card("Marina S.", "", "", "en", "")
    return people.change(cast.owner, one.contact_id, card, NOW)


def _as_one(cast: Cast, one: Conversation) -> object:
    other = Contact.objects.create(name="M. Sokolova", made_at=NOW)
    Conversation.objects.create(inbox=cast.inbox, contact=other, made_at=NOW, changed_at=NOW)
    merge_contacts(cast.owner, one.contact_id, other.pk, NOW)
    return unmerge_contacts(cast.owner, one.contact_id, other.pk, NOW)


def _leaves(cast: Cast, one: Conversation) -> object:
    promise_in(cast)
    assign(cast.lead, one.pk, cast.owner, NOW)
    return leave(cast.head, cast.owner, cast.teammate, NOW)


DEEDS: dict[str, Deed] = {
    "answer": lambda cast, one: send_reply(cast.owner, one.pk, Reply(GOOD, 1, "k"), NOW),
    "assign": lambda cast, one: assign(cast.owner, one.pk, cast.owner, NOW),
    "snooze": lambda cast, one: snooze(cast.owner, one.pk, NOW.replace(hour=12), NOW),
    "close": lambda cast, one: ending.close(cast.owner, one.pk, NOW),
    "spam": lambda cast, one: is_spam(cast.owner, one.pk, NOW),
    "note": lambda cast, one: add_note(cast.owner, one, "Ask the warehouse.", NOW),
    "tag": lambda cast, one: add_tag(cast.owner, one, "kettle", NOW),
    "contact": _contact,
    "contacts": _as_one,
    "leaving": _leaves,
}


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("name", DEEDS)
def test_no_row_is_waited_for_by_whoever_holds_up_all_others(cast: Cast, name: str) -> None:
    conversation = make_conversation(cast)
    with CaptureQueriesContext(connection) as asked:
        DEEDS[name](cast, conversation)
    for said in _transactions([one["sql"] for one in asked.captured_queries]):
        alone = next((at for at, sql in enumerate(said) if "pg_advisory_xact_lock" in sql), len(said))
        assert _locks(said[alone:]) <= _locks(said[:alone])


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
@pytest.mark.parametrize("name", DEEDS)
def test_no_inbox_is_held_while_something_is_done_in_it(cast: Cast, name: str) -> None:
    conversation = make_conversation(cast)
    with CaptureQueriesContext(connection) as asked:
        DEEDS[name](cast, conversation)
    locks = {
        sql for sql in _locks([one["sql"] for one in asked.captured_queries]) if "conversations_conversation" in sql
    }
    assert locks
    assert all('UPDATE OF "conversations_conversation"' in sql for sql in locks), locks


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_a_mail_holds_its_contact_before_his_conversation_as_a_change_of_him_does(cast: Cast) -> None:
    conversation = make_conversation(cast)
    with CaptureQueriesContext(connection) as asked:
        customer_writes(cast, "Hello?", conversation)
    held = [sql for sql in (one["sql"] for one in asked.captured_queries) if re.search(r" FOR NO KEY UPDATE", sql)]
    tables = [name for sql in held for name in ("contact", "conversation") if f'FROM "conversations_{name}"' in sql]
    assert tables[:2] == ["contact", "conversation"]
    assert conversation.messages.filter(kind="customer").count() == 2


def _locks(asked: list[str]) -> set[str]:
    """Those that wait for a row; a draft is its writer's alone."""
    return {sql for sql in asked if re.search(r" FOR (NO KEY )?UPDATE", sql) and "conversations_draft" not in sql}


def _transactions(asked: list[str]) -> list[list[str]]:
    """The statements in the order they were made; a test is one transaction, what it does are its savepoints."""
    made: list[list[str]] = [[]]
    depth = 0
    for sql in asked:
        if sql.startswith("SAVEPOINT"):
            depth += 1
        made[-1].append(sql)
        if sql.startswith(("RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")):
            depth -= 1
            if depth == 0:
                made.append([])
    return made

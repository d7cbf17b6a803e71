"""A company with a full queue for the bench: rows copied from a few messages that the engine really read."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

TEXTS = (
    "Третий раз пишу. Мне нужна коляска к субботе, заказ 48-20517, а не отписки! Напишу в Роспотребнадзор.",
    "Ty idioto, oddajcie mi moje 280 zł, słyszysz? Umowa 7714/26. Pralka cieknie po waszej naprawie.",
    "Two of the five plates arrived broken and your form asks me to prove it. Order 48-20611. I want a replacement.",
    "Thank you, when will you open on Monday?",
    "Wnoszę o zwrot 1 149 zł w terminie ustawowym. Faktura 11/0482, technik drugi raz nie przyjechał.",
)
_LONG = 200
NAMES = ("Марина Соколова", "Damian Wróbel", "Hannah Price", "Krzysztof Zieliński", "Оксана Ким", "Barbara Nowicka")


@dataclass
class Seeded:
    """The company's pages and a way to ask them."""

    conversations: int
    pages: dict[str, str]
    client: Any

    def get(self, path: str) -> tuple[int, int]:
        """Ask a page: how many queries it made, how many bytes it answered."""
        from django.db import connection, reset_queries
        from django.test.utils import CaptureQueriesContext

        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            answer = self.client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        return len(asked), len(answer.content)


def prepare(count: int, length: int) -> Seeded:
    """Make the rows: `count` conversations of a few messages, and one of `length`."""
    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    from django.db import transaction
    from django.test import Client

    from zgoda_desk.lib import clock

    now = clock.now()
    with transaction.atomic():
        company = _company(now)
        inboxes, people = _places()
        models = [_spoken(company, inboxes[0], number, [text], now) for number, text in enumerate(TEXTS)]
        long = _spoken(company, inboxes[0], 99, [TEXTS[i % len(TEXTS)] for i in range(length)], now)
        _copies(models, count - len(models) - 1, inboxes, people, now)
    client = Client()
    client.force_login(people[0], backend=settings.AUTHENTICATION_BACKENDS[0])
    return Seeded(count, _pages(client, long), client)


def _pages(client: Any, long: int) -> dict[str, str]:
    html = client.get("/").content.decode()
    more = re.search(r'href="/\?(after=[^"]+)"', html)
    pages = {
        "queue": "/",
        "queue, its list alone": "/queue/list",
        "queue, its side alone": "/queue/side",
        "queue, mine, in Polish": "/?view=mine&language=pl",
        "queue, search of a common word": "/?q=pralka",
        "queue, search of a number": "/?q=48-20517",
        f"conversation of {_LONG} messages": f"/c/{long}/",
    }
    if more:
        pages["queue, next rows"] = "/?" + more[1]
    return pages


def _company(now: datetime) -> Any:
    from zgoda_desk.accounts.founding import Founded, found_company

    wish = Founded("Polana", "en", "Europe/Warsaw", "head@polana.example", "Helena Ross", "correct horse battery")
    return found_company(wish, now)


def _places() -> tuple[list[Any], list[Any]]:
    from zgoda_desk.accounts.models import Inbox, Person, Team

    team = Team.objects.get()
    people = [
        Person.objects.create_user(f"{n}@polana.example", None, name=name) for n, name in enumerate(("Nina", "Paweł"))
    ]
    team.members.add(*people)
    inboxes = [Inbox.objects.get(), Inbox.objects.create(name="Polska", team=team, language="pl")]
    return inboxes, people


def _spoken(company: Any, inbox: Any, number: int, texts: Sequence[str], now: datetime) -> int:
    """A conversation as messages make it: read, with clocks, refreshed."""
    from zgoda_desk.conversations import engine
    from zgoda_desk.conversations.models import Contact, Conversation, Message
    from zgoda_desk.workflow.clocks import start_for_message
    from zgoda_desk.workflow.standing import refresh

    contact = Contact.objects.create(name=NAMES[number % len(NAMES)], made_at=now)
    at = now - timedelta(hours=len(texts) + number)
    one = Conversation.objects.create(inbox=inbox, contact=contact, made_at=at, changed_at=at)
    for step, text in enumerate(texts):
        ours = len(texts) > 1 and step % 2 == 1
        message = Message(conversation=one, at=at + timedelta(minutes=50 * step), text=text, newest_end=len(text))
        message.kind = Message.Kind.OURS if ours else Message.Kind.CUSTOMER
        if not ours:
            message.reading = reading = engine.read(text, now=now) or {}
            message.language, message.state = reading["language"], reading["state"]
            message.temperature, one.language = reading["temperature"], reading["language"]
        message.save()
        if not ours:
            start_for_message(one, message, company)
    refresh(one, now)
    return one.pk


def _copies(models: Sequence[int], count: int, inboxes: Sequence[Any], people: Sequence[Any], now: datetime) -> None:
    """Copies of the spoken ones with other people, owners, temperatures and terms, and their words in the index."""
    from zgoda_desk.commitments.models import Clock, Promise
    from zgoda_desk.conversations.models import Contact, Conversation, Message
    from zgoda_desk.lib import search

    chance = random.Random(4)
    patterns = {one.pk: one for one in Conversation.objects.filter(pk__in=models)}
    said = {one.conversation_id: one for one in Message.objects.filter(conversation__in=models)}
    contacts = Contact.objects.bulk_create(
        Contact(name=f"{chance.choice(NAMES)} {number}", made_at=now) for number in range(count)
    )
    rows, sources = [], []
    for contact in contacts:
        source = chance.choice(models)
        rows.append(_varied(patterns[source], contact, chance, inboxes, people, now))
        sources.append(source)
    made = Conversation.objects.bulk_create(rows, batch_size=500)
    messages, clocks, promises = [], [], []
    for row, source in zip(made, sources, strict=True):
        message = copy(said[source])
        message.pk, message.conversation = None, row
        messages.append(message)
        if row.next_due_kind == "promise":
            due = {"due_at": row.next_due, "made_at": now, "zone": "Europe/Warsaw", "owner": row.assignee}
            promises.append(
                Promise(conversation=row, what="call", state="broken" if row.promise_broken else "open", **due)
            )
        elif row.next_due is not None:
            clocks.append(Clock(conversation=row, kind=row.next_due_kind, since=row.made_at, due_at=row.next_due))
        search.keep(row.pk, [row.contact.name, row.reference, message.text])
    Message.objects.bulk_create(messages, batch_size=500)
    Clock.objects.bulk_create(clocks, batch_size=500)
    Promise.objects.bulk_create(promises, batch_size=500)


def _varied(
    pattern: Any, contact: Any, chance: random.Random, inboxes: Sequence[Any], people: Sequence[Any], now: datetime
) -> Any:
    row = copy(pattern)
    row.pk, row.contact, row.inbox = None, contact, chance.choice(inboxes)
    row.assignee = chance.choice([None, *people])
    row.temperature = row.rank_heat = chance.randrange(101)
    row.fever = [chance.randrange(101) for _ in range(8)]
    row.contacts, row.rank_safety = chance.randrange(1, 6), int(chance.random() < 0.01)
    row.next_due = now + timedelta(minutes=chance.randrange(-600, 12_000)) if chance.random() < 0.9 else None
    row.next_due_kind = chance.choice(("answer", "answer", "acknowledge", "statute", "promise")) if row.next_due else ""
    row.promise_broken = bool(row.next_due and row.next_due_kind == "promise" and row.next_due < now)
    row.status = chance.choice(("open",) * 8 + ("waiting", "agreed"))
    return row

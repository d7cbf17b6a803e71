"""All customers of the demo: replies reach them by mail, they answer after some seconds, new ones write unasked."""

from __future__ import annotations

import json
import logging
import os
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock

from zgoda.practice import Persona
from zgoda_desk.commitments.models import Promise
from zgoda_desk.demo.customer import Customer, customer_from, new_customer
from zgoda_desk.demo.letters import Letter
from zgoda_desk.post.mail import parse

Deliver = Callable[[Letter], None]
log = logging.getLogger(__name__)
_TAKES = (4.0, 12.0)  # seconds until a customer answers
_ENDED = ("kept", "withdrawn")
_ELSEWHERE = "elsewhere"  # he is no desk: a mail of ours is a person's to him, an automatic one a robot's


@dataclass(order=True)
class Errand:
    """Something a customer will do: answer (`reply`), react to an event, or write for the first time (`opens`)."""

    at: datetime
    who: str
    event: str


@dataclass
class Crowd:
    """The customers by persona id, and what they will do next. Safe to use from any thread.

    `deliver` puts a mail into the post office. `speed` divides every waiting time. With `kept` the crowd is a file.
    """

    personas: Sequence[Persona]
    deliver: Deliver
    kept: Path | None = None
    speed: float = 1.0
    customers: dict[str, Customer] = field(default_factory=dict)
    errands: list[Errand] = field(default_factory=list)
    _chance: random.Random = field(default_factory=lambda: random.Random(7))
    _lock: RLock = field(default_factory=RLock)

    def hear(self, raw: bytes, recipient: str, now: datetime) -> None:
        """A mail left the desk for an address that is not the desk's own; automatic ones are read and not answered."""
        mail = parse(raw, installation=_ELSEWHERE)
        with self._lock:
            customer = self._at(recipient)
            if customer is None:
                return
            customer.hears(mail.text[slice(*mail.newest)].strip(), mail.message_id or "", now)
            if mail.robot is None:
                self._soon(customer, "reply", now)
            self.save()

    def plan(self, who: str, event: str, at: datetime) -> None:
        """Have somebody do something at a time."""
        with self._lock:
            self.errands.append(Errand(at, who, event))

    def turn(self, now: datetime) -> int:
        """Notice what became of promises, and do what is due; gives back how many mails were written."""
        with self._lock:
            noticed = self._notice(now)
            due = sorted(one for one in self.errands if one.at <= now)
            self.errands = [one for one in self.errands if one.at > now]
            written = sum(self._run(one, now) for one in due)
            if due or noticed:
                self.save()
        return written

    def forget_promises(self) -> None:
        """Take what became of promises so far as known: the stories have told it."""
        for promise, customer in self._promised():
            customer.told.add(_mark(promise))

    def save(self) -> None:
        """Write the crowd down."""
        if self.kept is None:
            return
        rows = {
            "customers": {name: one.as_dict() for name, one in self.customers.items()},
            "errands": [[one.at.isoformat(), one.who, one.event] for one in self.errands],
        }
        fresh = self.kept.with_suffix(".new")
        fresh.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        os.replace(fresh, self.kept)

    def load(self) -> None:
        """Take up the crowd as it was written down."""
        if self.kept is None or not self.kept.exists():
            return
        rows = json.loads(self.kept.read_text(encoding="utf-8"))
        self.customers = {name: customer_from(one, self.personas) for name, one in rows["customers"].items()}
        self.errands = [Errand(datetime.fromisoformat(at), who, event) for at, who, event in rows["errands"]]

    def add(self, who: str, inbox: str, now: datetime) -> Customer:
        """A customer who is about to write to an inbox."""
        persona = next(one for one in self.personas if one.id == who)
        made = self.customers[who] = new_customer(persona, inbox, now)
        return made

    def _at(self, address: str) -> Customer | None:
        return next((one for one in self.customers.values() if one.persona.email == address.lower()), None)

    def _soon(self, customer: Customer, event: str, now: datetime) -> None:
        """Answer in some seconds; two replies in a row are answered once."""
        who = customer.persona.id
        self.errands = [one for one in self.errands if (one.who, one.event) != (who, event)]
        self.plan(who, event, now + timedelta(seconds=self._chance.uniform(*_TAKES) / self.speed))

    def _run(self, errand: Errand, now: datetime) -> bool:
        try:
            letter = self._letter(errand, now)
            if letter is not None:
                self.deliver(letter)
        except Exception:
            log.exception("a customer of the demo could not write")
            return False
        return letter is not None

    def _letter(self, errand: Errand, now: datetime) -> Letter | None:
        if errand.event.startswith("opens "):
            return self.add(errand.who, errand.event.removeprefix("opens "), now).opens()
        return self.customers[errand.who].answers(errand.event, now)

    def _notice(self, now: datetime) -> bool:
        """He learns whether he was called by the hour: in the demo, by what the desk says became of its promise."""
        found = False
        for promise, customer in self._promised():
            event = _became(promise, now)
            if event and _mark(promise, event) not in customer.told:
                customer.told.add(_mark(promise, event))
                self._soon(customer, event, now)
                found = True
        return found

    def _promised(self) -> Iterable[tuple[Promise, Customer]]:
        by_address = {one.persona.email: one for one in self.customers.values()}
        rows = Promise.objects.filter(conversation__contact__addresses__value__in=list(by_address))
        told = rows.values_list("pk", "conversation__contact__addresses__value")
        whose = {number: by_address[value] for number, value in told if value in by_address}
        return [(one, whose[one.pk]) for one in Promise.objects.filter(pk__in=list(whose))]


def _became(promise: Promise, now: datetime) -> str:
    """The event of a promise that its customer notices, empty while there is none."""
    if promise.state == "kept":
        return "promise_kept"
    return "promise_broken" if promise.due_at <= now and promise.state not in _ENDED else ""


def _mark(promise: Promise, event: str = "") -> str:
    return f"{promise.pk}:{event or {'kept': 'promise_kept', 'broken': 'promise_broken'}.get(promise.state, '')}"

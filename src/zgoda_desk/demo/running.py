"""Runs the demo: a home, a mail server, a company with its history, and customers who live beside the desk."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self
from zoneinfo import available_timezones

from django.db import close_old_connections, connection, transaction

from zgoda.practice import personas
from zgoda_desk.accounts.models import Company
from zgoda_desk.conversations.engine import engine
from zgoda_desk.demo import company
from zgoda_desk.demo.crowd import Crowd
from zgoda_desk.demo.letters import Letter, written
from zgoda_desk.demo.post_office import PostOffice, SentMail
from zgoda_desk.demo.stories.player import play
from zgoda_desk.lib import clock

log = logging.getLogger(__name__)
_PACE = 0.25  # seconds between two looks at what the customers do
# Minutes after the start at which somebody new writes by himself; his own language's customer comes first.
_NEWCOMERS = {"ru": "oksana", "en": "colin", "pl": "janusz"}
_ARRIVES = (3.0, 9.0, 20.0)


@dataclass
class Demo(AbstractContextManager["Demo"]):
    """Everything of the demo but the desk itself; open between `with`. Django is set up and migrated before.

    A home that holds a demo already goes on where it was left.
    """

    home: Path
    language: str
    speed: float = 1.0
    zone: str = ""  # TZ as the visitor set it; Django puts its own in its place
    crowd: Crowd = field(init=False)
    office: PostOffice = field(init=False)
    _stop: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __post_init__(self) -> None:
        place = self.home / "demo"
        place.mkdir(exist_ok=True)
        secrets = company.passwords()
        self.office = PostOffice(secrets, directory=place / "post")
        self._secrets = secrets
        self.crowd = Crowd(
            personas(engine().knowledge), self._deliver, kept=place / "customers.json", speed=self.speed
        )  # fmt: skip

    def __enter__(self) -> Self:
        self.office.start()
        self.begin(clock.now())
        self.office.on_mail(self._heard)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()
        self.office.stop()

    def begin(self, now: datetime) -> None:
        """Found the company and play its history, or take up what is there."""
        office = company.Office(self.office.imap_port, self.office.smtp_port, self._secrets)
        if Company.objects.exists():
            company.point_to(office)
            self.crowd.load()
            return
        with transaction.atomic(), _uncollected():  # a start that is cut off leaves nothing, the next one begins anew
            company.found(office, zone_here(self.language, self.zone), self.language, now)
            play(self.crowd, now)
        self._expect(now)
        self.crowd.save()

    def live(self) -> None:
        """Let the customers live in a thread of their own."""
        self._thread = Thread(target=self._live, name="zgoda-customers", daemon=True)
        self._thread.start()

    def _expect(self, now: datetime) -> None:
        inboxes = company.addresses()
        order = sorted(_NEWCOMERS, key=lambda language: language != self.language)
        for minutes, language in zip(_ARRIVES, order, strict=True):
            at = now + timedelta(minutes=minutes / self.speed)
            self.crowd.plan(_NEWCOMERS[language], f"opens {inboxes[language]}", at)

    def _live(self) -> None:
        while not self._stop.wait(_PACE):
            close_old_connections()
            try:
                self.crowd.turn(clock.now())
            except Exception:
                log.exception("the customers of the demo stumbled")
        connection.close()

    def _heard(self, mail: SentMail, recipient: str) -> None:
        self.crowd.hear(mail.raw, recipient, clock.now())

    def _deliver(self, letter: Letter) -> None:
        self.office.deliver(letter.to, written(letter), received=letter.at)


@contextmanager
def _uncollected() -> Iterator[None]:
    """The collector of garbage stays away: it would go through the engine again and again, to free nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def zone_here(language: str, wished: str = "") -> str:
    """The zone that is wished for, or of this machine's clock, by which the visitor counts; else one of his language's.

    A name that is no zone is passed over.
    """
    for name in (wished, _linked()):
        if name and name in available_timezones():
            return name
    return {"ru": "Europe/Moscow", "en": "Europe/London"}.get(language, "Europe/Warsaw")


def _linked() -> str:
    found = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    return found if found and "/" in found else ""

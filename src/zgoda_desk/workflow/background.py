"""What works while nobody looks: mailboxes, raw inbox, outbox, clocks; each in a thread that survives errors."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

from django.db import close_old_connections, connection

from zgoda_desk.conversations import engine
from zgoda_desk.lib import clock
from zgoda_desk.post import actions as post
from zgoda_desk.post.mailbox import NoSecret
from zgoda_desk.post.models import MailAccount
from zgoda_desk.post.transport.errors import TransportError
from zgoda_desk.post.transport.settings import SettingsError
from zgoda_desk.workflow import fetch, receive, send, tick

log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0


@dataclass
class Background:
    """The working threads of a process; `alone` says that no other process sends or fetches (SQLite)."""

    alone: bool
    before: Callable[[], object] = engine.prepare  # what is done before the first mail is read
    pace: float = 0.3  # seconds between two looks when nothing waited
    stop: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin to work; first, mails whose sending the last stop cut off become uncertain, and held ones are free."""
        send.surface_lost(clock.now(), at_start=self.alone)
        if self.alone:
            post.release_raw()
        self._run("reading", self._reading)
        self._run("sending", self._repeat(lambda: send.deliver_next(clock.now()), self.pace))
        self._run("clocks", self._repeat(self._tick, 1.0))
        self._run("mailboxes", self._mailboxes)

    def close(self, seconds: float = 10.0) -> None:
        """Let each thread finish what it holds."""
        self.stop.set()
        until = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.1, until - time.monotonic()))

    def _run(self, name: str, work: Callable[[], None]) -> Thread:
        thread = Thread(target=work, name=f"zgoda-{name}", daemon=True)
        thread.start()
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        return thread

    def _repeat(self, once: Callable[[], bool], pause: float) -> Callable[[], None]:
        """Work until nothing waits, then pause; an error is logged and never ends the thread."""

        def work() -> None:
            while not self.stop.is_set():
                close_old_connections()
                try:
                    busy = once()
                except Exception:
                    log.exception("background work broke")
                    busy = False
                if not busy:
                    self.stop.wait(pause)
            connection.close()

        return work

    def _reading(self) -> None:
        """The engine is loaded first: loaded by the first mail it would hold up every writer for seconds."""
        try:
            self.before()
        except Exception:
            log.exception("the engine could not be loaded; mails are read without it as far as that goes")
        self._repeat(lambda: receive.read_next(clock.now()), self.pace)()

    def _tick(self) -> bool:
        now = clock.now()
        send.surface_lost(now)
        tick.tick(now)
        return False

    def _mailboxes(self) -> None:
        """One thread for each started mailbox; one that is added later gets its own within seconds."""
        held: dict[int, Thread] = {}
        while not self.stop.is_set():
            close_old_connections()
            try:
                wanted = set(
                    MailAccount.objects.filter(is_active=True, since__isnull=False).values_list("pk", flat=True)
                )
            except Exception:
                log.exception("mailboxes could not be listed")
                wanted = set()
            for number in wanted:
                if number not in held or not held[number].is_alive():
                    held[number] = self._run(f"mailbox-{number}", self._holder(number))
            self.stop.wait(3.0)
        connection.close()

    def _holder(self, number: int) -> Callable[[], None]:
        def work() -> None:
            pause = _FIRST_PAUSE
            while not self.stop.is_set():
                close_old_connections()
                began = time.monotonic()
                try:
                    fetch.watch(number, self.stop)
                    break  # switched off
                except MailAccount.DoesNotExist:
                    break
                except TransportError as error:
                    fetch.note_failure(number, f"{error.step}:{error.code}", error.detail)
                except (NoSecret, SettingsError) as error:
                    fetch.note_failure(number, "settings", str(error) or str(NoSecret.__doc__))
                except Exception as error:
                    log.exception("mailbox %d broke", number)
                    fetch.note_failure(number, "broke", type(error).__name__)
                pause = _FIRST_PAUSE if time.monotonic() - began > 60 else min(pause * 2, _LONGEST_PAUSE)
                self.stop.wait(pause)
            connection.close()

        return work

"""The post office as a whole: both servers in one thread of their own, and the counter for those who use it."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from types import TracebackType
from typing import Self

from .boxes import INBOX, Boxes, StoredMail
from .faults import Faults
from .imap_server import Visit
from .imap_wire import Wire
from .sent import SentBook, SentMail
from .smtp_server import Desk, FaultySmtp

OnMail = Callable[[SentMail, str], None]
_log = logging.getLogger(__name__)


def _clock() -> datetime:
    """The post office stands outside the desk, like a provider's, and has its own clock."""
    return datetime.now(UTC)


class PostOffice:
    """Accounts by address and password; open between `with` or `start` and `stop`. Everything here is thread-safe.

    Strangers may send to the accounts; an account that has logged in may send to anybody under its own address. Mail
    for addresses that live elsewhere goes to the callbacks of `on_mail`. With a `directory` mails are files there and
    UIDs stay; without, every start has a new UIDVALIDITY. `tokens` are access tokens for XOAUTH2 by address. With
    `tls` both servers offer STARTTLS, or speak TLS from the start where `implicit_tls`. Port 0 takes a free one.
    """

    def __init__(
        self,
        accounts: Mapping[str, str],
        *,
        imap_port: int = 0,
        smtp_port: int = 0,
        directory: Path | None = None,
        tokens: Mapping[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        implicit_tls: bool = False,
        now: Callable[[], datetime] = _clock,
    ) -> None:
        self.imap_port, self.smtp_port = imap_port, smtp_port
        self.imap_faults, self.smtp_faults = Faults(), Faults()
        self.callback_errors: list[Exception] = []
        self._now, self._tokens = now, dict(tokens or {})
        self._tls, self._implicit = tls, implicit_tls
        self._boxes = Boxes(dict(accounts), int(now().timestamp()), directory / "boxes" if directory else None)
        self._sent = SentBook(directory / "sent" if directory else None)
        self._desk = Desk(self._boxes, self._tokens, self._take, self.smtp_faults)
        self._callbacks: list[OnMail] = []
        self._errands: SimpleQueue[tuple[SentMail, str] | None] = SimpleQueue()
        self._ready, self._failure = Event(), list[BaseException]()
        self._loop = asyncio.new_event_loop()
        self._lines: set[asyncio.BaseTransport] = set()

    @property
    def sent(self) -> list[SentMail]:
        """All mails that the SMTP server has taken, in order, whoever sent them."""
        return self._sent.all()

    def start(self) -> Self:
        """Opens both servers and returns when they listen. Raises OSError where a port is taken."""
        self._threads = [Thread(target=self._serve, daemon=True), Thread(target=self._run_errands, daemon=True)]
        for thread in self._threads:
            thread.start()
        self._ready.wait()
        if self._failure:
            self._errands.put(None)
            raise self._failure[0]
        return self

    def stop(self) -> None:
        """Closes both servers, cuts all lines, and lets the callbacks finish."""
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._errands.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.stop()

    def deliver(self, address: str, raw: bytes, *, folder: str = INBOX, received: datetime | None = None) -> int:
        """Puts a mail, byte for byte, into a folder of a hosted address; gives its UID. Raises KeyError for others."""
        account = self._boxes.account_of(address)
        if account is None:
            raise KeyError(address)
        return self._boxes.append(account, folder, raw, received or self._now())

    def mails(self, address: str, folder: str = INBOX) -> list[StoredMail]:
        """What lies in a folder of an account."""
        found = self._boxes.folder(address.lower(), folder)
        return list(found.mails) if found else []

    def on_mail(self, callback: OnMail) -> None:
        """Calls it with each mail and each recipient that is not hosted here, one after the other, in an own thread.

        It may deliver and take its time; what it raises is logged and kept in `callback_errors`.
        """
        self._callbacks.append(callback)

    def wait_sent(self, count: int, timeout: float = 10.0) -> list[SentMail]:
        """The mails taken, as soon as there are `count`, or after `timeout` seconds those there are."""
        self._sent.wait(lambda mails: len(mails) >= count, timeout)
        return self.sent

    def renumber(self, address: str, folder: str = INBOX) -> int:
        """Gives a folder a new UIDVALIDITY and its mails new UIDs, and cuts all lines; gives the new UIDVALIDITY."""
        found = self._boxes.folder(address.lower(), folder)
        if found is None:
            raise KeyError(folder)
        with self._boxes.lock:
            found.renumber()
        self.cut_lines()
        return found.uid_validity

    def cut_lines(self) -> None:
        """Cuts every open connection, as when a provider restarts; new ones are welcome at once."""
        done = Event()
        self._loop.call_soon_threadsafe(self._cut_lines, done)
        done.wait()

    def _take(self, sender: str, recipients: tuple[str, ...], raw: bytes, login: str | None) -> None:
        mail = self._sent.add(sender, recipients, raw, login, self._now())
        for recipient in recipients:
            account = self._boxes.account_of(recipient)
            if account is None:
                self._errands.put((mail, recipient))
            else:
                trace = f"Return-Path: <{sender}>\r\nDelivered-To: {recipient}\r\n".encode()
                self._boxes.append(account, INBOX, trace + raw, mail.received)

    def _run_errands(self) -> None:
        while (errand := self._errands.get()) is not None:
            for callback in list(self._callbacks):
                try:
                    callback(*errand)
                except Exception as error:
                    self.callback_errors.append(error)
                    _log.exception("A callback of the post office failed")

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._keep_open())
        except OSError as error:
            self._failure.append(error)
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()
            self._ready.set()

    async def _keep_open(self) -> None:
        self._stopping = asyncio.Event()
        tls = self._tls if self._implicit else None
        smtp = await self._loop.create_server(self._smtp_line, "127.0.0.1", self.smtp_port, ssl=tls)
        imap = await asyncio.start_server(self._imap_line, "127.0.0.1", self.imap_port, ssl=tls)
        self.smtp_port, self.imap_port = (server.sockets[0].getsockname()[1] for server in (smtp, imap))
        self._ready.set()
        await self._stopping.wait()
        smtp.close()
        imap.close()
        self._cut_lines(Event())
        await self._end_visits()

    async def _end_visits(self) -> None:
        visits = asyncio.all_tasks() - {asyncio.current_task()}
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)

    def _smtp_line(self) -> FaultySmtp:
        tls = None if self._implicit else self._tls
        return FaultySmtp(self._desk, self.smtp_faults, tls, self._lines, loop=self._loop)

    async def _imap_line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer.transport)
        tls = None if self._implicit else self._tls
        wire = Wire(reader, writer, self.imap_faults)
        try:
            await Visit(wire, self._boxes, self._tokens, self.imap_faults, self._now, tls).run()
        except asyncio.CancelledError:
            return  # the office closes; the library would log a cancelled visit as a fault
        finally:
            self._lines.discard(writer.transport)

    def _cut_lines(self, done: Event) -> None:
        for line in list(self._lines):
            assert isinstance(line, asyncio.Transport)
            line.abort()
        self._lines.clear()
        done.set()

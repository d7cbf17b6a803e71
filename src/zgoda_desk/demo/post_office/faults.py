"""Failures on order: what the post office shall do wrong, at which step, how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

SmtpStep = Literal["greeting", "hello", "login", "sender", "recipient", "data", "body", "answer", "quit", "write"]
ImapStep = Literal[
    "greeting", "capability", "login", "list", "select", "search", "fetch", "body", "idle", "noop", "logout", "write"
]


@dataclass(frozen=True, slots=True)
class Fault:
    """First waits `delay` seconds; then cuts the connection, or answers with `code` and `text`, or goes on as usual.

    At the SMTP step `answer` (the final dot has come) `keep` says that the mail is kept all the same; at `body` the
    cut comes after `after` bytes.
    """

    code: int = 0
    text: str = ""
    cuts: bool = False
    delay: float = 0.0
    keep: bool = False
    after: int = 0

    @property
    def answers(self) -> bool:
        """Whether it takes the place of the usual answer."""
        return bool(self.code or self.text) and not self.cuts


def reply(code: int, text: str = "Not now") -> Fault:
    """SMTP: this answer instead of the usual one; after 421 the connection is closed."""
    return Fault(code=code, text=text)


def no(text: str = "Not now") -> Fault:
    """IMAP: the command is refused with NO."""
    return Fault(text=text)


def drop(*, keep: bool = False, after: int = 0) -> Fault:
    """The connection is cut."""
    return Fault(cuts=True, keep=keep, after=after)


def delay(seconds: float) -> Fault:
    """The answer comes late."""
    return Fault(delay=seconds)


def hang() -> Fault:
    """The answer never comes."""
    return Fault(delay=86_400.0)


@dataclass(slots=True)
class _Order:
    step: str
    fault: Fault
    times: int
    skip: int
    address: str | None


@dataclass(slots=True)
class Faults:
    """The orders still open. Safe to use from any thread.

    Steps of SMTP and IMAP are named in `SmtpStep` and `ImapStep`. The step `write` comes before every line that the
    server writes: with `skip` counting up, a test cuts at each step of a conversation.
    """

    _orders: list[_Order] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def add(self, step: str, fault: Fault, *, times: int = 1, skip: int = 0, address: str | None = None) -> None:
        """Orders a fault for the next `times` occasions after `skip` of them; with `address` only for its commands."""
        with self._lock:
            self._orders.append(_Order(step, fault, times, skip, address))

    def take(self, step: str, address: str = "") -> Fault | None:
        """The fault due at this step, counted as used."""
        with self._lock:
            for order in self._orders:
                if order.step != step or order.times <= 0 or order.address not in {None, address}:
                    continue
                if order.skip > 0:
                    order.skip -= 1
                    continue
                order.times -= 1
                return order.fault
        return None

    def open(self) -> int:
        """How many orders have not happened yet."""
        with self._lock:
            return sum(order.times for order in self._orders)

    def clear(self) -> None:
        """Forgets all orders."""
        with self._lock:
            self._orders.clear()

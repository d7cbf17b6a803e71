"""What left through the post office: every mail its SMTP server has taken, in order."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from pathlib import Path
from threading import Condition

from .files import write_whole


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail with its envelope; `login` is the account that sent it, None for a stranger; `raw` has CRLF."""

    number: int
    envelope_from: str
    recipients: tuple[str, ...]
    raw: bytes
    login: str | None
    received: datetime

    @property
    def message_id(self) -> str:
        """The Message-ID as it stands in the header, empty without one."""
        return str(message_from_bytes(self.raw).get("Message-ID", "")).strip()


class SentBook:
    """The list of mails taken. With a directory each is on the disk as `<number>.eml` and `<number>.json` first."""

    def __init__(self, directory: Path | None) -> None:
        self._directory = directory
        self._changed = Condition()
        self._mails: list[SentMail] = read_sent(directory) if directory else []
        if directory is not None:
            directory.mkdir(parents=True, exist_ok=True)

    def add(
        self, envelope_from: str, recipients: tuple[str, ...], raw: bytes, login: str | None, received: datetime
    ) -> SentMail:
        """Enters a mail."""
        with self._changed:
            number = self._mails[-1].number + 1 if self._mails else 1
            mail = SentMail(number, envelope_from, recipients, raw, login, received)
            if self._directory is not None:
                _save(self._directory, mail)
            self._mails.append(mail)
            self._changed.notify_all()
        return mail

    def all(self) -> list[SentMail]:
        """A copy of the list."""
        with self._changed:
            return list(self._mails)

    def wait(self, enough: Callable[[list[SentMail]], bool], timeout: float) -> bool:
        """Waits until the list is as wanted; False when `timeout` seconds have passed first."""
        with self._changed:
            return self._changed.wait_for(lambda: enough(self._mails), timeout)


def read_sent(directory: Path) -> list[SentMail]:
    """The mails that a post office wrote into its directory `sent`, in order; those half written are left out."""
    found = []
    for path in sorted(directory.glob("*.json"), key=lambda path: int(path.stem)):
        envelope = json.loads(path.read_bytes())
        raw = path.with_suffix(".eml").read_bytes()
        received = datetime.fromisoformat(envelope["received"])
        envelope_from, recipients = envelope["from"], tuple(envelope["to"])
        found.append(SentMail(int(path.stem), envelope_from, recipients, raw, envelope["login"], received))
    return found


def _save(directory: Path, mail: SentMail) -> None:
    """The envelope comes last: it says that the mail is whole."""
    envelope = {"from": mail.envelope_from, "to": mail.recipients, "login": mail.login}
    envelope["received"] = mail.received.isoformat()
    write_whole(directory / f"{mail.number}.eml", mail.raw)
    write_whole(directory / f"{mail.number}.json", json.dumps(envelope, ensure_ascii=False).encode())

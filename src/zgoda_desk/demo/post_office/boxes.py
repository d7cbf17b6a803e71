"""The mailboxes: folders of mails with stable UIDs, in memory or as files."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from .files import write_whole

INBOX, SENT, SPAM = "INBOX", "Sent", "Spam"


@dataclass(frozen=True, slots=True)
class StoredMail:
    """One mail in a folder; `received` is its internal date, in UTC."""

    uid: int
    raw: bytes
    received: datetime


class Folder:
    """Mails in the order they came. With a directory each is a file `<uid>.eml`, its time the file's time."""

    def __init__(self, name: str, uid_validity: int, directory: Path | None) -> None:
        self.name = name
        self.uid_validity = uid_validity
        self.mails: list[StoredMail] = []
        self.flags: dict[int, set[str]] = {}
        self._directory = directory
        if directory is not None:
            self._load(directory)

    @property
    def uid_next(self) -> int:
        """The UID that the next mail gets."""
        return self.mails[-1].uid + 1 if self.mails else 1

    def append(self, raw: bytes, received: datetime) -> int:
        """Keeps a mail; with a directory it is on the disk when this returns. Gives its UID."""
        mail = StoredMail(self.uid_next, raw, received.astimezone(UTC).replace(microsecond=0))
        if self._directory is not None:
            path = self._directory / f"{mail.uid}.eml"
            write_whole(path, raw)
            os.utime(path, (mail.received.timestamp(), mail.received.timestamp()))
        self.mails.append(mail)
        return mail.uid

    def renumber(self) -> None:
        """What some servers do after a repair: a new UIDVALIDITY, and UIDs from 1 on."""
        self.uid_validity += 1
        self.mails = [StoredMail(uid, mail.raw, mail.received) for uid, mail in enumerate(self.mails, 1)]
        self.flags = {}
        if self._directory is not None:
            write_whole(self._directory / "uidvalidity", str(self.uid_validity).encode())

    def flags_of(self, uid: int) -> set[str]:
        """The flags of a mail, to read or to change."""
        return self.flags.setdefault(uid, set())

    def _load(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        counter = directory / "uidvalidity"
        if counter.exists():
            self.uid_validity = int(counter.read_text())
        else:
            write_whole(counter, str(self.uid_validity).encode())
        for path in sorted(directory.glob("*.eml"), key=lambda path: int(path.stem)):
            received = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
            self.mails.append(StoredMail(int(path.stem), path.read_bytes(), received))


class Boxes:
    """All accounts with their folders. Safe to use from any thread; whoever reads folders holds `lock`."""

    def __init__(self, accounts: dict[str, str], uid_validity: int, directory: Path | None) -> None:
        self.lock = RLock()
        self.secrets = {address.lower(): secret for address, secret in accounts.items()}
        self._uid_validity = uid_validity
        self._directory = directory
        self._listeners: set[Callable[[], None]] = set()
        self._folders: dict[str, dict[str, Folder]] = {address: {} for address in self.secrets}
        for address in self.secrets:
            for name in (INBOX, SENT, SPAM):
                self.folder(address, name, make=True)

    def account_of(self, address: str) -> str | None:
        """The hosted account that gets mail for this address (`help+token@…` goes to `help@…`), or None."""
        local, _, domain = address.lower().rpartition("@")
        for candidate in (f"{local}@{domain}", f"{local.partition('+')[0]}@{domain}"):
            if candidate in self.secrets:
                return candidate
        return None

    def folder(self, account: str, name: str, *, make: bool = False) -> Folder | None:
        """A folder by its name; INBOX is found in any letter case."""
        name = INBOX if name.upper() == INBOX else name
        with self.lock:
            found = self._folders[account].get(name)
            if found is None and make:
                place = self._directory / account / name if self._directory else None
                found = self._folders[account][name] = Folder(name, self._uid_validity, place)
        return found

    def folders(self, account: str) -> list[Folder]:
        """All folders of an account."""
        with self.lock:
            return list(self._folders[account].values())

    def append(self, account: str, name: str, raw: bytes, received: datetime) -> int:
        """Keeps a mail and tells those who listen; gives its UID."""
        with self.lock:
            folder = self.folder(account, name, make=True)
            assert folder is not None
            uid = folder.append(raw, received)
            listeners = list(self._listeners)
        for listener in listeners:
            listener()
        return uid

    def listen(self, listener: Callable[[], None]) -> None:
        """Calls it, in the thread that delivers, whenever a mail has come."""
        with self.lock:
            self._listeners.add(listener)

    def unlisten(self, listener: Callable[[], None]) -> None:
        """Ends `listen`."""
        with self.lock:
            self._listeners.discard(listener)

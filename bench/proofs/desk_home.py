"""A desk to prove things on: a home folder with a company and a mailbox, and a post office in another process."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from zgoda_desk.demo.post_office import SentMail, read_sent

if TYPE_CHECKING:
    from zgoda_desk.post.models import MailAccount

SECRET = "letters and parcels"
ADDRESS = "help@polana.example"


def open_home(folder: Path) -> None:
    """Point Django at a new home folder, make its tables and its company; once in a process."""
    os.environ.pop("DATABASE_URL", None)
    os.environ["ZGODA_HOME"] = str(folder)
    from zgoda_desk.commands.setting_up import migrate, set_up
    from zgoda_desk.lib import clock, home

    home.make()
    set_up(folder)
    migrate()
    from zgoda_desk.accounts.founding import Founded, found_company

    found_company(
        Founded("Polana", "en", "Europe/Warsaw", "head@polana.example", "Helena Ross", SECRET + " 9"), clock.now()
    )


def add_mailbox(imap: int, smtp: int, address: str = ADDRESS) -> MailAccount:
    """A started mailbox of the first inbox on a post office of this machine; replies leave at once."""
    from zgoda_desk.accounts.models import Company, Inbox
    from zgoda_desk.lib import clock, secret
    from zgoda_desk.post.models import MailAccount

    Company.objects.update(undo_seconds=0)
    inbox = Inbox.objects.order_by("pk")[0]
    return MailAccount.objects.create(
        inbox=inbox, address=address, user=address, secret=secret.lock(SECRET), since=clock.now().date(),
        imap_host="127.0.0.1", imap_port=imap, imap_security="none",
        smtp_host="127.0.0.1", smtp_port=smtp, smtp_security="none",
    )  # fmt: skip


class Office:
    """A post office that outlives every kill of the desk; what it holds is on the disk before it says so."""

    def __init__(self, folder: Path, *orders: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "zgoda_desk.demo.post_office", "--account", f"{ADDRESS}:{SECRET}"]
        command += ["--dir", str(folder), *(part for order in orders for part in ("--fault", order))]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        ports = re.findall(r"=(\d+)", self._process.stdout.readline())
        self.imap, self.smtp = int(ports[0]), int(ports[1])

    def boxed(self) -> list[bytes]:
        """The mails that came in, by the number of their UID."""
        folder = self.folder / "boxes" / ADDRESS / "INBOX"
        return [path.read_bytes() for path in sorted(folder.glob("*.eml"), key=lambda path: int(path.stem))]

    def sent(self) -> list[SentMail]:
        """The mails that left the desk."""
        return [mail for mail in read_sent(self.folder / "sent") if mail.login]

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait()


@contextmanager
def office(folder: Path, *orders: str) -> Iterator[Office]:
    """A post office for as long as the block runs."""
    opened = Office(folder, *orders)
    try:
        yield opened
    finally:
        opened.close()


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""Two desks that answer each other by themselves for a simulated day (T14), each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from functools import partial
from pathlib import Path

from bench.proofs.desk_home import SECRET, add_mailbox, open_home
from zgoda_desk.demo.post_office import PostOffice

_START = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
_STEP, _STEPS = timedelta(minutes=20), 72
_ONE, _TWO = "help@one.example", "help@two.example"


class Clock:
    """The simulated time of the post office."""

    def __init__(self) -> None:
        self.now = _START

    def __call__(self) -> datetime:
        return self.now


def two_desks(place: Path) -> tuple[int, int]:
    """Mails that the two exchanged by themselves in the day, and mails of persons between them."""
    clock = Clock()
    with PostOffice({_ONE: SECRET, _TWO: SECRET}, now=clock) as office:
        desks = [_child(place / address, address, office) for address in (_ONE, _TWO)]
        written = 0
        for step in range(_STEPS):
            if step % 6 == 0:  # somebody at the second company writes to the first from his own program
                written += 1
                office.deliver(_ONE, _person(written))
            for desk in desks:
                _step(desk, clock.now)
            clock.now += _STEP
        for desk in desks:
            desk.communicate()
        sent = [message_from_bytes(mail.raw) for mail in office.sent]
    return sum("Auto-Submitted" in mail for mail in sent), written


def _person(number: int) -> bytes:
    head = f"From: Somebody <{_TWO}>\nTo: {_ONE}\nSubject: Our invoice {number}\nMessage-ID: <{number}@two.example>\n\n"
    return (head + "Where is the money for our invoice? We have been waiting for two weeks.\n").encode()


def _child(home: Path, address: str, office: PostOffice) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.proofs.mail_two", str(home), address]
    command += [str(office.imap_port), str(office.smtp_port)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _step(desk: subprocess.Popen[str], now: datetime) -> None:
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdin.write(now.isoformat() + "\n")
    desk.stdin.flush()
    if desk.stdout.readline() != "done\n":
        raise RuntimeError("a desk broke")


def _same(now: datetime) -> datetime:
    return now


def work(home: Path, address: str, imap_port: int, smtp_port: int) -> None:
    """A desk that does what is due whenever it is told the time on its standard input."""
    from django.utils import timezone

    open_home(home)
    vars(timezone)["now"] = lambda: _START
    account = add_mailbox(imap_port, smtp_port, address)
    account.inbox.auto_acknowledge = True
    account.inbox.save()
    from zgoda_desk.post.mailbox import imap_of
    from zgoda_desk.post.transport import imap
    from zgoda_desk.workflow import fetch, receive, send, tick

    for line in sys.stdin:
        now = datetime.fromisoformat(line.strip())
        vars(timezone)["now"] = partial(_same, now)
        with imap.connect(imap_of(account)) as session:
            fetch.fetch_account(account, session)
        while receive.read_next(now):
            pass
        tick.tick(now)
        while send.deliver_next(now):
            pass
        print("done", flush=True)


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

"""Starts the whole desk in a process of its own, as a command or as a fork that has the engine loaded already."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

COLD = 10  # one start of so many is the command line itself; a fork serves by the same function, only sooner


def start(port: int, home: Path, log: Path, *, cold: bool) -> int:
    """The process id of a `zgoda serve` on this port."""
    if cold:
        return _command(port, home, log)
    from django.db import connections

    connections.close_all()
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        _quiet(log)
        from zgoda_desk.commands.serving import serve
        from zgoda_desk.commands.setting_up import migrate

        migrate()
        serve("127.0.0.1", port, background=True)
        code = 0
    finally:
        os._exit(code)


def wait_open(port: int, patience: float = 60.0) -> None:
    """Wait until pages are served, or the patience is over."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1.0):
            return
        time.sleep(0.02)


def kill(number: int) -> None:
    """Kill -9 and wait until it is gone."""
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)


def end(number: int) -> int:
    """Stop in order; gives the exit status."""
    os.kill(number, signal.SIGTERM)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def load() -> None:
    """Load what a fork is to have."""
    import gc

    from django.test import Client

    import zgoda_desk.asgi
    import zgoda_desk.workflow.background  # noqa: F401
    from zgoda_desk.commands.serving import warm

    warm()
    Client(headers={"host": "127.0.0.1"}).get("/account/login/")
    gc.collect()
    gc.freeze()


def _command(port: int, home: Path, log: Path) -> int:
    with log.open("ab") as out:
        zgoda = str(Path(sys.executable).with_name("zgoda"))
        command = [zgoda, "serve", "--home", str(home), "--port", str(port)]
        return subprocess.Popen(command, stdout=out, stderr=out).pid


def _quiet(log: Path) -> None:
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for number in (1, 2):
        os.dup2(handle, number)

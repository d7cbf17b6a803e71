"""The desk of the demo as a process of its own: real mail server, real workers, customers who answer at once."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

SPEED = 100  # a customer answers within a tenth of a second
UNDO = 6  # seconds to take a reply back; the usual ten would be waited for in every tour
PATIENCE = 150  # seconds until the desk is open, on a machine that does other things too


@contextmanager
def demo_running(home: Path) -> Iterator[str]:
    """The address of a demo that lives in `home` while the block runs."""
    port = _free_port()
    outside = {
        key: value for key, value in os.environ.items() if not key.startswith(("ZGODA_", "DATABASE_", "DJANGO_"))
    }
    zgoda = str(Path(sys.executable).with_name("zgoda"))
    command = [zgoda, "demo", "--home", str(home), "--port", str(port), "--speed", str(SPEED)]
    log = home.with_suffix(".log")
    with log.open("w") as said:
        process = subprocess.Popen(command, env=outside, stdout=said, stderr=said)
        try:
            _wait(port, process, log)
            _hurry(home)
            yield f"http://127.0.0.1:{port}"
        finally:
            _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(PATIENCE * 5):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            Event().wait(0.2)
        else:
            return
    raise AssertionError(f"the demo did not open: {log.read_text()}")


def _hurry(home: Path) -> None:
    with closing(sqlite3.connect(home / "zgoda.sqlite3", timeout=30)) as rows, rows:
        rows.execute("UPDATE accounts_company SET undo_seconds = ?", [UNDO])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

"""Start a PostgreSQL for tests that is thrown away afterwards: an installed one, or the one that a wheel carries.

On a command line: `python -m tests.desk.servers.postgres COMMAND ...` runs a command with `DATABASE_URL` set.
"""

from __future__ import annotations

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.desk.servers.postgres_found import NoPostgres, found, version

NOBODY = 65534
PATIENCE = 60.0
TRIES = 3
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "timezone": "UTC",
    "log_min_messages": "fatal",
    "shared_buffers": "64MB",
}


@dataclass(frozen=True)
class Server:
    """A running server: `url` of its superuser's database, `binaries` it runs from, `pid` of its first process."""

    url: str
    binaries: Path
    pid: int


@contextmanager
def postgres(binaries: Path | None = None) -> Iterator[Server]:
    """A server on a free port of loopback with a password of its own; stopped and removed in all cases.

    `binaries` is a folder with `initdb` and `postgres`; without it the first of `installed()` and `carried()` is taken.
    Root may not run PostgreSQL: there it runs as nobody. Raises `NoPostgres` where there is none.
    """
    home = Path(tempfile.mkdtemp(prefix="zgoda-pg-", dir=short_folder()))
    try:
        where = readable(binaries or found(), home)
        password = secrets.token_urlsafe(16)
        make_cluster(where, home, password)
        process, port = start(where, home)
        try:
            yield Server(f"postgres://postgres:{password}@127.0.0.1:{port}/postgres", where, process.pid)
        finally:
            stop(process)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def short_folder() -> str:
    """Where to keep the data: the path of a socket may be about 100 bytes long, and some TMPDIRs are longer."""
    usual = tempfile.gettempdir()
    return usual if len(usual) < 50 else "/tmp"


def as_whom() -> dict[str, Any]:
    """What `subprocess` needs to leave root; nothing where we are not root."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def readable(binaries: Path, home: Path) -> Path:
    """The binaries, or a copy of them in `home` where nobody cannot reach them (a checkout below /root)."""
    if os.geteuid() != 0:
        return binaries
    os.chown(home, NOBODY, NOBODY)
    try:
        subprocess.run(
            [binaries / "postgres", "--version"], check=True, stdout=subprocess.DEVNULL, cwd="/", **as_whom()
        )
    except OSError:
        return copied(binaries, home)
    return binaries


def copied(binaries: Path, home: Path) -> Path:
    """A copy of a carried server with the libraries that lie beside its package and are found by that place."""
    package = binaries.parents[1]
    inside = home / package.name / binaries.parent.name
    shutil.copytree(binaries.parent, inside)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    return inside / binaries.name


def make_cluster(binaries: Path, home: Path, password: str) -> None:
    """`initdb` in `home/data`; letters of all alphabets have upper and lower case, whatever the machine's locale."""
    secret = home / "password"
    secret.write_text(password, encoding="utf-8")
    if os.geteuid() == 0:
        os.chown(secret, NOBODY, NOBODY)
    command = [str(binaries / "initdb"), "-D", str(home / "data"), "-U", "postgres", f"--pwfile={secret}", "--no-sync"]
    command += ["--encoding=UTF8", "--auth-local=trust", "--auth-host=scram-sha-256"]
    told = ""
    for locale in locales(version(binaries)):
        done = subprocess.run([*command, *locale], check=False, capture_output=True, text=True, cwd=home, **as_whom())
        if not done.returncode:
            return
        told = done.stderr.strip()
    raise NoPostgres(f"initdb of {binaries} fails: {told}")


def locales(major: int) -> list[list[str]]:
    """Arguments to try one after another. The locale C is none of them: it does not know that Ж is a capital ж."""
    built_in = [["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]] if major >= 17 else []
    return [*built_in, ["--locale=C.UTF-8"], ["--locale=en_US.UTF-8"]]


def start(binaries: Path, home: Path) -> tuple[subprocess.Popen[bytes], int]:
    """The running server and its port; another port is tried when somebody was quicker."""
    log = home / "log"
    for _ in range(TRIES):
        port = free_port()
        process = launch(binaries, home, port, log)
        if ready(process, home / "data" / "postmaster.pid"):
            return process, port
        stop(process)
    raise NoPostgres(f"{binaries / 'postgres'} does not start: {log.read_text(encoding='utf-8', errors='replace')}")


def launch(binaries: Path, home: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    """The process of a server that was just started, as somebody else than root."""
    command = [
        str(binaries / "postgres"),
        "-D",
        str(home / "data"),
        "-k",
        str(home),
        "-h",
        "127.0.0.1",
        "-p",
        str(port),
    ]
    command += [part for name, value in FAST.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=home,
            preexec_fn=dies_with_us(),  # noqa: PLW1509 (one call of the system between fork and exec: no lock is taken)
            **as_whom(),
        )


def free_port() -> int:
    """A port of loopback that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def dies_with_us() -> Callable[[], object] | None:
    """Ask Linux to stop the server when this process is killed; elsewhere only an orderly end stops it."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, signal.SIGQUIT)  # 1: PR_SET_PDEATHSIG


def ready(process: subprocess.Popen[bytes], note: Path) -> bool:
    """Wait until the server says in its note that it takes connections; False when it died or took too long."""
    waited = 0.0
    while waited < PATIENCE:
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            waited += 0.05
        else:
            return False
        if note.exists() and "ready" in note.read_text(encoding="utf-8").split():
            return True
    return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the server without saving anything; nothing happens where it has ended."""
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    with postgres() as server:
        sys.exit(subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": server.url}))

"""Serves the desk in this process, with or without the work in the background, until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from threading import Event, Thread

import click

from zgoda_desk.commands.setting_up import DeskError
from zgoda_desk.lib.stopping import until_stopped

_GRACE = 8.0  # seconds for open answers after a stop
_PATIENCE = 30.0  # seconds after which the engine is loaded whether the door is open or not
_LOOK = 0.05  # seconds between two looks whether it is


def serve(host: str, port: int, *, background: bool) -> None:
    """Serve pages and events; with `background` also mailboxes, outbox and clocks. Ends on SIGTERM or Ctrl-C."""
    _check_free(host, port)
    from zgoda_desk.workflow.background import Background

    open_door = Event()

    def warm_behind_it() -> None:
        open_door.wait(_PATIENCE)
        warm()

    work = Background(alone=alone(), before=warm_behind_it) if background else None
    loading = Thread(target=warm_behind_it, name="zgoda-engine", daemon=True)
    (work or loading).start()
    try:
        asyncio.run(_serve(host, port, open_door))
    finally:
        open_door.set()
        if work:
            work.close()
        else:
            loading.join(_GRACE)  # a process that ends while numbers are crunched in a thread ends with a fault


def work_only() -> None:
    """Only the work in the background, until SIGTERM or Ctrl-C."""
    from zgoda_desk.workflow.background import Background

    wait = until_stopped()
    work = Background(alone=alone(), before=warm)
    work.start()
    click.echo("working: mailboxes, outbox, clocks (Ctrl-C stops)")
    wait()
    work.close()


def alone() -> bool:
    """Whether this is the only process that works: always on SQLite, where a second one is refused with DeskError."""
    from django.db import connection

    if connection.vendor != "sqlite":
        return False
    from zgoda_desk.lib import home

    if not home.hold():
        raise DeskError(
            f"another zgoda serve or worker works on {home.folder()}; stop it first, or keep the rows in PostgreSQL"
        )
    return True


def warm() -> None:
    """Load pages and engine before the first person waits for them."""
    from django.urls import get_resolver

    from zgoda_desk.conversations.engine import prepare

    get_resolver().url_patterns  # noqa: B018 - looking at them imports every view
    prepare()


async def _serve(host: str, port: int, open_door: Event) -> None:
    from granian.constants import Interfaces
    from granian.server.embed import Server

    from zgoda_desk.asgi import application

    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_enabled=False,
        runtime_threads=1,
    )
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    serving = asyncio.create_task(server.serve())
    ended = asyncio.create_task(over.wait())
    listening = asyncio.create_task(_when_open(host, port, open_door))
    await asyncio.wait({serving, ended}, return_when=asyncio.FIRST_COMPLETED)
    server.stop()  # type: ignore[no-untyped-call]
    with contextlib.suppress(TimeoutError, asyncio.CancelledError):
        await asyncio.wait_for(serving, _GRACE)
    ended.cancel()
    listening.cancel()


async def _when_open(host: str, port: int, open_door: Event) -> None:
    """Set `open_door` once somebody can come in: what is loaded then makes nobody wait for the door."""
    while True:
        try:
            _reader, writer = await asyncio.open_connection(_at_home(host), port)
        except OSError:
            await asyncio.sleep(_LOOK)
            continue
        open_door.set()
        writer.close()
        return


def _at_home(host: str) -> str:
    """Where this machine reaches itself when it listens everywhere."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)


def _check_free(host: str, port: int) -> None:
    """Raise DeskError where the port is taken, before anything has started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DeskError(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port") from None

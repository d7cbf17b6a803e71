"""`zgoda demo`: an invented company with a mail server on this machine and customers who answer."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import webbrowser
from pathlib import Path
from threading import Event, Thread

import click

from zgoda_desk.commands.setting_up import DeskError, migrate, set_up

HOST = "127.0.0.1"
_USUAL = 8800
_PATIENCE = 60  # seconds until the browser is opened at the latest
# What a real desk is told by its environment must not reach the demo: it would write into the real database.
_REAL = ("DATABASE_URL", "ZGODA_SECRET_KEY", "ZGODA_HOSTS", "ZGODA_BEHIND_PROXY", "DJANGO_SETTINGS_MODULE")


@click.command("demo")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Where to listen; 8800 or a free one where nothing is said."
)
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Keep everything here, to go on later.")
@click.option(
    "--language", type=click.Choice(["ru", "pl", "en"]), help="Of whoever tries the desk; else the browser's."
)
@click.option("--speed", type=click.FloatRange(0.1, 100), default=1.0, help="How many times faster customers answer.")
@click.option("--open", "opens", is_flag=True, help="Open the browser too.")
def command(port: int | None, home: Path | None, language: str | None, speed: float, opens: bool) -> None:
    """Open an invented company: a dozen conversations, people to log in as, customers who answer.

    Nothing leaves this machine. Without --home everything is gone when it stops.
    """
    port = _port(port)
    place = home or Path(tempfile.mkdtemp(prefix="zgoda-demo-"))
    try:
        _run(place.absolute(), port, language, speed, opens=opens)
    except KeyboardInterrupt:
        pass  # stopped before the desk was open
    finally:
        if home is None:
            shutil.rmtree(place, ignore_errors=True)


def _run(home: Path, port: int, language: str | None, speed: float, *, opens: bool) -> None:
    _own(home)
    for name in _REAL:
        os.environ.pop(name, None)
    url, zone = f"http://{HOST}:{port}", os.environ.get("TZ", "")
    from zgoda_desk.lib import home as place

    place.make(home)
    set_up(home, ZGODA_DEMO="1", ZGODA_URL=url, DJANGO_SETTINGS_MODULE="zgoda_desk.demo.settings")
    migrate()
    from zgoda_desk.commands.serving import serve
    from zgoda_desk.demo.running import Demo

    with Demo(home, language or "en", speed, zone) as demo:
        demo.live()
        start = f"{url}/demo/?language={language}" if language else url
        _say(start)
        if opens:
            Thread(target=_open, args=(start, port), daemon=True).start()
        serve(HOST, port, background=True)


def _say(url: str) -> None:
    from zgoda_desk.accounts.models import Person

    click.echo(f"\nThe desk of Polana is open:  {url}")
    click.echo("Come in with one tap as " + ", ".join(one.name for one in Person.objects.order_by("pk")) + ".")
    click.echo("Hints on the pages say what to try. Ctrl-C stops.\n")


def _own(home: Path) -> None:
    """Raise DeskError where a real desk lives in the folder."""
    if (home / "zgoda.sqlite3").exists() and not (home / "demo").is_dir():
        raise DeskError(f"a real desk lives in {home}; give the demo a folder of its own")


def _port(wish: int | None) -> int:
    """The port that was asked for, else the usual one, else any free one; DeskError before anything is made."""
    for port in (wish,) if wish else (_USUAL, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DeskError(f"something listens on {HOST}:{wish or _USUAL} already; choose another with --port")


def _open(url: str, port: int) -> None:
    """Open the browser as soon as the desk answers."""
    for _ in range(_PATIENCE * 4):
        try:
            socket.create_connection((HOST, port), timeout=0.25).close()
        except OSError:
            Event().wait(0.25)
            continue
        webbrowser.open(url)
        return

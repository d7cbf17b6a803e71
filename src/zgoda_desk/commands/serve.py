"""`zgoda serve`: the whole desk in one process."""

from __future__ import annotations

from pathlib import Path

import click

from zgoda_desk.commands.setting_up import home_option, migrate, need_home, set_up


@click.command("serve")
@home_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; put a proxy with TLS in front.")
@click.option("--port", default=8800, show_default=True, type=click.IntRange(1, 65535))
def command(home: Path | None, host: str, port: int) -> None:
    """Serve the desk: pages, mailboxes, outbox and clocks in one process.

    Made by `zgoda init`. People open http://HOST:PORT. For several processes on PostgreSQL take `zgoda web` and
    `zgoda worker`.
    """
    need_home(home)
    set_up(home)
    migrate()
    from zgoda_desk.commands.serving import serve

    click.echo(f"Zgoda is open on http://{host}:{port}  (Ctrl-C stops)")
    serve(host, port, background=True)

"""`zgoda web`: the pages alone, as many processes as are needed."""

from __future__ import annotations

from pathlib import Path

import click

from zgoda_desk.commands.setting_up import home_option, need_home, set_up


@click.command("web")
@home_option
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8800, show_default=True, type=click.IntRange(1, 65535))
def command(home: Path | None, host: str, port: int) -> None:
    """Serve the pages only; mailboxes, outbox and clocks are worked by `zgoda worker`.

    Any number of these may stand behind a balancer when the rows are in PostgreSQL (DATABASE_URL).
    """
    need_home(home)
    set_up(home)
    from zgoda_desk.commands.serving import serve

    click.echo(f"pages on http://{host}:{port}  (Ctrl-C stops)")
    serve(host, port, background=False)

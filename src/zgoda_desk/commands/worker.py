"""`zgoda worker`: the work in the background alone."""

from __future__ import annotations

from pathlib import Path

import click

from zgoda_desk.commands.setting_up import home_option, migrate, need_home, set_up


@click.command("worker")
@home_option
def command(home: Path | None) -> None:
    """Work mailboxes, outbox and clocks; the pages are served by `zgoda web`."""
    need_home(home)
    set_up(home)
    migrate()
    from zgoda_desk.commands.serving import work_only

    work_only()

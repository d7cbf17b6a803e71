"""`zgoda manage`: Django's own commands for those who know them."""

from __future__ import annotations

from pathlib import Path

import click

from zgoda_desk.commands.setting_up import home_option, set_up


@click.command("manage", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@home_option
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(home: Path | None, arguments: tuple[str, ...]) -> None:
    """Run a management command of Django, such as `check --deploy`, `migrate` or `shell`."""
    set_up(home)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zgoda manage", *(arguments or ("help",))])

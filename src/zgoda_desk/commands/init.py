"""`zgoda init`: an empty company for real use."""

from __future__ import annotations

import os
from pathlib import Path

import click

from zgoda_desk.commands.asking import new_password
from zgoda_desk.commands.setting_up import home_option, migrate, set_up


@click.command("init")
@home_option
@click.option("--company", prompt="Name of the company")
@click.option("--language", type=click.Choice(["ru", "pl", "en"]), prompt="Language of most of your customers")
@click.option("--zone", prompt="Time zone", default="Europe/Warsaw", help="Such as Europe/Warsaw or Europe/Moscow.")
@click.option("--email", prompt="Your e-mail address, with which you log in")
@click.option("--name", prompt="Your name, as customers see it")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input (for scripts).")
def command(
    home: Path | None, company: str, language: str, zone: str, email: str, name: str, password_stdin: bool
) -> None:
    """Make a home folder, a key, a database, a company and its head.

    There is no default password: you are asked for one. Afterwards `zgoda serve` opens the desk; mailboxes, people and
    hours are set there.
    """
    from zgoda_desk.lib import home as place

    if home is not None:
        os.environ["ZGODA_HOME"] = str(home)
    place.make()
    set_up(home)
    migrate()
    from zgoda_desk.accounts.founding import Founded, found_company
    from zgoda_desk.lib import clock

    password = new_password(from_stdin=password_stdin)
    found_company(Founded(company, language, zone, email, name, password), clock.now())
    click.echo(f"The desk of {company} is ready in {place.folder()}.")
    click.echo(f"Keep {place.folder() / 'secret.key'} safe: without it mailbox passwords in a copy cannot be read.")
    click.echo(f"Open it with:  zgoda serve --home {place.folder()}")

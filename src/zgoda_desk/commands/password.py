"""`zgoda password`: a new password for whoever forgot his, where nobody else at the desk can make him a link."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zgoda_desk.commands.asking import new_password
from zgoda_desk.commands.setting_up import DeskError, home_option, need_home, set_up

if TYPE_CHECKING:
    from zgoda_desk.accounts.models import Person


@click.command("password")
@home_option
@click.argument("login")
@click.option("--link", is_flag=True, help="Print a link for a new password instead, good once and for seven days.")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input (for scripts).")
def command(home: Path | None, login: str, link: bool, password_stdin: bool) -> None:
    """Give LOGIN, the e-mail address somebody logs in with, a new password.

    You are asked for it twice. Every session of his ends, and links made for him before hold no more. His second factor
    stays. Whoever may run this may read the whole home folder anyway; the audit keeps that it was done.
    """
    need_home(home)
    set_up(home)
    person = _person(login)
    if link:
        click.echo(_link(person))
        return
    _change(person, new_password(from_stdin=password_stdin, instead=", or take --link"))
    click.echo(f"{person.email} has a new password; every session of before has ended.")


def _person(login: str) -> Person:
    from zgoda_desk.accounts.models import Person

    found = Person.objects.filter(email=login.strip().lower()).first()
    if found is None:
        raise DeskError(f"nobody logs in with {login}; `zgoda doctor` tells whether this is the right home folder")
    if not found.is_active:
        raise DeskError(f"{found.email} is shut out; whoever heads the company lets people in again, under People")
    return found


def _link(person: Person) -> str:
    from django.conf import settings
    from django.urls import reverse

    from zgoda_desk.accounts.joining import link_of_own
    from zgoda_desk.lib import clock

    return f"{settings.URL}{reverse('join', args=[link_of_own(person, clock.now())])}"


def _change(person: Person, password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from zgoda_desk.accounts.joining import renew
    from zgoda_desk.lib import clock

    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise DeskError("; ".join(fault.messages)) from None
    renew(person, password, clock.now())

"""Makes Django ready for a command: the home folder first, then the settings, then the applications."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from zgoda.errors import ZgodaError

_HOME_HELP = "The folder of the installation (ZGODA_HOME; ./zgoda-home where nothing is said)."


class DeskError(ZgodaError):
    """A command of the desk that cannot go on; the message says why and what to do."""


def home_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--home` to a command."""
    option = click.option("--home", type=click.Path(path_type=Path, file_okay=False), help=_HOME_HELP)
    return option(command)


def set_up(home: Path | None, **environment: str) -> None:
    """Point the settings at a home folder and load Django; raises DeskError where the desk's parts are missing."""
    if home is not None:
        os.environ["ZGODA_HOME"] = str(home)
    os.environ.update(environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zgoda_desk.settings")
    try:
        import django
    except ImportError as missing:
        raise DeskError(
            f'the desk needs more parts ({missing.name}); install them:  pip install "zgoda[desk]"'
        ) from None
    django.setup()


def need_home(home: Path | None) -> None:
    """Raise DeskError where `zgoda init` was not run for this home folder."""
    from zgoda_desk.lib import home as place

    if home is not None:
        os.environ["ZGODA_HOME"] = str(home)
    if not (place.folder() / "secret.key").exists() and "ZGODA_SECRET_KEY" not in os.environ:
        raise DeskError(f"there is no desk in {place.folder()}; make one with:  zgoda init --home {place.folder()}")


def migrate() -> None:
    """Bring the database to the newest form; raises DeskError in words where it cannot be reached."""
    from django.core.management import call_command
    from django.db.utils import OperationalError

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise DeskError(f"the database cannot be used: {str(error).strip()}") from None

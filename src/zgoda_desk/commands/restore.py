"""`zgoda restore`: a new home folder from a backup that is whole, or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import click

from zgoda_desk.commands.archive import Manifest
from zgoda_desk.commands.setting_up import DeskError


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--home", required=True, type=click.Path(path_type=Path, file_okay=False), help="A folder not yet used.")
def command(file: Path, home: Path) -> None:
    """Make the home folder of a desk from FILE, as `zgoda backup` wrote it.

    Refuses a torn or altered file, a plain copy of a database, and a folder that is in use. Replies that waited in the
    outbox may have left since; they are shown as uncertain, and a person says what became of them.
    """
    kept = restore(file.absolute(), home.absolute())
    click.echo(f"The desk is back in {home}, as of {kept.made_at}.")
    if not kept.with_key:
        click.echo(f"Put its key into {home / 'secret.key'} before you start it; a new one cannot read the passwords.")
    click.echo("Stop the old desk first if it still runs: two desks on one mailbox answer twice.")
    click.echo(f"Look it over with:  zgoda doctor --home {home}")


def restore(file: Path, home: Path) -> Manifest:
    """Check everything in a folder beside, then move it into its place at once (F18, F19). Raises DeskError."""
    from zgoda_desk.commands.archive import open_archive, unpack

    if not file.is_file():
        raise DeskError(f"there is no file {file}")
    if home.exists() and any(home.iterdir()):
        raise DeskError(f"{home} is not empty; name a folder that is")
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{home.name}-restoring-", dir=home.parent))
    try:
        with open_archive(file) as (archive, manifest):
            unpack(archive, manifest, beside)
        _check(beside, manifest)
        _move(beside, home)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return manifest


def _check(folder: Path, manifest: Manifest) -> None:
    """The rows are readable to the last and as many as the manifest says, the audit ends where it ended."""
    from zgoda_desk.commands.archive import DATABASES
    from zgoda_desk.commands.copying import look_into, restore_postgres, restore_sqlite
    from zgoda_desk.commands.setting_up import set_up

    rows = folder / DATABASES[manifest.database]
    if manifest.database == "sqlite":
        found = look_into(rows)
    elif not os.environ.get("DATABASE_URL"):
        raise DeskError("this backup is from PostgreSQL; name an empty database in DATABASE_URL")
    else:
        set_up(folder)
        found = restore_postgres(rows)
    if found != (dict(manifest.counts), dict(manifest.audit)):
        raise DeskError("the rows are not those of the manifest; take another backup")
    if manifest.database == "sqlite":
        restore_sqlite(rows)


def _move(beside: Path, home: Path) -> None:
    from zgoda_desk.commands.archive import flush_folder

    if home.exists():
        home.rmdir()
    beside.rename(home)
    flush_folder(home.parent)

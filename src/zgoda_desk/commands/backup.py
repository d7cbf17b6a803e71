"""`zgoda backup`: one file that holds the desk as of one moment."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from zgoda_desk.commands.setting_up import DeskError, home_option, need_home, set_up


@click.command("backup")
@home_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--with-key", is_flag=True, help="Put the key into the file too; whoever has the file then has all.")
def command(home: Path | None, file: Path, with_key: bool) -> None:
    """Write the whole desk into FILE, while it runs or while it rests.

    The file holds rows, attachments, your own phrases and rules, and a manifest; it appears when it is whole. The key
    of the installation stays out unless you ask for it: without it mailbox passwords in the copy cannot be read.
    """
    need_home(home)
    set_up(home)
    made = write_backup(file.absolute(), with_key=with_key)
    click.echo(f"{file}: {made} bytes")
    if not with_key:
        from zgoda_desk.lib import home as place

        click.echo(f"The key is not in it. Keep a copy of {place.folder() / 'secret.key'} in another place.")


def write_backup(file: Path, *, with_key: bool) -> int:
    """Make the backup and note it in the audit; gives its bytes. Raises DeskError, and leaves no half file."""
    from django.db import connection

    from zgoda import __version__
    from zgoda_desk.audit.actions import record
    from zgoda_desk.commands.archive import DATABASES, FORMAT, Manifest, write_archive
    from zgoda_desk.commands.copying import copy_rows
    from zgoda_desk.lib import clock

    now = clock.now()
    name = DATABASES.get(connection.vendor)
    if name is None:
        raise DeskError(f"rows in {connection.vendor} cannot be copied; use its own tools")
    if file.exists():
        raise DeskError(f"{file} is there already; name another file")
    if not file.parent.is_dir():
        raise DeskError(f"there is no folder {file.parent}")
    with tempfile.TemporaryDirectory(prefix=".zgoda-backup-", dir=file.parent) as folder:
        rows = Path(folder) / name
        counts, audit = copy_rows(rows)
        manifest = Manifest(FORMAT, now.isoformat(), __version__, connection.vendor, counts, audit)
        write_archive(file, manifest, {name: rows, **_files(with_key=with_key)})
    record("backup.made", actor=None, object_type="backup", object_id=now.strftime("%Y-%m-%dT%H:%M:%S"), now=now)
    return file.stat().st_size


def _files(*, with_key: bool) -> dict[str, Path]:
    """The company's own content and, where asked for, the key."""
    from zgoda_desk.commands.archive import CONTENT, KEY
    from zgoda_desk.conversations.overlay import folder
    from zgoda_desk.lib import home

    own = folder()
    found = {CONTENT + path.relative_to(own).as_posix(): path for path in sorted(own.rglob("*")) if path.is_file()}
    key = home.folder() / KEY
    if with_key and not key.is_file():
        raise DeskError("the key comes from ZGODA_SECRET_KEY; keep it where it is kept now and leave out --with-key")
    return {**found, KEY: key} if with_key else found

"""Consistent copies of the rows while the desk runs, and their way back; each database by its own means."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from zgoda_desk.commands.setting_up import DeskError

Rows = tuple[dict[str, int], dict[str, Any]]
"""Rows by table, and the last entry of the audit."""
_Ask = Callable[[str], list[tuple[Any, ...]]]
_UNSURE = "UPDATE post_outgoing SET state = 'unknown', last_code = 'restored' WHERE state IN ('queued', 'sending')"


def copy_rows(target: Path) -> Rows:
    """Copy all rows as of one moment into a file; gives what was counted in that moment. Raises DeskError."""
    from django.db import connection

    return _copy_sqlite(target) if connection.vendor == "sqlite" else _copy_postgres(target)


def _copy_sqlite(target: Path) -> Rows:
    from django.conf import settings

    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20)) as live:
        with closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return look_into(target)


def look_into(file: Path) -> Rows:
    """Check a copy from SQLite to its last page and count its rows; raises DeskError where it is torn."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            told = [row[0] for row in copy.execute("PRAGMA integrity_check")]
            if told != ["ok"]:
                raise DeskError(f"the copy of the database is damaged: {told[0]}")
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            return _counted(lambda query: copy.execute(query).fetchall(), tables)
    except sqlite3.DatabaseError as error:
        raise DeskError(f"the copy of the database is damaged: {error}") from None


def _counted(ask: _Ask, tables: str) -> Rows:
    names = sorted(str(row[0]) for row in ask(tables))
    counts = {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in names}
    last = ask("SELECT id, digest FROM audit_entry ORDER BY id DESC LIMIT 1") if "audit_entry" in counts else []
    return counts, {"last": last[0][0], "digest": last[0][1]} if last else {}


def restore_sqlite(file: Path) -> Rows:
    """Check a copy, and make uncertain what waited in its outbox: it may have left since the copy was made (§0.5)."""
    found = look_into(file)
    with closing(sqlite3.connect(file)) as copy, copy:
        copy.execute(_UNSURE)
    return found


def _copy_postgres(target: Path) -> Rows:
    """pg_dump over an exported snapshot, so that the counts are those of the copy."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = str(_asked(cursor, "SELECT pg_export_snapshot()")[0][0])
        rows = _postgres_rows(cursor)
        _tool(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}"
        )
    return rows


def restore_postgres(file: Path) -> Rows:
    """Fill the empty database of DATABASE_URL in one transaction; raises DeskError where it holds tables."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        if _asked(cursor, "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() LIMIT 1"):
            raise DeskError("the database of DATABASE_URL holds tables; restore into an empty one")
    _tool(
        "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(file), into=True
    )
    with transaction.atomic(), connection.cursor() as cursor:
        rows = _postgres_rows(cursor)
        cursor.execute(_UNSURE)
    return rows


def _postgres_rows(cursor: Any) -> Rows:
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    return _counted(lambda query: _asked(cursor, query), tables)


def _asked(cursor: Any, query: str) -> list[tuple[Any, ...]]:
    cursor.execute(query)
    return list(cursor.fetchall())


def _tool(name: str, *arguments: str, into: bool = False) -> None:
    """Run a tool of PostgreSQL; the password goes by the environment, where other users of the machine see it not."""
    from django.db import connection

    if shutil.which(name) is None:
        raise DeskError(f"{name} is missing; install PostgreSQL's client programs (Debian: postgresql-client)")
    wanted = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    told = {variable: str(wanted[key]) for key, variable in names.items() if wanted.get(key)}
    target = [f"--dbname={told['PGDATABASE']}"] if into else []
    done = subprocess.run(
        [name, *target, *arguments], env={**os.environ, **told}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["no reason given"]
        raise DeskError(f"{name} failed: {lines[0]}")

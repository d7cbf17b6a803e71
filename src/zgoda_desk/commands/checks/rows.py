"""Looks at the database: whether it keeps what it has taken, is up to date, and its audit is whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from zgoda_desk.commands.checks.finding import Finding, fine, note, wrong
from zgoda_desk.lib import clock

_SAFE = {"fsync": "on", "full_page_writes": "on"}
_OLD = timedelta(days=2)


def database() -> Iterator[Finding]:
    """It answers, and an acknowledged row survives a power cut (reliability §0.4)."""
    try:
        yield from _sqlite() if connection.vendor == "sqlite" else _postgres()
    except DatabaseError as error:
        yield wrong(
            "connection",
            f"the database cannot be used: {str(error).strip()}",
            "see that it runs and DATABASE_URL is right",
        )


def _value(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def _sqlite() -> Iterator[Finding]:
    mode, keeping = _value("PRAGMA journal_mode"), _value("PRAGMA synchronous")
    if mode != "wal" or keeping < 2:
        yield wrong("database", f"SQLite with journal {mode} and synchronous {keeping}",
                    "the file system must allow WAL: keep the home folder on a local disk")  # fmt: skip
    else:
        yield fine("database", "SQLite, WAL, synchronous FULL")
    told = _value("PRAGMA quick_check(1)")
    if told != "ok":
        yield wrong("pages", f"the database file is damaged: {told}", "stop zgoda and restore the last backup")


def _postgres() -> Iterator[Finding]:
    found = {name: str(_value(f"SHOW {name}")) for name in _SAFE}  # names of our own, no input
    off = [f"{name} is {value}" for name, value in found.items() if value != _SAFE[name]]
    if _value("SHOW synchronous_commit") in ("off", "local"):
        off.append("synchronous_commit is off")
    if off:
        yield wrong("database", "; ".join(off), "switch it on in postgresql.conf: what was taken in may be lost")
    else:
        yield fine("database", f"PostgreSQL {_value('SHOW server_version')}, writes are flushed")


def migrations() -> Iterator[Finding]:
    """Tables are those of this version."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield wrong(
            "tables", f"{len(plan)} steps behind this version", "zgoda manage migrate (zgoda serve does it too)"
        )
    else:
        yield fine("tables", "up to date")


def audit() -> Iterator[Finding]:
    """The chain of the audit is unbroken, and somebody made a backup of late."""
    from zgoda_desk.audit.actions import broken
    from zgoda_desk.audit.models import Entry

    wrong_ones = list(islice(broken(), 3))
    if wrong_ones:
        yield wrong(
            "audit", f"it was changed at entry {wrong_ones[0]}", "compare with a backup: somebody wrote into it"
        )
    else:
        yield fine("audit", f"{Entry.objects.count()} entries, unbroken")
    yield _backup(Entry.objects.filter(kind="backup.made").order_by("-id").first())


def _backup(last: Any) -> Finding:
    if last is None:
        return note("backup", "none was made yet", "zgoda backup FILE, every day by cron or a timer")
    age = clock.now() - last.at
    told = f"the last one is of {last.at:%Y-%m-%d %H:%M} UTC"
    return note("backup", told, "make one every day: zgoda backup FILE") if age > _OLD else fine("backup", told)

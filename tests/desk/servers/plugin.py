"""What pytest does before Django is set up: a home folder of its own, and the database that was asked for.

`ZGODA_TEST_DATABASE=postgres` runs the tests on a PostgreSQL that is started for them; without it they run on SQLite.
Every test that touches the database gets the mark `database`, every one that needs a browser the mark `browser`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.desk.servers.browser import SKIP, chromium, new_page, page
from tests.desk.servers.postgres import postgres
from tests.desk.servers.postgres_found import NoPostgres, version

__all__ = ["chromium", "new_page", "page"]  # fixtures are taken from the names of a plugin

WISH = "ZGODA_TEST_DATABASE"
DATABASES = {"", "sqlite", "postgres"}
OF_DATABASE = {"db", "transactional_db", "live_server"}
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
OF_BROWSER = {"chromium"}
told: list[str] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Prepare before any plugin loads the settings; pytest-django does it in this same hook, so this wraps it."""
    stack = ExitStack()
    early_config.add_cleanup(stack.close)
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:  # the first process has prepared, and what it set is inherited
        home = Path(os.environ["ZGODA_HOME"]) / worker
        home.mkdir(exist_ok=True)
        os.environ["ZGODA_HOME"] = str(home)
    else:
        prepare(stack)
    return (yield)


def prepare(stack: ExitStack) -> None:
    """A home folder and a database that last as long as the run; a database of the environment is never used."""
    os.environ["ZGODA_HOME"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="zgoda-tests-"))
    os.environ.pop("DATABASE_URL", None)
    wish = os.environ.get(WISH, "")
    if wish not in DATABASES:
        raise pytest.UsageError(f"{WISH} is {wish!r}; say sqlite or postgres")
    if wish == "postgres":
        try:
            server = stack.enter_context(postgres())
        except NoPostgres as fault:
            raise pytest.UsageError(str(fault)) from fault
        os.environ["DATABASE_URL"] = server.url
        told.append(f"database: PostgreSQL {version(server.binaries)} from {server.binaries}")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marks known, and passwords quick: a good hash takes half a second for each person of the cast."""
    from django.conf import settings

    if settings.configured:
        settings.PASSWORD_HASHERS = [QUICK, *settings.PASSWORD_HASHERS]
        on_file(settings.DATABASES["default"])
    config.addinivalue_line("markers", "database: touches the database (set by itself)")
    config.addinivalue_line("markers", "browser: needs a browser (set by itself)")


def on_file(database: dict[str, Any]) -> None:
    """Keep a test database of SQLite in a file, as the desk has it: in memory readers fail while somebody writes."""
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(Path(os.environ["ZGODA_HOME"]) / "tests.sqlite3")


def pytest_report_header() -> list[str]:
    """Say which database the tests run on, where it is not the usual one."""
    return told


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Set the marks before `-m` chooses by them."""
    for item in items:
        wants = set(getattr(item, "fixturenames", ()))
        if wants & OF_DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if wants & OF_BROWSER:
            item.add_marker("browser")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud when the tests went without a browser."""
    if os.environ.get(SKIP):
        terminalreporter.section("NOT TESTED", yellow=True)
        terminalreporter.line(f"{SKIP} is set: no test ran in a browser")

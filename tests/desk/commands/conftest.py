"""A desk made by the command line, as a company makes one, for the tests of the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.desk.cast import PASSWORD

Zgoda = Callable[..., "subprocess.CompletedProcess[str]"]


def run_zgoda(*arguments: str, given: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """A command of zgoda in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ZGODA_", "DATABASE_URL"))}
    command = [str(Path(sys.executable).with_name("zgoda")), *arguments]
    return subprocess.run(
        command, input=given, env={**kept, **more}, capture_output=True, text=True, check=False, timeout=120
    )


def init(home: Path, *more: str, password: str = PASSWORD) -> subprocess.CompletedProcess[str]:
    """`zgoda init` without questions; later arguments win."""
    told = ["--company", "Polana", "--language", "en", "--zone", "Europe/Warsaw", "--name", "Helena Ross"]
    told += ["--email", "helena@polana.example", "--password-stdin", *more]
    return run_zgoda("init", "--home", str(home), *told, given=password + "\n")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder that is only looked at; copy it to change something."""
    home = tmp_path_factory.mktemp("desk") / "home"
    done = init(home)
    assert done.returncode == 0, done.stderr
    return home

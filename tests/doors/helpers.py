"""Runs the command line in this process and in one of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from zgoda.doors.cli import main

SRC = Path(__file__).resolve().parents[2] / "src"
CALL = [sys.executable, "-c", "from zgoda.doors.cli import main; main()"]


def zgoda(*args: str, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(main, list(args), input=stdin, prog_name="zgoda")


def environment(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return {**kept, "PYTHONPATH": str(SRC), "PYTHONUTF8": "1", **more}


def process(*args: str, **env: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*CALL, *args],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(**env),
    )


def lines(result: Result) -> list[dict]:
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]

"""Every test of the desk that touches its rows, on a PostgreSQL that is started for it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys


def prove(_: argparse.Namespace) -> bool:
    """Whether all of them pass; what fails is printed by the tests themselves."""
    command = [sys.executable, "-m", "pytest", "tests/desk", "-n", "2", "-m", "database and not browser"]
    return subprocess.call(command, env={**os.environ, "ZGODA_TEST_DATABASE": "postgres"}) == 0

"""Measures processes that have only begun: the import, the first reading, the memory held."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_START = """
from time import perf_counter
began = perf_counter()
import zgoda
loaded = perf_counter()
zgoda.read("Where is my order 4412? This is the third time I ask!")
print(loaded - began, perf_counter() - loaded)
"""
_MEMORY = """
from bench.machine import peak_megabytes
from bench.texts import messages
import zgoda
for texts in messages().values():
    for text in texts[:200]:
        zgoda.read(text)
print(peak_megabytes())
"""


def starts(runs: int) -> list[tuple[float, float]]:
    """Seconds that `import zgoda` and the first reading take, each pair in a process of its own."""
    return [(float(a), float(b)) for a, b in (_run(_START).split() for _ in range(runs))]


def memory() -> float:
    """MiB at the peak of a process that has read 200 messages of each language."""
    return float(_run(_MEMORY))


def _run(code: str) -> str:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    return done.stdout

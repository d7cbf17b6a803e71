"""Says on what a measurement ran, and keeps the process on one core while it runs."""

from __future__ import annotations

import os
import platform
import resource
import sys
from pathlib import Path

_BUSY = 0.5  # load per core above which the figures say that others were at work


def pin() -> str:
    """Keep this process on one core where the system allows it; says what was done."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned to a core (the system has no such call)"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return f"pinned to core {core}"


def shape() -> str:
    """Cores, processor, Python, and whether the machine had other work."""
    cores = os.cpu_count() or 1
    told = f"{cores} cores ({_processor()}), Python {platform.python_version()}, {platform.system()}"
    if hasattr(os, "getloadavg"):
        load = os.getloadavg()[0]
        told += f"; load {load:.1f}" + (" (other work was running)" if load / cores > _BUSY else "")
    return told


def _processor() -> str:
    """The name the processor gives itself."""
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def peak_megabytes() -> float:
    """Most memory held by this process so far, MiB.

    From the kernel's own mark where there is one: the figure of getrusage starts from what the parent held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)

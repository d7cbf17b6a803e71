"""The standard streams as bytes, and what can be known of them."""

from __future__ import annotations

import os
import stat
import sys
from typing import BinaryIO, cast

from zgoda.errors import InputError


def standard_input() -> BinaryIO:
    """The bytes of standard input; raises InputError where there is none."""
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("standard input is closed")
    return cast(BinaryIO, sys.stdin.buffer)


def standard_output() -> BinaryIO:
    """The bytes of standard output, behind what was printed before; raises InputError where there is none."""
    if sys.stdout is None or sys.stdout.closed:
        raise InputError("standard output is closed")
    sys.stdout.flush()
    return cast(BinaryIO, sys.stdout.buffer)


def goes_to_file() -> bool:
    """Whether the answer goes to a plain file, where nobody waits for the single line."""
    try:
        return stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError, AttributeError):
        return False


def is_terminal(name: str) -> bool:
    """Whether `stdin`, `stdout` or `stderr` is a terminal; a closed one is none."""
    stream = getattr(sys, name)
    return stream is not None and not stream.closed and stream.isatty()


def hush() -> None:
    """Point a closed standard output at nothing, so that the last flush of the interpreter is silent too."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        return

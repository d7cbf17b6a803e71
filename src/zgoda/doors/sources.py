"""Opens what the command line names, files and standard input, and says in one line why something cannot be opened."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from zgoda.doors.streams import standard_input
from zgoda.errors import InputError

KINDS = ("text", "eml", "mbox", "jsonl")
STDIN = "-"
_SUFFIXES = {".eml": "eml", ".mbox": "mbox", ".jsonl": "jsonl", ".ndjson": "jsonl"}


@dataclass(frozen=True, slots=True)
class Source:
    """An open input; `size` in bytes is None where it cannot be known (a pipe), `live` is True for one."""

    name: str
    kind: str
    stream: BinaryIO
    size: int | None

    @property
    def live(self) -> bool:
        """Whether more may come later, so that answers should not wait."""
        return self.size is None


def kind_of(name: str, wanted: str | None, output: str | None) -> str:
    """The kind of a source: as `wanted`, else by suffix; standard input is text, or lines of JSON where they go out."""
    if wanted is not None:
        return wanted
    if name == STDIN:
        return "jsonl" if output == "jsonl" else "text"
    return _SUFFIXES.get(PurePath(name).suffix.lower(), "text")


@contextmanager
def opened(name: str, kind: str) -> Iterator[Source]:
    """Open a file or standard input; raises InputError that says what is wrong, without the name."""
    if name == STDIN:
        yield Source(name, kind, standard_input(), None)
        return
    with _open(name) as file:
        about = os.fstat(file.fileno())
        yield Source(name, kind, file, about.st_size if stat.S_ISREG(about.st_mode) else None)


def _open(name: str) -> BinaryIO:
    try:
        if os.path.isdir(name):
            raise InputError("is a folder; name the files in it")
        return open(name, "rb")
    except OSError as error:
        raise InputError(reason(error)) from error
    except ValueError as error:  # a name with a zero character
        raise InputError("no such file") from error


def reason(error: OSError) -> str:
    """What the system says, in our words where we have some."""
    if isinstance(error, FileNotFoundError):
        return "no such file"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror or str(error)).lower()

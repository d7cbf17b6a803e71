"""Cuts a stream of bytes into numbered lines while holding one line in memory, however long the others are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

MAX_LINE = 16 * 1024 * 1024
_CHUNK = 64 * 1024
_BOM = b"\xef\xbb\xbf"


def numbered_lines(stream: BinaryIO, limit: int = MAX_LINE) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers from 1, without the line end; None for a line of more than `limit` bytes."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            _skip(stream)
            yield number, None
            continue
        if number == 1:
            line = line.removeprefix(_BOM)
        yield number, line.rstrip(b"\r\n")


def _skip(stream: BinaryIO) -> None:
    """Read to the end of the line and keep nothing."""
    while chunk := stream.readline(_CHUNK):
        if chunk.endswith(b"\n"):
            return

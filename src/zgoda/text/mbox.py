"""Cuts an mbox archive into mails while reading it, holding one mail in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

MAX_MAIL = 64 * 1024 * 1024
_CHUNK = 64 * 1024

_FROM = re.compile(rb"From [^\n]{0,400}\d\d?:\d\d")
_QUOTED_FROM = re.compile(rb">{1,50}From ")


def split_mbox(stream: BinaryIO) -> Iterator[bytes]:
    """Yield each mail without its `From ` line, `>From` unquoted by one sign.

    A `From ` line counts at the very start, or after a blank line if it carries a time of day: prose that begins with
    the word does not cut a mail. Of a mail above 64 MiB the first 64 MiB are given.
    """
    mail = bytearray()
    blank, begun, fresh = True, False, True
    while line := stream.readline(_CHUNK):
        if fresh and line.startswith(b"From ") and blank and (not begun or _FROM.match(line)):
            if begun:
                yield from _mail(bytes(mail))
            mail, begun, blank = bytearray(), True, False
        else:
            if fresh and _QUOTED_FROM.match(line):
                line = line[1:]  # the sign was added by the archive
            blank = fresh and not line.strip()
            begun = begun or not blank
            if len(mail) < MAX_MAIL:
                mail += line
        fresh = line.endswith(b"\n")
    yield from _mail(bytes(mail))


def _mail(raw: bytes) -> Iterator[bytes]:
    """The mail without the blank line that the archive put behind it; nothing if there was none."""
    if not raw.strip():
        return
    if raw.endswith(b"\r\n\r\n"):
        yield raw[:-2]
    else:
        yield raw[:-1] if raw.endswith(b"\n\n") else raw

"""Text that any database takes."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def storable(text: str) -> str:
    """The text with NUL and lone surrogates replaced by U+FFFD, so that a write never fails (I01, I02)."""
    return _UNSTORABLE.sub("\ufffd", text)


def one_line(text: str, limit: int) -> str:
    """The text on one line, cut at `limit` characters; for subjects and names."""
    return _BREAKS.sub(" ", storable(text)).strip()[:limit]

"""Tells by its words what no header says: vacation notes, returned mail, and mail that proves who owns an address."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_PREFIX = re.compile(r"(?:\s{0,5}(?:re|fwd?|aw|odp|pd|отв|пересл)(?:\[\d{1,3}\])?\s{0,3}:){1,5}\s{0,5}", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>]{12,}")
_CODE = re.compile(r"(?<![\w#№.,/-])(?:\d{4,8}|\d{3}[ -]\d{3}|[A-Z0-9]{3}-[A-Z0-9]{3})(?![\w.,/-]{1,3}\d)(?!\w)")
_READ = 4000


@cache
def _tables() -> dict[str, tuple[str, ...]]:
    """The phrases of `words.toml`, read once."""
    read = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return {name: tuple(phrase for phrases in table.values() for phrase in phrases) for name, table in read.items()}


def says_automatic(subject: str) -> bool:
    """Whether a subject begins as vacation notes do."""
    return subject.lower().strip(" [(*").startswith(_tables()["auto_reply"])


def says_returned(subject: str) -> bool:
    """Whether a subject begins as returned mail does."""
    return subject.lower().strip(" [(*").startswith(_tables()["bounce"])


def proves_ownership(subject: str, text: str, page: str | None) -> bool:
    """Whether a mail asks to verify an account, an address or an invitation: a phrase, and a link or a code (T13).

    A person who answers or complains about such a mail proves nothing.
    """
    if _PREFIX.match(subject):
        return False
    body = text[:_READ]
    words = " ".join(f"{subject}\n{body}".lower().split())
    if not any(phrase in words for phrase in _tables()["verification"]):
        return False
    return bool(_LINK.search(body) or _CODE.search(f"{subject}\n{body}") or (page and "href=" in page.lower()))

"""Finds mails for SEARCH: by number, day, size, flag or words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from .boxes import StoredMail
from .imap_shape import split
from .imap_syntax import BadSyntax, Token, day_of, number_set, word


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mail as SEARCH sees it: its place from 1 on, its flags, and the largest place and UID there are."""

    mail: StoredMail
    place: int
    flags: frozenset[str]
    last_place: int
    last_uid: int


Test = Callable[[Candidate], bool]

_FLAGS = {
    "SEEN": "\\Seen",
    "ANSWERED": "\\Answered",
    "FLAGGED": "\\Flagged",
    "DELETED": "\\Deleted",
    "DRAFT": "\\Draft",
}


def criteria(given: Sequence[Token]) -> Test:
    """All keys of a SEARCH command as one test. Raises BadSyntax for what is not known here."""
    words = list(given)
    if words and str(words[0]).upper() == "CHARSET":
        words = words[2:]
    tests = []
    while words:
        tests.append(_key(words))
    return lambda candidate: all(test(candidate) for test in tests)


def _key(words: list[Token]) -> Test:
    first = words.pop(0)
    if isinstance(first, list):
        return criteria(first)
    name = first.upper()
    if name == "NOT":
        inner = _key(words)
        return lambda candidate: not inner(candidate)
    if name == "OR":
        left, right = _key(words), _key(words)
        return lambda candidate: left(candidate) or right(candidate)
    return _flag(name) or _with_argument(name, words) or _numbers(first)


def _flag(name: str) -> Test | None:
    if name in {"ALL", "OLD"}:
        return lambda _: True
    if name in {"NEW", "RECENT"}:
        return lambda _: False
    if name in _FLAGS:
        return lambda candidate: _FLAGS[name] in candidate.flags
    if name.startswith("UN") and name[2:] in _FLAGS:
        return lambda candidate: _FLAGS[name[2:]] not in candidate.flags
    return None


def _with_argument(name: str, words: list[Token]) -> Test | None:
    if name == "UID":
        return _among(_next(words), by_uid=True)
    if name in {"SINCE", "BEFORE", "ON"}:
        return _by_day(name, _next(words))
    if name in {"LARGER", "SMALLER"}:
        limit = int(_next(words))
        return lambda candidate: (len(candidate.mail.raw) > limit) == (name == "LARGER")
    if name in {"SUBJECT", "FROM", "TO", "CC", "BODY", "TEXT", "HEADER"}:
        return _by_words(name, words)
    return None


def _by_day(name: str, text: str) -> Test:
    start = day_of(text)
    end = start + timedelta(days=1)
    if name == "SINCE":
        return lambda candidate: candidate.mail.received >= start
    if name == "BEFORE":
        return lambda candidate: candidate.mail.received < start
    return lambda candidate: start <= candidate.mail.received < end


def _by_words(name: str, words: list[Token]) -> Test:
    """Looks at the bytes as they stand, so words inside encoded text are not found; enough for a demo."""
    header = _next(words).lower() if name == "HEADER" else name.lower()
    sought = _next(words).encode("latin-1").lower()

    def test(candidate: Candidate) -> bool:
        head, _, body = split(candidate.mail.raw.lower())
        if name in {"TEXT", "BODY"}:
            return sought in (body if name == "BODY" else candidate.mail.raw.lower())
        lines = re.sub(rb"\r?\n[ \t]", b" ", head).splitlines()
        return any(line.startswith(header.encode() + b":") and sought in line for line in lines)

    return test


def _numbers(text: str) -> Test:
    number_set(text, 1)  # says at once what is no key at all
    return _among(text, by_uid=False)


def _among(text: str, *, by_uid: bool) -> Test:
    ranges = lru_cache(maxsize=1)(lambda last: number_set(text, last))

    def test(candidate: Candidate) -> bool:
        last = candidate.last_uid if by_uid else candidate.last_place
        number = candidate.mail.uid if by_uid else candidate.place
        return any(number in one for one in ranges(last))

    return test


def _next(words: list[Token]) -> str:
    if not words:
        raise BadSyntax("A search key lacks its value")
    found = word(words, 0)
    words.pop(0)
    return found

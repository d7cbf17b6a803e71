"""Answers FETCH: which items are asked for, and each of them for one mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .boxes import StoredMail
from .imap_shape import envelope, section, structure
from .imap_syntax import BadSyntax, Token, internal_date, literal

_BODY = re.compile(r"BODY(\.PEEK)?\[(.*)\](?:<(\d+)(?:\.(\d+))?>)?", re.IGNORECASE | re.DOTALL)
_FAST = ("FLAGS", "INTERNALDATE", "RFC822.SIZE")
_MACROS = {"FAST": _FAST, "ALL": (*_FAST, "ENVELOPE"), "FULL": (*_FAST, "ENVELOPE", "BODY")}
_OLD = {"RFC822": "BODY[]", "RFC822.HEADER": "BODY.PEEK[HEADER]", "RFC822.TEXT": "BODY[TEXT]"}
_PLAIN = {"UID", "FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE", "BODY", "BODYSTRUCTURE"}


def items(asked: Token, *, by_uid: bool) -> list[str]:
    """The items of a FETCH command, macros written out, UID among them where the command goes by UID."""
    words = [asked] if isinstance(asked, str) else [str(item) for item in asked]
    if len(words) == 1:
        words = list(_MACROS.get(words[0].upper(), words))
    for item in words:
        if item.upper() not in _PLAIN and item.upper() not in _OLD and not _BODY.fullmatch(item):
            raise BadSyntax(f"{item} cannot be fetched")
    return words if not by_uid or "UID" in map(str.upper, words) else ["UID", *words]


def marks_seen(asked: list[str]) -> bool:
    """Whether fetching these marks the mail as read: any body without PEEK."""
    bodies = (_BODY.fullmatch(item) for item in asked)
    return any(found and not found[1] for found in bodies) or any(
        item.upper() in {"RFC822", "RFC822.TEXT"} for item in asked
    )


def answer(mail: StoredMail, flags: set[str], asked: list[str]) -> Iterator[bytes]:
    """Each item as `NAME value`."""
    for item in asked:
        name = item.upper()
        found = _BODY.fullmatch(_OLD.get(name, item))
        if found:
            yield _body(mail.raw, name if name in _OLD else "", found)
        else:
            yield name.encode() + b" " + _plain(mail, flags, name)


def _plain(mail: StoredMail, flags: set[str], name: str) -> bytes:
    if name == "UID":
        return str(mail.uid).encode()
    if name == "FLAGS":
        return b"(" + " ".join(sorted(flags)).encode() + b")"
    if name == "INTERNALDATE":
        return b'"' + internal_date(mail.received) + b'"'
    if name == "RFC822.SIZE":
        return str(len(mail.raw)).encode()
    return envelope(mail.raw) if name == "ENVELOPE" else structure(mail.raw)


def _body(raw: bytes, old_name: str, found: re.Match[str]) -> bytes:
    content = section(raw, found[2])
    name = f"BODY[{found[2].upper()}]"
    if found[3] is not None:
        start = int(found[3])
        content = content[start:] if found[4] is None else content[start : start + int(found[4])]
        name += f"<{start}>"
    return (old_name or name).encode() + b" " + literal(content)

"""Writes the lines of a mail's header: whatever the values hold, one header stays one header (T10)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable

from zgoda.text.charset import tidy
from zgoda.text.mail_words import one_line
from zgoda_desk.post.mail.parsed import Address

MAX_LINE = 76
MAX_NAME = 200
MAX_ADDRESS = 254
MAX_ID = 900

_PLAIN_WORDS = re.compile(r"[!-~]{1,60}(?: [!-~]{1,60})*\Z")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_LOCAL = re.compile(r"(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]|[^\x00-\xa0\W]){1,64}\Z")
_DOMAIN = re.compile(
    r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*\Z"
)
_ID = re.compile(r"[!-;=?-~]{1,900}\Z")
_BYTES_IN_WORD = 45


class ComposeError(ValueError):
    """A mail cannot be written: says which value is wrong and what is expected in its place."""


def text_header(name: str, value: str) -> str:
    """A header of free text, as encoded words where plain ones do not do."""
    return folded(name, _words(one_line(tidy(value))))


def address_header(name: str, addresses: Iterable[Address]) -> str:
    """A header of mailboxes. Raises `ComposeError` for an address that is none."""
    tokens: list[str] = []
    for address in addresses:
        if tokens:
            tokens[-1] += ","
        tokens += [*_phrase(address.name), f"<{checked_address(address.address)}>"]
    return folded(name, tokens)


def id_header(name: str, ids: Iterable[str]) -> str | None:
    """A header of ids without brackets; those that are none are left out, None if none is left."""
    good = [f"<{one}>" for one in ids if _ID.match(one) and "@" in one]
    return folded(name, good) if good else None


def checked_address(address: str) -> str:
    """The address with its domain in ASCII. Raises `ComposeError` for anything that is no plain address."""
    local, at, domain = address.rpartition("@")
    try:
        host = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if not at or dots or len(address) > MAX_ADDRESS or not _LOCAL.match(local) or not _DOMAIN.match(host):
        raise ComposeError(f"address {address[:100]!r}: expected one mailbox like name@example.com")
    return f"{local}@{host}"


def checked_id(message_id: str) -> str:
    """The id of a mail, without brackets. Raises `ComposeError` if it is none."""
    if not _ID.match(message_id) or message_id.count("@") != 1 or message_id[0] == "@" or message_id[-1] == "@":
        raise ComposeError(f"message_id {message_id[:100]!r}: expected local@domain in ASCII without spaces")
    return message_id


def folded(name: str, tokens: list[str]) -> str:
    """A header line from its tokens, broken between them where it would be longer than 76 characters."""
    lines, line = [], f"{name}:"
    for token in tokens:
        if len(line) + 1 + len(token) > MAX_LINE and line.strip() != f"{name}:":
            lines.append(line)
            line = ""
        line += f" {token}"
    return "\r\n".join([*lines, line]) + "\r\n"


def _words(text: str) -> list[str]:
    """The words of a text, encoded if one of them is long, not ASCII, or looks encoded itself."""
    if not text:
        return []
    return text.split(" ") if _PLAIN_WORDS.match(text) and "=?" not in text else _encoded(text)


def _phrase(name: str) -> list[str]:
    """A name before an address: bare, quoted or encoded."""
    text = one_line(tidy(name))[:MAX_NAME].strip()
    if not text:
        return []
    if _PLAIN_NAME.match(text) and "=?" not in text:
        return [text]
    if text.isascii() and text.isprintable() and "=?" not in text and len(text) <= 60:
        return ['"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"']
    return _encoded(text)


def _encoded(text: str) -> list[str]:
    """The text as encoded words of UTF-8, none cut within a letter."""
    words, chunk = [], b""
    for char in text:
        raw = char.encode("utf-8", "replace")
        if len(chunk) + len(raw) > _BYTES_IN_WORD:
            words.append(chunk)
            chunk = b""
        chunk += raw
    return [f"=?utf-8?b?{b64encode(word).decode('ascii')}?=" for word in [*words, chunk]]

"""Reads who is named in the headers of a mail: right, or unknown, but never a wrong one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from zgoda.text.mail_parts import MAX_VALUE, Headers
from zgoda.text.mail_words import sender
from zgoda_desk.lib.plain import one_line
from zgoda_desk.post.mail.parsed import Address

MAX_ADDRESSES = 200
MAX_NAME = 200

_INSIDE = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]{1,250}\.[^\W\d_]{2,20}")
# Signs that turn the direction of reading, or cannot be seen at all; joiners of emoji and Persian are left alone.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060\ufeff\u00ad\U000e0000-\U000e007f]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# A control within an address: what stands there is not what another program reads.
_BROKEN = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f][^\s<>,;@]{0,300}@|@[^\s<>,;@]{0,300}[\x00-\x08\x0e-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (re.compile("[A-Za-z\u00c0-\u024f]"), re.compile("[\u0400-\u052f]"), re.compile("[\u0370-\u03ff]"))


def visible(text: str, limit: int) -> str:
    """The text on one line of at most `limit` characters, signs that turn its direction replaced by U+FFFD (T40)."""
    return _TURNING.sub("\ufffd", one_line(text, limit))


def has_unseen(text: str) -> bool:
    """Whether there are signs that turn the direction of reading or cannot be seen (I05)."""
    return not text.isascii() and _UNSEEN.search(text) is not None


def author(headers: Headers) -> tuple[Address | None, list[str]]:
    """The writer by the From header, and problems (T11, I16).

    Of several mailboxes in one header the first is taken; headers that contradict each other name nobody.
    """
    values = [value for name, value in headers.lines if name == "from"]
    boxes = [box for box in map(_first, values[:20]) if box]
    found = boxes[0] if boxes else None
    if found is None or len({box.address for box in boxes}) > 1:
        return None, ["no_sender"]
    problems = ["looks_alike"] if any(_pretends(value, found) for value in values[:1]) else []
    if len(mailboxes(values[0], 2)) > 1:
        problems.append("several_senders")
    return found, problems


def _first(value: bytes) -> Address | None:
    """The first mailbox of a From header; a comma that nobody quoted may stand inside the only name."""
    if _BROKEN.search(value):
        return None
    name, address = sender(value)
    if not address:
        pieces = list(_pieces(value))
        if len(pieces) == 2 and b"@" not in pieces[0] and b"<" in pieces[1]:
            after, address = sender(pieces[1])
            name = f"{sender(pieces[0])[0]}, {after}"
    return _address(name, address)


def mailboxes(value: bytes, limit: int = MAX_ADDRESSES) -> tuple[Address, ...]:
    """The mailboxes of a To, Cc or Reply-To header in order, each address once, at most `limit`."""
    found: dict[str, Address] = {}
    for piece in _pieces(value[:MAX_VALUE]):
        box = None if _BROKEN.search(piece) else _address(*sender(piece))
        if box is not None:
            found.setdefault(box.address, box)
        if len(found) >= limit:
            break
    return tuple(found.values())


def _address(name: str, address: str) -> Address | None:
    """A mailbox, None without a certain address; a name that only repeats the address says nothing."""
    if not address or _UNSEEN.search(address) or not _storable(address):
        return None
    shown = visible(name, MAX_NAME)
    return Address("" if shown.lower() == address else shown, address)


def _storable(text: str) -> bool:
    return "\x00" not in text and "\ufffd" not in text and text.isprintable()


def _pieces(value: bytes) -> Iterator[bytes]:
    """A header cut at the commas and semicolons that stand outside quotes, comments and angle brackets."""
    start, depth, quoted, angle, skip = 0, 0, False, False, False
    for place, char in enumerate(value):
        if skip:
            skip = False
        elif char == 0x5C:  # backslash
            skip = quoted or depth > 0
        elif quoted:
            quoted = char != 0x22
        elif char == 0x22:
            quoted = depth == 0
        elif char == 0x28:
            depth += 1
        elif char == 0x29:
            depth -= depth > 0
        elif depth:
            continue
        elif char in b"<>":
            angle = char == 0x3C
        elif char in b",;" and not angle:
            if value[start:place].strip():
                yield value[start:place]
            start = place + 1
    if value[start:].strip():
        yield value[start:]


def _pretends(value: bytes, found: Address) -> bool:
    """Whether name or address is made to be taken for another: an address in the name, unseen signs, mixed scripts."""
    name = unicodedata.normalize("NFKC", sender(value)[0] or found.name)
    inside = {address.lower().strip("'.") for address in _INSIDE.findall(name)}
    return bool(inside - {found.address}) or has_unseen(name) or mixes_scripts(name) or _odd_address(found.address)


def _odd_address(address: str) -> bool:
    """Whether an address mixes scripts, in its ASCII form too."""
    labels = address.rpartition("@")[2].split(".")
    return mixes_scripts(address) or any(mixes_scripts(_label(label)) for label in labels if label.startswith("xn--"))


def _label(label: str) -> str:
    """A label of a domain as people see it."""
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return ""


def mixes_scripts(text: str) -> bool:
    """Whether one word holds letters of two of Latin, Cyrillic and Greek."""
    if text.isascii():
        return False
    return any(sum(bool(script.search(word)) for script in _SCRIPTS) > 1 for word in _WORD.findall(text[:1000]))

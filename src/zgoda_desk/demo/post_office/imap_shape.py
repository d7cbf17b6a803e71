"""Tells clients how a mail is built (ENVELOPE, BODYSTRUCTURE) and cuts out the part they ask for."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

from .imap_syntax import quoted

_FIELDS = re.compile(r"HEADER\.FIELDS(\.NOT)? \(([^)]*)\)", re.IGNORECASE)


def section(raw: bytes, name: str) -> bytes:
    """The bytes of `BODY[name]`; empty where there is no such part."""
    upper = name.upper()
    if not name:
        return raw
    head, gap, body = split(raw)
    if upper == "HEADER":
        return head + gap
    if upper == "TEXT":
        return body
    if fields := _FIELDS.fullmatch(name):
        return _some_fields(head, set(fields[2].lower().replace('"', "").split()), without=bool(fields[1]))
    return _or_plain(_part, b"", raw, upper)


def envelope(raw: bytes) -> bytes:
    """The `ENVELOPE` of a mail: date, subject, people, threading; empty for a mail that breaks the parser."""
    return _or_plain(_envelope, b"(" + b" ".join([b"NIL"] * 10) + b")", raw)


def structure(raw: bytes) -> bytes:
    """The `BODYSTRUCTURE` of a mail, without its optional tail; one plain text for a mail that breaks the parser."""
    plain = b'("TEXT" "PLAIN" NIL NIL NIL "8BIT" %d %d)' % (len(raw), raw.count(b"\n"))
    return _or_plain(lambda: _structure(message_from_bytes(raw)), plain)


def _or_plain(build: Callable[..., bytes], plain: bytes, *given: object) -> bytes:
    """Evil mails break the library's parser in ways that no list holds; a client must get an answer all the same."""
    try:
        return build(*given)
    except Exception:
        return plain


def _envelope(raw: bytes) -> bytes:
    mail = message_from_bytes(raw)
    people = [_people(mail, name) for name in ("from", "sender", "reply-to", "to", "cc", "bcc")]
    people[1] = people[0] if people[1] == b"NIL" else people[1]
    people[2] = people[0] if people[2] == b"NIL" else people[2]
    texts = [_nstring(mail.get(name)) for name in ("date", "subject", "in-reply-to", "message-id")]
    return b"(" + b" ".join([*texts[:2], *people, *texts[2:]]) + b")"


def split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    """Header, empty line and body; mails put in by hand may have bare line feeds."""
    found = re.search(rb"\r?\n(\r?\n)", raw)
    if found is None:
        return raw, b"", b""
    return raw[: found.start(1)], found[1], raw[found.end() :]


def _some_fields(head: bytes, names: set[str], *, without: bool) -> bytes:
    fields = re.findall(rb"(?:^|(?<=\n))([^\s:]+)(:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)", head)
    kept = (name + rest for name, rest in fields if (name.decode("latin-1").lower() in names) != without)
    return b"".join(line + b"\r\n" for line in kept) + b"\r\n"


def _part(raw: bytes, name: str) -> bytes:
    found = re.fullmatch(r"(\d+(?:\.\d+)*)(?:\.(MIME|HEADER|TEXT))?", name)
    part: Message | None = message_from_bytes(raw)
    for number in map(int, found[1].split(".") if found else ()):
        part = _child(part, number)
    if part is None or found is None:
        return b""
    whole = part.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    head, gap, body = whole.partition(b"\r\n\r\n")
    return head + gap if found[2] in {"MIME", "HEADER"} else body


def _child(part: Message | None, number: int) -> Message | None:
    if part is None or not part.is_multipart():
        return part if number == 1 else None
    children = part.get_payload()
    assert isinstance(children, list)
    found = children[number - 1] if 0 < number <= len(children) else None
    return found if isinstance(found, Message) else None


def _structure(part: Message) -> bytes:
    children = part.get_payload()
    if part.get_content_maintype() == "multipart" and isinstance(children, list) and children:
        inside = b"".join(_structure(child) for child in children if isinstance(child, Message))
        return b"(" + inside + b" " + quoted(part.get_content_subtype().upper()) + b")"
    whole = part.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    body = whole.partition(b"\r\n\r\n")[2]
    kind, subtype = part.get_content_maintype(), part.get_content_subtype()
    if kind in {"multipart", "message"}:  # told as plain data: clients then take the whole mail
        kind, subtype = "application", "octet-stream"
    encoding = str(part.get("content-transfer-encoding", "7bit")).strip().upper()
    fields = [
        quoted(kind.upper()),
        quoted(subtype.upper()),
        _parameters(part),
        _nstring(part.get("content-id")),
        b"NIL",
    ]
    fields += [quoted(encoding), str(len(body)).encode()]
    if kind == "text":
        fields.append(str(body.count(b"\r\n")).encode())
    return b"(" + b" ".join(fields) + b")"


def _parameters(part: Message) -> bytes:
    pairs = [(name, value) for name, value in part.get_params([])[1:] if isinstance(value, str)]
    inside = b" ".join(quoted(name.upper()) + b" " + quoted(_flat(value)) for name, value in pairs)
    return b"(" + inside + b")" if inside else b"NIL"


def _people(mail: Message, name: str) -> bytes:
    found = [pair for pair in getaddresses([_flat(value) for value in mail.get_all(name, [])]) if pair[1]]
    if not found:
        return b"NIL"
    people = ((shown, *address.rpartition("@")[::2]) for shown, address in found)
    return b"(" + b"".join(b"(" + b" ".join(_one_person(*person)) + b")" for person in people) + b")"


def _one_person(shown: str, local: str, domain: str) -> tuple[bytes, bytes, bytes, bytes]:
    return (quoted(shown) if shown else b"NIL", b"NIL", quoted(local), quoted(domain))


def _nstring(value: object) -> bytes:
    return b"NIL" if value is None else quoted(_flat(value))


def _flat(value: object) -> str:
    """One line that can be encoded, whatever bytes stood in the header."""
    return re.sub(r"[\r\n\x00]+\s*", " ", str(value)).encode("utf-8", "replace").decode("utf-8")

"""Chooses the text of a mail among its parts, and undoes how a part was packed."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable
from typing import NamedTuple

from zgoda.text.charset import decode_text, tidy
from zgoda.text.html import html_to_text
from zgoda.text.mail_parts import Part, split_mail
from zgoda.text.mail_words import one_line, params, unbase64

MAX_TEXT = 2_000_000
MAX_HTML = 2_000_000
MAX_INSIDE = 5

_TEXT_KINDS = ("text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown")
_WHOLE_HTML = re.compile(r"\s{0,200}<(?:!doctype\s{1,3}html|html)[\s>]", re.IGNORECASE)


class Body(NamedTuple):
    """The text of a mail, the parts of the letter itself (the forms that were not chosen too), and the rest."""

    text: str
    letter: tuple[Part, ...]
    attached: tuple[Part, ...]


def body_of(parts: list[Part], notes: list[str], plain: Callable[[str], str] = html_to_text) -> Body:
    """What the mail says and what came with it; a mail inside is opened if there is no text. Adds to `notes`.

    `plain` makes a page of HTML plain.
    """
    attached: list[Part] = []
    for _ in range(MAX_INSIDE):
        text, rest = _own_text(parts, notes, plain)
        attached.extend(rest)
        inside = next((part for part in rest if part.kind == "message/rfc822"), None)
        if text.strip() or inside is None:
            beside = {id(part) for part in rest}
            return Body(text, tuple(part for part in parts if id(part) not in beside), tuple(attached))
        attached.remove(inside)
        notes.append("text-from-mail-inside")
        parts = split_mail(payload(inside))[1]
    return Body("", (), tuple(attached))


def _own_text(parts: list[Part], notes: list[str], plain: Callable[[str], str]) -> tuple[str, list[Part]]:
    """Plain text where there is any, else HTML made plain; parts with a file name only if nothing else speaks."""
    readable = [part for part in parts if part.kind in _TEXT_KINDS]
    # Some programs mark even the letter itself as an attachment.
    texts = [
        part for part in readable if disposition(part) != "attachment" or (len(parts) == 1 and not file_name(part))
    ]
    named = [part for part in texts if file_name(part)]
    # Text without a name belongs to the body even in the form that is not chosen.
    body = {id(part) for part in texts} - {id(part) for part in named}
    for pool in ([part for part in texts if id(part) in body], named):
        for html in (False, True):
            text, used = _joined([part for part in pool if (part.kind == "text/html") is html], notes, plain)
            if text.strip():
                taken = body | {id(part) for part in used}
                return text, [part for part in parts if id(part) not in taken]
    return "", [part for part in parts if id(part) not in body]


def _joined(parts: list[Part], notes: list[str], plain: Callable[[str], str]) -> tuple[str, list[Part]]:
    """The texts of parts one after the other, one for each set of alternatives."""
    texts: list[str] = []
    used: list[Part] = []
    seen: set[int] = set()
    for part in parts:
        if part.alternative in seen:
            continue
        text = _text(part, notes, plain)
        if text.strip():
            texts.append(text)
            used.append(part)
            if part.alternative:
                seen.add(part.alternative)
    return (texts[0] if len(texts) == 1 else "\n\n".join(text.strip("\n") for text in texts)), used


def _text(part: Part, notes: list[str], plain: Callable[[str], str]) -> str:
    """The text of one part, HTML made plain."""
    text, note = decode_text(payload(part, notes), part.options.get("charset"))
    if note:
        notes.append(note)
    if part.kind == "text/html" or _WHOLE_HTML.match(text):
        if len(text) > MAX_HTML:
            notes.append("text-cut")
        return tidy(plain(text[:MAX_HTML]))
    if part.options.get("format", "").lower() == "flowed":
        return _unflowed(text[:MAX_TEXT], part.options.get("delsp", "").lower() == "yes")
    return text


def _unflowed(text: str, delete_space: bool) -> str:
    """Lines that the sender's program broke for width, joined again; quoted lines stay as they are."""
    lines: list[list[str]] = []
    open_line = False
    for line in text.split("\n"):
        own = not line.startswith(">")
        if own and line.startswith(" "):
            line = line[1:]  # noqa: PLW2901  space-stuffing
        soft = own and line.endswith(" ") and line != "-- "
        if open_line and own and line != "-- ":
            lines[-1].append(line[:-1] if soft and delete_space else line)
        else:
            lines.append([line[:-1] if soft and delete_space else line])
        open_line = soft
    return "\n".join("".join(chunks) for chunks in lines)


def payload(part: Part, notes: list[str] | None = None) -> bytes:
    """The bytes of a part with its transfer encoding undone, where the encoding is what it says."""
    coding = part.headers.first("content-transfer-encoding")[:40].strip().lower()
    if coding.startswith(b"quoted"):
        return binascii.a2b_qp(part.body)
    if not coding.startswith(b"base64"):
        return part.body
    stop = _end_of_base64(part.body)
    if stop == 0:
        if not part.body.strip():
            return b""
        if notes is not None:
            notes.append("not-base64")
        return part.body
    rest = part.body[stop:].strip()
    return unbase64(part.body[:stop]) + (b"\n\n" + rest if rest else b"")


_BASE64_LINES = re.compile(rb"(?:[A-Za-z0-9+/=]*+[ \t\r]*+\n)*+(?:[A-Za-z0-9+/=]++[ \t\r]*+\Z)?")


def _end_of_base64(body: bytes) -> int:
    """Where the base64 lines end: a list server adds plain words below, some programs only claim the encoding."""
    found = _BASE64_LINES.match(body)
    pos = found.end() if found else 0
    block = body[:pos].translate(None, b" \t\r\n")
    # A lone word in letters only: four letters a time, or it is no base64.
    return 0 if not block.strip(b"=") or (len(block) % 4 == 1 and len(block) < 60) else pos


def disposition(part: Part) -> str:
    """`attachment`, `inline` or whatever the part says of itself."""
    return part.headers.first("content-disposition")[:200].split(b";", 1)[0].strip().lower().decode("latin-1")


def file_name(part: Part) -> str:
    """The file name of a part as sent, decoded; empty where it has none."""
    value = part.headers.first("content-disposition").decode("latin-1")
    return one_line(params(value).get("filename") or part.options.get("name", ""))

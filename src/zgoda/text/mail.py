"""Reads one mail from its bytes, whatever state they are in: who wrote, when, what, and what came with it."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass

from zgoda.text.charset import decode_text, tidy
from zgoda.text.html import html_to_text
from zgoda.text.mail_auto import is_automatic
from zgoda.text.mail_parts import Headers, Part, split_mail
from zgoda.text.mail_words import (
    decode_words,
    iso_date,
    message_ids,
    one_line,
    params,
    safe_name,
    sender,
    unbase64,
)

MAX_SUBJECT = 1000
MAX_TEXT = 2_000_000
MAX_HTML = 2_000_000
MAX_INSIDE = 5
MAX_REFERENCES = 100

_TEXT_KINDS = ("text/plain", "text/html", "text/enriched", "text/richtext", "text/markdown")
_WHOLE_HTML = re.compile(r"\s{0,200}<(?:!doctype\s{1,3}html|html)[\s>]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came along; the name is safe to show and to store, the size is in bytes once decoded."""

    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as read. `text` keeps quoted mails and signature; `notes` are codes of what had to be guessed."""

    subject: str = ""
    sender_name: str = ""
    sender_address: str = ""
    date: str | None = None
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    automatic: bool = False
    message_id: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read_mail(raw: bytes) -> Mail:
    """Read a mail; never raises, and takes time linear in its length whatever the bytes are."""
    try:
        return _read(raw)
    except Exception:  # the promise to the desk: one odd mail never stops the next
        return Mail(text=decode_text(raw[:MAX_TEXT])[0], notes=("unreadable",))


def _read(raw: bytes) -> Mail:
    """Read a mail without the net under it."""
    headers, parts, notes = split_mail(raw)
    outer = tuple(part.kind for part in parts)
    text, parts = _body(parts, notes)
    if len(text) > MAX_TEXT:
        text = text[:MAX_TEXT]
        notes.append("text-cut")
    subject = decode_words(headers.first("subject"))
    if len(subject) > MAX_SUBJECT:
        subject = subject[:MAX_SUBJECT]
        notes.append("subject-cut")
    name, address = _from(headers, notes)
    date = iso_date(headers.first("date"))
    if date is None and headers.first("date"):
        notes.append("date-unreadable")
    ids, above = message_ids(headers.first("message-id")), message_ids(headers.first("in-reply-to"))
    return Mail(
        subject=subject,
        sender_name=name,
        sender_address=address,
        date=date,
        text=text,
        attachments=tuple(_attachment(part) for part in parts),
        automatic=is_automatic(headers, address, outer),
        message_id=ids[0] if ids else None,
        in_reply_to=above[0] if above else None,
        references=message_ids(headers.joined("references"))[-MAX_REFERENCES:],
        notes=tuple(dict.fromkeys(notes)),
    )


def _from(headers: Headers, notes: list[str]) -> tuple[str, str]:
    """Name and address of the writer, from the first From header that there is."""
    value = headers.first("from")
    name, address = sender(value)
    if value and not address:
        notes.append("sender-unreadable")
    return name, address


def _body(parts: list[Part], notes: list[str]) -> tuple[str, list[Part]]:
    """The text of the mail, and the parts that are attachments; a mail inside is opened if there is no text."""
    attached: list[Part] = []
    for _ in range(MAX_INSIDE):
        text, rest = _own_text(parts, notes)
        attached.extend(rest)
        inside = next((part for part in rest if part.kind == "message/rfc822"), None)
        if text.strip() or inside is None:
            return text, attached
        attached.remove(inside)
        notes.append("text-from-mail-inside")
        parts = split_mail(_payload(inside))[1]
    return "", attached


def _own_text(parts: list[Part], notes: list[str]) -> tuple[str, list[Part]]:
    """Plain text where there is any, else HTML made plain; parts with a file name only if nothing else speaks."""
    readable = [part for part in parts if part.kind in _TEXT_KINDS]
    # Some programs mark even the letter itself as an attachment.
    texts = [part for part in readable if _disposition(part) != "attachment" or (len(parts) == 1 and not _name(part))]
    named = [part for part in texts if _name(part)]
    # Text without a name belongs to the body even in the form that is not chosen.
    body = {id(part) for part in texts} - {id(part) for part in named}
    for pool in ([part for part in texts if id(part) in body], named):
        for html in (False, True):
            text, used = _joined([part for part in pool if (part.kind == "text/html") is html], notes)
            if text.strip():
                taken = body | {id(part) for part in used}
                return text, [part for part in parts if id(part) not in taken]
    return "", [part for part in parts if id(part) not in body]


def _joined(parts: list[Part], notes: list[str]) -> tuple[str, list[Part]]:
    """The texts of parts one after the other, one for each set of alternatives."""
    texts: list[str] = []
    used: list[Part] = []
    seen: set[int] = set()
    for part in parts:
        if part.alternative in seen:
            continue
        text = _text(part, notes)
        if text.strip():
            texts.append(text)
            used.append(part)
            if part.alternative:
                seen.add(part.alternative)
    return (texts[0] if len(texts) == 1 else "\n\n".join(text.strip("\n") for text in texts)), used


def _text(part: Part, notes: list[str]) -> str:
    """The text of one part, HTML made plain."""
    text, note = decode_text(_payload(part, notes), part.options.get("charset"))
    if note:
        notes.append(note)
    if part.kind == "text/html" or _WHOLE_HTML.match(text):
        if len(text) > MAX_HTML:
            notes.append("text-cut")
        return tidy(html_to_text(text[:MAX_HTML]))
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


def _payload(part: Part, notes: list[str] | None = None) -> bytes:
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


def _disposition(part: Part) -> str:
    """`attachment`, `inline` or whatever the part says of itself."""
    return part.headers.first("content-disposition")[:200].split(b";", 1)[0].strip().lower().decode("latin-1")


def _name(part: Part) -> str:
    """The file name of a part as sent, decoded; empty where it has none."""
    value = part.headers.first("content-disposition").decode("latin-1")
    return one_line(params(value).get("filename") or part.options.get("name", ""))


def _attachment(part: Part) -> Attachment:
    """What is known of a part without unpacking it."""
    return Attachment(safe_name(_name(part)), part.kind, len(_payload(part)))

"""Reads one mail from its bytes, whatever state they are in: who wrote, when, what, and what came with it."""

from __future__ import annotations

from dataclasses import dataclass

from zgoda.text.charset import decode_text
from zgoda.text.mail_auto import is_automatic
from zgoda.text.mail_body import MAX_TEXT, body_of, file_name, payload
from zgoda.text.mail_parts import Headers, Part, split_mail
from zgoda.text.mail_words import decode_words, iso_date, message_ids, safe_name, sender

MAX_SUBJECT = 1000
MAX_REFERENCES = 100


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
    text, _, attached = body_of(parts, notes)
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
        attachments=tuple(_attachment(part) for part in attached),
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


def _attachment(part: Part) -> Attachment:
    """What is known of a part without unpacking it."""
    return Attachment(safe_name(file_name(part)), part.kind, len(payload(part)))

"""Writes a mail of the desk as bytes: the same values give the same bytes, so that sending again repeats it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal

from zgoda.text.charset import tidy
from zgoda.text.mail_words import safe_name
from zgoda_desk.post.mail.parsed import Address, Attachment
from zgoda_desk.post.mail.robots import LOOP_HEADER
from zgoda_desk.post.mail.written_headers import (
    ComposeError,
    address_header,
    checked_id,
    folded,
    id_header,
    text_header,
)

MAX_REFERENCES = 20

_MIME = re.compile(r"(?:application|audio|font|image|text|video)/[A-Za-z0-9][A-Za-z0-9.+-]{0,80}\Z")
_INSTALLATION = re.compile(r"[A-Za-z0-9_.-]{1,100}\Z")
# The library decodes encoded words here and would let out a line break of theirs: no "=" and no "?".
_CONTENT_ID = re.compile(r"[A-Za-z0-9_.@$%+-]{1,200}\Z")
# A dot or "From " at the start of a line means something to servers on the way (T16).
_ACTING = re.compile(r"^(?:\.|F(?=rom ))", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What is to be sent. Ids are without brackets; `reply_to` is the address with the reply token, where it is used.

    `automatic` is `auto-replied` for an acknowledgement, `auto-generated` for a reminder, None for a person's words.
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    message_id: str
    date: datetime
    installation: str
    cc: tuple[Address, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    reply_to: Address | None = None
    attachments: tuple[Attachment, ...] = ()
    automatic: Literal["auto-replied", "auto-generated"] | None = None


def compose(mail: Outgoing) -> bytes:
    """The mail with CRLF line ends and no line over 998 bytes; text is UTF-8 and its lines are not broken.

    Raises `ComposeError` for what cannot be sent: no recipient, no plain address, no id, a time without zone. The
    bytes are ASCII unless an address itself is not; then the transport needs SMTPUTF8.
    """
    return "".join(_headers(mail)).encode("utf-8") + _content(mail)


def _headers(mail: Outgoing) -> list[str]:
    """The header lines of the mail itself, in the usual order."""
    if not mail.to:
        raise ComposeError("to: expected at least one address")
    if mail.date.tzinfo is None:
        raise ComposeError("date: expected a time with its zone")
    if not _INSTALLATION.match(mail.installation):
        raise ComposeError("installation: expected letters, digits, '.', '-' and '_'")
    lines = [
        address_header("From", [mail.sender]),
        address_header("To", mail.to),
        address_header("Cc", mail.cc) if mail.cc else None,
        address_header("Reply-To", [mail.reply_to]) if mail.reply_to else None,
        text_header("Subject", mail.subject),
        folded("Date", [format_datetime(mail.date)]),
        folded("Message-ID", [f"<{checked_id(mail.message_id)}>"]),
        id_header("In-Reply-To", [mail.in_reply_to] if mail.in_reply_to else []),
        id_header("References", _thread(mail)),
        folded(LOOP_HEADER, [mail.installation]),
    ]
    if mail.automatic:
        lines += [folded("Auto-Submitted", [mail.automatic]), folded("X-Auto-Response-Suppress", ["All"])]
    return [line for line in lines if line]


def _thread(mail: Outgoing) -> list[str]:
    """The ids above: the first, which names the thread, and the latest."""
    ids = list(dict.fromkeys([*mail.references, *([mail.in_reply_to] if mail.in_reply_to else [])]))
    return ids if len(ids) <= MAX_REFERENCES else [ids[0], *ids[1 - MAX_REFERENCES :]]


def _content(mail: Outgoing) -> bytes:
    """MIME headers and body."""
    text = tidy(mail.text).rstrip("\n") + "\n"
    message = EmailMessage(policy=SMTP)
    foreign = sum(not char.isascii() for char in text)
    packed = 5 * foreign > len(text)
    message.set_content(text, charset="utf-8", cte="base64" if packed else "quoted-printable")
    if not packed:
        message.set_payload(_ACTING.sub(lambda found: f"={ord(found.group()):02X}", str(message.get_payload())))
    for attachment in mail.attachments:
        _attach(message, attachment)
    if mail.attachments:
        mark = hashlib.sha256(f"{mail.message_id}\n{text}".encode("utf-8", "replace")).hexdigest()[:32]
        message.set_boundary(f"=_zgoda_{mark}")
    return message.as_bytes()


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    """Add a file; what is no kind of file goes as bytes of any kind."""
    kind = attachment.mime if _MIME.match(attachment.mime) else "application/octet-stream"
    main, _, sub = kind.partition("/")
    name = safe_name(tidy(attachment.name)) or "file"
    message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=name)
    if attachment.content_id and _CONTENT_ID.match(attachment.content_id):
        list(message.iter_attachments())[-1]["Content-ID"] = f"<{attachment.content_id}>"

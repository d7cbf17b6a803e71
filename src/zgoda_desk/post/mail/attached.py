"""Unpacks what came along with a mail, as data that nobody opens or fetches (T03, T04, T33, T34, I17)."""

from __future__ import annotations

import re
from urllib.parse import unquote

from zgoda.text.mail_body import Body, disposition, file_name, payload
from zgoda.text.mail_parts import Part
from zgoda.text.mail_words import safe_name
from zgoda_desk.lib.plain import one_line, storable
from zgoda_desk.post.mail.parsed import Attachment

MAX_CONTENT_ID = 500

_CID = re.compile(r"cid:([^\s\"'<>)]{1,500})", re.IGNORECASE)


def attachments_of(body: Body, html: str | None) -> tuple[Attachment, ...]:
    """All parts that are not the letter, in order; a picture the page refers to stands inside the letter."""
    named = frozenset(unquote(name) for name in _CID.findall(html or ""))
    return tuple(_attachment(part, named) for part in body.attached)


def _attachment(part: Part, named: frozenset[str]) -> Attachment:
    """One part, its transfer encoding undone."""
    name = content_id(part)
    inline = name in named or (disposition(part) == "inline" and part.kind.startswith("image/"))
    return Attachment(storable(safe_name(file_name(part))), part.kind, payload(part), name or None, inline)


def content_id(part: Part) -> str:
    """The id by which a page refers to the part, empty where it has none."""
    value = part.headers.first("content-id")[:1000].decode("latin-1")
    return one_line(value.strip().strip("<>"), MAX_CONTENT_ID)

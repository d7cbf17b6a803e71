"""What can be seen of an incoming thing that made no conversation: its head, its source, and its words if any."""

from __future__ import annotations

import logging
from typing import NamedTuple

from zgoda.text.charset import decode_text
from zgoda_desk.conversations.shown.visible import visible
from zgoda_desk.lib.plain import one_line
from zgoda_desk.post.mail import parse

HEAD = 4_000  # bytes that a list looks at
SOURCE = 100_000  # bytes that a page shows
log = logging.getLogger(__name__)


class Glimpse(NamedTuple):
    """Who says to have written, about what, the words, names of oddities; all empty where nothing can be read."""

    sender: str = ""
    subject: str = ""
    text: str = ""
    problems: tuple[str, ...] = ()


def glimpse(body: bytes) -> Glimpse:
    """A look at the bytes that never fails: what stands here may be what no reader could take."""
    try:
        mail = parse(body)
    except Exception:
        log.exception("a glimpse of an incoming thing failed")
        return Glimpse()
    sender = f"{mail.sender.name} <{mail.sender.address}>".strip() if mail.sender else ""
    return Glimpse(
        visible(one_line(sender, 200)), visible(one_line(mail.subject, 200)), visible(mail.text[:SOURCE]), mail.problems
    )


def source(body: bytes) -> str:
    """The thing as it came, as text, its first SOURCE bytes."""
    return visible(decode_text(body[:SOURCE])[0])

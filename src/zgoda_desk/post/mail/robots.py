"""Tells which kind of machine sent a mail, if any, and what a report says of a mail of ours (T14)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zgoda.text.mail_auto import is_automatic
from zgoda.text.mail_body import payload
from zgoda.text.mail_parts import Headers, Part, content_type, read_headers
from zgoda.text.mail_words import message_ids
from zgoda_desk.lib.plain import one_line
from zgoda_desk.post.mail.addresses import mailboxes
from zgoda_desk.post.mail.parsed import Address, Report, Robot
from zgoda_desk.post.mail.words import says_automatic, says_returned

LOOP_HEADER = "X-Zgoda-Desk"

_SERVERS = ("mailer-daemon", "mailerdaemon", "mail-daemon", "postmaster")
_NOTICES = ("message/delivery-status", "message/global-delivery-status")
_RECEIPTS = ("message/disposition-notification", "message/global-disposition-notification")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers")
_GOOD = ("delivered", "relayed", "expanded")
_LIST = ("list-unsubscribe", "list-unsubscribe-post", "feedback-id")
_FIELD = re.compile(
    rb"^(action|status|(?:final|original)-recipient|original-message-id)[ \t]*+:([^\n]{0,1000})",
    re.IGNORECASE | re.MULTILINE,
)
_ID_LINE = re.compile(rb"^[ \t>]{0,8}message-id[ \t]{0,3}:[ \t]{0,3}(<[^<>\s]{1,900}>)", re.IGNORECASE | re.MULTILINE)
_LOOK = 100_000


def report_of(headers: Headers, parts: Sequence[Part], raw: bytes, returned: bool) -> Report | None:
    """What the parts of a report say; for returned mail without such parts, only the ids found in its text."""
    told = next((part for part in parts if part.kind in _NOTICES + _RECEIPTS), None)
    if told is None and not returned:
        return None
    fields = _fields(payload(told)[:_LOOK]) if told else {}
    action = fields.get("action", "").split("(")[0].strip().lower()
    if told and told.kind in _RECEIPTS:
        action = "displayed"
    recipient = fields.get("final-recipient") or fields.get("original-recipient") or ""
    found = mailboxes(recipient.rpartition(";")[2].encode("latin-1", "replace"), 1)
    ids = [*message_ids(fields.get("original-message-id", "").encode("latin-1", "replace"))]
    for part in parts:
        if part.kind in _RETURNED:
            ids.extend(message_ids(read_headers(payload(part)[:_LOOK].lstrip(), 0)[0].first("message-id")))
    own = message_ids(headers.first("message-id"))
    below = raw[: 3 * _LOOK].partition(b"\n\n")[2] or raw[: 3 * _LOOK].partition(b"\r\n\r\n")[2]
    if not ids:
        ids.extend(one for found_id in _ID_LINE.findall(below)[:5] for one in message_ids(found_id))
    named = tuple(dict.fromkeys(one_line(one, 998) for one in ids if one not in own))[:10]
    return Report(
        one_line(action, 20), one_line(fields.get("status", ""), 40), found[0].address if found else "", named
    )


def _fields(body: bytes) -> dict[str, str]:
    """The fields of a report; of several recipients the first that failed speaks."""
    blocks = [
        {name.decode().lower(): value.strip().decode("latin-1") for name, value in _FIELD.findall(block)}
        for block in body.replace(b"\r\n", b"\n").split(b"\n\n")[:500]
    ]
    told = [block for block in blocks if block]
    return next((block for block in told if block.get("action", "").lower().startswith("failed")), None) or {
        name: value for block in reversed(told) for name, value in block.items()
    }


def robot_of(
    headers: Headers,
    parts: Sequence[Part],
    sender: Address | None,
    subject: str,
    own: frozenset[str],
    installation: str | None,
) -> Robot | None:
    """The kind of machine that sent the mail, None for a person. What looks like two is the one that costs more."""
    address = sender.address if sender else ""
    if _is_own(headers, address, own, installation):
        return "own"
    kinds = tuple(part.kind for part in parts)
    reported = _reported(headers, parts, kinds)
    if reported:
        return reported
    if address.startswith(_SERVERS) or headers.has("x-failed-recipients"):
        return "bounce"
    automatic = is_automatic(headers, address, kinds)
    if says_returned(subject) and (automatic or not address):
        return "bounce"
    if _is_mass(headers, own):
        return "newsletter"
    return "auto_reply" if automatic or says_automatic(subject) else None


def _reported(headers: Headers, parts: Sequence[Part], kinds: tuple[str, ...]) -> Robot | None:
    """Bounce or receipt by the parts of a report."""
    kind, options = content_type(headers)
    sort = options.get("report-type", "").lower() if kind == "multipart/report" else ""
    if sort == "disposition-notification" or any(one in _RECEIPTS for one in kinds):
        return "receipt"
    told = next((part for part in parts if part.kind in _NOTICES), None)
    if told is not None:
        action = _fields(payload(told)[:_LOOK]).get("action", "").strip().lower()
        return "receipt" if action.startswith(_GOOD) else "bounce"
    return "bounce" if sort == "delivery-status" else None


def _is_own(headers: Headers, address: str, own: frozenset[str], installation: str | None) -> bool:
    """Whether the mail left this desk: by its mark, or by its address with or without a token."""
    name = LOOP_HEADER.lower()
    if headers.has(name) and (
        installation is None or headers.first(name).strip() == installation.encode("utf-8", "replace")
    ):
        return True
    local, at, domain = address.rpartition("@")
    return bool(own) and (address in own or f"{local.partition('+')[0]}{at}{domain}" in own)


def _is_mass(headers: Headers, own: frozenset[str]) -> bool:
    """Whether the mail went to a list, and answers nobody.

    Where the list is our own address a customer wrote to us through it; a bare List-Id is put on people's mail too.
    """
    lists = any(headers.has(name) for name in _LIST)
    bulk = headers.first("precedence")[:10].strip().lower() in (b"bulk", b"list", b"junk")
    if not (lists or bulk):
        return False
    told = b" ".join(headers.joined(name) for name in ("list-post", "list-id", "x-beenthere", "mailing-list"))
    ours = told[:5000].decode("latin-1").lower()
    if any(address in ours or address.replace("@", ".") in ours for address in own):
        return False
    answers = headers.first("in-reply-to") or headers.first("references")
    return not answers or headers.has("list-unsubscribe-post") or headers.has("feedback-id")

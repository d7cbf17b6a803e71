"""Reads a mail for the desk: the engine takes it apart, here it is judged who wrote, what is new and what is odd."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from zgoda.text.charset import decode_text
from zgoda.text.mail_body import body_of
from zgoda.text.mail_parts import Headers, Part, split_mail
from zgoda.text.mail_words import decode_words, iso_date, message_ids
from zgoda_desk.lib.plain import one_line, storable
from zgoda_desk.post.mail.addresses import author, has_unseen, mailboxes, visible
from zgoda_desk.post.mail.attached import attachments_of
from zgoda_desk.post.mail.newest import written
from zgoda_desk.post.mail.page import Pages
from zgoda_desk.post.mail.parsed import PROBLEMS, ParsedMail
from zgoda_desk.post.mail.reply_tokens import reply_tokens
from zgoda_desk.post.mail.robots import report_of, robot_of
from zgoda_desk.post.mail.trust import authentication, is_spam
from zgoda_desk.post.mail.words import proves_ownership

MAX_TEXT = 1_000_000
MAX_SUBJECT = 1000
MAX_ID = 998
MAX_REFERENCES = 100
FIRST_YEAR, LAST_YEAR = 1990, 2100

_PACKED = re.compile(r"^(?:begin [0-7]{3,4} \S|=ybegin )", re.MULTILINE)
_SEALED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_MEANING = {
    "text-cut": "truncated",
    "subject-cut": "truncated",
    "too-many-parts": "truncated",
    "too-deep": "depth",
    "no-headers": "no_headers",
    "not-base64": "bad_encoding",
    "boundary-guessed": "bad_boundary",
    "text-from-mail-inside": "text_from_inside",
    "charset-guessed": "bad_charset",
    "charset-damaged": "bad_charset",
}


def parse(
    raw: bytes,
    *,
    own_addresses: frozenset[str] = frozenset(),
    authserv_id: str | None = None,
    installation: str | None = None,
) -> ParsedMail:
    """Read a mail. Never raises; takes time linear in its length, about a second for 10 MB (T32, I08-I20).

    `own_addresses` are the desk's own, in lower case. `authserv_id` names the server whose Authentication-Results are
    believed. `installation` is the id this desk puts into its loop header; without it any such header counts as own.
    """
    try:
        return _parse(raw, own_addresses, authserv_id, installation)
    except Exception:  # the promise to the inbox: one odd mail never stops the next
        text = storable(decode_text(raw[:MAX_TEXT])[0])
        return ParsedMail(text=text, newest=(0, len(text)), problems=("unreadable", "no_sender"))


def _parse(raw: bytes, own: frozenset[str], authserv_id: str | None, installation: str | None) -> ParsedMail:
    """Read a mail without the net under it."""
    headers, parts, notes = split_mail(raw)
    pages = Pages()
    body = body_of(parts, notes, pages.text)
    page = pages.of(body)
    problems = [_MEANING[note.partition(":")[0]] for note in notes if note.partition(":")[0] in _MEANING]
    sender, odd = author(headers)
    subject = decode_words(headers.first("subject"))
    text = _text(page.instead or body.text, problems)
    new = written(text)
    date = _date(headers.first("date"), problems)
    robot = robot_of(headers, parts, sender, subject, own, installation)
    report = report_of(headers, parts, raw, robot == "bounce")
    problems += [*odd, *page.problems, *_more_problems(headers, parts, subject, text)]
    problems += ["truncated"] if len(subject) > MAX_SUBJECT else []
    ids = [_ids(headers.joined(name)) for name in ("message-id", "in-reply-to", "references")]
    reply_to = mailboxes(headers.joined("reply-to"), 1)
    return ParsedMail(
        message_id=ids[0][0] if ids[0] else None,
        in_reply_to=ids[1][0] if ids[1] else None,
        references=ids[2][-MAX_REFERENCES:],
        subject=visible(subject, MAX_SUBJECT),
        sender=sender,
        reply_to=reply_to[0] if reply_to else None,
        to=mailboxes(headers.joined("to")),
        cc=mailboxes(headers.joined("cc")),
        date=date,
        text=text,
        newest=new.newest,
        quoted=new.quoted,
        signature=new.signature,
        html=page.html,
        attachments=attachments_of(body, page.html),
        hidden=page.hidden,
        robot=robot,
        report=report,
        spam=is_spam(headers),
        verification=proves_ownership(subject, text, page.html),
        reply_tokens=reply_tokens(headers, report.message_ids if report else ()),
        authentication=authentication(headers, authserv_id),
        problems=tuple(name for name in PROBLEMS if name in problems),
    )


def _text(text: str, problems: list[str]) -> str:
    """The text as far as it is kept."""
    if len(text) > MAX_TEXT:
        problems.append("truncated")
    return storable(text[:MAX_TEXT])


def _more_problems(headers: Headers, parts: list[Part], subject: str, text: str) -> list[str]:
    """What is odd about subject and text, or about what cannot be read at all."""
    found = []
    if has_unseen(subject) or has_unseen(text):
        found.append("invisible_signs")
    if "begin" in text and _PACKED.search(text):
        found.append("packed_in_text")
    if not text.strip():
        found.append("no_text")
    whole = headers.first("content-type")[:100].lower()
    if whole.startswith(b"multipart/encrypted") or any(part.kind in _SEALED for part in parts):
        found.append("encrypted")
    if text.lstrip().startswith("-----BEGIN PGP MESSAGE-----"):
        found.append("encrypted")
    return found


def _date(value: bytes, problems: list[str]) -> datetime | None:
    """The Date header with its zone; None for no date, one without a zone, or a year nobody wrote mail in (I20)."""
    told = iso_date(value)
    when = datetime.fromisoformat(told) if told else None
    if when is not None and when.tzinfo is None and b"-0000" in value:
        when = when.replace(tzinfo=UTC)
    if when is not None and when.tzinfo is not None and FIRST_YEAR <= when.year <= LAST_YEAR:
        return when
    if value:
        problems.append("bad_date")
    return None


def _ids(value: bytes) -> tuple[str, ...]:
    """Ids, each on one line and not longer than any program takes."""
    return tuple(one_line(found, MAX_ID) for found in message_ids(value))

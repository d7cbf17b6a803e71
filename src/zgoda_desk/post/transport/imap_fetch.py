"""Takes new mails from an opened folder: raw bytes, in the order of their UIDs, one at a time, marking nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal, cast

from .errors import TransportError
from .imap_session import FolderState, Session, folder_state, talking

MAX_BYTES = 25 * 1024 * 1024
_CHUNK = 100
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_FLAGS = re.compile(rb"\bFLAGS \(([^)]*)\)")
_WHEN = re.compile(rb'\bINTERNALDATE "\s*(\d+)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"')
_QUOTED_BODY = re.compile(rb'BODY\[\](?:<0>)? (?:"((?:[^"\\]|\\.)*)"|NIL)', re.IGNORECASE)
_LITERAL_BODY = re.compile(rb"BODY\[\](?:<0>)? \{\d+\}$", re.IGNORECASE)

_Line = bytes | tuple[bytes, bytes] | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail as the server gave it; account, `folder`, `uid_validity` and `uid` together name it for ever.

    `problem` is empty, `truncated` (`raw` is the beginning of a mail that is too big) or `refused` (the server would
    not give it, `raw` is empty, others can be had; ask again by `fetch_one`). `internal_date` has a zone.
    """

    folder: str
    uid_validity: int
    uid: int
    raw: bytes
    internal_date: datetime | None
    flags: tuple[str, ...]
    size: int
    problem: Literal["", "truncated", "refused"] = ""


@dataclass(frozen=True, slots=True)
class _Card:
    """What is known of a mail before its body is taken."""

    uid: int
    size: int
    internal_date: datetime | None
    flags: tuple[str, ...]


def fetch_new(
    session: Session,
    after_uid: int,
    since: date | None,
    store: Callable[[Fetched], None],
    *,
    max_bytes: int = MAX_BYTES,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Hands every mail with a UID above `after_uid` to `store`, ascending; gives back how many.

    `since` leaves out what the server received before that day. The next mail is asked for only when `store` has
    returned, so a caller who commits there loses and doubles nothing. What `store` raises ends the fetch and passes
    through; the session stays usable. `stop` is asked between mails. Raises TransportError.
    """
    state = session.state or folder_state(session)
    count = 0
    uids = _new_uids(session, after_uid, since)
    for card in _cards(session, uids):
        if stop():
            break
        fetched = _take(session, state, card, max_bytes)
        if fetched is not None:
            store(fetched)
            count += 1
    else:
        session.searched[state.folder, state.uid_validity] = max([state.uid_next - 1, *uids]) + 1
    return count


def fetch_one(session: Session, uid: int, *, max_bytes: int = MAX_BYTES) -> Fetched | None:
    """The mail with this UID from the opened folder, or None where it is gone. Raises TransportError."""
    state = session.state or folder_state(session)
    for card in _cards(session, [uid]):
        return _take(session, state, card, max_bytes)
    return None


def _new_uids(session: Session, after_uid: int, since: date | None) -> list[int]:
    criteria = f"UID {after_uid + 1}:*"
    if since is not None:
        criteria += f" SINCE {since.day:02d}-{_MONTHS[since.month - 1]}-{since.year:04d}"
    with talking("talk"):
        kind, lines = session.client.uid("SEARCH", criteria)
        if kind != "OK":
            raise TransportError("talk", "odd_answer", f"SEARCH: {lines!r}")
        found = (int(word) for line in lines if line for word in cast("bytes", line).split() if word.isdigit())
    # "9:*" also names the last mail when it is mail 8, so what is not above is dropped.
    return sorted({uid for uid in found if uid > after_uid})


def _cards(session: Session, uids: list[int]) -> Iterator[_Card]:
    for start in range(0, len(uids), _CHUNK):
        wanted = uids[start : start + _CHUNK]
        with talking("talk"):
            kind, lines = session.client.uid(
                "FETCH", ",".join(map(str, wanted)), "(UID RFC822.SIZE INTERNALDATE FLAGS)"
            )
        cards = {card.uid: card for card in map(_card, lines) if card} if kind == "OK" else {}
        yield from (cards.get(uid) or _Card(uid, 0, None, ()) for uid in wanted)


def _card(line: _Line) -> _Card | None:
    if not isinstance(line, bytes) or not (uid := _UID.search(line)):
        return None
    size, flags = _SIZE.search(line), _FLAGS.search(line)
    names = tuple(flags[1].decode("ascii", "replace").split()) if flags else ()
    return _Card(int(uid[1]), int(size[1]) if size else 0, _moment(line), names)


def _moment(line: bytes) -> datetime | None:
    found = _WHEN.search(line)
    if not found:
        return None
    day, month, year, hour, minute, second, sign, off_hours, off_minutes = (part.decode() for part in found.groups())
    offset = timedelta(hours=int(off_hours), minutes=int(off_minutes))
    try:
        zone = timezone(-offset if sign == "-" else offset)
        moment = (int(hour), int(minute), int(second))
        return datetime(int(year), _MONTHS.index(month.capitalize()) + 1, int(day), *moment, tzinfo=zone)
    except ValueError:
        return None


def _take(session: Session, state: FolderState, card: _Card, max_bytes: int) -> Fetched | None:
    part = "(UID BODY.PEEK[])" if card.size <= max_bytes else f"(UID BODY.PEEK[]<0.{max_bytes}>)"
    for _ in range(2):  # a server that refuses once is asked again before the mail is listed as refused
        with talking("talk"):
            kind, lines = session.client.uid("FETCH", str(card.uid), part)
        if kind == "OK":
            raw = _body(lines, card.uid)
            return None if raw is None else _fetched(state, card, raw, max_bytes)
        if b"UNAVAILABLE" in repr(lines).encode().upper():
            raise TransportError("talk", "unavailable", f"FETCH {card.uid}: {lines!r}")
    return Fetched(
        state.folder, state.uid_validity, card.uid, b"", card.internal_date, card.flags, card.size, "refused"
    )


def _fetched(state: FolderState, card: _Card, raw: bytes, max_bytes: int) -> Fetched:
    size = max(card.size, len(raw))
    problem: Literal["", "truncated"] = "truncated" if size > max_bytes else ""
    known = (card.internal_date, card.flags, size, problem)
    return Fetched(state.folder, state.uid_validity, card.uid, raw[:max_bytes], *known)


def _body(lines: list[_Line], uid: int) -> bytes | None:
    """The body of this mail among the answers; others may speak in between (flags changed elsewhere)."""
    for place, line in enumerate(lines):
        tail = lines[place + 1] if place + 1 < len(lines) else b""
        if isinstance(line, tuple) and _LITERAL_BODY.search(line[0]):
            if _names(line[0] + b" " + (tail if isinstance(tail, bytes) else b""), uid):
                return line[1]
        elif isinstance(line, bytes) and _names(line, uid) and (short := _QUOTED_BODY.search(line)):
            return re.sub(rb"\\(.)", rb"\1", short[1] or b"")
    return None


def _names(line: bytes, uid: int) -> bool:
    return any(int(found) == uid for found in _UID.findall(line))

"""A folder as one client sees it: places from 1 on that change only when he is told."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter
from threading import RLock

from .boxes import Folder, StoredMail
from .imap_fetch import answer, items, marks_seen
from .imap_search import Candidate, criteria
from .imap_syntax import BadSyntax, Token, number_set, word

_uid = attrgetter("uid")
_FLAGS = b"\\Seen \\Answered \\Flagged \\Deleted \\Draft"


class OpenFolder:
    """The mails known to this client, in order; new ones join by `news`."""

    def __init__(self, folder: Folder, lock: RLock, *, read_only: bool) -> None:
        self._folder = folder
        self._lock = lock
        self._read_only = read_only
        with lock:
            self._mails = list(folder.mails)
            self._validity, self._next = folder.uid_validity, folder.uid_next

    def greeting(self) -> list[bytes]:
        """What SELECT and EXAMINE tell."""
        return [
            b"* FLAGS (" + _FLAGS + b")",
            b"* OK [PERMANENTFLAGS (" + (b"" if self._read_only else _FLAGS) + b")] These stay",
            b"* %d EXISTS" % len(self._mails),
            b"* 0 RECENT",
            b"* OK [UIDVALIDITY %d] UIDs hold" % self._validity,
            b"* OK [UIDNEXT %d] The next one" % self._next,
        ]

    def status(self, asked: Sequence[str]) -> bytes:
        """What STATUS tells."""
        unseen = sum("\\Seen" not in self._flags(mail) for mail in self._mails)
        known = {"MESSAGES": len(self._mails), "RECENT": 0, "UIDNEXT": self._next, "UNSEEN": unseen}
        known["UIDVALIDITY"] = self._validity
        pairs = (f"{name.upper()} {known[name.upper()]}" for name in asked if name.upper() in known)
        return f"({' '.join(pairs)})".encode()

    def news(self) -> list[bytes]:
        """What has come since the client was last told."""
        with self._lock:
            if self._folder.uid_validity != self._validity or len(self._folder.mails) == len(self._mails):
                return []
            self._mails += self._folder.mails[len(self._mails) :]
        return [b"* %d EXISTS" % len(self._mails), b"* 0 RECENT"]

    def answers(self, name: str, given: list[Token], *, by_uid: bool) -> Iterator[bytes]:
        """The lines that SEARCH, FETCH or STORE give before their end. Raises BadSyntax."""
        if name == "SEARCH":
            yield self._search(given, by_uid=by_uid)
        elif name == "FETCH":
            yield from self._fetch(given, by_uid=by_uid)
        else:
            yield from self._store(given, by_uid=by_uid)

    def _search(self, given: list[Token], *, by_uid: bool) -> bytes:
        test = criteria(given)
        last = self._mails[-1].uid if self._mails else 0
        found = [
            mail.uid if by_uid else place
            for place, mail in enumerate(self._mails, 1)
            if test(Candidate(mail, place, frozenset(self._flags(mail)), len(self._mails), last))
        ]
        return " ".join(["* SEARCH", *map(str, found)]).encode()

    def _fetch(self, given: list[Token], *, by_uid: bool) -> Iterator[bytes]:
        asked = items(given[1] if len(given) > 1 else "", by_uid=by_uid)
        seen = marks_seen(asked) and not self._read_only
        for place, mail in self._chosen(word(given, 0), by_uid=by_uid):
            with self._lock:
                if seen:
                    self._flags(mail).add("\\Seen")
                parts = b" ".join(answer(mail, self._flags(mail), asked))
            yield b"* %d FETCH (%b)" % (place, parts)

    def _store(self, given: list[Token], *, by_uid: bool) -> Iterator[bytes]:
        if self._read_only:
            raise BadSyntax("The folder is open for reading only")
        how, wanted = word(given, 1).upper(), given[2] if len(given) > 2 else []
        flags = set(map(str, wanted)) if isinstance(wanted, list) else {wanted}
        for place, mail in self._chosen(word(given, 0), by_uid=by_uid):
            with self._lock:
                kept = self._flags(mail)
                changed = kept | flags if how[0] == "+" else kept - flags if how[0] == "-" else flags
                self._folder.flags[mail.uid] = changed
            if not how.endswith(".SILENT"):
                shown = " ".join(sorted(changed)).encode()
                yield b"* %d FETCH (UID %d FLAGS (%b))" % (place, mail.uid, shown)

    def _chosen(self, text: str, *, by_uid: bool) -> list[tuple[int, StoredMail]]:
        if by_uid:
            last = self._mails[-1].uid if self._mails else 0
            spans = [self._span(one) for one in number_set(text, last)]
        else:
            spans = [range(one.start - 1, one.stop - 1) for one in number_set(text, len(self._mails))]
        places = sorted({place for span in spans for place in span if 0 <= place < len(self._mails)})
        return [(place + 1, self._mails[place]) for place in places]

    def _span(self, uids: range) -> range:
        """Where the mails with these UIDs stand; found by halving, as folders of 50,000 are tried too."""
        first = bisect_left(self._mails, uids.start, key=_uid)
        return range(first, bisect_left(self._mails, uids.stop, key=_uid))

    def _flags(self, mail: StoredMail) -> set[str]:
        return self._folder.flags_of(mail.uid)

"""Cuts the bytes of a mail into its headers and its parts in one pass, however deep or broken the nesting is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from zgoda.text.mail_words import params

MAX_PARTS = 1000
MAX_DEPTH = 50
MAX_HEADERS = 2000
MAX_HEADER_LINES = 20_000
MAX_VALUE = 70_000

_NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]{0,5}:")
_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|subject|date|sender|reply-to|message-id|in-reply-to|references|received|return-path|status"
    rb"|delivered-to|envelope-to|mime-version|content-[a-z0-9-]{1,40}|x-[!-9;-~]{1,90}|list-[a-z]{1,30}|precedence"
    rb"|auto-submitted|dkim-signature|arc-[a-z-]{1,40}|user-agent|organization|authentication-results)\Z",
    re.IGNORECASE,
)
_DASHES = re.compile(rb"^--[^\n]*+", re.MULTILINE)
# A delimiter nobody announced: dashes, and a header of a part on the next line.
_UNANNOUNCED = re.compile(rb"^--([^\n]{1,200})\ncontent-[a-z-]{1,40}[ \t]{0,3}:", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headers:
    """Header lines in order, names in lower case, values unfolded but not decoded."""

    lines: tuple[tuple[str, bytes], ...] = ()

    def first(self, name: str) -> bytes:
        """The first value under a name, empty where there is none."""
        return next((value for key, value in self.lines if key == name), b"")

    def has(self, name: str) -> bool:
        """Whether the header is there at all."""
        return any(key == name for key, _ in self.lines)

    def joined(self, name: str) -> bytes:
        """All values under a name."""
        return b" ".join(value for key, value in self.lines if key == name)


@dataclass(frozen=True, slots=True)
class Part:
    """A part without parts of its own; `alternative` numbers the choice it belongs to, 0 for none."""

    headers: Headers
    kind: str
    options: dict[str, str]
    body: bytes
    alternative: int = 0


@dataclass(slots=True)
class _Cutter:
    """The state of the pass: the boundaries that are open, innermost last, and the part being collected."""

    raw: bytes
    parts: list[Part] = field(default_factory=list)
    open: list[tuple[tuple[bytes, ...], int]] = field(default_factory=list)
    levels: dict[bytes, list[int]] = field(default_factory=dict)
    leaf: tuple[Headers, str, dict[str, str], int] | None = None
    choices: int = 0
    deep: bool = False

    def begin(self, headers: Headers, start: int, extra: bytes = b"") -> None:
        """Enter an entity: a multipart opens its boundary, anything else is collected."""
        kind, options = content_type(headers)
        names = tuple(
            {squeeze(name) for name in (options.get("boundary", "").encode("latin-1"), extra) if name.strip()}
        )
        if kind.startswith("multipart/") and names:
            outer = self.open[-1][1] if self.open else 0
            if kind == "multipart/alternative" and not outer:
                self.choices += 1
                outer = self.choices
            for name in names:
                self.levels.setdefault(name, []).append(len(self.open))
            self.open.append((names, outer))
            self.deep = self.deep or len(self.open) > MAX_DEPTH
            self.leaf = None
        else:
            self.leaf = (headers, kind, options, start)

    def end(self, stop: int) -> None:
        """Close the part being collected, if any, before the byte `stop`."""
        if self.leaf is None:
            return
        headers, kind, options, start = self.leaf
        choice = self.open[-1][1] if self.open else 0
        self.parts.append(Part(headers, kind, options, self.raw[start : max(start, stop)], choice))
        self.leaf = None

    def close_to(self, depth: int) -> None:
        """Forget the boundaries deeper than `depth`: one that was never closed ends with its container."""
        while len(self.open) > depth:
            for name in self.open.pop()[0]:
                self.levels[name].pop()

    def notes(self) -> list[str]:
        """What was odd about the nesting: it is read however deep it goes, and said where it is past all use."""
        return ["too-deep"] if self.deep else []

    def level(self, token: bytes) -> int | None:
        """The innermost open multipart that a delimiter belongs to."""
        stack = self.levels.get(token)
        return stack[-1] if stack else None


def squeeze(token: bytes) -> bytes:
    """A boundary with its white space made regular, for folding and mail gateways change it."""
    return b" ".join(token.split())


def content_type(headers: Headers) -> tuple[str, dict[str, str]]:
    """The kind of a part in lower case, `text/plain` where it is missing or no kind, and its parameters."""
    value = headers.first("content-type")[:MAX_VALUE].decode("latin-1")
    kind = value.split(";", 1)[0].strip().lower()
    return (kind if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,100}", kind) else "text/plain"), params(value)


def read_headers(raw: bytes, start: int) -> tuple[Headers, int]:
    """Header lines from `start`, and where the body begins; a line that is no header ends them."""
    lines: list[tuple[str, list[bytes]]] = []
    pos, count = start, 0
    while pos < len(raw):
        count += 1
        if count > MAX_HEADER_LINES:  # nobody's mail: go straight to the blank line
            blank = raw.find(b"\n\n", pos)
            return _frozen(lines), len(raw) if blank < 0 else blank + 2
        stop = raw.find(b"\n", pos)
        stop = len(raw) if stop < 0 else stop
        line = raw[pos:stop] if stop - pos <= MAX_VALUE else raw[pos : pos + MAX_VALUE]
        after = min(stop + 1, len(raw))
        if not line:
            return _frozen(lines), after
        name = _NAME.match(line)
        if line[:1] in b" \t":
            if not line.strip() and not _goes_on(raw, after):
                return _frozen(lines), after
            if lines:
                lines[-1][1].append(line)
        elif name:
            if len(lines) < MAX_HEADERS:
                lines.append((name.group(1).decode("latin-1").lower(), [line[name.end() :]]))
        elif line.startswith(b"--") or not _goes_on(raw, after):
            return _frozen(lines), pos
        pos = after
    return _frozen(lines), len(raw)


def _goes_on(raw: bytes, pos: int) -> bool:
    """Whether header lines go on after a line that is none."""
    return bool(_NAME.match(raw, pos) or raw[pos : pos + 1] in (b" ", b"\t"))


def _frozen(lines: list[tuple[str, list[bytes]]]) -> Headers:
    """Folded lines joined; the white space of the fold stays, as the rule of unfolding has it."""
    return Headers(tuple((name, b"".join(chunks)[:MAX_VALUE].strip()) for name, chunks in lines))


def split_mail(raw: bytes) -> tuple[Headers, list[Part], list[str]]:
    """Headers, parts in reading order, and notes on what had to be guessed. Linear in the length of `raw`."""
    raw = _plain_newlines(raw)
    start = len(raw) - len(raw.lstrip(b" \t\n"))
    if raw.startswith((b"From ", b">From "), start):
        start = raw.find(b"\n", start) + 1 or len(raw)
    headers, body = read_headers(raw, start)
    if not any(_KNOWN.match(name.encode("latin-1")) for name, _ in headers.lines):
        return Headers(), [Part(Headers(), "text/plain", {}, raw)], ["no-headers"]
    parts, notes = _cut(raw, headers, body)
    if parts:
        return headers, parts, notes
    guess = _UNANNOUNCED.search(raw, body)
    if guess:
        parts, notes = _cut(raw, headers, body, guess.group(1))
    if not parts:
        parts = [Part(Headers(), "text/plain", {}, raw[body:])]
    return headers, parts, [*notes, "boundary-guessed"]


def _cut(raw: bytes, headers: Headers, body: int, extra: bytes = b"") -> tuple[list[Part], list[str]]:
    """Run the pass over the delimiter lines."""
    cutter = _Cutter(raw)
    cutter.begin(headers, body, extra)
    pos = body
    # Without an open boundary no delimiter can matter; a plain mail is not searched at all.
    for found in _DASHES.finditer(raw, body) if cutter.open else ():
        if found.start() < pos:
            continue
        token = squeeze(found.group()[2:])
        level, closing = cutter.level(token), False
        if level is None and token.endswith(b"--"):
            level, closing = cutter.level(token[:-2].rstrip()), True
        if level is None:
            continue
        cutter.end(found.start() - 1)
        cutter.close_to(level if closing else level + 1)
        if len(cutter.parts) >= MAX_PARTS:
            return cutter.parts, ["too-many-parts", *cutter.notes()]
        pos = found.end()
        if not closing:
            inner, pos = read_headers(raw, min(found.end() + 1, len(raw)))
            cutter.begin(inner, pos)
    cutter.end(len(raw))
    return cutter.parts, cutter.notes()


def _plain_newlines(raw: bytes) -> bytes:
    """Line ends as `\\n`; a mail saved as UTF-16 as a whole becomes UTF-8."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raw = raw.decode("utf-16", "replace").encode("utf-8", "replace")
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in raw:
        raw = raw.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n")
        if b"\n" not in raw:
            raw = raw.replace(b"\r", b"\n")
    return raw

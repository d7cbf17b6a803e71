"""Reads what stands in mail headers: encoded words, parameters, addresses, dates, ids, file names."""

from __future__ import annotations

import binascii
import re
from urllib.parse import unquote_to_bytes

from zgoda.text.charset import codec_of, decode_text

MAX_NAME = 150

# The text of a word holds no "?", so a failed try never reads further than the next one.
_WORD = re.compile(rb"=\?([^?\s]{1,60})\?[ \t]{0,2}([bBqQ])\?([^?]*+)\?=")
_GAP = re.compile(rb"\s*+\Z")
_PARAM = re.compile(r'(?:^|;)\s*+([^\s;="]{1,64})\s*+=\s*+(?:"((?:[^"\\]|\\.)*+)"?|([^;]*+))', re.DOTALL)
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\]{1,64}@[^\s@<>()\[\],;:\"\\]{1,255}\Z")
_ID = re.compile(r"<([^<>\s]{1,998})>")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]')
_FIRST_YEAR, _LAST_YEAR = 1970, 2100


def unbase64(raw: bytes) -> bytes:
    """The bytes behind base64, whatever else stands between, joined where padding was left in the middle."""
    clean = raw.translate(None, _NOT_BASE64)
    if b"=" not in clean.rstrip(b"="):
        return _quads(clean.rstrip(b"="))
    return b"".join(_quads(piece) for piece in clean.split(b"=") if piece)


def _quads(clean: bytes) -> bytes:
    """Decode letters without padding; a lone last letter carries nothing."""
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def decode_words(value: bytes) -> str:
    """A header value as one line of text: encoded words decoded, neighbours of one charset joined first."""
    pieces: list[str] = []
    pending: list[bytes] = []
    charset, pos = "", 0

    def flush() -> None:
        if pending:
            pieces.append(decode_text(b"".join(pending), charset)[0])
            pending.clear()

    for word in _WORD.finditer(value):
        between = value[pos : word.start()]
        name = word.group(1).decode("latin-1").split("*", 1)[0].lower()
        if not (pending and _GAP.match(between)):
            flush()
            pieces.append(decode_text(between)[0])
        elif name != charset:
            flush()
        charset = name
        text = word.group(3)
        encoded = word.group(2) in b"bB"
        pending.append(unbase64(text) if encoded else binascii.a2b_qp(text, header=True))
        pos = word.end()
    flush()
    pieces.append(decode_text(value[pos:])[0])
    return one_line("".join(pieces))


def one_line(text: str) -> str:
    """Without line breaks and controls, white space single: nothing that could open a header of its own."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def params(value: str) -> dict[str, str]:
    """Parameters of Content-Type or Content-Disposition (read as latin-1); names decoded, split ones joined."""
    plain: dict[str, str] = {}
    chunks: dict[str, list[tuple[int, bytes]]] = {}
    for name, quoted, bare in _PARAM.findall(value):
        key, text = name.lower(), quoted or bare.strip()
        if "*" not in key:
            named = key in ("name", "filename")
            plain.setdefault(key, decode_words(text.encode("latin-1", "replace")) if named else text)
            continue
        base, _, number = key.rstrip("*").partition("*")
        raw = text.encode("latin-1", "replace")
        order = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0
        chunks.setdefault(base, []).append((order, unquote_to_bytes(raw) if key.endswith("*") else raw))
    for base, found in chunks.items():
        joined = b"".join(raw for _, raw in sorted(found, key=lambda chunk: chunk[0]))
        charset, _, rest = joined.partition(b"'")
        known = codec_of(charset.decode("latin-1")) and b"'" in rest
        text = decode_text(rest.partition(b"'")[2], charset.decode("latin-1")) if known else decode_text(joined)
        plain[base] = text[0] if base != "boundary" else joined.decode("latin-1")
    return plain


def safe_name(name: str) -> str:
    """A file name that names no folder and no device: the last step of any path, without signs that act."""
    last = re.split(r"[/\\]", one_line(name))[-1]
    last = _UNSAFE.sub("_", last).strip(" .")
    if len(last) <= MAX_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    return stem[: MAX_NAME - 11] + dot + ending if dot and len(ending) <= 10 else last[:MAX_NAME]


def sender(value: bytes) -> tuple[str, str]:
    """Name and address of the first mailbox in a From header; the address is empty where none is certain.

    The structure is read before encoded words are decoded, so that a comma or an address inside a name stays there.
    """
    phrase, angle, comment = _mailbox(value.decode("latin-1"))
    if angle is not None:
        address = _certain(decode_text(angle.rpartition("<")[2].encode("latin-1"))[0])
        return decode_words(phrase.encode("latin-1")), address
    words = phrase.rpartition(":")[2].split()
    addresses = [word for word in words if "@" in word and "=?" not in word]
    if len(addresses) == 1 and (address := _certain(addresses[0])):
        name = " ".join(word for word in words if word != addresses[0]) or comment
        return decode_words(name.encode("latin-1")), address
    hidden = decode_words(phrase.encode("latin-1"))
    inside = re.match(r"([^<>]{0,200})<([^<>]{3,320})>\Z", hidden)
    if inside and "=?" in phrase:
        return inside.group(1).strip(), _certain(inside.group(2))
    return hidden, ""


def _certain(text: str) -> str:
    """The address in lower case; of several words the last, as broken gateways write it; else empty."""
    words = text.split()
    return words[-1].lower() if words and _ADDRESS.match(words[-1]) else ""


def _mailbox(value: str) -> tuple[str, str | None, str]:
    """Phrase, text between angle brackets and comment of the first mailbox, up to a comma that separates."""
    phrase: list[str] = []
    comment: list[str] = []
    depth, quoted, pos = 0, False, 0
    while pos < len(value):
        char = value[pos]
        if char == "\\" and (quoted or depth):
            (comment if depth else phrase).append(value[pos + 1 : pos + 2])
            pos += 2
            continue
        if quoted:
            quoted = char != '"'
            phrase.append(char if quoted else "")
        elif char == "(" or (char == ")" and depth):
            depth += 1 if char == "(" else -1
            comment.append(" ")
        elif depth:
            comment.append(char)
        elif char == '"':
            quoted = True
        elif char == "<":
            stop = value.find(">", pos)
            return "".join(phrase), value[pos + 1 : stop if stop > 0 else len(value)], "".join(comment)
        elif char in ",;" and "".join(phrase).strip():
            break
        else:
            phrase.append(char)
        pos += 1
    return "".join(phrase), None, "".join(comment)


def iso_date(value: bytes) -> str | None:
    """A Date header as ISO 8601 with its offset (none where the mail gives none); None where it is no date."""
    from email.utils import parsedate_to_datetime  # brings half the mail library along

    text = value[:200].decode("latin-1")
    try:
        when = parsedate_to_datetime(text)
        return when.isoformat() if _FIRST_YEAR <= when.year <= _LAST_YEAR else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def message_ids(value: bytes) -> tuple[str, ...]:
    """The ids in Message-ID, In-Reply-To or References, without brackets; a bare one counts if it has an `@`."""
    text = value.decode("latin-1")
    found = tuple(dict.fromkeys(_ID.findall(text)))
    if found:
        return found
    return tuple(word for word in one_line(text).split() if "@" in word and len(word) < 999 and word.isascii())

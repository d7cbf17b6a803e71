"""How bytes of strangers leave the desk: as a download that no browser opens as a page of ours (T03, T10, T34)."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpResponse

LOCKED = "default-src 'none'; sandbox"
_OCTETS = "application/octet-stream"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
_UNSAFE = re.compile(r"[^\w .,()+@=-]|[\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_PLAIN = re.compile(r"[^A-Za-z0-9 .,()+@=_-]")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_LONGEST = 120
_LONGEST_END = 12


def picture_type(body: bytes) -> str:
    """The type of a picture by its first bytes, whatever anybody called it; empty for anything else."""
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((mime for magic, mime in _MAGIC if body.startswith(magic)), "")


def as_download(body: bytes, name: str) -> HttpResponse:
    """The bytes as an attachment: a known picture under its type, all else as octets; never inline."""
    response = HttpResponse(body, content_type=picture_type(body) or _OCTETS)
    response["Content-Disposition"] = disposition(name)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return locked(response)


def locked(response: HttpResponse) -> HttpResponse:
    """The response with what keeps a browser from making anything of it."""
    response["Content-Security-Policy"] = LOCKED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str) -> str:
    """`Content-Disposition` with a name that is one line, names no folder and shows its true end."""
    clean = clean_name(name)
    plain = _PLAIN.sub("_", clean)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def clean_name(name: str) -> str:
    """A file name that means nothing to any system: no path, device, direction mark or leading and closing dot."""
    clean = re.sub(r"\s+", " ", _UNSAFE.sub("_", name)).strip(" .")
    if len(clean) > _LONGEST:
        stem, dot, end = clean.rpartition(".")
        kept = dot + end if stem and len(end) <= _LONGEST_END else ""
        clean = clean[: _LONGEST - len(kept)] + kept
    return f"_{clean}" if _DEVICES.match(clean) else clean or "file"

"""What servers said of a mail on its way: spam or not, and who vouches for its sender."""

from __future__ import annotations

import re

from zgoda.text.mail_parts import Headers
from zgoda_desk.post.mail.parsed import Authentication

_COMMENT = re.compile(r"\([^()]*+\)")
_RESULT = re.compile(r"\s*+(spf|dkim|dmarc)\s*+=\s*+([a-z]{2,20})", re.IGNORECASE)
_LEVEL = re.compile(r"(?:^|;)\s{0,5}scl:\s{0,5}([5-9])(?!\d)", re.IGNORECASE)
_SURE = 5  # from this spam confidence level on, mail goes to the junk folder


def is_spam(headers: Headers) -> bool:
    """Whether a filter on the way called the mail spam."""
    for name in ("x-spam-flag", "x-spam-status", "x-spam", "x-spam-result"):
        if headers.first(name)[:10].strip().lower().startswith((b"yes", b"true", b"spam")):
            return True
    if headers.first("x-rspamd-action")[:40].strip().lower() in (b"reject", b"add header", b"rewrite subject"):
        return True
    level = headers.first("x-ms-exchange-organization-scl")[:5].strip()
    if level.isdigit() and int(level) >= _SURE:
        return True
    return _LEVEL.search(headers.first("x-forefront-antispam-report")[:5000].decode("latin-1")) is not None


def authentication(headers: Headers, server: str | None) -> Authentication | None:
    """The results of the server that is trusted by its name; None where it is not told, or says nothing.

    Only the topmost header of that name counts; the server has to strip those that come in under its name.
    """
    if not server:
        return None
    for name, raw in headers.lines:
        if name == "authentication-results":
            first, *methods = _without_comments(raw[:20_000].decode("latin-1")).split(";")
            words = first.split()
            if words and words[0].lower() == server.lower():
                return _results(methods)
    return None


def _results(methods: list[str]) -> Authentication:
    """One result each; of several signatures one that holds is enough."""
    found: dict[str, str] = {}
    for method in methods:
        said = _RESULT.match(method)
        if said and found.get(said.group(1).lower()) != "pass":
            result = said.group(2).lower()
            found[said.group(1).lower()] = result if result == "pass" else found.get(said.group(1).lower(), result)
    return Authentication(found.get("spf"), found.get("dkim"), found.get("dmarc"))


def _without_comments(text: str) -> str:
    """The text without comments, five deep."""
    for _ in range(5):
        text = _COMMENT.sub(" ", text)
    return text

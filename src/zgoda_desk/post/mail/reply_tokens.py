"""Collects what may be our own reply tokens; whether one is, only its signature says."""

from __future__ import annotations

import re

from zgoda.text.mail_parts import Headers

MAX_TOKENS = 50

# `<z.TOKEN@domain>` in ids; TOKEN may be followed by a dot and what makes the id unique.
_IN_ID = re.compile(r"<?z\.([A-Za-z0-9_.~=-]{4,200})@", re.IGNORECASE)
# `local+TOKEN@domain` in addresses.
_IN_ADDRESS = re.compile(
    r"(?<![^\s<>,;:\"'()\[\]])[^\s<>,;:\"'()@\[\]+]{1,64}\+([A-Za-z0-9_.~=-]{4,200})@", re.IGNORECASE
)
_DELIVERED = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "resent-to")


def reply_tokens(headers: Headers, more_ids: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Candidates in the order of trust: In-Reply-To, References from the latest, addresses; each once (T12)."""
    ids = headers.joined("in-reply-to")[:20_000].decode("latin-1")
    older = headers.joined("references")[-20_000:].decode("latin-1")
    found = [*_IN_ID.findall(ids), *reversed(_IN_ID.findall(older))]
    for name in more_ids:
        found.extend(_IN_ID.findall(f"<{name}"))
    for header in _DELIVERED:
        found.extend(_IN_ADDRESS.findall(headers.joined(header)[:50_000].decode("latin-1")))
    return tuple(dict.fromkeys(form for token in found for form in _forms(token)))[:MAX_TOKENS]


def _forms(token: str) -> tuple[str, ...]:
    """The whole, and what stands before the last dot and before the first one."""
    return tuple(dict.fromkeys((token, token.rpartition(".")[0] or token, token.partition(".")[0] or token)))

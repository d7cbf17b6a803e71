"""Signed tokens for links and replies: short, checked in constant time, good for one purpose only."""

from __future__ import annotations

import hashlib
import secrets

from django.core import signing

REPLY, PROMISE, FEED, ATTACHMENT = "reply", "promise", "feed", "attachment"


def sign(purpose: str, value: str) -> str:
    """`value` with a signature that holds for this purpose alone; letters, digits, `.`, `-` and `_` only."""
    return signing.Signer(sep=".", salt=f"zgoda.{purpose}", algorithm="sha256").sign(value)


def unsign(purpose: str, token: str) -> str | None:
    """The value of a token made by `sign`, None for anything else whatever its length (T24)."""
    if not token or len(token) > 200:
        return None
    try:
        return signing.Signer(sep=".", salt=f"zgoda.{purpose}", algorithm="sha256").unsign(token)
    except signing.BadSignature:
        return None


def reply_token(conversation: int) -> str:
    """The token that joins an answer to a conversation; stands in Message-IDs, so it holds no upper case letters.

    Mail programs and servers change the case of addresses, so the signature is hexadecimal.
    """
    return f"{conversation}-{_hex(REPLY, str(conversation))}"


def conversation_of(token: str) -> int | None:
    """The conversation a reply token was made for, None where the signature is wrong (T12).

    What follows a dot (the random part of a Message-ID) is not looked at.
    """
    number, _, signature = token.strip().lower().partition(".")[0].partition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    return int(number) if secrets.compare_digest(signature, _hex(REPLY, str(int(number)))) else None


def fresh(size: int = 32) -> str:
    """A new random token for a link; store its `digest`, never itself."""
    return secrets.token_urlsafe(size)


def plain(length: int) -> str:
    """Random lower case letters and digits, for the part of a Message-ID that nobody has to trust."""
    return "".join(secrets.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(length))


def digest(token: str) -> str:
    """What is stored of a random token: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hex(purpose: str, value: str) -> str:
    from django.utils.crypto import salted_hmac

    return salted_hmac(f"zgoda.{purpose}", value, algorithm="sha256").hexdigest()[:24]

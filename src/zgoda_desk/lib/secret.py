"""Passwords of mailboxes at rest: encrypted with a key made from the installation's own."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def lock(text: str) -> str:
    """Encrypted, for a column."""
    return _fernet().encrypt(text.encode()).decode("ascii")


def unlock(stored: str) -> str | None:
    """What was locked; None where the key of this installation does not fit (a restored copy without its key)."""
    try:
        return _fernet().decrypt(stored.encode("ascii")).decode()
    except (InvalidToken, UnicodeError):
        return None


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"zgoda.mail" + key.encode()).digest())) for key in keys]
    )

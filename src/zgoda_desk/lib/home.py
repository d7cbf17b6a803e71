"""The home folder of an installation and what the environment says about it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_KEY_FILE = "secret.key"
_held: list[int] = []  # the open lock of the home folder; closing it would give the folder free


def folder() -> Path:
    """The home folder (`ZGODA_HOME`, else `zgoda-home` in the present folder); it need not exist yet."""
    return Path(os.environ.get("ZGODA_HOME") or "zgoda-home").absolute()


def database_url() -> str:
    """Where the rows are: `DATABASE_URL`, else SQLite in the home folder."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{folder() / 'zgoda.sqlite3'}"


def public_url() -> str:
    """The address under which people reach the desk, without a slash at the end."""
    return (os.environ.get("ZGODA_URL") or "http://127.0.0.1:8800").rstrip("/")


def hosts() -> list[str]:
    """Names under which the desk answers: that of its address, loopback, and those in `ZGODA_HOSTS`."""
    named = public_url().split("//", 1)[-1].split("/", 1)[0].rsplit(":", 1)[0]
    more = [name.strip() for name in os.environ.get("ZGODA_HOSTS", "").split(",") if name.strip()]
    return sorted({named, "localhost", "127.0.0.1", "[::1]", *more})


def behind_proxy() -> bool:
    """Whether a proxy stands in front that sets X-Forwarded-Proto itself (`ZGODA_BEHIND_PROXY=1`)."""
    return os.environ.get("ZGODA_BEHIND_PROXY") == "1"


def is_demo() -> bool:
    """Whether this is the demo company (`ZGODA_DEMO=1`)."""
    return os.environ.get("ZGODA_DEMO") == "1"


def secret_key() -> str:
    """The key that signs sessions and links: `ZGODA_SECRET_KEY`, the file of the home folder, else one for this run."""
    given = os.environ.get("ZGODA_SECRET_KEY")
    if given:
        return given
    path = folder() / _KEY_FILE
    return path.read_text(encoding="ascii").split()[0] if path.is_file() else secrets.token_urlsafe(64)


def older_keys() -> list[str]:
    """Earlier keys, one on each further line of the key file, so that a key can be changed without breaking links."""
    path = folder() / _KEY_FILE
    return path.read_text(encoding="ascii").split()[1:] if path.is_file() else []


def make(path: Path | None = None) -> Path:
    """Make the home folder, readable by its owner only, with a fresh key; what is there stays."""
    home = path or folder()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = home / _KEY_FILE
    if not key.exists():
        handle = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
    return home


def hold() -> bool:
    """Take the home folder for this process until it ends, however it ends; False where another process has it."""
    try:
        import fcntl
    except ImportError:  # no such locks on Windows; there nothing keeps a second process away
        return True
    if _held:
        return True
    handle = os.open(folder() / "working.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return False
    _held.append(handle)
    return True

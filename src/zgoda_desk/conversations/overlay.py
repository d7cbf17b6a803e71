"""The company's own phrases and rules: a content folder in the home folder, laid over the shipped content."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Where the company's own content lies; it need not exist."""
    return Path(settings.HOME) / "content"


def folders() -> tuple[str, ...]:
    """The folder as the engine takes it, empty where the company has no content of its own."""
    own = folder()
    return (str(own),) if own.is_dir() and any(own.rglob("*.toml")) else ()

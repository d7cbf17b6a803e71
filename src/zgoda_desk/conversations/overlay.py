"""The company's own phrases and rules: a content folder in the home folder, laid over the shipped content."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from django.conf import settings

from zgoda.api import calls
from zgoda.api.engine import Engine
from zgoda.errors import ContentError
from zgoda.model.knowledge import build_knowledge

log = logging.getLogger(__name__)
Version = tuple[tuple[str, int, int], ...]
_making = Lock()
_made: list[tuple[Version, Engine]] = []  # the engine over the content as it last was, at most one


def folder() -> Path:
    """Where the company's own content lies; it need not exist."""
    return Path(settings.HOME) / "content"


def folders() -> tuple[str, ...]:
    """The folder as the engine takes it, empty where the company has no content of its own."""
    own = folder()
    return (str(own),) if own.is_dir() and any(own.rglob("*.toml")) else ()


def version() -> Version:
    """What the files are now: name, time and size of each; another version is another engine."""
    own = folder()
    if not own.is_dir():
        return ()
    stats = ((path, path.stat()) for path in sorted(own.rglob("*.toml")))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in stats)


def engine() -> Engine:
    """The engine over the shipped content and the company's own; a changed file is taken up without a restart.

    While one thread makes the new engine the others go on with the old one. Content with a fault is logged and left
    out: the desk reads on with what is shipped.
    """
    now = version()
    if not now:
        return calls.engine()
    if _made and _made[0][0] == now:
        return _made[0][1]
    if not _making.acquire(blocking=not _made):
        return _made[0][1]
    try:
        if not _made or _made[0][0] != now:
            _made[:] = [(now, _engine())]
        return _made[0][1]
    finally:
        _making.release()


def _engine() -> Engine:
    try:
        return Engine(build_knowledge(folders()))
    except ContentError as fault:
        log.error("the company's own content is left out, it has faults:\n%s", fault)
        return calls.engine()

"""The only place that reads the clock: the time of reading, with the zone of this machine."""

from __future__ import annotations

from datetime import datetime

from zgoda.errors import InputError

_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def here_and_now() -> datetime:
    """The time now in the local zone."""
    return datetime.now().astimezone()


def parse_time(text: str) -> datetime:
    """An ISO 8601 time; without a zone it is local. Raises InputError for anything else."""
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"now must be a time such as 2026-11-26T12:00+01:00, came {text[:40]!r}") from error
    if not _FIRST_YEAR <= time.year <= _LAST_YEAR:
        raise InputError(f"now must lie between the years {_FIRST_YEAR} and {_LAST_YEAR}, came {text[:40]!r}")
    return time if time.tzinfo is not None else time.astimezone()

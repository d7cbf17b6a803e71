"""Looks at the machine: home folder, key, disk, clock, the address under which people come."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.checks import run_checks

from zgoda_desk.commands.checks.finding import Finding, fine, note, wrong
from zgoda_desk.lib import clock, home

_LEAST, _LITTLE = 200, 1024  # MiB free under which the desk is near its end, and under which it is told
_MIB = 1 << 20


def folder() -> Iterator[Finding]:
    """The home folder and the key belong to their owner alone."""
    place = home.folder()
    if not os.access(place, os.W_OK):
        yield wrong("home", f"{place} cannot be written", "give it to the user that runs zgoda")
    elif _open_to_others(place):
        yield wrong("home", f"others may look into {place}", f"chmod 700 {place}")
    else:
        yield fine("home", str(place))
    yield _key(place / "secret.key")


def _open_to_others(path: Path) -> bool:
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _key(path: Path) -> Finding:
    if os.environ.get("ZGODA_SECRET_KEY"):
        return fine("key", "from ZGODA_SECRET_KEY")
    if not path.is_file() or not path.read_text(encoding="ascii", errors="replace").split():
        return wrong("key", f"{path} is missing", "put back the key that you kept beside your backups")
    if _open_to_others(path):
        return wrong("key", f"others may read {path}", f"chmod 600 {path}")
    if len(settings.SECRET_KEY) < 50:
        return wrong(
            "key", "the key is short", 'make one: python -c "import secrets; print(secrets.token_urlsafe(64))"'
        )
    return fine("key", str(path))


def disk() -> Iterator[Finding]:
    """Room for what comes in."""
    free = shutil.disk_usage(home.folder()).free // _MIB
    told = f"{free} MiB free at {home.folder()}"
    if free < _LEAST:
        yield wrong("disk", told, "make room: without it no mail is taken in")
    elif free < _LITTLE:
        yield note("disk", told, "make room soon")
    else:
        yield fine("disk", told)


def time() -> Iterator[Finding]:
    """Zone data are there, and the clock does not lie behind what was written."""
    from zgoda_desk.accounts.models import Hours
    from zgoda_desk.audit.models import Entry

    zones = set(Hours.objects.values_list("zone", flat=True))
    missing = sorted(zones - available_timezones())
    if missing:
        yield wrong("zones", f"no data for {', '.join(missing)}", "install tzdata (pip install tzdata)")
    else:
        yield fine("zones", f"{_tzdata()}; {', '.join(sorted(zones)) or 'no hours yet'}")
    last = Entry.objects.order_by("-at").first()
    now = clock.now()
    if last is not None and last.at > now + timedelta(minutes=1):
        yield wrong("clock", f"it is {now:%Y-%m-%d %H:%M} UTC here, but the audit knows {last.at:%Y-%m-%d %H:%M}",
                    "set the clock of this machine")  # fmt: skip
    else:
        yield fine("clock", f"{now:%Y-%m-%d %H:%M} UTC, {now.astimezone(ZoneInfo('Europe/Warsaw')):%H:%M} in Warsaw")


def _tzdata() -> str:
    try:
        return f"tzdata {version('tzdata')}"
    except PackageNotFoundError:
        return "the system's zone data"


def address() -> Iterator[Finding]:
    """People reach the desk under https and cookies travel by nothing else."""
    url = home.public_url()
    loopback = any(name in url for name in ("://127.", "://localhost", "://[::1]"))
    if url.startswith("https://"):
        yield fine("address", url)
        yield from _deployed()
    elif loopback:
        yield note("address", f"{url}: only this machine reaches it", "for others name ZGODA_URL=https://… (a proxy)")
    else:
        yield wrong("address", f"{url} is not encrypted", "put a proxy with TLS in front and name ZGODA_URL=https://…")


def _deployed() -> Iterator[Finding]:
    if not home.behind_proxy():
        yield note("proxy", "no proxy is named", "where one speaks TLS in front of zgoda, set ZGODA_BEHIND_PROXY=1")
    told = [one for one in run_checks(include_deployment_checks=True) if one.level >= 30]
    for one in told:
        yield wrong("django", f"{one.id}: {one.msg}", one.hint or "see Django's documentation of this check")
    if not told:
        yield fine("django", "check --deploy says nothing")

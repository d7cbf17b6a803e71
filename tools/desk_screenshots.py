"""Take the pictures of docs/img/desk from a demo of its own: `python -m tools.desk_screenshots [NAME ...]`.

A name begins a file's name, such as `queue` or `queue-pl`; without any, all are taken. The demo lives in a temporary
folder on a free port, in a zone where it is afternoon, so that no picture shows a call promised for midnight.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from playwright.sync_api import Browser, Page, sync_playwright

from tests.desk.servers.browser import launch
from tools.desk_shots import SHOTS, Shot
from tools.small_png import shrink

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "img" / "desk"
_LOCALES = {"en": "en-GB", "ru": "ru-RU", "pl": "pl-PL"}
_BUTTONS = {"agent": 0, "head": 4}  # places on the door of the demo
_HOUR = 15
_PATIENCE = 240  # half seconds until the demo is open
_CALM = 1500  # milliseconds until a page has loaded what it loads afterwards


def zone() -> str:
    """A zone in which it is afternoon now; POSIX counts the other way round."""
    ahead = (_HOUR - datetime.now(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-ahead:+d}"


@contextmanager
def demo() -> Iterator[str]:
    """A running demo; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="zgoda-pictures-") as home:
        command = [str(Path(sys.executable).with_name("zgoda")), "demo", "--port", str(port), "--home", f"{home}/demo"]
        # A tenth of the speed: nobody answers while the pictures are taken.
        with subprocess.Popen([*command, "--speed", "0.1"], env=os.environ | {"TZ": zone()}) as running:
            try:
                url = f"http://127.0.0.1:{port}"
                _wait(url, running)
                yield url
            finally:
                running.terminate()
                running.wait()


def take(browser: Browser, url: str, shot: Shot) -> bytes:
    """One picture, in a browser that knows nobody yet."""
    width, height = shot.size
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme=shot.theme,
        locale=_LOCALES[shot.language],
        reduced_motion="reduce",
    )
    page = context.new_page()
    try:
        if shot.person:
            _come_in(page, shot)
        shot.go(page, shot.language)
        page.wait_for_timeout(_CALM)
        page.evaluate("document.querySelectorAll('.demo-again').forEach(each => each.remove())")  # of the demo alone
        return shrink(bytes(page.screenshot()))
    finally:
        context.close()


def main(wishes: list[str]) -> None:
    """Take what is wished for, or all, and tell the size of each."""
    shots = [shot for shot in SHOTS if not wishes or shot.file.startswith(tuple(wishes))]
    if not shots:
        sys.exit(f"no such picture; there are {', '.join(sorted({shot.name for shot in SHOTS}))}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as url, sync_playwright() as playwright:
        browser = launch(playwright)
        for shot in shots:
            picture = PICTURES / shot.file
            picture.write_bytes(take(browser, url, shot))
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1000} kB", flush=True)
        browser.close()


def _come_in(page: Page, shot: Shot) -> None:
    page.goto(f"/demo/?language={shot.language}")
    page.locator(".who button").nth(_BUTTONS[shot.person]).click()
    page.wait_for_load_state()
    if not shot.hints and page.locator("#demo-close").count():
        page.locator("#demo-close").click()
        page.wait_for_load_state()


def _wait(url: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(_PATIENCE):
        if running.poll() is not None:
            sys.exit("the demo ended before it was open; see above")
        try:
            urllib.request.urlopen(f"{url}/demo/", timeout=30).close()
        except (urllib.error.URLError, OSError):
            Event().wait(0.5)
        else:
            return
    sys.exit("the demo did not open in time")


if __name__ == "__main__":
    main(sys.argv[1:])

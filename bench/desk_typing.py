"""How soon underlines follow the last key: a real Chromium, the review on the server, drafts of growing length."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.table import Table

AIM = 150  # ms from the last key to the underline, at the 95th percentile
SIZES = (200, 1000, 3000)  # code points of the draft that is typed on
_TURNS = 20  # messages before the draft
_KEY = 70  # ms between two keys of somebody who types fast
_BURST = " Please calm down, it will be sent soon."
_FILL = "I have your order in front of me and I can see both parcels. The first one left on Monday and was signed for. "
_WATCH = """() => {
  const root = document.querySelector("[data-reply]");
  window.typed = { last: 0, times: [] };
  root.querySelector("[data-box]").addEventListener("input", () => (window.typed.last = performance.now()), true);
  root.addEventListener("zgoda:reviewed", ({ detail }) => {
    if (detail.text !== root.editor.text || !window.typed.last) return;
    const last = window.typed.last;
    window.typed.last = 0;
    requestAnimationFrame(() => window.typed.times.push(performance.now() - last));
  });
}"""


def desk_typing(quick: bool = False) -> Table:
    """Type on drafts of each size in bursts and time what follows the last key of each."""
    bursts = 5 if quick else 30
    if hasattr(os, "sched_setaffinity"):  # the browser is no part of the desk: it gets a core of its own
        os.sched_setaffinity(0, range(os.cpu_count() or 1))
    table = Table(
        "typing",
        f"From the last key to the underline in Chromium, a conversation of {_TURNS} messages, the desk on SQLite",
        ("code points of the draft", "p50 ms", "p95 ms", f"under {AIM} ms"),
        notes=[
            f"{bursts} bursts of {len(_BURST)} keys, {_KEY} ms apart; the page waits 30 ms after a key before it asks."
        ],
    )
    with tempfile.TemporaryDirectory(prefix="zgoda-bench-") as home:
        os.environ.update(ZGODA_HOME=home, DJANGO_SETTINGS_MODULE="zgoda_desk.settings")
        os.environ.pop("DATABASE_URL", None)
        from bench.desk_seed import prepare
        from zgoda_desk.lib.home import make

        make()  # the key that signs sessions, for both processes
        seeded = prepare(20, _TURNS)
        path = next(path for name, path in seeded.pages.items() if name.startswith("conversation"))
        with _server() as url, _page(url, seeded.client) as page:
            for size in SIZES:
                table.rows.append(_row(size, _times(page, url + path, size, bursts)))
    return table


def _row(size: int, times: list[float]) -> tuple[str, ...]:
    ranked = sorted(times)
    p95 = ranked[min(len(ranked) - 1, round(len(ranked) * 0.95))]
    return f"{size:,}", f"{ranked[len(ranked) // 2]:.0f}", f"{p95:.0f}", "yes" if p95 <= AIM else "no"


def _times(page: Any, url: str, size: int, bursts: int) -> list[float]:
    page.goto(url)
    page.evaluate(_WATCH)
    box = page.locator("[data-box]")
    box.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text((_FILL * (size // len(_FILL) + 1))[: size - len(_BURST)])
    _until(page, 1)
    page.evaluate("window.typed.times = []")
    for _ in range(bursts):
        page.keyboard.type(_BURST, delay=_KEY)
        page.wait_for_timeout(400)  # those of the last key alone are counted
        _until(page, 1)
        page.evaluate("window.typed.kept = [...(window.typed.kept || []), window.typed.times.at(-1)]")
        for _key in _BURST:
            page.keyboard.press("Backspace")
        page.wait_for_timeout(300)
        page.evaluate("window.typed.times = []")
    times: list[float] = page.evaluate("window.typed.kept")
    return times


def _until(page: Any, number: int) -> None:
    for _ in range(300):
        if page.evaluate("window.typed.times.length") >= number:
            return
        page.wait_for_timeout(20)
    raise RuntimeError("no review came")


@contextmanager
def _page(url: str, client: Any) -> Iterator[Any]:
    """A page of somebody who is logged in."""
    from playwright.sync_api import sync_playwright

    from tests.desk.servers.browser import ALONE, installed

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=ALONE)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": one.key, "value": one.value, "url": url} for one in client.cookies.values()])
        yield context.new_page()
        browser.close()


@contextmanager
def _server() -> Iterator[str]:
    """The pages of the desk on a free port of this machine."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = ("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, *command, "zgoda_desk.wsgi:application"], **quiet) as server:  # type: ignore[call-overload]
        try:
            _answers(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _answers(port: int) -> None:
    for _ in range(300):
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the desk did not start")

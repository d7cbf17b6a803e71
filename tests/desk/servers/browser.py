"""Give tests a real Chromium that may reach this machine only, and hold every page to silence.

On a command line: `python -m tests.desk.servers.browser` says which browser the tests use, and fails without one.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:  # heavy, and most runs of tests open no browser
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Playwright, Request, WebError

SKIP = "ZGODA_NO_BROWSER"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = (
    "no browser for the tests: install Chromium (Debian: apt install chromium; anywhere: "
    ".venv/bin/python -m playwright install --with-deps chromium), "
    f"or set {SKIP}=1 to go without the tests that need it"
)
ALONE = [
    "--no-sandbox",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PATIENCE = 15_000  # milliseconds; two cores are shared with whatever else the tests run
Theme = Literal["light", "dark"]


class NoBrowser(RuntimeError):
    """No browser can be started here; says what to install."""


def installed() -> str | None:
    """The path of an installed Chromium or Chrome that runs (some systems put an empty shell there); else None."""
    for name in NAMES:
        path = shutil.which(name) or shutil.which(name, path="/usr/bin:/usr/local/bin:/snap/bin")
        if path and runs(path):
            return path
    return None


def runs(path: str) -> bool:
    """Whether a browser tells its version."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def launch(playwright: Playwright) -> Browser:
    """An installed browser, else the one that Playwright was given; raises `NoBrowser` without either."""
    from playwright.sync_api import Error

    try:
        return playwright.chromium.launch(executable_path=installed(), args=ALONE)
    except Error as fault:
        raise NoBrowser(f"{MISSING} ({fault.message.splitlines()[0]})") from fault


@dataclass
class Chromium:
    """A running browser and the event loop that Playwright keeps running behind the scenes."""

    browser: Browser
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Calls of Playwright are possible inside only: its loop counts as running in this thread, and while it does
        no other test could run a loop of its own, and Django would refuse every query."""
        asyncio._set_running_loop(self.loop)
        try:
            yield
        finally:
            asyncio._set_running_loop(None)


@contextmanager
def chromium_running() -> Iterator[Chromium]:
    """Start a browser and stop it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = Chromium(launch(playwright), asyncio.get_running_loop())
        asyncio._set_running_loop(None)
        try:
            yield chromium
        finally:
            asyncio._set_running_loop(chromium.loop)
            chromium.browser.close()


@dataclass
class Pages:
    """Opens pages, each a person of its own (no cookie is shared), and notes what none of them may do."""

    browser: Browser
    problems: list[str] = field(default_factory=list)
    forgiven: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        at: str | None = None,
        *,
        width: int = 1280,
        height: int = 800,
        theme: Theme = "light",
        locale: str = "en-GB",
        scripts: bool = True,
        **more: Any,
    ) -> Page:
        """A page; `at` is the address of the desk, so that `goto("/queue")` works and other ports count as foreign.

        `more` goes to Playwright's `new_context`. The zone is Warsaw's and nothing moves unless it says else.
        """
        wishes: dict[str, Any] = {"timezone_id": "Europe/Warsaw", "reduced_motion": "reduce", **more}
        context = self.browser.new_context(
            base_url=at,
            viewport={"width": width, "height": height},
            color_scheme=theme,
            locale=locale,
            java_script_enabled=scripts,
            **wishes,
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        self.watch(context, at)
        return context.new_page()

    def watch(self, context: BrowserContext, at: str | None) -> None:
        """Note errors of the console, of scripts, windows that pop up, and requests that leave the desk."""

        def console(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.problems.append(f"console: {message.text} ({message.location.get('url', '')})")

        def script(fault: WebError) -> None:
            self.problems.append(f"script: {fault.error}")

        def request(asked: Request) -> None:
            if foreign(asked.url, at):
                self.problems.append(f"foreign request: {asked.url}")

        def dialog(window: Dialog) -> None:
            if window.type == "beforeunload":
                window.accept()
            else:
                self.problems.append(f"dialog: {window.type}: {window.message}")
                window.dismiss()

        context.on("console", console)
        context.on("weberror", script)
        context.on("request", request)
        context.on("dialog", dialog)

    def forgive(self, pattern: str) -> None:
        """Expect problems in which a regular expression is found: `forgive("status of 409")`."""
        self.forgiven.append(pattern)

    def unforgiven(self) -> list[str]:
        """The problems nobody expected."""
        return [told for told in self.problems if not any(re.search(pattern, told) for pattern in self.forgiven)]

    def close(self) -> None:
        """Close all pages; problems on the way out count too."""
        for context in self.contexts:
            context.close()


def foreign(url: str, at: str | None) -> bool:
    """Whether a request leaves the desk (or, where its address is not known, this machine)."""
    asked = urlsplit(url)
    if asked.scheme not in ("http", "https", "ws", "wss"):
        return False
    return asked.netloc != urlsplit(at).netloc if at else asked.hostname not in LOOPBACK


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """One browser for all tests of a process."""
    if os.environ.get(SKIP):
        pytest.skip(f"{SKIP} is set")
    try:
        with chromium_running() as running:
            yield running
    except NoBrowser as fault:
        pytest.fail(str(fault), pytrace=False)


@pytest.fixture
def new_page(chromium: Chromium, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pages]:
    """Opens pages: `new_page(live_server.url, width=390, theme="dark", locale="pl-PL")`; fails if one did wrong."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # see Chromium.awake: the test itself is not asynchronous
    with chromium.awake():
        pages = Pages(chromium.browser)
        yield pages
        pages.close()
        told = pages.unforgiven()
        assert not told, "\n".join(told)


@pytest.fixture
def page(new_page: Pages) -> Page:
    """A page with the usual wishes."""
    return new_page()


def main() -> None:
    """Tell which browser there is; exit with 1 and what to do where there is none."""
    try:
        with chromium_running() as chromium, chromium.awake():
            sys.stdout.write(f"browser of the tests: {installed() or 'of Playwright'}, {chromium.browser.version}\n")
    except NoBrowser as fault:
        sys.exit(str(fault))


if __name__ == "__main__":
    main()

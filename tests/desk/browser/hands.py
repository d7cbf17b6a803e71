"""How a person works a page in the tests: with a mouse or a finger, or with the keyboard alone."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import Error, Locator, Page

LONG = 60  # seconds; a busy machine may need them, a quick one never does
FOCUSED = "node => node === document.activeElement"


def until(page: Page, met: Callable[[], object], what: str, seconds: float = LONG) -> None:
    """Wait until something is met. (Playwright's own way is forbidden by the policy of the pages.)"""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(Error):  # the page is just being left for the next one
            if met():
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"never met: {what} (at {page.url})")


class Mouse:
    """Presses what is seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, wanted: Locator) -> None:
        """Press a link or a button."""
        wanted.click()

    def open_row(self, name: str) -> None:
        """Open a customer's conversation from the queue."""
        self.press(self.page.locator("[data-item]", has_text=name).locator("[data-open]"))

    def begin_reply(self) -> None:
        """Go to the draft."""
        self.page.locator("[data-box]").click()

    def use(self) -> None:
        """Take the better words of the open finding."""
        self.press(self.page.locator("[data-do=use]"))

    def phrase(self) -> None:
        """Put the first ready phrase in."""
        self.press(self.page.locator("[data-phrase]").first)

    def send(self) -> None:
        """Send the reply."""
        self.press(self.page.locator("[data-do=send]"))

    def to_promises(self) -> None:
        """Go to the list of promises."""
        self.press(self.page.locator("nav [data-goto=P]"))


class Keys(Mouse):
    """Has no mouse: goes from one thing to the next by Tab, and by the desk's own keys."""

    def press(self, wanted: Locator) -> None:
        """Go there by Tab and press Enter."""
        wanted.wait_for()
        for _ in range(200):
            if wanted.evaluate(FOCUSED):
                return self.page.keyboard.press("Enter")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way there by keyboard: {wanted}")

    def open_row(self, name: str) -> None:
        """J until the row is his, then Enter."""
        mine = self.page.locator("[data-item][aria-current] [data-open]:focus", has_text=name)
        for _ in range(40):
            self.page.keyboard.press("j")
            if mine.count():
                return self.page.keyboard.press("Enter")
        raise AssertionError(f"no row of {name} by J")

    def begin_reply(self) -> None:
        """R, from outside of the draft."""
        if not self.page.locator("[data-box]").evaluate(FOCUSED):
            self.page.keyboard.press("r")

    def use(self) -> None:
        """F8 goes to the finding, Enter uses it."""
        self.page.keyboard.press("F8")
        self.page.keyboard.press("Enter")

    def phrase(self) -> None:
        """Ctrl Shift with the digit, while writing."""
        self.page.keyboard.press("Control+Shift+Digit1")

    def send(self) -> None:
        """Ctrl Enter."""
        self.page.keyboard.press("Control+Enter")

    def to_promises(self) -> None:
        """G, then P; Escape leaves the draft first."""
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("g")
        self.page.keyboard.press("p")

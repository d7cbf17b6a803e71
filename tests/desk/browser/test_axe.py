"""No page of the main way has a serious fault of access, in light and in dark, on a screen and on a telephone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from tests.desk.servers.browser import Chromium, Pages

SIZES = (ViewportSize(width=1440, height=900), ViewportSize(width=390, height=844))
BAD = ("serious", "critical")


@pytest.fixture(scope="session")
def head(demo: str, chromium: Chromium) -> Any:
    """The cookies of the head of the company, who may see every page."""
    with chromium.awake():
        context = chromium.browser.new_context(base_url=demo, locale="en-GB")
        page = context.new_page()
        page.goto("/demo/")
        page.locator(".who button").last.click()
        page.locator("[data-item]").first.wait_for()
        kept = context.storage_state()
        context.close()
    return kept


def faults(page: Page) -> list[str]:
    """What axe-core finds, in both schemes and sizes, as `size scheme: rule, nodes`."""
    found = []
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            told = Axe().run(page).response["violations"]
            found += [f"{size['width']} {scheme}: {_said(one)}" for one in told if one["impact"] in BAD]
    return found


def _said(one: dict[str, Any]) -> str:
    return f"{one['id']} ({one['help']}): " + "; ".join(node["html"][:160] for node in one["nodes"][:4])


def conversation(page: Page, name: str) -> str:
    """The address of a customer's conversation."""
    page.goto("/")
    return page.locator("[data-item]", has_text=name).locator("[data-open]").get_attribute("href") or ""


@pytest.mark.parametrize("path", ["/", "/promises/?view=team", "/settings/company/"])
def test_a_page_by_its_address(new_page: Pages, demo: str, head: Any, path: str) -> None:
    page = new_page(demo, storage_state=head)
    page.goto(path)
    assert faults(page) == []


def test_a_conversation_with_an_open_finding(new_page: Pages, demo: str, head: Any) -> None:
    page = new_page(demo, storage_state=head)
    page.goto(conversation(page, "Agnieszka"))
    page.locator("[data-box]").click()
    page.keyboard.type("Proszę się uspokoić. Oddzwonię w najbliższym czasie.")
    page.locator("[data-card] .sev.error").wait_for()
    page.locator("[data-others] button").first.wait_for()
    assert faults(page) == []


def test_abuse_with_its_ladder(new_page: Pages, demo: str, head: Any) -> None:
    page = new_page(demo, storage_state=head)
    page.goto(conversation(page, "Damian"))
    page.locator("#ladder .open").wait_for()
    page.locator("[data-fold]").first.click()
    page.locator("[data-folded]").first.wait_for()
    assert faults(page) == []


def test_the_page_of_the_customer(new_page: Pages, demo: str, head: Any) -> None:
    page = new_page(demo, storage_state=head)
    page.goto(conversation(page, "Krzysztof"))
    page.goto(page.locator("#customer-page a").get_attribute("href") or "")
    page.locator(".way").wait_for()
    assert faults(page) == []


def test_log_in(new_page: Pages, demo: str) -> None:
    page = new_page(demo)
    page.goto("/account/login/")
    page.locator("input[type=password]").wait_for()
    assert faults(page) == []

"""The settings in a real browser: no script error, no foreign request, nothing axe minds, the small helps at work."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from tests.desk.cast import PASSWORD, Cast
from zgoda_desk.accounts import joining
from zgoda_desk.lib import clock

HEAVY = {"serious", "critical"}


@pytest.fixture
def opened(new_page: Any, live_server: Any, clients: dict[str, Client]) -> Any:
    def open_as(role: str, **more: Any) -> Any:
        page = new_page(live_server.url, **more)
        page.route("**/rt/events*", lambda route: route.fulfill(status=200, content_type="text/event-stream", body=""))
        if role != "nobody":
            cookie = {"name": "zgoda_session", "value": clients[role].cookies["zgoda_session"].value}
            page.context.add_cookies([cookie | {"url": live_server.url}])
        return page

    return open_as


def minded(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in HEAVY]


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_every_page_is_sound_and_fits_its_width(cast: Cast, opened: Any, width: int, theme: str) -> None:
    joining.invite(cast.head, joining.Guest("e@x.example", teams=tuple(cast.lead.teams.all())), clock.now())
    page = opened("head", width=width, theme=theme)
    paths = [
        "", "me/", "people/", f"people/{cast.owner.pk}/", f"people/{cast.owner.pk}/leave", "teams/",
        f"teams/{cast.inbox.team_id}/", "inboxes/", f"inboxes/{cast.inbox.pk}/", f"mailboxes/{cast.account.pk}/",
        f"inboxes/{cast.inbox.pk}/mailbox?address=a@gmail.com", "company/", "law/", "content/", "content/rule/",
        "content/phrase/",
    ]  # fmt: skip
    for path in [
        "account/2fa/",
        "account/password/change/",
        "account/logout/",
        *(f"settings/{path}" for path in paths),
    ]:
        page.goto(f"/{path}")
        assert page.locator("h1").count() == 1, path
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
        assert minded(page) == [], path


@pytest.mark.usefixtures("cast")
def test_somebody_logs_in_by_keyboard_alone(opened: Any) -> None:
    page = opened("nobody")
    page.goto("/account/login/")
    assert minded(page) == []
    page.keyboard.type("nina@polana.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("header.top").wait_for()


@pytest.mark.usefixtures("cast")
def test_the_form_of_address_is_shown_as_it_is_chosen(opened: Any, new_page: Any) -> None:
    new_page.forgive("422")  # what a form that is wrong is answered with
    page = opened("owner")
    page.goto("/settings/me/")
    assert page.locator("[data-sample]:visible").inner_text().startswith("Я проверила")
    page.select_option("#id_gender", "m")
    assert page.locator("[data-sample]:visible").inner_text().startswith("Я проверил ")
    assert not page.locator("#id_day_mon").is_visible()
    page.check("#id_own_shift")
    assert page.locator("#id_day_mon").is_visible()
    page.fill("#id_day_mon", "nine")
    page.click("text=Save")
    assert page.locator("#id_day_mon").get_attribute("aria-invalid") == "true"
    described = page.locator("#id_day_mon").get_attribute("aria-describedby")
    assert page.locator(f"#{described.split()[-1]}").inner_text().startswith("Write shifts")


@pytest.mark.usefixtures("cast")
def test_the_way_to_log_in_shows_its_own_fields(opened: Any, cast: Cast) -> None:
    page = opened("head")
    page.goto(f"/settings/mailboxes/{cast.account.pk}/")
    assert page.locator("#id_password").is_visible()
    assert not page.locator("#id_client_id").is_visible()
    page.select_option("#id_auth", "google")
    assert page.locator("#id_client_id").is_visible()
    assert not page.locator("#id_password").is_visible()

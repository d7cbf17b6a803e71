"""The reply on the real desk in a real browser: what only page, scripts and server together can show."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db.utils import OperationalError
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Error, Page

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.conversations.models import Conversation
from zgoda_desk.lib import clock
from zgoda_desk.post.models import Outgoing
from zgoda_desk.workflow.drafts import draft_of, files_of

GOOD = "Marina, thank you for writing. I am checking order 48-20517 and will write to you today by 15:00."


@pytest.fixture
def conversation(cast: Cast, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Conversation:  # noqa: ARG001
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_conversation(cast)


@pytest.fixture
def opened(new_page: Any, live_server: Any, clients: dict[str, Client], conversation: Conversation) -> Any:
    """Opens the conversation as the owner; the stream of events is another server's and silent here."""
    new_page.forgive("/rt/events")

    def opening(query: str = "", **more: Any) -> Page:
        page = new_page(live_server.url, **more)
        name = "zgoda_session"
        page.context.add_cookies(
            [{"name": name, "value": clients["owner"].cookies[name].value, "url": live_server.url}]
        )
        page.goto(reverse("case", args=[conversation.pk]) + query)
        if more.get("scripts", True):
            until(page, "document.querySelector('[data-reply][data-started]')")
            on_line(page)
        return page

    return opening


def until(page: Page, met: Any) -> None:
    for _ in range(300):
        with suppress(Error, OperationalError):  # the page is being left; the one database in memory is being written
            if met() if callable(met) else page.evaluate(met):
                return
        page.wait_for_timeout(30)
    raise AssertionError(f"never met: {met}")


def one_mail(page: Page) -> None:
    until(page, "document.querySelector('.time')?.textContent.includes('Leaves in a few seconds')")
    until(page, lambda: Outgoing.objects.count() == 1)
    page.wait_for_timeout(200)  # what the new page tells of itself is written


def write(page: Page, text: str) -> None:
    page.locator("[data-box]").focus()
    page.keyboard.insert_text(text)


def on_line(page: Page) -> None:
    """The desk under test has no stream of events, so that the page thinks the line is lost; sending then waits."""
    page.evaluate("delete document.body.dataset.state")


def test_a_sent_reply_leaves_an_empty_editor_and_one_mail(opened: Any, conversation: Conversation, cast: Cast) -> None:
    page = opened()
    write(page, GOOD)
    until(page, "document.querySelectorAll('[data-promises] li').length === 1")
    on_line(page)
    page.keyboard.press("Control+Enter")
    one_mail(page)
    until(page, "document.querySelector('.time')?.textContent.includes('I am checking order')")
    until(page, "document.querySelector('[data-reply][data-started]')")
    assert page.locator("[data-area]").input_value() == ""
    assert conversation.promises.count() == 1
    assert draft_of(cast.owner, conversation, "reply").text == ""


def test_a_puts_the_acknowledgement_in_and_a_again_sends_it(opened: Any, conversation: Conversation) -> None:
    page = opened("?acknowledge=1")
    until(page, "document.querySelector('[data-area]').value.includes('has arrived and I have read')")
    assert page.evaluate("document.activeElement.dataset.do") == "acknowledge"
    assert "acknowledge" not in page.url
    on_line(page)
    page.keyboard.press("a")
    one_mail(page)
    assert conversation.clocks.get(kind="acknowledge").state == "met"
    assert conversation.clocks.get(kind="answer").state == "running"


def test_what_came_while_writing_stops_the_reply_and_the_same_words_leave_after_a_look(
    opened: Any, conversation: Conversation, cast: Cast, new_page: Any
) -> None:
    new_page.forgive("status of 409")
    page = opened()
    write(page, GOOD)
    until(page, "document.querySelector('[data-kept]').textContent.startsWith('Draft kept')")
    until(page, "document.querySelector('[data-state]').textContent")
    customer_writes(cast, "One more thing: it was the blue one.", conversation, minutes=1)
    on_line(page)
    page.keyboard.press("Control+Enter")
    until(page, "document.querySelector('[data-do=send] [data-slot=label]').textContent === 'Send all the same'")
    assert "the blue one" in page.locator(".time").inner_text()
    until(page, "document.querySelector('[data-reply][data-started]')")
    assert page.locator("[data-area]").input_value() == GOOD
    assert not Outgoing.objects.exists()
    on_line(page)
    page.locator("[data-do=send]").click()
    one_mail(page)


def test_another_time_set_for_a_promise_is_the_one_that_is_kept(opened: Any, conversation: Conversation) -> None:
    page = opened()
    write(page, GOOD)
    until(page, "document.querySelectorAll('[data-promises] li').length === 1")
    page.locator("[data-promises] summary").click()
    assert page.locator("[data-due]").input_value() == "2026-11-26T15:00"
    page.locator("[data-due]").fill("2026-11-26T16:30")
    page.locator("[data-due]").dispatch_event("change")
    write(page, " ")
    page.wait_for_timeout(600)
    assert page.locator("[data-due]").input_value() == "2026-11-26T16:30"
    on_line(page)
    page.locator("[data-do=send]").click()
    one_mail(page)
    assert conversation.promises.get().due_at.isoformat() == "2026-11-26T15:30:00+00:00"


def test_a_promise_for_an_hour_that_is_over_says_so_and_asks_for_another(
    opened: Any, conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=8, minutes=24))
    write(page, GOOD)
    until(page, "document.querySelector('[data-promises] li')?.textContent.includes('that hour is over')")
    assert page.locator("[data-due]").is_visible()
    assert page.locator("[data-due]").input_value() == ""
    page.locator("[data-due]").fill("2026-11-27T11:30")
    page.locator("[data-due]").dispatch_event("change")
    on_line(page)
    page.locator("[data-do=send]").click()
    one_mail(page)
    assert conversation.promises.get().due_at.isoformat() == "2026-11-27T10:30:00+00:00"


def test_files_are_attached_when_they_are_chosen_and_come_off(
    opened: Any, conversation: Conversation, cast: Cast
) -> None:
    page = opened()
    files = [{"name": name, "mimeType": "text/plain", "buffer": b"x"} for name in ("a.txt", "b.txt")]
    page.locator("[data-attach]").set_input_files(files)
    until(page, "document.querySelectorAll('[data-file]').length === 2")
    page.locator("[data-file] button").first.click()
    until(page, "document.querySelectorAll('[data-file]').length === 1")
    assert [one.name for one in files_of(cast.owner, conversation)] == ["b.txt"]


def test_without_scripts_mistakes_are_told_and_a_reason_sends(opened: Any, new_page: Any) -> None:
    new_page.forgive("status of 422")
    page = opened(scripts=False)
    page.locator("textarea[name=text]").fill("Marina, calm down. I will write to you today by 15:00.")
    page.locator("[data-do=send]").click()
    assert "Say instead" in page.locator(".mistakes").inner_text()
    page.locator("[name=overrule]").fill("her own words")
    page.locator("button[value=overrule]").click()
    one_mail(page)

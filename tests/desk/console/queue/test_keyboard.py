"""The queue on the desk's own page by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.desk.browser.test_editor import until
from tests.desk.cast import NOW, Cast, make_conversation
from zgoda_desk.conversations.models import Contact, Conversation, Draft
from zgoda_desk.workflow.standing import refresh

TEXTS = {
    "Bob Black": "I will come to your office and kill you all. Where is my order 48-20999?",
    "Anna Angry": "Third time I write! Where is my order 48-20517? Give me my money back, this is outrageous!",
    "Ann Calm": "When do you open on Monday?",
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def rows(cast: Cast) -> dict[str, Conversation]:
    made = {}
    for name, text in TEXTS.items():
        conversation = make_conversation(cast, text)
        conversation.contact = Contact.objects.create(name=name, made_at=NOW)
        refresh(conversation, NOW)
        made[name] = conversation
    return made


@pytest.fixture
def queue(new_page: Any, live_server: Any, clients: dict[str, Client], rows: dict[str, Conversation]) -> Any:  # noqa: ARG001
    new_page.forgive("/rt/events")  # the stream is an application of its own beside the pages
    page = new_page(live_server.url)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": clients["owner"].cookies[name].value, "url": live_server.url}])
    page.goto("/")
    until(page, "document.querySelector('[data-item][aria-current]')")
    yield page
    page.wait_for_load_state("networkidle")  # no answer may come after the database is gone
    page.goto("about:blank")


def _current(page: Any) -> str:
    return str(page.locator("[data-item][aria-current] [data-open]").inner_text())


def _press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_the_first_row_is_the_dangerous_one_and_says_why(queue: Any) -> None:
    assert _current(queue) == "Bob Black"
    assert queue.locator(".why:visible").inner_text().startswith("First because a person is threatened")


def test_a_row_is_taken_without_leaving_it(queue: Any, cast: Cast, rows: dict[str, Conversation]) -> None:
    _press(queue, "KeyJ", "KeyJ", "KeyT")
    until(queue, "document.querySelector('[data-undo]')")
    assert Conversation.objects.get(pk=rows["Anna Angry"].pk).assignee == cast.owner
    assert _current(queue) == "Anna Angry"
    assert queue.locator("[data-item][aria-current] .own").inner_text() == "You"
    assert queue.evaluate("document.activeElement.closest('[data-item]')?.dataset.id") == str(rows["Anna Angry"].pk)
    queue.locator("#queue-undo").press("Enter")
    until(queue, "document.querySelector('[data-item][aria-current] .own').innerText === 'nobody yet'")
    assert Conversation.objects.get(pk=rows["Anna Angry"].pk).assignee is None


def test_several_rows_are_picked_tagged_and_the_bar_goes_away(queue: Any, rows: dict[str, Conversation]) -> None:
    _press(queue, "KeyJ", "KeyX", "KeyJ", "KeyX")
    assert queue.locator("[data-count]").inner_text() == "2"
    queue.locator("#bulk-tag").focus()
    queue.keyboard.type("urgent")
    queue.keyboard.press("Enter")
    until(queue, "document.querySelectorAll('.queue-list .tag').length === 2")
    assert queue.locator("[data-bulk]").is_hidden()
    assert not Conversation.objects.filter(pk=rows["Ann Calm"].pk, tags__name="urgent").exists()
    assert not Conversation.objects.exclude(assignee=None).exists()


def test_what_came_meanwhile_appears_and_the_chosen_row_stays(
    queue: Any, cast: Cast, rows: dict[str, Conversation]
) -> None:
    _press(queue, "KeyJ", "KeyJ")
    fresh = make_conversation(cast, "I will kill you. Where is my order?")
    queue.evaluate("document.dispatchEvent(new CustomEvent('zgoda:message', {detail: {}}))")
    until(queue, f"document.querySelector('[data-id=\"{fresh.pk}\"]')")
    assert _current(queue) == "Anna Angry"
    until(queue, "document.querySelector('.side [aria-current] span').textContent === '4'")
    until(queue, "document.querySelector('.top nav b').textContent === '4'")
    assert len(rows) == 3


def test_slash_searches_and_enter_opens_what_is_found(queue: Any, rows: dict[str, Conversation]) -> None:
    _press(queue, "Slash")
    queue.keyboard.type("outrageous")
    queue.keyboard.press("Enter")
    queue.wait_for_url("**/?q=outrageous")
    until(queue, "document.querySelectorAll('[data-item]').length === 1")
    queue.keyboard.press("Enter")
    queue.wait_for_url(f"**/c/{rows['Anna Angry'].pk}/")


def test_a_leads_to_the_acknowledgement(queue: Any, rows: dict[str, Conversation]) -> None:
    _press(queue, "KeyJ", "KeyA")
    queue.wait_for_url(f"**/c/{rows['Bob Black'].pk}/**")
    until(queue, "document.querySelector('#reply')")
    assert Draft.objects.get(conversation=rows["Bob Black"]).text


def test_the_list_of_keys_opens_and_closes(queue: Any) -> None:
    _press(queue, "Shift+Slash")
    assert queue.locator("dialog[data-keys]").is_visible()
    _press(queue, "Escape")
    assert not queue.locator("dialog[data-keys]").is_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_scrolls_one_way_only(new_page: Any, queue: Any, width: int) -> None:
    assert new_page
    queue.set_viewport_size({"width": width, "height": 844})
    assert queue.evaluate("document.documentElement.scrollWidth") <= width
    queue.locator(".filter").click()
    assert queue.locator(".side").is_visible()
    queue.locator(".side-close a").click()
    assert queue.locator(".side").is_hidden()

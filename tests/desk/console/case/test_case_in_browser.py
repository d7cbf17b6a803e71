"""What the scripts of the conversation's page do: folds, views, the open places of phrases, the dialog."""

import pytest

from tests.desk.cast import make_conversation
from tests.desk.workflow.said import customer_writes
from zgoda_desk.conversations.models import Conversation

TEXT = (
    "You stupid idiot, where is my order 48-20517? "
    + "I wrote to you about it on 2 October and nobody has answered, which is really annoying for us all. " * 14
)


@pytest.fixture
def page(new_page, live_server, cast, clients):
    conversation = make_conversation(cast, TEXT)
    conversation.guidance = {
        **conversation.guidance,
        "phrases": [{"id": "transfer-takes-over", "text": "", "open": ["manager"], "rule": "S1.23"}],
    }
    conversation.save()
    page = new_page(live_server.url)
    new_page.forgive("/rt/events")
    cookie = clients["owner"].cookies["zgoda_session"].value
    page.context.add_cookies([{"name": "zgoda_session", "value": cookie, "url": live_server.url}])
    page.goto(f"/c/{conversation.pk}/")
    return page


def test_abuse_is_folded_until_asked_for_and_folded_again_at_once(page):
    fold, words = page.locator("[data-fold]:visible").first, page.locator("[data-view]:visible [data-folded]").first
    assert words.is_hidden()
    fold.click()
    assert words.is_visible()
    mask = page.locator("[data-mask]")
    mask.uncheck()
    mask.check()
    assert words.is_hidden()


def test_a_long_message_is_short_first_then_all_of_it_then_as_written(page):
    views = {name: page.locator(f"[data-view={name}]") for name in ("short", "read", "written")}

    def shown():
        return [name for name, view in views.items() if view.is_visible()]

    assert shown() == ["short"]
    page.locator("[data-whole]").click()
    assert shown() == ["read"]
    page.locator("[data-written]").click()
    assert shown() == ["written"]
    page.locator("[data-written]").click()
    assert shown() == ["read"]
    page.keyboard.press("w")
    assert shown() == ["written"]


def test_an_open_place_of_a_phrase_is_filled_before_it_is_put_in(page):
    page.keyboard.press("1")
    field = page.locator("[data-fills=manager]")
    assert field.evaluate("node => node === document.activeElement")
    assert page.locator("[data-box]").inner_text().strip() == ""
    page.keyboard.type("Tomasz Maj")
    assert page.locator("[data-gap=manager]").inner_text() == "Tomasz Maj"
    page.keyboard.press("Enter")
    assert "Tomasz Maj" in page.locator("[data-box]").inner_text()
    assert "{" not in page.locator("[data-box]").inner_text()


def test_the_dialog_opens_in_place_and_its_link_leads_somewhere_without_scripts(page):
    link = page.locator("[data-dialog]")
    assert link.get_attribute("href").startswith("/c/message/")
    link.click()
    assert page.locator("dialog#wrong").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("dialog#wrong").is_hidden()


def test_escape_closes_the_menu_and_then_leads_back_to_the_queue(page):
    page.locator("#case-menu > summary").click()
    page.keyboard.press("Escape")
    assert page.locator("#case-menu[open]").count() == 0
    assert "/c/" in page.url
    page.keyboard.press("Escape")
    page.wait_for_url("**/")


def test_what_is_answered_stays_in_sight_while_the_reply_grows(page):
    page.evaluate("document.querySelector('#reply').style.minHeight = '70vh'")
    page.wait_for_function(
        "(() => { const e = document.querySelector('[data-stick=end]');"
        " return e.scrollHeight - e.scrollTop - e.clientHeight < 2; })()"
    )
    assert page.evaluate("document.querySelector('[data-stick=end]').scrollTop") > 0


def test_a_narrow_page_opens_at_the_last_message_of_the_customer(page, cast):
    last = customer_writes(cast, "And now it is Friday.", Conversation.objects.get(), minutes=3)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(page.url)
    page.wait_for_function("scrollY > 0")
    assert 0 <= page.locator(f"#m{last.pk}").bounding_box()["y"] < 844 / 2


def test_a_narrow_page_asked_for_by_a_place_of_it_goes_there(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{page.url}#reply")
    page.wait_for_function("scrollY > 0")
    assert page.locator("#reply").bounding_box()["y"] < 844


def test_a_wide_page_stays_at_its_top_for_its_timeline_keeps_the_end(page):
    page.wait_for_load_state("load")
    assert page.evaluate("scrollY") == 0

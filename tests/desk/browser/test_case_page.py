"""The editor on the desk's own page: the real templates, the real review, a real reply."""

import pytest
from django.conf import settings

from tests.desk.browser.test_editor import HOT, LATE, marks, until, wait_marks, write, written
from tests.desk.cast import make_conversation
from zgoda_desk.conversations.models import Message

HEATED = "Третий раз пишу! Где мой заказ 48-20517? Коляска нужна к субботе, а вы только обещаете."


@pytest.fixture
def page(new_page, live_server, cast, clients):
    new_page.forgive("/rt/events")  # the stream is an application of its own beside the pages
    conversation = make_conversation(cast, HEATED)
    page = new_page(live_server.url)
    name = settings.SESSION_COOKIE_NAME
    value = clients["owner"].cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page.goto(f"/c/{conversation.pk}/")
    until(page, "document.querySelector('[data-state]').textContent")
    return page


@pytest.mark.django_db(transaction=True)
def test_reply_is_reviewed_kept_mended_and_sent(page, new_page):
    new_page.forgive("draft")  # a save that the sending overtakes is refused
    write(page, f"Марина, {HOT} {LATE}", errors=1, warnings=1)
    assert marks(page, "warning") == [LATE]
    until(page, "document.querySelector('[name=version]').value === '1'")
    page.keyboard.press("F8")
    page.keyboard.press("Enter")
    wait_marks(page, "error", 0)
    page.locator("[data-do=send]").wait_for()
    text = written(page)
    page.keyboard.press("Control+Enter")
    until(page, lambda: not written(page))
    until(page, "document.querySelector('[data-state]').textContent")
    assert text in page.locator(".time").inner_text()
    page.wait_for_timeout(300)  # the database of a test is one for both sides: nobody else may read or write now
    assert Message.objects.filter(kind=Message.Kind.OURS, text=text).count() == 1
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []

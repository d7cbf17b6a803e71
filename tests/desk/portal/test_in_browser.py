"""The customer's page in a real browser with scripts switched off, on a telephone, by keyboard."""

from __future__ import annotations

from typing import Any

import pytest

from tests.desk.cast import NOW, Cast, make_conversation
from tests.desk.workflow.promised import promise_in
from zgoda_desk.commitments.models import Promise
from zgoda_desk.lib import clock
from zgoda_desk.portal.links import token_of
from zgoda_desk.post.models import RawMessage


@pytest.fixture
def opened(cast: Cast, new_page: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    conversation = make_conversation(cast, "Где моя коляска? Заказ 48-20517, 34 990 ₽. Марина")
    promise_in(cast, conversation)

    def opening(language: str, **more: Any) -> Any:
        page = new_page(live_server.url, scripts=False, **more)
        page.goto(f"/p/{token_of(conversation)}?lang={language}")
        return page

    return opening


@pytest.mark.parametrize(
    ("language", "theme", "width", "fix", "thanks"),
    [
        ("ru", "light", 390, "Что-то не так? Поправьте нас", "Спасибо. Ваше сообщение у нас"),
        ("pl", "dark", 390, "Coś się nie zgadza? Proszę nas poprawić", "Dziękujemy. Wiadomość do nas dotarła"),
        ("en", "light", 1440, "Something wrong? Correct us", "Thank you. We have your message"),
    ],
)
def test_we_are_corrected_without_scripts(
    opened: Any, language: str, theme: str, width: int, fix: str, thanks: str
) -> None:
    page = opened(language, theme=theme, width=width)
    page.get_by_text(fix).focus()
    page.keyboard.press("Enter")
    page.get_by_role("textbox").fill("Заказ 48-20518, а не 17")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert thanks in page.get_by_role("status").inner_text()
    assert page.context.cookies() == []
    raw = RawMessage.objects.get(channel="web_form")
    assert b"48-20518" in bytes(raw.body)


def test_another_time_and_another_language_without_scripts(opened: Any) -> None:
    page = opened("ru", width=390)
    page.get_by_text("Удобнее позвонить в другое время").click()
    page.get_by_label("День").fill("2026-11-27")
    page.get_by_label("Час").fill("12:30")
    page.get_by_role("button", name="Отправить").last.click()
    assert "когда вам удобнее" in page.get_by_role("status").inner_text()
    assert "завтра, 12:30" in page.get_by_role("main").inner_text()
    assert Promise.objects.get().customer_wish["kind"] == "time"
    page.get_by_role("link", name="Pol").click()
    assert page.locator("html").get_attribute("lang") == "pl"
    assert "jutro, 12:30" in page.get_by_role("main").inner_text()

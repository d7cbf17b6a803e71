"""The whole way in a real browser, in three languages: from an angry mail to a promise that was kept."""

from __future__ import annotations

from tests.desk.browser.hands import Keys, Mouse
from tests.desk.browser.tour import PARTS, Tour
from tests.desk.servers.browser import Pages


def test_in_russian_by_the_hints(new_page: Pages, demo: str) -> None:
    page = new_page(demo, width=1440, height=900, locale="ru-RU")
    tour, hint = Tour(page, Mouse(page), PARTS["ru"]), page.locator("#demo-go")
    tour.come_in()
    hint.click()
    tour.read()
    hint.click()
    answer(tour)
    page.locator(".demo-fell").wait_for()  # the hint has noticed that he cooled
    hint.click()
    tour.keep_on_its_page()
    page.locator("#demo-go[target=_blank]").wait_for()
    tour.see_customers_page("#demo-go")


def test_in_polish_on_a_dark_phone(new_page: Pages, demo: str) -> None:
    page = new_page(demo, width=390, height=844, theme="dark", locale="pl-PL", has_touch=True)
    tour = Tour(page, Mouse(page), PARTS["pl"])
    tour.come_in()
    page.locator("#demo-close").click()
    tour.open_conversation()
    answer(tour)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    end(tour)


def test_in_english_by_keyboard_alone(new_page: Pages, demo: str) -> None:
    page = new_page(demo, width=1440, height=900, theme="dark", locale="en-GB")
    tour = Tour(page, Keys(page), PARTS["en"])
    tour.come_in()
    tour.open_conversation()
    answer(tour)
    end(tour)


def answer(tour: Tour) -> None:
    """From his words to what he answers to ours."""
    tour.unfold()
    tour.write_badly()
    tour.use_better_words()
    tour.put_phrase_in()
    tour.promise()
    tour.send()
    tour.be_answered()


def end(tour: Tour) -> None:
    """From the promise to what the customer sees of it."""
    conversation = tour.page.url
    tour.keep_promise()
    tour.page.goto(conversation)
    tour.see_customers_page()

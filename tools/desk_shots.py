"""What the pictures of the desk show, and the way to each page; the words that are typed on the way."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

LANGUAGES = ("en", "ru", "pl")
WIDE, HIGH, NARROW = (1440, 900), (1440, 1280), (390, 844)
_STORIES = Path(__file__).resolve().parent.parent / "src" / "zgoda_desk" / "demo" / "stories"
_ENOUGH = 60_000  # milliseconds for whatever the desk has to think about
_FIRST = {"en": "Hannah Price", "ru": "Марина Соколова", "pl": "Krzysztof Zieliński"}
_ON_THE_LADDER = {"en": "Damian Wróbel", "ru": "Геннадий Рябов", "pl": "Damian Wróbel"}
# A rule as its three fields are filled: words to look for, must be caught, must be let pass.
_RULE = {
    "en": ("=the =system =does/will =not =let", "[The system does not let] me change it.", "The system works again."),
    "ru": ("система =не позволя*", "[Система не позволяет] изменить заказ.", "Система снова работает."),
    "pl": ("=system =nie pozwal*", "[System nie pozwala] zmienić zamówienia.", "System znowu działa."),
}
_GLOSS = {"en": "the system as an excuse", "ru": "ссылка на систему", "pl": "wymówka: system"}
_SAY = {"en": "I can change it by hand", "ru": "Изменю заказ вручную", "pl": "Zmienię zamówienie ręcznie"}
Place = Literal["", "agent", "head"]  # "" stays outside


@dataclass(frozen=True)
class Shot:
    """A picture: as whom, how to get there, how large, and whether the hints of the demo are on it."""

    name: str
    person: Place
    go: Callable[[Page, str], None]
    language: str = "en"
    size: tuple[int, int] = WIDE
    theme: Literal["light", "dark"] = "light"
    hints: bool = False

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}-{self.language}.png"


def door(page: Page, language: str) -> None:
    """The people to come in as."""
    page.goto(f"/demo/?language={language}")


def log_in(page: Page, _: str) -> None:
    """The log-in of a real desk."""
    page.goto("/account/login/")


def queue(page: Page, _: str) -> None:
    """What burns most."""
    page.goto("/")


def case(page: Page, language: str) -> None:
    """The first conversation, with the bad reply of the hints typed and its finding open."""
    _open(page, _FIRST[language])
    typed = tomllib.loads((_STORIES / f"{language}.toml").read_text(encoding="utf-8"))["hint"]["bad"]
    page.locator("[data-box]").focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(typed)
    page.locator("[data-card] .finding").first.wait_for(timeout=_ENOUGH)


def ladder(page: Page, language: str) -> None:
    """A conversation in which the ladder is open."""
    _open(page, _ON_THE_LADDER[language])


def promise(page: Page, _: str) -> None:
    """What the customer of the first conversation sees."""
    page.goto("/demo/hint/page")


def mailbox(page: Page, language: str) -> None:
    """A mailbox after its test."""
    page.goto("/settings/inboxes/")
    page.goto(f"/settings/mailboxes/{('ru', 'pl', 'en').index(language) + 1}/")
    page.locator("form[action$='/test'] button").click()
    page.locator(".tried").wait_for(timeout=_ENOUGH)


def rule(page: Page, language: str) -> None:
    """A new rule whose examples were tried."""
    terms, catch, let_pass = _RULE[language]
    page.goto("/settings/content/rule/")
    page.locator("[name=label]").select_option("findings:hide_behind_policy")
    filled = {"gloss": _GLOSS[language], "terms": terms, "catch": catch, "let_pass": let_pass}
    for name, text in {**filled, "suggestion": _SAY[language]}.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("button[name=try]").click()
    page.locator(".said[role=status]").wait_for(timeout=_ENOUGH)


def _open(page: Page, customer: str) -> None:
    page.goto("/")
    page.get_by_role("link", name=customer, exact=True).first.click()
    page.locator("[data-box]").wait_for(timeout=_ENOUGH)


_EACH = (
    Shot("door", "", door),
    Shot("log-in", "", log_in),
    Shot("queue", "agent", queue, hints=True),
    Shot("ladder", "agent", ladder),
    Shot("conversation", "agent", case),
    Shot("promise", "agent", promise),
    Shot("mailbox", "head", mailbox),
    Shot("rule", "head", rule, size=HIGH),
)
_MORE = (
    Shot("conversation-dark", "agent", case, theme="dark"),
    Shot("conversation-390", "agent", case, language="ru", size=NARROW),
    Shot("queue-390", "agent", queue, language="pl", size=NARROW),
    Shot("promise-390", "agent", promise, language="pl", size=NARROW),
)
SHOTS = (*(replace(shot, language=each) for each in LANGUAGES for shot in _EACH), *_MORE)

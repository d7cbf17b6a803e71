"""The way of a new agent through the desk: from an angry mail to a kept promise, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.desk.browser.hands import Mouse, until

MARKS = "[...(CSS.highlights.get('zgoda-error') || [])].map(range => range.toString()).join(' ')"
TWO_LINES = """() => [...CSS.highlights.get('zgoda-warning')].some(low => [...CSS.highlights.get('zgoda-error')].some(
    high => high.compareBoundaryPoints(Range.START_TO_START, low) <= 0
        && high.compareBoundaryPoints(Range.END_TO_END, low) >= 0))"""


@dataclass(frozen=True)
class Part:
    """Whom the agent answers and with which words; `filled` is what goes into the open places of a phrase."""

    language: str
    customer: str
    bad: str
    filled: str
    good: str
    promise: str


PARTS = {
    "ru": Part(
        "ru", "Марина Соколова", "Марина, успокойтесь, пожалуйста.", "завтра",
        "Вы ждёте коляску «Лира 2 в 1», и мы дважды не сдержали слово. Извините, это наша ошибка.",
        "Позвоню вам завтра до 15:00.",
    ),
    "pl": Part(
        "pl", "Krzysztof Zieliński", "Proszę się uspokoić.", "jutro",
        "Pralka cieknie, a my dwa razy nie dotrzymaliśmy słowa. Przepraszam, to nasza wina.",
        "Zadzwonię do Pana jutro do 15:00.",
    ),
    "en": Part(
        "en", "Hannah Price", "Please calm down.", "tomorrow",
        "Two plates arrived broken and the call we promised never came. I'm sorry, that is our mistake.",
        "I will call you tomorrow by 15:00.",
    ),
}  # fmt: skip


class Tour:
    """One agent at one page; every step waits for what the page shows."""

    def __init__(self, page: Page, hands: Mouse, part: Part) -> None:
        self.page, self.hands, self.part = page, hands, part
        self.box = page.locator("[data-box]")

    def until(self, met: Callable[[], object], what: str) -> None:
        """Wait on the page."""
        until(self.page, met, what)

    def come_in(self) -> None:
        """Log in at the door of the demo, in the language of the browser; the queue opens."""
        self.page.goto("/demo/")
        self.hands.press(self.page.locator(".who button").first)
        self.page.locator("[data-item][aria-current]").wait_for()
        assert self.page.locator("html").get_attribute("lang") == self.part.language

    def open_conversation(self) -> None:
        """Open the customer's conversation from the queue."""
        self.hands.open_row(self.part.customer)
        self.read()

    def read(self) -> None:
        """The facts stand beside his words and in them."""
        self.page.locator("h1", has_text=self.part.customer).wait_for()
        self.page.locator("#facts dd b").first.wait_for()
        assert self.page.locator(".msg .words .f").count() > 1
        self.until(self._started, "the editor has started")

    def _started(self) -> bool:
        return bool(
            self.page.locator("[data-reply][data-started]").count() and self.box.get_attribute("contenteditable")
        )

    def unfold(self) -> None:
        """An insult is folded until it is asked for."""
        fold = self.page.locator("[data-fold]").first
        words = self.page.locator("[data-fold] + [data-folded]").first
        assert words.is_hidden()
        self.hands.press(fold)
        words.wait_for()
        assert fold.get_attribute("aria-expanded") == "true"

    def write_badly(self) -> None:
        """A sentence that orders the feeling away is underlined and explained, and the button turns."""
        self.hands.begin_reply()
        self.page.keyboard.type(self.part.bad)
        self.until(lambda: self.page.evaluate(MARKS), "an underline")
        assert self.page.evaluate(MARKS) in self.part.bad
        self.page.locator("[data-do=next]").wait_for()
        self.page.locator("[data-card] .sev.error").wait_for()
        assert not self.page.evaluate(TWO_LINES), "two lines under the same words"

    def use_better_words(self) -> None:
        """The suggestion takes the place of the words; nothing is left to mend."""
        self.hands.use()
        self.page.locator("[data-do=send]").wait_for()
        self.until(lambda: not self.page.evaluate(MARKS), "no underline")
        assert self.part.bad not in self.box.inner_text()

    def put_phrase_in(self) -> None:
        """A ready phrase goes to the end of the draft; its open places ask first."""
        self.hands.begin_reply()
        self.page.keyboard.press("Control+End")
        before = self.box.inner_text()
        self.hands.phrase()
        for _ in range(4):
            if not self.page.locator("[data-fills]:focus").count():
                break
            self.page.keyboard.type(self.part.filled)
            self.page.keyboard.press("Enter")
        self.until(lambda: len(self.box.inner_text()) > len(before) + 20, "the phrase in the draft")
        assert "{" not in self.box.inner_text()

    def promise(self) -> None:
        """A day and an hour become a promise, shown before it is made."""
        self.hands.begin_reply()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(f" {self.part.good} {self.part.promise}")
        due = self.page.locator("[data-promises] [data-slot=due]", has_text="15:00")
        due.first.wait_for()
        self.page.locator("[data-do=send]").wait_for()

    def send(self) -> None:
        """Sent, and for some seconds it can be taken back."""
        self.before = self.temperature()
        self.hands.send()
        self.page.locator("[data-undo] button").wait_for()
        assert self.part.promise in self.page.locator(".time").inner_text()
        assert not self.box.inner_text().strip()
        self.page.evaluate("window.sameAsEver = true")

    def temperature(self) -> int:
        """How hot the head of the conversation says he is."""
        return int(self.page.locator("#case-head .case-head .temp b").inner_text())

    def be_answered(self) -> None:
        """The mail leaves, the customer answers, and the page that stands open shows it: he has cooled."""
        self.until(lambda: self.temperature() < self.before, f"cooler than {self.before}")
        assert self.page.evaluate("window.sameAsEver"), "the page was loaded again"

    def keep_promise(self) -> None:
        """Suppose she has called: the promise is marked as kept and leaves the list."""
        self.hands.to_promises()
        kept = self._promises().locator("form[action*='/keep'] button").first
        before = self._owed()
        self.hands.press(kept)
        self.until(lambda: self._owed() == before - 1, "one promise less")

    def keep_on_its_page(self) -> None:
        """The same on the page of the promise."""
        self.hands.press(self.page.locator("main form[action*='/keep'] button"))
        self.page.locator("main form[action*='/reopen'] button").wait_for()

    def _promises(self) -> Locator:
        return self.page.locator("#promises li", has_text=self.part.customer)

    def _owed(self) -> int:
        self.page.locator("#promises").wait_for()
        return self._promises().count()

    def see_customers_page(self, link: str = "#customer-page a") -> None:
        """What the customer sees: a promise kept, in his language, with nothing of ours around it."""
        with self.page.context.expect_page() as opened:
            self.hands.press(self.page.locator(link))
        theirs = opened.value
        theirs.locator(".way").wait_for()
        assert theirs.locator("html").get_attribute("lang") == self.part.language
        assert theirs.locator(".way .past").count() >= 2
        assert not theirs.locator("header.top, .temp").count()

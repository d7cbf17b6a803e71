"""Before reading: cut what is too long, blank out markup, set quoted mails aside, tell the language."""

from __future__ import annotations

from dataclasses import dataclass

from zgoda.model.language import LanguageGuess
from zgoda.reading.knowledge import Knowledge
from zgoda.text.html import blank_markup, looks_like_html, quoted_markup
from zgoda.text.mail_markers import MailMarkers
from zgoda.text.quoted import quoted_spans
from zgoda.text.tokens import tokenise
from zgoda.values import LANGUAGES

_SAMPLE = 2_000
_CYRILLIC = ("\u0400", "\u04ff")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be read: same length as given, or two ends of a very long one (`offset` tells the gap)."""

    given: str
    text: str
    language: str
    lexicon: str
    ignored: tuple[tuple[int, int], ...] = ()
    offset: int | None = None
    cut: int = 0

    def place(self, position: int) -> int:
        """Position in the text as given."""
        return position if position <= self.cut else position + (self.offset or 0)


class Preparer:
    """Applies the limits and tables of the content to raw text."""

    def __init__(self, knowledge: Knowledge, guess: LanguageGuess) -> None:
        self._guess = guess
        limits = knowledge.table("common", "reading")["limits"]
        self._whole: int = limits["whole"]
        self._part: int = limits["part"]
        self._markers = MailMarkers.of(knowledge.table(language, "mail") for language in LANGUAGES)

    def prepare(self, given: str, hint: str | None) -> Prepared:
        """Blank markup, find quoted mails, guess the language (`hint` decides where the text does not)."""
        text, offset, cut = given, None, 0
        if len(text) > self._whole:
            cut, offset = self._part, len(text) - 2 * self._part
            text = text[: self._part] + text[-self._part :]
        shown = text
        ignored: tuple[tuple[int, int], ...] = ()
        if "<" in text and looks_like_html(text):
            ignored = quoted_markup(text)
            text = blank_markup(text)
        ignored += quoted_spans(text, self._markers)
        language = self._language(text, ignored, hint)
        lexicon = language if language in LANGUAGES else hint if hint in LANGUAGES else "en"
        return Prepared(shown, text, language, lexicon or "en", ignored, offset, cut)

    def _language(self, text: str, ignored: tuple[tuple[int, int], ...], hint: str | None) -> str:
        sample = text[:_SAMPLE]
        if ignored and ignored[0][0] < 20:
            sample = text[ignored[0][1] : ignored[0][1] + _SAMPLE]
        words = [word.lower() for word in tokenise(sample).texts if word[0].isalpha()]
        found = self._guess.guess(words)
        if found is None:
            return hint or "und"
        if found == "ru_latin":
            return "ru"
        if hint in LANGUAGES and found != hint and not self._guess.sure(words):
            return str(hint)
        return found

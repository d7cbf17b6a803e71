"""Before reading: cut what is too long, blank out markup, set quoted mails aside, tell the language."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from zgoda.model.knowledge import Knowledge
from zgoda.model.language import LanguageGuess
from zgoda.text.tokens import Tokens, tokens_of
from zgoda.text.written import plain_and_quoted
from zgoda.values import LANGUAGES

_SAMPLE = 150  # tokens
_AT_THE_TOP = 20


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be read: same length as given, or two ends of a very long one (`offset` tells the gap)."""

    given: str
    text: str
    language: str
    lexicon: str
    tokens: Tokens
    mixed: bool = False
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
        self._markers = knowledge.markers

    def prepare(self, given: str, hint: str | None) -> Prepared:
        """Blank markup, find quoted mails, guess the language (`hint` decides where the text does not)."""
        text, offset, cut = given, None, 0
        if len(text) > self._whole:
            cut, offset = self._part, len(text) - 2 * self._part
            text = text[: self._part] + text[-self._part :]
        shown = text
        text, ignored = plain_and_quoted(text, self._markers)
        tokens = tokens_of(text)
        language, mixed = self._language(tokens, ignored, hint)
        lexicon = language if language in LANGUAGES else hint if hint in LANGUAGES else "en"
        return Prepared(shown, text, language, lexicon or "en", tokens, mixed, ignored, offset, cut)

    def _language(self, tokens: Tokens, ignored: tuple[tuple[int, int], ...], hint: str | None) -> tuple[str, bool]:
        """Language of the first words that are the writer's, and whether other languages may be mixed in."""
        skip = bisect_left(tokens.starts, ignored[0][1]) if ignored and ignored[0][0] < _AT_THE_TOP else 0
        words = [word.lower() for word in tokens.texts[skip : skip + _SAMPLE] if word[0].isalpha()]
        if not words:
            return hint or "und", False
        found, margin = self._guess.guess(words)
        if found == "ru_latin":
            return "ru", True
        if hint in LANGUAGES and found != hint and not self._guess.sure(len(words), margin):
            return str(hint), True
        return found, not self._guess.alone(margin) or len(tokens) > _SAMPLE

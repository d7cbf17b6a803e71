"""Language codes of requests and answers: `auto`, `pl`, `pl-PL`, `en_GB`, and those that are not ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zgoda.doors.check_server.answers import Refusal
from zgoda.doors.check_server.words import Words
from zgoda.values import LANGUAGES

_LONGEST_CODE = 35
_AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a request says of its language: the code (None where we are to detect it) and what helps to detect it."""

    code: str | None = None
    variants: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    default: str | None = None

    @property
    def ours(self) -> bool:
        """Whether we check this language, or are to find out."""
        return self.code is None or base(self.code) in LANGUAGES

    @property
    def hint(self) -> str | None:
        """The language for the engine where the text leaves doubt: named, set for this server, or the only one."""
        if self.code is not None:
            return base(self.code)
        likely = {base(code) for code in self.expected} & set(LANGUAGES)
        return self.default or (likely.pop() if len(likely) == 1 else None)

    def describe(self, detected: str, words: Words) -> dict[str, Any]:
        """The part `language` of an answer; `detected` is the engine's language, or the code of one not ours."""
        found = self._variant(detected, words)
        answer: dict[str, Any] = _named(self.code or found, words)
        answer["detectedLanguage"] = _named(found, words)
        return answer

    def _variant(self, language: str, words: Words) -> str:
        """The code with a country: the one named or preferred, else the usual one."""
        known = (self.code or "", *self.variants)
        return next((code for code in known if "-" in code and base(code) == language), words.variant(language))


def base(code: str) -> str:
    """The bare language of a code."""
    return code.partition("-")[0].lower()


def parse_code(text: str) -> str | None:
    """A code with a hyphen, None for `auto` or nothing; raises Refusal (400) for what is no code."""
    code = text.strip().replace("_", "-")
    if code.lower() in ("", _AUTO):
        return None
    if len(code) > _LONGEST_CODE or not code.isascii() or not code.replace("-", "").isalnum():
        raise Refusal(400, "'language' is no language code; give one such as pl-PL, ru-RU, en-GB, or auto")
    return code


def _named(code: str, words: Words) -> dict[str, Any]:
    rows = words.languages()
    for row in rows:
        if row["longCode"].lower() == code.lower():
            return {"name": row["name"], "code": row["longCode"]}
    names = (row["name"].partition(" (")[0] for row in rows if row["code"] == base(code))
    return {"name": next(names, code), "code": code}

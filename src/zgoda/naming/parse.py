"""Reads a name as it stands in a record: which part is which, and the gender where it is certain."""

from __future__ import annotations

import re
import unicodedata

from zgoda.naming.book import NameBook, Names
from zgoda.naming.name import Name

_LONGEST, _MOST = 80, 6
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){0,40}\.?")


def parse_name(text: str, language: str, book: NameBook) -> Name | None:
    """The parts of a person's name, None for a company, a handle, a nickname: whatever holds no known first name.

    A title, a patronymic or a woman's surname makes a name too. A name that both sexes bear has no gender.
    """
    words = _split(text)
    names = book.names(language)
    if not words or any(word.casefold().rstrip(".") in names.company for word in words):
        return None
    title, gender, words = _take_title(words, names)
    if not words:
        return None
    given = _Given([_written(word, language, book) for word in words], language, book)
    name = given.with_patronymic() or given.by_first(titled=title is not None)
    if name is None:
        return None
    return Name(name.first, name.patronymic, name.surname, title, _gender(gender, name, language, book), given.text)


def _split(text: str) -> list[str]:
    """The words of a record, surname-comma-first turned round; empty where it cannot be a person's name."""
    text = unicodedata.normalize("NFC", text)
    if len(text) > _LONGEST:
        return []
    before, comma, after = text.strip(" ,").partition(",")
    words = [*after.split(), *before.split()] if comma and after.strip() else before.split()
    if len(words) > _MOST or not all(_WORD.fullmatch(word) for word in words):
        return []
    return words


def _take_title(words: list[str], names: Names) -> tuple[str | None, str | None, list[str]]:
    """Title, its gender, and the words without it; degrees go too."""
    title, gender = None, None
    for at, word in enumerate(words):
        key = word.casefold()
        plain = key.rstrip(".")
        if key in names.titles or plain in names.titles:
            title = word if key in names.titles else word.rstrip(".")
            gender = names.titles.get(key, names.titles.get(plain))
        elif not (key in names.skipped or plain in names.skipped):
            return title, gender, words[at:]
    return title, gender, []


def _written(word: str, language: str, book: NameBook) -> str:
    """The word with capitals as names have them; a known first name as the tables write it."""
    known = book.first(word, language)
    if known is not None:
        return known.forms["nom"]
    if word.casefold() in book.names(language).particles or not (word.isupper() or word.islower()) or len(word) == 1:
        return word
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))


def _gender(titled: str | None, name: Name, language: str, book: NameBook) -> str | None:
    """The one gender that all the parts that tell any agree on."""
    names = book.names(language)
    first = book.first(name.first, language) if name.first else None
    told = {
        titled,
        patronymic_gender(name.patronymic, names) if name.patronymic else None,
        first.gender if first else None,
        "f" if name.surname and names.women and name.surname.casefold().endswith(names.women) else None,
    } - {None}
    return told.pop() if len(told) == 1 else None


def patronymic_gender(word: str, names: Names) -> str | None:
    """`m` or `f` by the ending of a patronymic, None for any other word."""
    last = word.casefold().rsplit(" ", 1)[-1]
    if last in names.patronymics.after:
        return names.patronymics.after[last]
    if last in names.patronymics.whole:
        return "m"
    return next((g for g, ends in names.patronymics.ends.items() if ends and last.endswith(ends)), None)


class _Given:
    """The words of one name, to be told apart."""

    def __init__(self, words: list[str], language: str, book: NameBook) -> None:
        self.text = " ".join(words)
        self._names = book.names(language)
        self._words = _join_after(words, self._names)
        self._known = [book.first(word, language) for word in self._words]

    def with_patronymic(self) -> Name | None:
        """First name, patronymic and perhaps a surname before or behind them, None where there is no patronymic."""
        ends = [at for at, word in enumerate(self._words) if at and patronymic_gender(word, self._names)]
        if not ends or len(self._words) > 3:
            return None
        at = next((at for at in ends if self._known[at - 1]), ends[-1])
        told = self._known[at - 1]
        if told and told.gender not in (None, patronymic_gender(self._words[at], self._names)):
            return None
        rest = [word for i, word in enumerate(self._words) if i not in (at - 1, at)]
        return Name(self._words[at - 1], self._words[at], rest[0] if rest else None)

    def by_first(self, *, titled: bool) -> Name | None:
        """By the known first name, else by a title or a surname that only women bear."""
        words, first, last = self._words, self._known[0], self._known[-1]
        if len(words) == 1:
            return self._alone(words[0], titled=titled)
        if first and last and {first.gender, last.gender} == {"m", "f"}:
            return Name()  # `Marek Anna`: which of them is the surname cannot be told
        if first:
            return Name(words[0], surname=self._surname(words[1:]))
        if last and len(words) == 2:
            return Name(words[1], surname=words[0])
        women = self._names.women
        if titled or (women and words[-1].casefold().endswith(women)):
            return Name(None if words[0].endswith(".") else words[0], surname=self._surname(words[1:]))
        return None

    def _alone(self, word: str, *, titled: bool) -> Name | None:
        """One word: a first name that is known, or what stands behind a title."""
        if titled and (self._names.title_takes_surname or not self._known[0]):
            return Name(surname=word)
        return Name(word) if self._known[0] else None

    def _surname(self, words: list[str]) -> str:
        """The last word, from its first particle on: `van der Berg`."""
        at = next((i for i, word in enumerate(words) if word.casefold() in self._names.particles), len(words) - 1)
        return " ".join(words[at:])


def _join_after(words: list[str], names: Names) -> list[str]:
    """`Мамед оглы` is one patronymic of two words."""
    joined: list[str] = []
    for word in words:
        if joined and word.casefold() in names.patronymics.after:
            joined[-1] += f" {word.lower()}"
        else:
            joined.append(word)
    return joined

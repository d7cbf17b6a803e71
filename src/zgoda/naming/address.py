"""Forms of address, from the ways that the content lists; nothing is said that the name does not tell for certain."""

from __future__ import annotations

import re

from zgoda.errors import InputError
from zgoda.naming.book import NameBook, Names
from zgoda.naming.cases import first_in
from zgoda.naming.name import Name

STYLES = ("salutation_formal", "salutation_neutral", "vocative", "plain")
_PART = re.compile(r"\{([a-z]{1,20})(?::([a-z]{3}))?\}")
_CHOICES = {"m": 0, "f": 1}


def address(name: Name | None, language: str, style: str, book: NameBook) -> str | None:
    """The best form of address in a style of STYLES, None where the name gives none (salutations are always there).

    `language` is `ru`, `pl`, `en` or a tag such as `en-US`, which puts the stop after `Mr`.
    Raises InputError for a style that does not exist.
    """
    if style not in STYLES:
        raise InputError(f"style of address must be one of {', '.join(STYLES)}, came {style!r}")
    name = name or Name()
    for way in book.names(language).ways.get(style, ()):
        if way.gender in (None, name.gender):
            said = _fill(way.say, name, language, book)
            if said is not None:
                return said
    return None


def _fill(say: str, name: Name, language: str, book: NameBook) -> str | None:
    """The words with every part in its case, None where one is unknown."""
    parts = {part: _part(name, part[1], part[2] or "nom", language, book) for part in _PART.finditer(say)}
    if None in parts.values():
        return None
    for part, value in reversed(parts.items()):
        say = say[: part.start()] + str(value) + say[part.end() :]
    return say


def _part(name: Name, part: str, case: str, language: str, book: NameBook) -> str | None:
    if part == "first":
        return first_in(name, language, case, book)
    if part == "title":
        return _title(name.title, language, book.names(language))
    value = {"surname": name.surname, "patronymic": name.patronymic}.get(part)
    return value if case == "nom" else None


def _title(title: str | None, language: str, names: Names) -> str | None:
    if title is None or title.casefold() not in names.titles:
        return None
    return f"{title}." if language.endswith("-US") and title.casefold() in names.dotted else title


def pan(gender: str | None, case: str, book: NameBook) -> str:
    """Polish Pan, Pani or, where the gender is unknown, Państwo, in a case.

    Raises InputError for a case that does not exist or where the content has no Polish table.
    """
    forms = book.names("pl").pan.get(case)
    if forms is None:
        raise InputError(f"no such case of Pan: {case!r}")
    return str(agree(forms, gender))


def agree(choices: str, gender: str | None) -> str | None:
    """Choose from `his|hers` or `his|hers|theirs`; None where the gender is unknown and no third form stands."""
    forms = choices.split("|")
    at = _CHOICES.get(gender or "", 2)
    return forms[at] if at < len(forms) else None

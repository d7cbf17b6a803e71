"""Cases of whole names, only where the tables or sure endings tell every part."""

from __future__ import annotations

from zgoda.naming.book import NameBook, Names, inflect
from zgoda.naming.name import Name

NOMINATIVE, VOCATIVE = "nom", "voc"


def first_in(name: Name, language: str, case: str, book: NameBook) -> str | None:
    """The first name alone in a case, None where the tables do not tell it or the gender is in doubt."""
    if name.first is None:
        return None
    if case == NOMINATIVE:
        return name.first
    found = book.first(name.first, language)
    if found is None or found.gender is None or name.gender != found.gender:
        return None
    return found.forms.get(case)


def case_of(name: Name, language: str, case: str, book: NameBook) -> str | None:
    """The name in a case (`nom gen dat acc ins loc voc`), None where any part is in doubt.

    A surname has no vocative: asked for one, this answers with None where the name holds a surname alone, and leaves
    it out else. A language without cases answers as in the nominative.
    """
    names = book.names(language)
    if case == NOMINATIVE or not (names.surnames or names.patronymics.endings):
        return _join(name.first, name.patronymic, name.surname)
    first = first_in(name, language, case, book)
    if case == VOCATIVE:
        return first
    if name.first is not None and first is None:
        return None
    parts = [first]
    for word, bent in ((name.patronymic, _patronymic(name, case, names)), (name.surname, _surname(name, case, names))):
        if word is not None and bent is None:
            return None
        parts.append(bent)
    return _join(*parts)


def _patronymic(name: Name, case: str, names: Names) -> str | None:
    return name.patronymic and inflect(name.patronymic, name.gender, case, names.patronymics.endings)


def _surname(name: Name, case: str, names: Names) -> str | None:
    """Only what follows a sure gender: the same surname is declined for a man and not for a woman."""
    if name.surname is None or name.gender is None or " " in name.surname:
        return None
    parts = [inflect(part, name.gender, case, names.surnames) for part in name.surname.split("-")]
    return None if None in parts else "-".join(part for part in parts if part is not None)


def _join(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None

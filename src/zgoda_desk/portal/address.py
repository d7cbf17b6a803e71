"""How the customer is addressed on his page; what his name does not tell for certain is not said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from zgoda.api.engine import Engine
from zgoda.naming import Name, NameBook, address, pan, parse_name
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Contact
from zgoda_desk.conversations.shown.visible import visible

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LONGEST = 60


@dataclass(frozen=True)
class Addressed:
    """The name he is called by (empty: none is certain), his gender where told, and the slots of Polish address."""

    name: str
    gender: str
    slots: dict[str, str]


def addressed(contact: Contact, language: str) -> Addressed:
    """How a contact is addressed in a language."""
    book = _book(engine.engine())
    name = parse_name(contact.name, language, book)
    gender = contact.gender or (name.gender if name else None)
    slots = {"you_gen": pan(gender, "gen", book)} if language == "pl" else {}
    return Addressed(_called(contact, name, language, book), gender or "", slots)


def _called(contact: Contact, name: Name | None, language: str, book: NameBook) -> str:
    """The form that a person set for his own language, else the one his name gives; never in another script."""
    if contact.form and contact.language in (language, ""):
        said: str | None = contact.form
    else:
        said = address(name, language, "vocative", book)
    fits = bool(said) and bool(_CYRILLIC.search(said or "")) == (language == "ru")
    return visible(said or "")[:_LONGEST] if fits else ""


@lru_cache(maxsize=2)
def _book(loaded: Engine) -> NameBook:
    return NameBook.of(loaded.knowledge.content.tables)

"""How a contact is addressed: the words that the engine's phrases will use of him."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from zgoda.api.engine import Engine
from zgoda.guidance.slots import Saying, Unfit, saying
from zgoda.naming import NameBook
from zgoda.values import Context
from zgoda_desk.conversations import engine
from zgoda_desk.conversations.models import Contact
from zgoda_desk.conversations.shown.visible import visible


class Addressed(NamedTuple):
    """A language, the salutation of a letter there, and the form of address within a sentence (empty: none)."""

    language: str
    salutation: str
    within: str


def addressed(contact: Contact, languages: tuple[str, ...] = ("ru", "pl", "en")) -> tuple[Addressed, ...]:
    """The forms in each language; a gender counts only as somebody told it or as the name gives it for certain."""
    context = Context(customer_name=contact.form or contact.name or None, customer_gender=contact.gender or None)
    book = _names(engine.engine())
    return tuple(_in(language, context, book) for language in languages)


def _in(language: str, context: Context, book: NameBook) -> Addressed:
    said = saying(language, None, context, {}, book, {"calendar": {}})
    return Addressed(language, *(_value(said, slot) for slot in ("salutation", "name")))


def _value(said: Saying, slot: str) -> str:
    """The words, empty where no form is certain."""
    try:
        return visible(said.value(slot, None) or "")
    except Unfit:
        return ""


@lru_cache(maxsize=2)
def _names(loaded: Engine) -> NameBook:
    return NameBook.of(loaded.knowledge.content.tables)

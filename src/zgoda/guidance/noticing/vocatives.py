"""Names in the wrong form beside Pan, Pani, уважаемый."""

from __future__ import annotations

from collections.abc import Iterator

from zgoda.guidance.noticing.moment import Hit, Moment
from zgoda.naming import address, parse_name


def vocatives(moment: Moment) -> Iterator[Hit]:
    """By the language; English names have no cases."""
    if moment.language == "pl":
        yield from _polish(moment)
    elif moment.language == "ru":
        yield from _russian(moment)


def _polish(moment: Moment) -> Iterator[Hit]:
    """„Panie Tomasz", „Panie Kowalski", „Szanowna Pani Anna,", „Pani Kasiu"."""
    said, words = moment.said, moment.words
    small, surnames = words.group("small_names"), tuple(words.group("surname_ends"))
    own = _surname(moment)
    for i in range(len(said) - 1):
        title, name = said.words[i], said.raw(i + 1)
        if title not in ("panie", "pani") or not name[:1].isupper() or said.quoted(i) or said.follows(i)[:1] in ",.":
            continue
        known, man = moment.book.names("pl").firsts.get(name.lower()), title == "panie"
        voc = known.forms.get("voc") if known and known.gender == ("m" if man else "f") else None
        if name.lower() in small:
            yield Hit(*said.span(i, i + 2), "small_name")
        elif voc and voc != name and (man or _addresses(moment, i)):
            yield Hit(*said.span(i, i + 2), "vocative", f"{said.raw(i)} {voc}")
        elif man and not known and (name.lower() == own or name.lower().endswith(surnames)):
            first = i - 1 if i and said.words[i - 1] == "szanowny" else i
            yield Hit(*said.span(first, i + 2), "surname", _address(moment) or words.choose("surname", ""))


def _addresses(moment: Moment, i: int) -> bool:
    """Whether "Pani Anna" is an address: behind a word that greets, with a comma or exclamation mark to follow."""
    said = moment.said
    before = said.words[i - 1] if i else ""
    return said.follows(i + 1) in (",", "!") and (i == 0 or before in moment.words.group("before_address"))


def _surname(moment: Moment) -> str | None:
    name = parse_name(moment.context.customer_name or "", moment.language, moment.book)
    return name.surname.lower() if name and name.surname else None


def _address(moment: Moment) -> str | None:
    name = parse_name(moment.context.customer_name or "", moment.language, moment.book)
    return address(name, moment.language, "vocative", moment.book) if name else None


def _russian(moment: Moment) -> Iterator[Hit]:
    """«Уважаемый,» alone, «Уважаемый Иванов», «Уважаемая Иван»."""
    said, words = moment.said, moment.words
    genders = dict.fromkeys(words.group("dear_m"), "m") | dict.fromkeys(words.group("dear_f"), "f")
    for i in range(len(said)):
        gender = genders.get(said.words[i])
        if gender is None or said.quoted(i):
            continue
        if said.follows(i) in (",", "!"):
            yield Hit(*said.span(i, i + 1), "bare_dear", words.choose("surname", ""))
            continue
        name = said.raw(i + 1) if i + 1 < len(said) else ""
        if not name[:1].isupper():
            continue
        known = moment.book.names("ru").firsts.get(name.lower())
        if known and known.gender not in (None, gender):
            yield Hit(*said.span(i, i + 2), "gender")
        elif not known and name.lower().endswith(tuple(words.group("surname_ends"))) and _ends(moment, i + 1):
            yield Hit(*said.span(i, i + 2), "surname", _address(moment) or words.choose("surname", ""))


def _ends(moment: Moment, i: int) -> bool:
    """Whether the name is over with this word."""
    return i + 1 >= len(moment.said) or moment.said.follows(i) in (",", "!", ".", "\n")

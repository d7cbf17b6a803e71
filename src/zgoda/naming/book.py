"""The tables of names, made ready for look-up: `tables/first_names.toml` of each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_TABLE = "first_names"
_ELSEWHERE = {"pl": "en", "en": "pl", "ru": "en"}  # where a name is looked up that its own language does not know
_GENDERS = (("men", "m"), ("women", "f"))


@dataclass(frozen=True, slots=True)
class FirstName:
    """A known first name: gender, None where both sexes bear it, and the cases that are certain (`nom` always)."""

    gender: str | None
    forms: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ending:
    """How words with these endings are inflected: `rules` by case, `of` the case they start from."""

    ends: tuple[str, ...]
    rules: Mapping[str, str]
    gender: str | None = None
    of: str = "nom"

    def fits(self, gender: str | None, word: str) -> bool:
        """Whether the rules hold for a word of that gender."""
        return self.gender in (None, gender) and word.casefold().endswith(self.ends)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to address: the words with slots, and the gender they are for (None: anybody)."""

    say: str
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Patronymics:
    """How patronymics end, by gender, whole ones, and the words that follow a father's name to the same end."""

    ends: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    after: Mapping[str, str] = field(default_factory=dict)
    endings: tuple[Ending, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """All that one language knows of names; words are keys in lower case."""

    firsts: Mapping[str, FirstName]
    titles: Mapping[str, str | None]
    title_takes_surname: bool
    dotted: frozenset[str]
    skipped: frozenset[str]
    company: frozenset[str]
    women: tuple[str, ...]
    particles: frozenset[str]
    surnames: tuple[Ending, ...]
    patronymics: Patronymics
    ways: Mapping[str, tuple[Way, ...]]
    pan: Mapping[str, str]


class NameBook:
    """The names of all languages."""

    def __init__(self, names: Mapping[str, Names]) -> None:
        self._names = names

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, Any]]) -> NameBook:
        """From the tables of the content, `{language: {"first_names": ...}}`; a language without one knows no name."""
        return cls({lang: _names(found[_TABLE]) for lang, found in tables.items() if _TABLE in found})

    def names(self, language: str) -> Names:
        """The tables of one language; `en-US` is read by those of `en`; an unknown language knows no name."""
        return self._names.get(language.partition("-")[0], _names({}))

    def first(self, word: str, language: str) -> FirstName | None:
        """A first name by its nominative; one of another language is known, but without cases."""
        key = word.casefold()
        base = language.partition("-")[0]
        found = self.names(base).firsts.get(key)
        if found is not None:
            return found
        other = self.names(_ELSEWHERE.get(base, "")).firsts.get(key)
        return None if other is None else FirstName(other.gender, {"nom": other.forms["nom"]})


def inflect(word: str, gender: str | None, case: str, endings: Iterable[Ending]) -> str | None:
    """One case of a word by the first ending that fits and tells it, None where none does."""
    for ending in endings:
        rule = ending.rules.get(case)
        if rule is not None and ending.fits(gender, word):
            return bend(word, rule)
    return None


def bend(word: str, rule: str) -> str:
    """Apply `+ą` (add) or `--им` (take a letter for each dash, then add)."""
    cut = len(rule) - len(rule.lstrip("-"))
    return word[: len(word) - cut] + rule[cut:].lstrip("+")


def _names(raw: Mapping[str, Any]) -> Names:
    surnames = raw.get("surnames", {})
    titles = raw.get("titles", {})
    return Names(
        firsts=_firsts(raw),
        titles={
            word.casefold(): g for key, g in (("m", "m"), ("f", "f"), ("none", None)) for word in _words(titles, key)
        },
        title_takes_surname=bool(titles.get("surname", False)),
        dotted=frozenset(word.casefold() for word in _words(titles, "dotted")),
        skipped=frozenset(word.casefold() for word in _words(titles, "skipped")),
        company=frozenset(_words(raw.get("company", {}), "words")),
        women=tuple(_words(surnames, "women")),
        particles=frozenset(_words(surnames, "particles")),
        surnames=_endings(surnames),
        patronymics=_patronymics(raw.get("patronymics", {})),
        ways={
            style: tuple(Way(way["say"], way.get("gender")) for way in ways)
            for style, ways in raw.get("address", {}).items()
        },
        pan=raw.get("pan", {}),
    )


def _firsts(raw: Mapping[str, Any]) -> dict[str, FirstName]:
    firsts: dict[str, FirstName] = {}
    endings = _endings(raw.get("endings", {}), "first")
    told = raw.get("forms", {})
    for key, gender in _GENDERS:
        for word in _words(raw.get("uninflected", {}), key):
            firsts[word.casefold()] = FirstName(gender, {"nom": word})
        for forms in _lines(raw, key):
            word = forms["nom"]
            if word in told:
                forms.update(zip(("dat", "ins"), told[word].split(), strict=True))
            _derive(forms, gender, endings)
            firsts[word.casefold()] = FirstName(gender, forms)
    for word in _words(raw.get("shared", {}), "names"):
        firsts[word.casefold()] = FirstName(None, {"nom": word})
    return firsts


def _lines(raw: Mapping[str, Any], key: str) -> Iterable[dict[str, str]]:
    """The forms that the table gives for each name, by case; a bare word is its own nominative."""
    names = raw.get("names", {}).get(key, "")
    cases = raw.get("cases")
    if cases is None:
        yield from ({"nom": word} for word in names.split())
        return
    for line in names.split(","):
        forms = line.split()
        if forms:
            yield {c: form for c, form in zip(cases[str(len(forms))].split(), forms, strict=True) if form != "-"}


def _derive(forms: dict[str, str], gender: str, endings: tuple[Ending, ...]) -> None:
    """Add the cases that follow from a form the table gives."""
    for ending in endings:
        base = forms.get(ending.of)
        if base is not None and ending.fits(gender, base):
            for case, rule in ending.rules.items():
                forms.setdefault(case, bend(base, rule))


def _patronymics(raw: Mapping[str, Any]) -> Patronymics:
    return Patronymics(
        ends={gender: tuple(_words(raw, gender)) for gender in ("m", "f")} if raw else {},
        whole=frozenset(word.casefold() for word in _words(raw, "whole")),
        after={word: gender for gender in ("m", "f") for word in _words(raw, f"after_{gender}")},
        endings=_endings(raw),
    )


def _endings(raw: Mapping[str, Any], key: str = "endings") -> tuple[Ending, ...]:
    return tuple(
        Ending(
            tuple(one["ends"].casefold().split()),
            {case: rule for case, rule in one.items() if case not in ("ends", "gender", "of")},
            one.get("gender"),
            one.get("of", "nom"),
        )
        for one in raw.get(key, [])
    )


def _words(raw: Mapping[str, Any], key: str) -> list[str]:
    return str(raw.get(key, "")).split()

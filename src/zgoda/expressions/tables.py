"""Turns the word tables of a language into one look-up: a word, the classes it belongs to, its value in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from zgoda.expressions import fold

_PIECE = re.compile(r"<([a-z_]++)>|\{([^{}]*+)\}|([^<>{}]++)")
_SLOT = re.compile(r"\{(w:[^{}]++|[a-z_+]++[0-9]?)\}")
_GROUP = re.compile(r"\(\?P<(\w++)>")
_DEPTH = 8  # macros within macros; deeper is a loop
PAD = "\uf8ff"
_FIRST = 0xE000


def forms(compact: str, endings: Mapping[str, str]) -> list[str]:
    """Every word of a compact list: `перв<adj> январ{ь,я}` names an ending list or gives the endings inline."""
    words: list[str] = []
    for item in compact.split():
        parts = [_choices(found, endings) for found in _PIECE.finditer(item)]
        words += ["".join(choice) for choice in product(*parts)]
    return words


def _choices(found: re.Match[str], endings: Mapping[str, str]) -> list[str]:
    name, inline, plain = found.groups()
    if plain is not None:
        return [plain]
    return (endings[name] if name else inline).split(",")


@dataclass(frozen=True)
class Words:
    """The look-up of one language.

    `classes[name][word]` is the word's value in a class; `marks[word]` is what stands for the word in the shadow
    (one private character for its set of classes, padded to the word's length); `slots[name]` are the characters of
    a class; `macros[name]` is a piece of pattern.
    """

    classes: Mapping[str, Mapping[str, str]]
    marks: Mapping[str, str]
    slots: Mapping[str, str]
    macros: Mapping[str, str]

    def value(self, name: str, word: str) -> str | None:
        """The word's value in the class `name`, None where it is not in it."""
        return self.classes.get(name, {}).get(word)

    def expand(self, pattern: str) -> str:
        """The pattern with every `{slot}` filled from classes and macros; KeyError names an unknown one."""
        for _ in range(_DEPTH):
            filled = _SLOT.sub(lambda slot: self._fill(slot[1]), pattern)
            if filled == pattern:
                return distinct(fold.loosen(filled))
            pattern = filled
        raise KeyError(pattern)

    def _fill(self, name: str) -> str:
        if name in self.macros:
            return f"(?:{self.macros[name]})"
        if name[-1].isdigit() and not name.startswith("w:"):
            name = name[:-1]
            return f"(?P<{name}>{self._fill(name)})"
        names = [name] if name.startswith("w:") else name.split("+")
        chars = "".join(sorted({char for part in names for char in self.slots[part]}))
        return f"(?:[{chars}]{PAD}*+)" if chars else "(?!)"


def distinct(pattern: str) -> str:
    """The pattern with its groups renamed so that alternatives may name the same part: `n`, `n2`, `n3` ..."""
    seen: Counter[str] = Counter()

    def rename(group: re.Match[str]) -> str:
        name = group[1].rstrip("0123456789")
        seen[name] += 1
        return f"(?P<{name}{seen[name] if seen[name] > 1 else ''}>"

    return _GROUP.sub(rename, pattern)


def build_words(tables: Iterable[Mapping[str, Any]], patterns: Iterable[str]) -> Words:
    """Reads tables (`[class.NAME]` value = compact list; `[endings]`; `[macros]`; `exact` = forms kept as written)."""
    classes: dict[str, dict[str, str]] = {}
    macros: dict[str, str] = {}
    exact: set[str] = set()
    endings: dict[str, str] = {}
    for table in tables:
        endings |= table.get("endings", {})
        macros |= table.get("macros", {})
        exact |= set(table.get("exact", ()))
        for name, rows in table.get("class", {}).items():
            _read_class(classes.setdefault(name, {}), rows, endings, exact)
    for pattern in [*patterns, *macros.values()]:
        for slot in _SLOT.findall(pattern):
            if slot.startswith("w:"):
                _read_class(classes.setdefault(slot, {}), {"": slot[2:].replace("|", " ")}, {}, exact)
    marks, slots = _assign(classes)
    return Words(classes, marks, slots, macros)


def _read_class(target: dict[str, str], rows: Mapping[str, str], endings: Mapping[str, str], exact: set[str]) -> None:
    for value, compact in rows.items():
        for word in forms(compact, endings):
            for variant in {word} if word in exact else fold.variants(word):
                target.setdefault(variant, value)


def _assign(classes: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """One private character for each set of classes that some word belongs to; a class is the set of its characters."""
    member: dict[str, list[str]] = {}
    for name in sorted(classes):
        for word in classes[name]:
            member.setdefault(word, []).append(name)
    chars: dict[tuple[str, ...], str] = {}
    for names in member.values():
        chars.setdefault(tuple(names), chr(_FIRST + len(chars)))
    marks = {word: chars[tuple(names)] + PAD * (len(word) - 1) for word, names in member.items()}
    slots = {}
    for name in classes:
        slots[name] = "".join(char for names, char in chars.items() if name in names)
    return marks, slots

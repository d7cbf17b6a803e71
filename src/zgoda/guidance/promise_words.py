"""The words by which promises are known, compiled from the table `promises` of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zgoda.expressions import fold
from zgoda.expressions.tables import Words, build_words, forms
from zgoda.rules.linear import faults

_PERSONS = ("agent", "team", "third", "third")  # the four endings of a verb: I, we, he or she, they
_FINAL = re.compile(r"\[ęe\](?![^\W\d_])")  # at the end of a word this letter tells I from he
_NO_CHANNEL = "none"


@dataclass(frozen=True, slots=True)
class Verb:
    """A form of a verb: who acts (`agent`, `team`, `third`, `receive`), by which channel, and whether it is present.

    `receive` are forms by which the customer is told what reaches him ("вы получите", "you'll have"). A present form
    promises nothing by itself, only beside a time to come.
    """

    who: str
    channel: str | None
    present: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """A pattern that opens a promise where one word does not: `will be`, `będzie`, `следующий звонок`.

    The group `verb`, where it matches a known verb, gives the channel; `bare` heads count only where the part has a
    time and no verb of its own; `known` heads need a verb of the table.
    """

    regex: re.Pattern[str]
    who: str
    channel: str | None
    present: bool
    bare: bool
    known: bool


@dataclass(frozen=True)
class PromiseWords:
    """Verb forms, opening patterns and word classes of one language; every word in lower case, `е` for `ё`.

    `past` knows a word that tells what happened; `guesses` are the endings by which a verb that no list has is known.
    """

    verbs: Mapping[str, Verb]
    bases: Mapping[str, str | None]
    heads: tuple[Head, ...]
    sets: Mapping[str, frozenset[str]]
    past: re.Pattern[str]
    guesses: tuple[tuple[str, re.Pattern[str]], ...]
    means: Mapping[str, str]
    objects: Mapping[str, str]


def frame_words(words: Words, table: Mapping[str, Any]) -> Words:
    """The words of the expressions with the classes and macros of the table beside them."""
    rows: dict[str, dict[str, str]] = {}
    for name, values in words.classes.items():
        if not name.startswith("w:"):
            inverted = rows.setdefault(name, {})
            for word, value in values.items():
                inverted[value] = f"{inverted.get(value, '')} {word}"
    known = {"class": rows, "macros": dict(words.macros), "exact": [w for ws in words.classes.values() for w in ws]}
    return build_words([known, table], [entry["regex"] for entry in table["frame"]])


def compile_regex(pattern: str, identity: str) -> re.Pattern[str]:
    """The compiled pattern; ValueError names the entry when its time could grow faster than the text."""
    wrong = faults(pattern)
    if wrong:
        raise ValueError(f"{identity}: {'; '.join(wrong)}")
    return re.compile(pattern)


def promise_words(table: Mapping[str, Any]) -> PromiseWords:
    """Compiles the table: `verbs`, `present`, `receive`, `base` (channel or `none` = lists), `head`, `sets`, `means`,
    `objects`.
    """
    verbs: dict[str, Verb] = {}
    for name in ("present", "verbs"):
        for channel, rows in table.get(name, {}).items():
            verbs |= _conjugated(rows, _channel(channel), present=name == "present")
    for channel, compact in table.get("receive", {}).items():
        verbs |= {form: Verb("receive", _channel(channel)) for form in _spelt(compact)}
    sets = {name: frozenset(_spelt(compact)) for name, compact in table["sets"].items()}
    return PromiseWords(
        verbs={form: verb for form, verb in verbs.items() if form not in sets["no_verbs"]},
        bases={
            form: _channel(channel) for channel, compact in table.get("base", {}).items() for form in _spelt(compact)
        },
        heads=tuple(_head(entry) for entry in table.get("head", ())),
        sets=sets,
        past=compile_regex(table["past"], "past"),
        guesses=tuple((who, compile_regex(regex, "guess")) for who, regex in table.get("guess", {}).items()),
        means={form: channel for channel, compact in table["means"].items() for form in _spelt(compact)},
        objects={form: channel for channel, compact in table["objects"].items() for form in _spelt(compact)},
    )


def _channel(name: str) -> str | None:
    return None if name == _NO_CHANNEL else name


def _spelt(compact: str) -> Iterable[str]:
    return {variant for word in forms(compact, {}) for variant in fold.variants(word.replace("_", " "))}


def _conjugated(rows: Mapping[str, str], channel: str | None, *, present: bool) -> dict[str, Verb]:
    """Rows are `"ю им ит ят" = "позвон перезвон"`: the endings of I, we, he, they (`-` where a form is not wanted)."""
    made: dict[str, Verb] = {}
    for endings, stems in rows.items():
        for who, ending in zip(_PERSONS, endings.split(), strict=True):
            if ending != "-":
                words = [stem + ending.replace("0", "") for stem in stems.split()]
                made |= {v: Verb(who, channel, present) for word in words for v in _typed(word)}
    return made


def _typed(word: str) -> set[str]:
    """A verb as it may be typed: without Polish letters too, but for the last one of `sprawdzą` (`sprawdza`: now)."""
    return {word[:-1] + "ą" for word in fold.variants(word)} if word.endswith("ą") else fold.variants(word)


def _head(entry: Mapping[str, Any]) -> Head:
    return Head(
        regex=compile_regex(_FINAL.sub("ę", fold.loosen(entry["regex"])), entry["regex"]),
        who=entry["who"],
        channel=entry.get("channel"),
        present=bool(entry.get("present")),
        bare=bool(entry.get("bare")),
        known=bool(entry.get("known")),
    )

"""The role of each sentence: the point of the method is to find the substance under the heat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zgoda.model.analysis import Analysis
from zgoda.rules.lexicon import Lexicon
from zgoda.values import Fact, Sentence

_SHORT = 6
_BARE = 2


@dataclass(frozen=True)
class RoleWords:
    """Which concepts speak for which role."""

    courtesy: frozenset[str]
    demand: frozenset[str]
    wish: frozenset[str]
    heat: frozenset[str]
    substance: frozenset[str]


def role_words(table: dict[str, Any], lexicon: Lexicon) -> RoleWords:
    """Compile the `roles` table; the substance is every concept of the lexicon files it names."""
    files = {f"{name}.toml" for name in table["substance_files"]}
    substance = {e.id for e in lexicon.cards.values() if e.file.rsplit("/", 1)[-1] in files}
    return RoleWords(
        frozenset(table["courtesy"]),
        frozenset(table["demand"]),
        frozenset(table["wish"]),
        frozenset(table["heat"]),
        frozenset(substance),
    )


def sentence_roles(analysis: Analysis, lexicon: Lexicon, words: RoleWords, facts: tuple[Fact, ...]) -> list[Sentence]:
    """One role a sentence; a sentence that mixes fact and heat is `fact` (labels 1.7)."""
    present: list[set[str]] = [set() for _ in analysis.sentences]
    number = 0
    for m in analysis.concepts:
        while m.first >= analysis.sentences[number][1]:
            number += 1
        present[number].add(lexicon.names[m.entry])
    starts = sorted(f.start for f in facts if f.kind not in ("person", "product", "place"))
    sentences = []
    position = 0
    for i, names in enumerate(present):
        start, end = analysis.sentence_span(i)
        while position < len(starts) and starts[position] < start:
            position += 1
        has_fact = position < len(starts) and starts[position] < end
        first, after = analysis.sentences[i]
        sentences.append(Sentence(start, end, _role(names, words, has_fact, after - first)))
    return sentences


def _role(names: set[str], words: RoleWords, has_fact: bool, length: int) -> str:
    if not names:
        return "fact" if has_fact else "other"
    courtesy, demand, wish, heat, substance = (
        not names.isdisjoint(of) for of in (words.courtesy, words.demand, words.wish, words.heat, words.substance)
    )
    roles = (
        (courtesy and length <= _SHORT and not heat and not has_fact, "courtesy"),
        (demand, "demand"),
        (has_fact or (substance and length > _BARE and not wish), "fact"),
        (wish, "demand"),
        (heat, "emotion"),
        (courtesy, "courtesy"),
        (substance, "fact"),
    )
    return next((role for holds, role in roles if holds), "other")

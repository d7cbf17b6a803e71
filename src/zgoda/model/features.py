"""Features above words: concepts and whom they are said of, negation, question, quotation, topics, the text's shape."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zgoda.model.analysis import Analysis
from zgoda.rules.matcher import Match

Span = tuple[int, int]
_WINDOW = 4
_NEGATION_REACH = (1, 2)
_COUNTS = (1, 2, 3, 5, 8)
_SHARES = (0.15, 0.3, 0.45, 0.6, 0.8)
_KINDS = (1, 2, 3, 4)
_GREETING = 4  # words


@dataclass(frozen=True)
class ConceptIndex:
    """What features need of a concept, by its number: its feature name, whom it points at, its family (lexicon file).

    Features of abuse and risk are named `a:`, of other concepts `c:`, rules `r:`, families `f:`, of the text's
    shape `s:`.
    """

    names: list[str]
    features: list[str]
    targets: list[str]
    families: list[str]
    negation: int
    graded: tuple[str, ...]
    topics: tuple[str, ...]


def concept_index(names: list[str], families: dict[str, str], table: dict[str, Any]) -> ConceptIndex:
    """Compile the tables `weights`, `targets` and `families` of the content over all known concepts."""
    strong = set(table["weights"]["strong_files"])
    targets = {concept: whom for whom, concepts in table["targets"].items() for concept in concepts}
    family = [families.get(name, "") for name in names]
    return ConceptIndex(
        names=names,
        features=[f"{'a' if own in strong else 'c'}:{name}" for name, own in zip(names, family, strict=True)],
        targets=[targets.get(name, "") for name in names],
        families=family,
        negation=names.index(table["negation"]["concept"]) if table["negation"]["concept"] in names else -1,
        graded=tuple(table["families"]["graded"]),
        topics=tuple(table["families"]["topics"]),
    )


def concept_features(analysis: Analysis, index: ConceptIndex) -> dict[str, Span]:
    """Feature name -> the word range `[first, after)` it rests on (for the reasons)."""
    found: dict[str, Span] = {}
    sentences = _by_sentence(analysis)
    last = len(sentences) - 1
    for number, matches in enumerate(sentences):
        if not matches:
            continue
        place = "@first" if number == 0 and last > 0 else "@last" if number == last else ""
        _sentence(analysis, index, matches, place, found)
    names = index.names
    for m in analysis.rules:
        found.setdefault(f"r:{names[m.entry]}", (m.first, m.after))
    return found


def _sentence(
    analysis: Analysis, index: ConceptIndex, matches: list[Match], place: str, found: dict[str, Span]
) -> None:
    """Features of the concepts of one sentence; `place` tells whether it is the first or the last of the message."""
    targets, features = index.targets, index.features
    negated = {m.first + step for m in matches if m.entry == index.negation for step in _NEGATION_REACH}
    pointers: list[tuple[int, str]] | None = None
    for entry, first, after in matches:
        feature = features[entry]
        where = (first, after)
        if analysis.quoted and analysis.in_quotation(first):
            found.setdefault(feature + "@quote", where)
            continue
        found.setdefault(feature, where)
        if place:
            found.setdefault(feature + place, where)
        if first in negated:
            found.setdefault(feature + "@not", where)
        if feature[0] == "a":
            if pointers is None:
                pointers = [(m.first, targets[m.entry]) for m in matches if targets[m.entry]]
            target = _nearest(pointers, first) if pointers else ""
            if target:
                found.setdefault(f"{feature}@{target}", where)


def _nearest(pointers: list[tuple[int, str]], word: int) -> str:
    """Whom the nearest pointer within reach points at; `pointers` are in order, so that only those in reach are met."""
    best, name = _WINDOW + 1, ""
    for place in range(bisect_left(pointers, (word - _WINDOW, "")), len(pointers)):
        position, target = pointers[place]
        if position > word + _WINDOW:
            break
        distance = abs(position - word)
        if 0 < distance < best:
            best, name = distance, target
    return name


def _by_sentence(analysis: Analysis) -> list[list[Match]]:
    rows: list[list[Match]] = [[] for _ in analysis.sentences]
    number = 0
    sentences = analysis.sentences
    for m in analysis.concepts:
        while m.first >= sentences[number][1]:
            number += 1
        rows[number].append(m)
    return rows


def family_features(analysis: Analysis, index: ConceptIndex) -> dict[str, Span]:
    """How many kinds of heat, praise or demand there are, and which topic the words dwell on, with its first words."""
    kinds: dict[str, set[int]] = {}
    weight: dict[str, int] = {}
    where: dict[str, Span] = {}
    families = index.families
    for entry, first, after in analysis.concepts:
        family = families[entry]
        if family in where:
            kinds[family].add(entry)
            weight[family] += after - first
        else:
            kinds[family], weight[family], where[family] = {entry}, after - first, (first, after)
    found: dict[str, Span] = {}
    for family in index.graded:
        if family in kinds:
            found.update(dict.fromkeys(_steps("n", family, _COUNTS, _bin(len(kinds[family]), _COUNTS)), where[family]))
    topics = [family for family in index.topics if family in weight]
    total = sum(weight[family] for family in topics)
    for family in topics:
        span = where[family]
        share = _bin(weight[family], [edge * total for edge in _SHARES])
        found.update(dict.fromkeys(_steps("t", family, _SHARES, share), span))
        found.update(dict.fromkeys(_steps("u", family, _KINDS, _bin(len(kinds[family]), _KINDS)), span))
    if topics:
        most = max(topics, key=lambda family: weight[family])
        first_topic = min(topics, key=lambda family: where[family])
        found[f"f:x:{most}"] = where[most]
        found[f"f:y:{first_topic}"] = where[first_topic]
    return found


@lru_cache(maxsize=4096)
def _steps(kind: str, family: str, edges: tuple[float, ...], reached: int) -> tuple[str, ...]:
    """Names of the features of a family for the edges that were reached; the same few hundred come again and again."""
    return tuple(f"f:{kind}:{family}{edge}" for edge in edges[:reached])


def _bin(value: float, edges: Sequence[float]) -> int:
    """How many of the edges, which go up, the value reaches."""
    return bisect_right(edges, value)


def shape_features(analysis: Analysis) -> list[str]:
    """How it is written: length, capitals, runs of marks, emoji."""
    texts = analysis.tokens.texts
    letters = caps = shouted = 0
    for i in analysis.words:
        word = texts[i]
        if word[0].isalpha():
            letters += len(word)
            if len(word) > 1 and word.isupper():
                caps += len(word)
                shouted += len(word) > 3
    share = caps * 100 // letters if letters else 0
    # The mark after "Dzień dobry!" or "Здравствуйте!" is custom, no heat.
    greeting = bool(analysis.sentences) and analysis.sentences[0][1] <= _GREETING
    marks = "".join(analysis.marks[1:] if greeting and analysis.marks[0] == "!" else analysis.marks)
    runs = sum(1 for mark in analysis.marks if len(mark) >= 3)
    features = [
        f"s:words{_bin(len(analysis.words), (3, 6, 12, 25, 50, 100))}",
        f"s:sents{_bin(len(analysis.sentences), (2, 3, 5, 9))}",
        f"s:caps{_bin(share, (8, 25, 60, 90))}",
        f"s:shout{_bin(shouted, (1, 2, 4))}",
        f"s:exc{_bin(marks.count('!'), (1, 2, 4, 8))}",
        f"s:que{_bin(marks.count('?'), (1, 2, 4))}",
        f"s:runs{_bin(runs, (1, 2, 4))}",
    ]
    if analysis.text[-1:] in ("!", "?", "."):
        features.append(f"s:last{analysis.text[-1]}")
    if analysis.words and texts[analysis.words[0]][0].islower():
        features.append("s:lower")
    return features


def word_features(key: str) -> Iterator[str]:
    """Features of one word: itself, its beginning, its character n-grams."""
    yield f"w:{key}"
    if len(key) > 5:
        yield f"5:{key[:5]}"
    padded = f"<{key}>"
    for size in (3, 4):
        for i in range(len(padded) - size + 1):
            yield f"g:{padded[i : i + size]}"

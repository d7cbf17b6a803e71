"""Weigh the features of one message: sums of small integers, block by block, and the log-odds of every label."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, sqrt

from zgoda.model import Weights
from zgoda.reading.analysis import Analysis
from zgoda.reading.features import (
    ConceptIndex,
    concept_features,
    family_features,
    pair_features,
    shape_features,
    word_features,
)
from zgoda.rules.lexicon import Lexicon

_WORDS_KEPT = 20_000
_CONCEPT_SHARE = 4
_SMOOTH = 3


@dataclass(slots=True)
class Scores:
    """Log-odds per output, and the features they came from (for the reasons)."""

    odds: list[float]
    concepts: dict[str, tuple[int, int]]
    concept_scale: float
    word_scale: float


def counted(features: Iterable[str]) -> int:
    """How many features share the weight of the message: concepts and rules, not their pairs."""
    return sum(1 for f in features if f[0] in "cr")


def concept_scale(count: int) -> float:
    """Weight of one concept feature in a message of `count`: long texts must not shout down short ones."""
    return 1 / sqrt(count / _CONCEPT_SHARE + _SMOOTH)


def word_scale(count: int) -> float:
    """Weight of one word in a message of `count` different words."""
    return 1 / sqrt(count + _SMOOTH)


class Scorer:
    """Applies one set of weights; remembers the summed row of every word it has met."""

    def __init__(self, weights: Weights, index: ConceptIndex) -> None:
        self.weights = weights
        self._index = index
        self._words: dict[str, array[int] | None] = {}
        self._pairs: dict[str, list[int] | None] = {}

    def word_row(self, language: str, key: str) -> array[int] | None:
        """Sum of the rows of a word's own features (itself, beginning, character n-grams), None if none is known."""
        name = language + key
        if name in self._words:
            return self._words[name]
        rows = self.weights.rows
        found = [rows[f] for f in (language + f for f in word_features(key)) if f in rows]
        row = array("h", self.weights.sums(found)) if found else None
        if len(self._words) < _WORDS_KEPT:
            self._words[name] = row
        return row

    def score(self, analysis: Analysis, lexicon: Lexicon) -> Scores:
        """Log-odds of every output for one analysed message."""
        weights = self.weights
        rows = weights.rows
        concepts = concept_features(analysis, self._index)
        families = family_features(analysis, self._index)
        concept_rows = [rows[f] for f in concepts if f[0] != "a" and f in rows]
        strong_rows = [rows[f] for f in concepts if f[0] == "a" and f in rows]
        others = (*families, *shape_features(analysis), "lang:" + lexicon.language)
        fixed = strong_rows + [rows[f] for f in others if f in rows]
        word_rows = []
        keys = dict(zip(analysis.keys, analysis.language_of_words(), strict=True))
        for key, language in keys.items():
            row = self.word_row(language, key)
            if row is not None:
                word_rows.append(row)
        pairs = [rows[f] for f in pair_features(analysis) if f in rows]
        a = concept_scale(counted(concepts))
        b = word_scale(len(keys))
        nothing = [0] * len(weights.outputs)
        from_words = [sum(column) for column in zip(*word_rows, strict=True)] if word_rows else nothing
        odds = [
            bias + scale * (a * c + b * (w + p) + s)
            for bias, scale, c, w, p, s in zip(
                weights.biases,
                weights.scales,
                weights.sums(concept_rows),
                from_words,
                weights.sums(pairs),
                weights.sums(fixed),
                strict=True,
            )
        ]
        return Scores(odds, concepts | families, a, b)


def softmax(odds: list[float]) -> list[float]:
    """Probabilities of exclusive classes."""
    top = max(odds)
    parts = [exp(value - top) for value in odds]
    total = sum(parts)
    return [part / total for part in parts]


def logistic(odds: float) -> float:
    """Probability of one yes/no label."""
    if odds < -60:
        return 0.0
    return 1 / (1 + exp(-odds))

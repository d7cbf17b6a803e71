"""Weigh the features of one message: sums of small integers, block by block, and the log-odds of every label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, sqrt

from zgoda.errors import ModelError
from zgoda.model import Lanes, Weights
from zgoda.model.analysis import Analysis
from zgoda.model.features import (
    ConceptIndex,
    concept_features,
    family_features,
    shape_features,
    word_features,
)
from zgoda.rules.lexicon import Lexicon

_WORDS_KEPT = 20_000
_CONCEPT_SHARE = 4
_SMOOTH = 3


@dataclass(slots=True)
class Scores:
    """Log-odds per output, and the features they came from (for the reasons): name -> words, by how much they count.

    `words` holds what each different word weighs, output by output.
    """

    odds: list[float]
    shared: list[str]
    steady: list[str]
    strong: list[str]
    where: dict[str, tuple[int, int]]
    words: dict[str, memoryview]
    concept_scale: float
    word_scale: float


def counted(features: Iterable[str]) -> int:
    """How many features share the weight of the message: concepts without risk, and rules."""
    return len([f for f in features if f[0] in "cr"])


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
        self.columns = weights.index
        self._index = index
        self._lanes = Lanes(len(weights.outputs))
        self._rows = {name: self._lanes.of(row) for name, row in weights.rows.items()}
        try:
            self._strong = [float(factor) for factor in weights.settings["strong"]]
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the trained weights lack {error}; run `./run model`") from error
        self._words: dict[str, tuple[int, memoryview]] = {}

    def _word(self, language: str, key: str) -> tuple[int, memoryview]:
        """Sum of the rows of a word's own features (itself, beginning, n-grams): packed, and column by column."""
        name = language + key
        known = self._words.get(name)
        if known is None:
            rows = self._rows
            total = sum([rows[f] for f in (language + f for f in word_features(key)) if f in rows])
            known = (total, self._lanes.values(total))
            if len(self._words) >= _WORDS_KEPT:
                self._words.clear()  # a memory that is full and never forgets would slow down all later languages
            self._words[name] = known
        return known

    def strength(self, column: int) -> float:
        """By how much more a step of a concept of abuse or risk counts for one output."""
        return self._strong[column]

    def score(self, analysis: Analysis, lexicon: Lexicon) -> Scores:
        """Log-odds of every output for one analysed message."""
        rows = self._rows
        concepts = concept_features(analysis, self._index)
        families = family_features(analysis, self._index)
        a = concept_scale(counted(concepts))
        shared = [f for f in concepts if f in rows and f[0] != "a"]
        others = (*shape_features(analysis), "lang:" + lexicon.language)
        strong = [f for f in concepts if f[0] == "a" and f in rows]
        steady = [f for f in families if f in rows]
        fixed = [rows[f] for f in steady] + [rows[f] for f in others if f in rows]
        keys = analysis.own_words()
        known = self._words.get
        words = [known(language + key) or self._word(language, key) for key, language in keys.items()]
        b = word_scale(len(keys))
        values = self._lanes.values
        sums = (
            values(sum([rows[f] for f in shared])),
            values(sum([total for total, _ in words])),
            values(sum(fixed)),
            values(sum([rows[f] for f in strong])),
            self._strong,
        )
        odds = [
            bias + scale * (a * c + b * w + s + factor * t)
            for bias, scale, c, w, s, t, factor in zip(self.weights.biases, self.weights.scales, *sums, strict=True)
        ]
        of_words = dict(zip(keys, [columns for _, columns in words], strict=True))
        return Scores(odds, shared, steady, strong, concepts | families, of_words, a, b)


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

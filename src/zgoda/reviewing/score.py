"""Weigh the features of each clause: log-odds of every act and finding, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zgoda.model import MIDDLE, Lanes, Weights
from zgoda.model.score import concept_scale, word_scale
from zgoda.reviewing.features import ClauseFeatures, pair_feature, word_features
from zgoda.text.remembered import Remembered

_WORDS_KEPT = 20_000
_CLAUSES_KEPT = 10_000  # words of clauses whose odds are remembered: a draft is reviewed at every pause in typing


@dataclass(frozen=True, slots=True)
class ClauseOdds:
    """Log-odds of one clause, output by output, and the features that gave them."""

    features: ClauseFeatures
    odds: list[float]


class ClauseScorer:
    """Applies one set of weights; remembers the summed row of every word it has met."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.columns = weights.index
        self._lanes = Lanes(len(weights.outputs))
        self._rows = {name: self._lanes.of(row) for name, row in weights.rows.items()}
        self._words: dict[tuple[str, str], int] = {}
        self._remembered = Remembered(self._odds, _CLAUSES_KEPT)

    def _word(self, language: str, key: str) -> int:
        """Packed sum of the rows of a word's own features."""
        known = self._words.get((language, key))
        if known is None:
            rows = self._rows
            known = sum([rows[f] for f in word_features(language, key) if f in rows])
            if len(self._words) >= _WORDS_KEPT:
                self._words.clear()
            self._words[language, key] = known
        return known

    def score(self, row: ClauseFeatures, language: str) -> ClauseOdds:
        """Log-odds of every output for one clause."""
        return ClauseOdds(row, self._remembered(tuple(row.words), tuple(row.shared), tuple(row.fixed), language))

    def _odds(self, said: Sequence[str], shared: Sequence[str], fixed: Sequence[str], language: str) -> list[float]:
        """The log-odds of the features of a clause, block by block."""
        rows, values = self._rows, self._lanes.values
        keys = list(dict.fromkeys(said))
        words = sum([self._word(language, key) for key in keys])
        pairs = (pair_feature(language, a, b) for a, b in pairwise(said))
        words += sum([rows[pair] for pair in dict.fromkeys(pairs) if pair in rows])
        a, b = concept_scale(len(shared)), word_scale(len(keys))
        sums = (
            values(sum([rows[f] for f in shared if f in rows])),
            values(words),
            values(sum([rows[f] for f in (*fixed, f"lang:{language}") if f in rows])),
        )
        return [
            bias + scale * (a * c + b * w + f)
            for bias, scale, c, w, f in zip(self.weights.biases, self.weights.scales, *sums, strict=True)
        ]

    def weightiest(self, row: ClauseFeatures, output: str) -> str | None:
        """The construction of a clause that speaks most for an output, None where its words alone do."""
        column = self.columns[output]
        rows = self.weights.rows
        own: Sequence[str] = [f for f in row.where if f in rows and rows[f][column] > MIDDLE]
        return max(own, key=lambda f: rows[f][column], default=None)

"""Which language a text is in: `ru` (also in Latin letters), `pl`, `en`, or `und` for every other."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from zgoda.errors import ModelError
from zgoda.model.weights import Weights
from zgoda.text.remembered import Remembered

OUTPUTS = ("ru", "ru_latin", "pl", "en", "und")
_LIMIT = 120
_KEPT = 30_000
_LONGEST = 24
_FEW = 3  # words that tell no language
_WORDS_KEPT = 20_000  # of sentences that are remembered: a draft is reviewed at every pause in typing


def letter_features(word: str) -> Iterator[str]:
    """Features of one lower-case word as typed (accents tell languages apart): itself and its n-grams."""
    word = word[:_LONGEST]
    yield "w:" + word
    padded = f"<{word}>"
    for size in (1, 2, 3, 4):
        for i in range(len(padded) - size + 1):
            yield padded[i : i + size]


class LanguageGuess:
    """Scores words by their letters; remembers the words it has met."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._known: dict[str, array[int]] = {}
        self._sentences = Remembered(self._of_sentence, _WORDS_KEPT)
        try:
            self._threshold = float(weights.settings["sentence_margin"])
            self._alone = float(weights.settings["alone_margin"])
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the weights of the language guess lack {error}; run `./run model`") from error

    def _row(self, word: str) -> array[int]:
        row = self._known.get(word)
        if row is None:
            rows = self._weights.rows
            found = [rows[f] for f in letter_features(word) if f in rows]
            row = array("h", self._weights.sums(found))
            if len(self._known) >= _KEPT:
                self._known.clear()  # a memory that is full and never forgets would slow down all later languages
            self._known[word] = row
        return row

    def scores(self, words: Sequence[str]) -> list[float]:
        """Mean log-odds of each output over the first words."""
        known = self._known.get
        rows = [known(word) or self._row(word) for word in words[:_LIMIT]]
        if not rows:
            return [0.0] * len(OUTPUTS)
        return [
            bias + scale * sum(column) / (len(rows) + 1)
            for bias, scale, column in zip(
                self._weights.biases, self._weights.scales, zip(*rows, strict=True), strict=True
            )
        ]

    def guess(self, words: Sequence[str]) -> tuple[str, float]:
        """The likeliest output for lower-case words, and by how much it leads."""
        scores = self.scores(words)
        second, first = sorted(scores)[-2:]
        return OUTPUTS[scores.index(first)], first - second

    def sure(self, words: int, margin: float) -> bool:
        """Whether so many words that lead by so much decide, so that a hint may not."""
        return words > 2 and margin > self._threshold / 2

    def alone(self, margin: float) -> bool:
        """Whether a lead is so large that no sentence of another language can be among the words."""
        return margin > self._alone

    def of_sentence(self, words: Sequence[str], main: str) -> str:
        """Language of one sentence: `main` unless another of the three is clearly likelier."""
        return main if len(words) < _FEW else self._sentences(tuple(words), main)

    def _of_sentence(self, words: Sequence[str], main: str) -> str:
        scores = dict(zip(OUTPUTS, self.scores(words), strict=True))
        scores["ru"] = max(scores["ru"], scores.pop("ru_latin"))
        scores.pop("und")
        best = max(scores, key=lambda name: scores[name])
        return best if best != main and scores[best] - scores[main] > self._threshold else main

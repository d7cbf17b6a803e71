"""Spans and reasons: which words carry a label, and the rule, concept or word that weighed most for it."""

from __future__ import annotations

from collections.abc import Iterable

from zgoda.model import MIDDLE, Weights
from zgoda.model.analysis import Analysis
from zgoda.model.score import Scorer, Scores
from zgoda.reading.labels import Verdicts
from zgoda.rules.lexicon import Lexicon
from zgoda.values import Reason, Span

_MODEL_SOURCE = "model"
_OF_SUBSTANCE = ("causes", "demands")  # what a message is about is never explained by its abuse or risks


def merge(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join overlapping ranges, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Explainer:
    """Finds for one scored message what stands behind a label."""

    def __init__(
        self, analysis: Analysis, lexicon: Lexicon, scorer: Scorer, scores: Scores, verdicts: Verdicts
    ) -> None:
        self._analysis = analysis
        self._lexicon = lexicon
        self._scorer = scorer
        self._weights: Weights = scorer.weights
        self._scores = scores
        self._verdicts = verdicts

    def spans(self, label: str, concepts: list[str]) -> list[tuple[int, int]]:
        """Code-point spans of a label: its rule, else its concepts outside quotations, else the weightiest sentence."""
        verdict = self._verdicts.get(label)
        ranges = []
        if verdict is not None and verdict.level != "veto":
            ranges.append((verdict.first, verdict.after))
        wanted = {self._lexicon.numbers[c] for c in concepts if c in self._lexicon.numbers}
        for m in self._analysis.concepts:
            if m.entry in wanted and not self._analysis.in_quotation(m.first):
                ranges.append((m.first, m.after))
        if ranges:
            return [self._analysis.span(*r) for r in merge(ranges)]
        return [self._weightiest_sentence(label)]

    def _weightiest_sentence(self, label: str) -> tuple[int, int]:
        """The sentence whose words speak most for the label; the whole text where there are no words."""
        analysis = self._analysis
        if not analysis.words:
            return 0, len(analysis.text)
        column = self._scorer.columns[label]
        words = self._scores.words
        best, chosen = float("-inf"), 0
        for number, (first, after) in enumerate(analysis.sentences):
            total = 0
            for key in analysis.keys[first:after]:
                if key in words:  # what is quoted weighs nothing
                    total += words[key][column]
            if after > first and total / (after - first + 3) > best:
                best, chosen = total / (after - first + 3), number
        first, after = analysis.sentences[chosen]
        return analysis.span(first, after)

    def reason(self, label: str, output: str | None = None) -> Reason:
        """The rule, or the concept or word with the largest share in the label's log-odds."""
        verdict = self._verdicts.get(label)
        if verdict is not None and verdict.level != "veto":
            start, end = self._analysis.span(verdict.first, verdict.after)
            return Reason(label, start, end, self._source_of(verdict.rule), rule=verdict.rule)
        column = self._scorer.columns[output or label]
        name, where, gain = "", (0, 0), 0.0
        scores, rows = self._scores, self._weights.rows
        field = label.partition(":")[0]
        parts = [(scores.shared, scores.concept_scale), (scores.steady, 1.0)]
        if field not in _OF_SUBSTANCE:
            parts.append((scores.strong, self._scorer.strength(column)))
        for features, scale in parts:
            if not features:
                continue
            values = [rows[f][column] for f in features]
            top = max(values)
            if (top - MIDDLE) * scale > gain:
                name = max(f for f, value in zip(features, values, strict=True) if value == top)
                where, gain = scores.where[name], (top - MIDDLE) * scale
        if scores.words:
            weight = max([columns[column] for columns in scores.words.values()])
            if weight * scores.word_scale > gain:
                key = max(key for key, columns in scores.words.items() if columns[column] == weight)
                i = self._analysis.keys.index(key)
                name, where = f"word:{key}", (i, i + 1)
        if not name:
            return Reason(label, 0, len(self._analysis.text), _MODEL_SOURCE, feature="whole text")
        start, end = self._analysis.span(*where)
        return Reason(label, start, end, self._source_of(_concept_of(name)), feature=name)

    def _source_of(self, identity: str) -> str:
        entry = self._lexicon.cards.get(identity)
        return entry.source if entry is not None else _MODEL_SOURCE


def _concept_of(feature: str) -> str:
    """`c:insult-mind@you` -> `insult-mind`."""
    kind, _, rest = feature.partition(":")
    return rest.partition("@")[0] if kind in ("a", "c", "r") else ""


def as_spans(kind: str, text: str, ranges: Iterable[tuple[int, int]]) -> list[Span]:
    """Span values over the text as given."""
    return [Span(kind, start, end, text[start:end]) for start, end in ranges]

"""From the log-odds of clauses and what rules say to the acts and findings of a reply."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log1p
from typing import Any

from zgoda.errors import ModelError
from zgoda.model import Weights
from zgoda.reviewing.score import ClauseOdds
from zgoda.reviewing.verdicts import Given, Verdicts
from zgoda.values import ACTS, FINDINGS

FLOOR = -12.0  # log-odds of what no clause may say
ANY = "findings:any"  # the output that asks whether a clause is a mistake of any kind
_ACTS, _FINDINGS = [f"acts:{act}" for act in ACTS], [f"findings:{kind}" for kind in FINDINGS]
_TOP = 4
_TOP_ANY = 3


def gate_features(
    acts: Sequence[float], findings: Sequence[float], wrong: Sequence[float], given: Sequence[float]
) -> list[float]:
    """What the gate looks at, all in log-odds of the reply.

    `acts` and `findings` kind by kind, `wrong` of every clause (a mistake of any kind), `given` what rules give (0, 1).
    """
    ranked = sorted(findings, reverse=True)[:_TOP]
    worst = (sorted(wrong, reverse=True) + [FLOOR] * _TOP_ANY)[:_TOP_ANY]
    mass = sum(log1p(exp(min(odds, 30.0))) for odds in findings)
    return [*ranked, mass, *worst, float(sum(given)), *findings, *acts]


@dataclass(frozen=True, slots=True)
class Said:
    """A label with the clauses (by number) that carry it, the likeliest first, and the rule that gave it, if any."""

    label: str
    clauses: tuple[int, ...]
    rule: str | None


@dataclass(frozen=True, slots=True)
class _Heard:
    """The clauses of one reply as they may be judged: allowed log-odds of each, and the best of each column."""

    odds: list[list[float]]
    best: list[float]
    scored: Sequence[ClauseOdds]
    verdicts: Verdicts

    @classmethod
    def of(cls, odds: list[list[float]], scored: Sequence[ClauseOdds], verdicts: Verdicts, columns: int) -> _Heard:
        """With the best clause of every column, the floor where there is no clause."""
        best = [max(column) for column in zip(*odds, strict=True)] if odds else [FLOOR] * columns
        return cls(odds, best, scored, verdicts)


class Judge:
    """Thresholds, calibration and gate of the weights, applied to one reply at a time."""

    def __init__(self, weights: Weights) -> None:
        settings = weights.settings
        try:
            self._lines = [(float(a), float(b)) for a, b in settings["calibration"]]
            self._acts = {name: float(settings["acts"][name]) for name in _ACTS}
            self.distrusted = frozenset(map(str, settings["distrusted"]))
            gate: dict[str, Any] = settings["gate"]
            self._gate, self._bias = [float(w) for w in gate["weights"]], float(gate["bias"])
            self._kind = float(gate["kind"])
            self._opens = {language: float(least) for language, least in gate["opens"].items()}
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"the trained weights of replies lack {error}; run `./run model`") from error
        self._columns = weights.index

    def judge(self, scored: Sequence[ClauseOdds], verdicts: Verdicts, language: str) -> list[Said]:
        """All acts, then all findings of a reply in the order of the contract."""
        heard = _Heard.of([self._allowed(row, verdicts) for row in scored], scored, verdicts, len(self._columns))
        said = [s for label, least in self._acts.items() if (s := self._said(label, heard, least))]
        return [*said, *self._findings(heard, language)]

    def _allowed(self, row: ClauseOdds, verdicts: Verdicts) -> list[float]:
        """Calibrated log-odds of one clause; a label that a rule takes away in its sentence has none."""
        odds = [a * value + b for value, (a, b) in zip(row.odds, self._lines, strict=True)]
        for label, sentences in verdicts.vetoed.items():
            column = self._columns.get(label)
            if column is not None and row.features.clause.sentence in sentences:
                odds[column] = FLOOR
        return odds

    def _findings(self, heard: _Heard, language: str) -> list[Said]:
        wrong = [row[self._columns[ANY]] for row in heard.odds]
        given = [float(label in heard.verdicts.decided) for label in _FINDINGS]
        features = gate_features(self._best(heard, _ACTS), self._best(heard, _FINDINGS), wrong, given)
        gate = self._bias + sum(w * x for w, x in zip(self._gate, features, strict=True))
        least = self._kind if gate >= self._opens.get(language, max(self._opens.values())) else float("inf")
        return [s for label in _FINDINGS if (s := self._said(label, heard, least))]

    def _best(self, heard: _Heard, labels: Sequence[str]) -> list[float]:
        """Log-odds of the likeliest clause, label by label."""
        return [heard.best[self._columns[label]] for label in labels]

    def _said(self, label: str, heard: _Heard, least: float) -> Said | None:
        """The label if a rule gives it or a clause reaches `least`."""
        column = self._columns[label]
        given = heard.verdicts.decided.get(label, [])
        if heard.best[column] < least and not given:  # nearly every label
            return None
        carrying = {n: row[column] for n, row in enumerate(heard.odds) if row[column] >= least}
        for n in _resting(given, heard.scored):
            carrying[n] = max(carrying.get(n, FLOOR), -FLOOR)
        if not carrying:
            return None
        ranked = sorted(carrying, key=lambda n: (-carrying[n], n))
        return Said(label, tuple(ranked), given[0].rule if given else None)


def _resting(given: Sequence[Given], scored: Sequence[ClauseOdds]) -> Iterator[int]:
    """Numbers of the clauses that hold words of the rules; halving, since a reply may be one mistake a line."""
    if not given:
        return
    starts = [row.features.clause.first for row in scored]
    for rule in given:
        first = max(bisect_right(starts, rule.first) - 1, 0)
        for n in range(first, bisect_left(starts, rule.after)):
            if rule.first < scored[n].features.clause.after:
                yield n

"""From log-odds and rules to labels: state, abuse, signals, causes, demands, in agreement with each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log
from typing import Any

from zgoda.model.score import Scores, logistic, softmax
from zgoda.values import ABUSE, CAUSES, DEMANDS, SIGNALS, STATES

_ABUSE_WORD = "f:n:abuse1"  # the feature that says: at least one concept of abuse
CALM, DISSATISFIED, ANGRY, ABUSIVE = range(4)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule says of a label: it gives it (`decide`) or takes it away (`veto`)."""

    rule: str
    level: str
    first: int
    after: int


Verdicts = dict[str, Verdict]
"""By label, `abuse:threat` and the like."""


@dataclass(slots=True)
class Judgement:
    """Labels with their probabilities, before spans and reasons are found."""

    state: str
    temperature: int
    abuse: list[str]
    signals: list[str]
    causes: list[str]
    demands: list[str]


def without_words(judgement: Judgement) -> Judgement:
    """A message without a word names no matter and asks for nothing, though marks alone may show heat."""
    causes = [] if judgement.state == STATES[CALM] else ["other"]
    return replace(judgement, signals=[], causes=causes, demands=[])


class Judge:
    """Turns scores into labels with the thresholds of the weights and the bands of the content."""

    def __init__(self, index: dict[str, int], settings: dict[str, Any], table: dict[str, Any]) -> None:
        self._index = index
        self._limits: dict[str, float] = table["states"]
        self._thresholds: dict[str, float] = settings["thresholds"] | table["safety"]
        self._bare: dict[str, float] = table["bare"]
        self._bands: dict[str, list[int]] = table["temperature"]
        self._states = [index[f"state:{s}"] for s in STATES]
        vocabularies = {"abuse": ABUSE, "signals": SIGNALS, "causes": CAUSES, "demands": DEMANDS}
        self._kinds = {
            name: [(kind, label, index[label], self._least(label)) for kind in kinds for label in (f"{name}:{kind}",)]
            for name, kinds in vocabularies.items()
        }

    def _least(self, label: str) -> float:
        """Log-odds at the threshold of a label."""
        threshold = self._thresholds.get(label, 0.5)
        return log(threshold / (1 - threshold))

    def probability(self, scores: Scores, label: str) -> float:
        """Probability of a yes/no label."""
        return logistic(scores.odds[self._index[label]])

    def _chosen(self, scores: Scores, name: str, verdicts: Verdicts) -> list[str]:
        """Kinds whose log-odds reach their threshold or that a rule gives, less those that a rule takes away."""
        odds = scores.odds
        if not verdicts:
            return [kind for kind, _, column, least in self._kinds[name] if odds[column] >= least]
        chosen = []
        for kind, label, column, least in self._kinds[name]:
            verdict = verdicts.get(label)
            if verdict is None:
                if odds[column] >= least:
                    chosen.append(kind)
            elif verdict.level == "decide":
                chosen.append(kind)
        return chosen

    def judge(self, scores: Scores, verdicts: Verdicts) -> Judgement:
        """All labels of one message."""
        states = softmax([scores.odds[i] for i in self._states])
        abuse = self._shown(self._chosen(scores, "abuse", verdicts), scores, verdicts)
        state = self._state(states, abuse, verdicts)
        if state == ABUSIVE and not abuse:
            abuse = [self._likeliest_abuse(scores, verdicts)]
        if state != ABUSIVE:
            abuse = []
        return Judgement(
            state=STATES[state],
            temperature=self._temperature(state, states),
            abuse=abuse,
            signals=self._chosen(scores, "signals", verdicts),
            causes=self._causes(scores, state, verdicts),
            demands=self._chosen(scores, "demands", verdicts),
        )

    def _shown(self, abuse: list[str], scores: Scores, verdicts: Verdicts) -> list[str]:
        """Kinds of abuse that stand; without one word of the abuse lexicon only those that are likelier than not."""
        if _ABUSE_WORD in scores.steady:
            return abuse
        least = {kind: self._bare.get(kind, self._limits["bare"]) for kind in abuse}
        return [k for k in abuse if f"abuse:{k}" in verdicts or self.probability(scores, f"abuse:{k}") >= least[k]]

    def _state(self, states: list[float], abuse: list[str], verdicts: Verdicts) -> int:
        for number in (ABUSIVE, ANGRY, DISSATISFIED, CALM):
            verdict = verdicts.get(f"state:{STATES[number]}")
            if verdict is not None and verdict.level == "decide":
                return number
        if any((v := verdicts.get(f"abuse:{kind}")) and v.level == "decide" for kind in abuse):
            return ABUSIVE
        if states[ABUSIVE] >= (self._limits["shown"] if abuse else self._limits["unshown"]):
            return ABUSIVE
        calm, dissatisfied, angry = (share / sum(states[:ABUSIVE]) for share in states[:ABUSIVE])
        if angry >= self._limits["angry"]:
            return ANGRY
        return CALM if calm > max(dissatisfied, self._limits["calm"]) else DISSATISFIED

    def _likeliest_abuse(self, scores: Scores, verdicts: Verdicts) -> str:
        allowed = [k for k in ABUSE if (v := verdicts.get(f"abuse:{k}")) is None or v.level != "veto"]
        return max(allowed, key=lambda kind: scores.odds[self._index[f"abuse:{kind}"]])

    def _temperature(self, state: int, states: list[float]) -> int:
        """Place inside the band of the state by how the probability leans to hotter or cooler states."""
        low, high = self._bands[STATES[state]]
        hotter, cooler = sum(states[state + 1 :]), sum(states[:state])
        lean = 0.5 + (hotter - cooler) / 2
        if state == ABUSIVE:
            lean = states[ABUSIVE]
        elif state == CALM:
            lean = 1 - states[CALM]
        return round(low + (high - low) * min(max(lean, 0.0), 1.0))

    def _weight_as_main(self, scores: Scores, kind: str) -> float:
        """How much speaks for a cause as the main one: two judges, asked for the main and for any, agree best."""
        odds = scores.odds
        return odds[self._index[f"main:{kind}"]] + log(max(logistic(odds[self._index[f"causes:{kind}"]]), 1e-9))

    def _causes(self, scores: Scores, state: int, verdicts: Verdicts) -> list[str]:
        """Causes, the main one first; a message with displeasure has at least one."""
        if state == CALM and self.probability(scores, "causes:any") < self._thresholds.get("causes:any", 0.5):
            return []
        chosen = set(self._chosen(scores, "causes", verdicts))
        first = max(CAUSES, key=lambda kind: self._weight_as_main(scores, kind))
        rest = sorted(chosen - {first, "other"}, key=lambda kind: -self.probability(scores, f"causes:{kind}"))
        return [first, *rest]

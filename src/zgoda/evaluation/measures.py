"""What every evaluation answers in: shares with intervals, scores of labels, and how intervals are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zgoda.api import load_content

Hits = tuple[int, int, int]  # right, too much, missed
Shares = tuple[float | None, float | None, float | None]  # precision, recall, F1


@dataclass(frozen=True, slots=True)
class Measure:
    """A share 0..1 with its interval; all None where nothing can be said (nothing found, or nothing to find)."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """One label, or an average: how often it stands in the lines, how often the engine says it, how they agree."""

    label: str
    wanted: int
    found: int
    precision: Measure
    recall: Measure
    f1: Measure


@dataclass(frozen=True, slots=True)
class TaskScore:
    """One field of an answer; `macro` is the mean over the labels that occur, `micro` counts every decision once."""

    name: str
    labels: tuple[Score, ...]
    micro: Score
    macro: Score


@dataclass(frozen=True, slots=True)
class Settings:
    """How intervals are drawn, and how many states apart is far off."""

    resamples: int
    seed: int
    confidence: float
    far: int


def settings_from_content() -> Settings:
    """The settings that the shipped content gives."""
    table = load_content().table("common", "evaluation")
    return Settings(int(table["resamples"]), int(table["seed"]), float(table["confidence"]), int(table["far"]))


def measure(value: float | None, drawn: Iterable[float | None], confidence: float) -> Measure:
    """A value with the percentiles of the same value over the draws."""
    known = sorted(v for v in drawn if v is not None)
    if value is None or not known:
        return Measure(value, None, None)
    tail = int(len(known) * (1 - confidence) / 2)
    return Measure(value, known[tail], known[len(known) - 1 - tail])


def task_score(
    name: str, labels: Sequence[str], hits: Sequence[Hits], drawn: Sequence[Sequence[Hits]], confidence: float
) -> TaskScore:
    """The scores of one field: `hits` of each label, and of each label in every draw."""
    scores = tuple(
        _score(label, hits[i], _shares(hits[i]), [_shares(draw[i]) for draw in drawn], confidence)
        for i, label in enumerate(labels)
    )
    everything = _sum(hits)
    micro = _score("micro", everything, _shares(everything), [_shares(_sum(d)) for d in drawn], confidence)
    macro = _score("macro", everything, _mean(hits), [_mean(d) for d in drawn], confidence)
    return TaskScore(name, scores, micro, macro)


def _sum(rows: Sequence[Hits]) -> Hits:
    return sum(r[0] for r in rows), sum(r[1] for r in rows), sum(r[2] for r in rows)


def _shares(hits: Hits) -> Shares:
    right, extra, missed = hits
    return (
        right / (right + extra) if right + extra else None,
        right / (right + missed) if right + missed else None,
        2 * right / (2 * right + extra + missed) if right + extra + missed else None,
    )


def _mean(hits: Iterable[Hits]) -> Shares:
    """The mean over labels; one that was never found has no precision and counts as none, 0 in F1."""
    rows = [_shares(h) for h in hits]
    means = []
    for i in range(3):
        known = [row[i] for row in rows if row[i] is not None]
        means.append(sum(v for v in known if v is not None) / len(known) if known else None)
    return means[0], means[1], means[2]


def _score(label: str, hits: Hits, shares: Shares, drawn: Sequence[Shares], confidence: float) -> Score:
    right, extra, missed = hits
    three = [measure(shares[i], (draw[i] for draw in drawn), confidence) for i in range(3)]
    return Score(label, right + missed, right + extra, *three)

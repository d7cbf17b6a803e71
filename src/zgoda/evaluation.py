"""Measures readings against labelled messages: precision, recall and F1 of every label, with intervals."""

from __future__ import annotations

import json
import random
import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from zgoda.api import engine, load_content
from zgoda.errors import InputError
from zgoda.values import ABUSE, CAUSES, DEMANDS, FACTS, LANGUAGES, SIGNALS, STATES, Reading

TASKS: Mapping[str, tuple[str, ...]] = {
    "state": STATES,
    "abuse": ABUSE,
    "signals": SIGNALS,
    "cause": CAUSES,
    "demands": DEMANDS,
    "facts": FACTS,
    "language": (*LANGUAGES, "und"),
}
_LISTS = {"abuse": ABUSE, "signals": SIGNALS, "causes": CAUSES, "demands": DEMANDS}
_PLACES = {pair: i for i, pair in enumerate((t, label) for t, labels in TASKS.items() for label in labels)}
_FAR = 3 * len(_PLACES)  # the lane behind the last label counts messages whose state is far off
_LANES = _FAR + 1
_LAYOUT = struct.Struct(f"<{_LANES}I")

Line = Mapping[str, Any] | str | bytes | InputError
Hits = tuple[int, int, int]  # right, too much, missed


@dataclass(frozen=True, slots=True)
class Measure:
    """A share 0..1 with its interval; all None where nothing can be said (nothing found, or nothing to find)."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """One label, or an average: how often it stands in the lines, how often the reading says it, how they agree."""

    label: str
    wanted: int
    found: int
    precision: Measure
    recall: Measure
    f1: Measure


@dataclass(frozen=True, slots=True)
class TaskScore:
    """One field of the reading; `macro` is the mean over the labels that occur, `micro` counts every decision once."""

    name: str
    labels: tuple[Score, ...]
    micro: Score
    macro: Score


@dataclass(frozen=True, slots=True)
class Part:
    """The scores over all messages, or over those of one language; `confusion[wanted][came]` counts states."""

    name: str
    messages: int
    tasks: tuple[TaskScore, ...]
    far_off: Measure
    far_off_ids: tuple[Any, ...]
    confusion: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores over all lines, then, if asked for, over each language; `faults` are lines that could not be used."""

    parts: tuple[Part, ...]
    faults: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"schema": 1, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Settings:
    """How intervals are drawn, and how many states apart is far off."""

    resamples: int
    seed: int
    confidence: float
    far: int


@dataclass(frozen=True, slots=True)
class _Judged:
    id: Any
    language: str
    states: tuple[int, int]
    packed: int


def settings_from_content() -> Settings:
    """The settings that the shipped content gives."""
    table = load_content().table("common", "evaluation")
    return Settings(int(table["resamples"]), int(table["seed"]), float(table["confidence"]), int(table["far"]))


def evaluate(
    lines: Iterable[Line],
    *,
    read: Callable[[str], Reading] | None = None,
    settings: Settings | None = None,
    by_language: bool = False,
) -> Evaluation:
    """Read every labelled message and compare; `lines` are objects or JSON texts of labels.md §3, read once, in order.

    `read` replaces the shipped engine. Blank lines are left out; a line that is no labelled message is told in
    `faults` as `line 7: ...` and left out; an InputError among the lines is such a fault too. The intervals are
    percentiles over messages drawn again with replacement, the same for the same lines.
    """
    settings = settings or settings_from_content()
    read = read or engine().read
    judged: list[_Judged] = []
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            gold = _parse(line)
            if gold is not None:
                judged.append(_judge(gold, read(gold["text"]), settings.far))
        except InputError as fault:
            faults.append(f"line {number}: {fault}")
    parts = [_part("all", judged, settings)]
    if by_language:
        names = sorted({one.language for one in judged})
        parts += [_part(name, [one for one in judged if one.language == name], settings) for name in names]
    return Evaluation(tuple(parts), tuple(faults))


# -- lines -----------------------------------------------------------------------------------------------------------


def _parse(line: Line) -> Mapping[str, Any] | None:
    """A labelled message, None for a blank line; raises InputError that says what is wrong with it."""
    if isinstance(line, InputError):
        raise line
    if isinstance(line, (str, bytes)):
        if not line.strip():
            return None
        try:
            line = json.loads(line)
        except (ValueError, RecursionError) as fault:
            raise InputError(f"not JSON: {fault}") from fault
    if not isinstance(line, Mapping):
        raise InputError("expected an object with the fields of a labelled message")
    _check(line)
    return line


def _check(line: Mapping[str, Any]) -> None:
    for key in ("text", "lang"):
        if not isinstance(line.get(key), str):
            raise InputError(f"{key}: expected a text, came {line.get(key)!r:.40}")
    if line.get("state") not in STATES:
        raise InputError(f"state: expected one of {', '.join(STATES)}, came {line.get('state')!r:.40}")
    for key, known in _LISTS.items():
        kinds = line.get(key)
        if not isinstance(kinds, list):
            raise InputError(f"{key}: expected a list, came {kinds!r:.40}")
        for kind in kinds:
            if kind not in known:
                raise InputError(f"{key}: {kind!r:.40} is no label of it")
    facts = line.get("facts")
    if not isinstance(facts, list):
        raise InputError(f"facts: expected a list, came {facts!r:.40}")
    for fact in facts:
        if not isinstance(fact, Mapping) or fact.get("kind") not in FACTS or not isinstance(fact.get("text"), str):
            raise InputError(f'facts: expected {{"kind", "text"}}, came {fact!r:.60}')
        if not fact["text"] or fact["text"] not in line["text"]:
            raise InputError(f"facts: {fact['text']!r:.60} does not stand in the text")


# -- one message -----------------------------------------------------------------------------------------------------


def _judge(gold: Mapping[str, Any], reading: Reading, far: int) -> _Judged:
    language = gold["lang"] if gold["lang"] in LANGUAGES else "und"
    pairs: dict[str, tuple[Iterable[str], Iterable[str]]] = {
        "state": ([gold["state"]], [reading.state]),
        "abuse": (gold["abuse"], [span.kind for span in reading.abuse]),
        "signals": (gold["signals"], [span.kind for span in reading.signals]),
        "cause": (gold["causes"][:1], reading.causes[:1]),
        "demands": (gold["demands"], reading.demands),
        "language": ([language], [reading.language]),
    }
    lanes = [0] * _LANES
    for task, (wanted, came) in pairs.items():
        _add_sets(lanes, task, set(wanted), set(came))
    _add_facts(lanes, gold, reading)
    states = (STATES.index(gold["state"]), STATES.index(reading.state))
    lanes[_FAR] = int(abs(states[0] - states[1]) >= far)
    return _Judged(gold.get("id"), language, states, int.from_bytes(_LAYOUT.pack(*lanes), "little"))


def _add(lanes: list[int], task: str, label: str, hits: Hits) -> None:
    place = 3 * _PLACES[task, label]
    for i, count in enumerate(hits):
        lanes[place + i] += count


def _add_sets(lanes: list[int], task: str, wanted: set[str], came: set[str]) -> None:
    for label in wanted | came:
        _add(lanes, task, label, (int(label in wanted & came), int(label not in wanted), int(label not in came)))


def _add_facts(lanes: list[int], gold: Mapping[str, Any], reading: Reading) -> None:
    wanted: dict[str, list[tuple[int, int]]] = {}
    for kind, start, end in _places(gold):
        wanted.setdefault(kind, []).append((start, end))
    came: dict[str, list[tuple[int, int]]] = {}
    for fact in reading.facts:
        came.setdefault(fact.kind, []).append((fact.start, fact.end))
    for kind in wanted.keys() | came.keys():
        w, c = wanted.get(kind, []), came.get(kind, [])
        right = _pairs(sorted(w, key=_end), sorted(c, key=_end))
        _add(lanes, "facts", kind, (right, len(c) - right, len(w) - right))


def _end(span: tuple[int, int]) -> tuple[int, int]:
    return span[1], span[0]


def _places(gold: Mapping[str, Any]) -> Iterator[tuple[str, int, int]]:
    """Where the labelled facts stand: the n-th mention of the same words is looked for behind the one before."""
    after: Counter[str] = Counter()
    for fact in gold["facts"]:
        words = fact["text"]
        start = gold["text"].find(words, after[words])
        if start < 0:
            start = gold["text"].find(words)
        after[words] = start + len(words)
        yield fact["kind"], start, start + len(words)


def _pairs(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
    """How many spans of two rows, both in order of their ends, can be paired one to one so that each pair overlaps."""
    i = j = pairs = 0
    while i < len(one) and j < len(other):
        (a, b), (c, d) = one[i], other[j]
        if a < d and c < b:
            pairs, i, j = pairs + 1, i + 1, j + 1
        elif b <= d:
            i += 1
        else:
            j += 1
    return pairs


# -- scores ----------------------------------------------------------------------------------------------------------


def _part(name: str, judged: Sequence[_Judged], settings: Settings) -> Part:
    packed = [one.packed for one in judged]
    table = [[0] * len(STATES) for _ in STATES]
    for one in judged:
        table[one.states[0]][one.states[1]] += 1
    totals = _unpack(sum(packed))
    draws = _draw(packed, settings)
    count = len(judged)
    return Part(
        name=name,
        messages=count,
        tasks=tuple(_task(task, totals, draws, settings.confidence) for task in TASKS),
        far_off=_measure(
            totals[_FAR] / count if count else None, (d[_FAR] / count for d in draws), settings.confidence
        ),
        far_off_ids=tuple(one.id for one in judged if abs(one.states[0] - one.states[1]) >= settings.far),
        confusion=tuple(tuple(row) for row in table),
    )


def _unpack(total: int) -> tuple[int, ...]:
    return _LAYOUT.unpack(total.to_bytes(_LAYOUT.size, "little"))


def _draw(packed: Sequence[int], settings: Settings) -> list[tuple[int, ...]]:
    """Totals of messages drawn again; the counts of a message lie in one long integer, so that one sum adds all."""
    if not packed:
        return []
    chance = random.Random(settings.seed)
    return [_unpack(sum(chance.choices(packed, k=len(packed)))) for _ in range(settings.resamples)]


def _task(task: str, totals: Sequence[int], draws: Sequence[Sequence[int]], confidence: float) -> TaskScore:
    labels = [label for label in TASKS[task] if any(_hits(totals, task, label))]
    hits = {label: _hits(totals, task, label) for label in labels}
    drawn = [[_hits(draw, task, label) for label in labels] for draw in draws]
    scores = tuple(
        _score(label, hits[label], _shares(hits[label]), [_shares(draw[i]) for draw in drawn], confidence)
        for i, label in enumerate(labels)
    )
    everything = _sum(hits.values())
    micro = _score("micro", everything, _shares(everything), [_shares(_sum(d)) for d in drawn], confidence)
    macro = _score("macro", everything, _mean(hits.values()), [_mean(d) for d in drawn], confidence)
    return TaskScore(task, scores, micro, macro)


def _hits(totals: Sequence[int], task: str, label: str) -> Hits:
    place = 3 * _PLACES[task, label]
    return totals[place], totals[place + 1], totals[place + 2]


def _sum(hits: Iterable[Hits]) -> Hits:
    rows = list(hits)
    return sum(r[0] for r in rows), sum(r[1] for r in rows), sum(r[2] for r in rows)


_Shares = tuple[float | None, float | None, float | None]


def _shares(hits: Hits) -> _Shares:
    """Precision, recall, F1."""
    right, extra, missed = hits
    return (
        right / (right + extra) if right + extra else None,
        right / (right + missed) if right + missed else None,
        2 * right / (2 * right + extra + missed) if right + extra + missed else None,
    )


def _mean(hits: Iterable[Hits]) -> _Shares:
    """The mean over labels; one that was never found has no precision and counts as none, 0 in F1."""
    rows = [_shares(h) for h in hits]
    means = []
    for i in range(3):
        known = [row[i] for row in rows if row[i] is not None]
        means.append(sum(v for v in known if v is not None) / len(known) if known else None)
    return means[0], means[1], means[2]


def _score(label: str, hits: Hits, shares: _Shares, drawn: Sequence[_Shares], confidence: float) -> Score:
    right, extra, missed = hits
    three = [_measure(shares[i], (draw[i] for draw in drawn), confidence) for i in range(3)]
    return Score(label, right + missed, right + extra, *three)


def _measure(value: float | None, drawn: Iterable[float | None], confidence: float) -> Measure:
    known = sorted(v for v in drawn if v is not None)
    if value is None or not known:
        return Measure(value, None, None)
    tail = int(len(known) * (1 - confidence) / 2)
    return Measure(value, known[tail], known[len(known) - 1 - tail])

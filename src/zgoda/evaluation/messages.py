"""Measures readings against labelled messages: precision, recall and F1 of every label, with intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from zgoda.api import engine
from zgoda.errors import InputError
from zgoda.evaluation.lines import Line, judged, language_of, need_kinds, need_text
from zgoda.evaluation.measures import Measure, Settings, TaskScore, settings_from_content
from zgoda.evaluation.sheet import LINES, Sheet
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
_FAR = "far"
_SHEET = Sheet(TASKS, (_FAR,))


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
class _Judged:
    id: Any
    language: str
    states: tuple[int, int]
    packed: int


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
    reader, far = read or engine().read, settings.far

    def judge(gold: Mapping[str, Any]) -> _Judged:
        _check(gold)
        return _judge(gold, reader(gold["text"]), far)

    faults: list[str] = []
    found = list(judged(lines, "message", judge, faults))
    parts = [_part("all", found, settings)]
    if by_language:
        names = sorted({one.language for one in found})
        parts += [_part(name, [one for one in found if one.language == name], settings) for name in names]
    return Evaluation(tuple(parts), tuple(faults))


def _check(line: Mapping[str, Any]) -> None:
    need_text(line, "text", "lang")
    if line.get("state") not in STATES:
        raise InputError(f"state: expected one of {', '.join(STATES)}, came {line.get('state')!r:.40}")
    for key, known in _LISTS.items():
        need_kinds(line, key, known)
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
    language = language_of(gold)
    pairs: dict[str, tuple[Iterable[str], Iterable[str]]] = {
        "state": ([gold["state"]], [reading.state]),
        "abuse": (gold["abuse"], [span.kind for span in reading.abuse]),
        "signals": (gold["signals"], [span.kind for span in reading.signals]),
        "cause": (gold["causes"][:1], reading.causes[:1]),
        "demands": (gold["demands"], reading.demands),
        "language": ([language], [reading.language]),
    }
    lanes = _SHEET.blank()
    for task, (wanted, came) in pairs.items():
        _SHEET.add_sets(lanes, task, set(wanted), set(came))
    _add_facts(lanes, gold, reading)
    states = (STATES.index(gold["state"]), STATES.index(reading.state))
    _SHEET.mark(lanes, _FAR, int(abs(states[0] - states[1]) >= far))
    return _Judged(gold.get("id"), language, states, _SHEET.pack(lanes))


def _add_facts(lanes: list[int], gold: Mapping[str, Any], reading: Reading) -> None:
    wanted: dict[str, list[tuple[int, int]]] = {}
    for kind, start, end in _places(gold):
        wanted.setdefault(kind, []).append((start, end))
    came: dict[str, list[tuple[int, int]]] = {}
    for fact in reading.facts:
        came.setdefault(fact.kind, []).append((fact.start, fact.end))
    for kind in wanted.keys() | came.keys():
        w, c = wanted.get(kind, []), came.get(kind, [])
        right = pairs_of(sorted(w, key=_end), sorted(c, key=_end))
        _SHEET.add(lanes, "facts", kind, (right, len(c) - right, len(w) - right))


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


def pairs_of(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> int:
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


# -- all messages ----------------------------------------------------------------------------------------------------


def _part(name: str, found: Sequence[_Judged], settings: Settings) -> Part:
    table = [[0] * len(STATES) for _ in STATES]
    for one in found:
        table[one.states[0]][one.states[1]] += 1
    tally = _SHEET.tally([one.packed for one in found], settings)
    return Part(
        name=name,
        messages=len(found),
        tasks=tally.every_task(),
        far_off=tally.share(_FAR, LINES),
        far_off_ids=tuple(one.id for one in found if abs(one.states[0] - one.states[1]) >= settings.far),
        confusion=tuple(tuple(row) for row in table),
    )

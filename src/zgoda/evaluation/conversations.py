"""Measures guidance against conversations with expected steps: agreement turn by turn, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from zgoda.errors import InputError
from zgoda.evaluation.lines import Line, judged
from zgoda.evaluation.measures import Measure, Settings, TaskScore, settings_from_content
from zgoda.evaluation.sheet import LINES, Sheet
from zgoda.values import LANGUAGES, RUNGS, SAFETY, STAGES, TENSION, Guidance

TASKS: Mapping[str, tuple[str, ...]] = {"stage": STAGES, "ladder": RUNGS, "safety": SAFETY, "tension": TENSION}
_TURNS, _RIGHT, _WHOLE = "turns", "right", "whole"
_SHEET = Sheet(TASKS, (_TURNS, _RIGHT, _WHOLE, *TASKS, *(f"{name}_right" for name in TASKS)))

Expected = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One field: on how many turns it is expected, and on what share of them the guidance says the same."""

    field: str
    turns: int
    share: Measure


@dataclass(frozen=True, slots=True)
class Difference:
    """A turn on which a field differs."""

    id: Any
    turn: int
    field: str
    wanted: str
    came: str


@dataclass(frozen=True, slots=True)
class ConversationPart:
    """Agreement over all conversations, or over those of one language.

    `together`: share of the turns on which every expected field is right; `whole`: share of the conversations in
    which every turn is; `tasks` has precision, recall and F1 of every stage, rung, danger and tension.
    """

    name: str
    conversations: int
    turns: int
    fields: tuple[Agreement, ...]
    together: Measure
    whole: Measure
    tasks: tuple[TaskScore, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ConversationEvaluation:
    """Agreement over all lines, then, if asked for, by language; `faults` are lines that could not be used."""

    parts: tuple[ConversationPart, ...]
    faults: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"schema": 1, **asdict(self)}


@dataclass(frozen=True, slots=True)
class _Judged:
    language: str
    differences: tuple[Difference, ...]
    packed: int


def evaluate_conversations(
    lines: Iterable[Line],
    *,
    guide: Callable[[Mapping[str, Any]], Sequence[Guidance]],
    settings: Settings | None = None,
    by_language: bool = False,
) -> ConversationEvaluation:
    """Guide every conversation and compare; `lines` are objects or JSON texts of labels.md §4 with `expect`.

    `expect` is a list of `{"turn" (from 0), "stage"?, "ladder"?, "safety"?, "tension"?}` with at least one field.
    `guide` gives one Guidance a turn for such an object and raises InputError for one that is no conversation. The
    intervals draw conversations, not turns; faults are as in `evaluate`.
    """
    settings = settings or settings_from_content()

    def judge(line: Mapping[str, Any]) -> _Judged:
        expected = _expected(line)
        return _judge(line, expected, guide(line))

    faults: list[str] = []
    found = list(judged(lines, "conversation", judge, faults))
    parts = [_part("all", found, settings)]
    if by_language:
        names = sorted({one.language for one in found})
        parts += [_part(name, [one for one in found if one.language == name], settings) for name in names]
    return ConversationEvaluation(tuple(parts), tuple(faults))


def _expected(line: Mapping[str, Any]) -> list[Expected]:
    """What is expected, checked."""
    rows = line.get("expect")
    if not isinstance(rows, list) or not rows:
        raise InputError(f"expect: expected a list of turns, came {rows!r:.40}")
    seen: set[int] = set()
    for row in rows:
        turn = row.get("turn") if isinstance(row, Mapping) else None
        if not isinstance(turn, int) or isinstance(turn, bool) or turn < 0:
            raise InputError(f'expect: expected {{"turn", "stage", ...}} with a turn from 0, came {row!r:.60}')
        if turn in seen:
            raise InputError(f"expect: turn {turn} stands twice")
        seen.add(turn)
        _check_row(row, turn)
    return rows


def _check_row(row: Expected, turn: int) -> None:
    named = [name for name in TASKS if row.get(name) is not None]
    if not named:
        raise InputError(f"expect: turn {turn} expects nothing; name {', '.join(TASKS)}")
    for name in named:
        if row[name] not in TASKS[name]:
            raise InputError(f"expect: {name}: {row[name]!r:.40} is none of {', '.join(TASKS[name])}")


def _judge(line: Mapping[str, Any], expected: Sequence[Expected], came: Sequence[Guidance]) -> _Judged:
    lanes = _SHEET.blank()
    differences: list[Difference] = []
    for row in expected:
        turn = row["turn"]
        if turn >= len(came):
            raise InputError(f"expect: turn {turn} is behind the last, {len(came) - 1}")
        wrong = _turn(lanes, row, came[turn], line.get("id"))
        _SHEET.mark(lanes, _TURNS)
        _SHEET.mark(lanes, _RIGHT, int(not wrong))
        differences += wrong
    _SHEET.mark(lanes, _WHOLE, int(not differences))
    language = line.get("lang")
    return _Judged(language if language in LANGUAGES else "und", tuple(differences), _SHEET.pack(lanes))


def _turn(lanes: list[int], row: Expected, guidance: Guidance, identity: Any) -> list[Difference]:
    """Count one turn; what differs in it."""
    wrong = []
    for name in TASKS:
        wanted, came = row.get(name), str(getattr(guidance, name))
        if wanted is None:
            continue
        _SHEET.add_sets(lanes, name, {wanted}, {came})
        _SHEET.mark(lanes, name)
        _SHEET.mark(lanes, f"{name}_right", int(wanted == came))
        if wanted != came:
            wrong.append(Difference(identity, row["turn"], name, wanted, came))
    return wrong


def _part(name: str, found: Sequence[_Judged], settings: Settings) -> ConversationPart:
    tally = _SHEET.tally([one.packed for one in found], settings)
    fields = [Agreement(field, tally.count(field), tally.share(f"{field}_right", field)) for field in TASKS]
    return ConversationPart(
        name=name,
        conversations=len(found),
        turns=tally.count(_TURNS),
        fields=tuple(one for one in fields if one.turns),
        together=tally.share(_RIGHT, _TURNS),
        whole=tally.share(_WHOLE, LINES),
        tasks=tally.every_task(),
        differences=tuple(difference for one in found for difference in one.differences),
    )

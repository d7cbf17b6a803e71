"""Measures reviews against labelled replies: acts and findings, false alarms on good ones, bad ones that are caught."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from zgoda.api import engine
from zgoda.errors import InputError
from zgoda.evaluation.lines import Line, judged, language_of, need_kinds, need_text
from zgoda.evaluation.measures import Measure, Settings, TaskScore, settings_from_content
from zgoda.evaluation.sheet import Sheet
from zgoda.values import ACTS, FINDINGS, NOTICES, Review

TASKS: Mapping[str, tuple[str, ...]] = {"acts": ACTS, "findings": FINDINGS, "notices": NOTICES}
_SHEET = Sheet(TASKS, ("good", "alarmed", "bad", "caught", "flagged"))
_GRAVE = ("error", "warning")


@dataclass(frozen=True, slots=True)
class ReplyPart:
    """The scores over all replies, or over those of one language.

    A good reply has no labelled mistake, a bad one has some. `false_alarms`: share of good replies with an error or
    a warning; `caught`: share of bad ones with at least one right finding; `flagged`: with an error or a warning of
    whatever kind. The ids name the good ones with an alarm and the bad ones not caught.
    """

    name: str
    replies: int
    good: int
    bad: int
    tasks: tuple[TaskScore, ...]
    false_alarms: Measure
    caught: Measure
    flagged: Measure
    false_alarm_ids: tuple[Any, ...]
    missed_ids: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ReplyEvaluation:
    """Scores over all lines, then, if asked for, over each language; `faults` are lines that could not be used."""

    parts: tuple[ReplyPart, ...]
    faults: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"schema": 1, **asdict(self)}


@dataclass(frozen=True, slots=True)
class _Judged:
    id: Any
    language: str
    alarmed: bool
    missed: bool
    packed: int


def evaluate_replies(
    lines: Iterable[Line],
    *,
    review: Callable[[str, str | None], Review] | None = None,
    settings: Settings | None = None,
    by_language: bool = False,
) -> ReplyEvaluation:
    """Review every labelled reply and compare; `lines` are objects or JSON texts of labels.md §3, read once, in order.

    `review` takes the reply and the customer's last message, and replaces the shipped engine. Notices (labels.md §5)
    are compared only on lines that label them under `notices`; they count as alarms on every line. Faults and
    intervals are as in `evaluate`.
    """
    settings = settings or settings_from_content()
    reviewing = review or _shipped

    def judge(gold: Mapping[str, Any]) -> _Judged:
        _check(gold)
        return _judge(gold, reviewing(gold["text"], gold.get("customer")))

    faults: list[str] = []
    found = list(judged(lines, "reply", judge, faults))
    parts = [_part("all", found, settings)]
    if by_language:
        names = sorted({one.language for one in found})
        parts += [_part(name, [one for one in found if one.language == name], settings) for name in names]
    return ReplyEvaluation(tuple(parts), tuple(faults))


def _shipped(text: str, customer: str | None) -> Review:
    return engine().review(text, customer=customer)


def _check(line: Mapping[str, Any]) -> None:
    need_text(line, "text", "lang")
    customer = line.get("customer")
    if customer is not None and not isinstance(customer, str):
        raise InputError(f"customer: expected a text, came {customer!r:.40}")
    need_kinds(line, "acts", ACTS)
    need_kinds(line, "findings", FINDINGS)
    if "notices" in line:
        need_kinds(line, "notices", NOTICES)


def _judge(gold: Mapping[str, Any], review: Review) -> _Judged:
    wanted, came = set(gold["findings"]), {f.kind for f in review.findings}
    lanes = _SHEET.blank()
    _SHEET.add_sets(lanes, "acts", set(gold["acts"]), {span.kind for span in review.acts})
    _SHEET.add_sets(lanes, "findings", wanted, came & set(FINDINGS))
    if "notices" in gold:
        _SHEET.add_sets(lanes, "notices", set(gold["notices"]), came & set(NOTICES))
        wanted |= set(gold["notices"])
    alarm = any(f.severity in _GRAVE for f in review.findings)
    caught = bool(wanted & came)
    for name, holds in (
        ("good", not wanted),
        ("alarmed", not wanted and alarm),
        ("bad", bool(wanted)),
        ("caught", caught),
        ("flagged", bool(wanted) and alarm),
    ):
        _SHEET.mark(lanes, name, int(holds))
    return _Judged(
        id=gold.get("id"),
        language=language_of(gold),
        alarmed=not wanted and alarm,
        missed=bool(wanted) and not caught,
        packed=_SHEET.pack(lanes),
    )


def _part(name: str, found: Sequence[_Judged], settings: Settings) -> ReplyPart:
    tally = _SHEET.tally([one.packed for one in found], settings)
    return ReplyPart(
        name=name,
        replies=len(found),
        good=tally.count("good"),
        bad=tally.count("bad"),
        tasks=tally.every_task(),
        false_alarms=tally.share("alarmed", "good"),
        caught=tally.share("caught", "bad"),
        flagged=tally.share("flagged", "bad"),
        false_alarm_ids=tuple(one.id for one in found if one.alarmed),
        missed_ids=tuple(one.id for one in found if one.missed),
    )

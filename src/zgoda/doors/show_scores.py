"""Draws scores as tables: each field with its labels, shares with their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.text import Text

from zgoda.doors.paper import Paper, clean
from zgoda.evaluation import Measure, Score, TaskScore

_NAME, _COUNT, _SHARE, _INTERVAL = 16, 7, 5, 11
_BARE = 2 * _COUNT + 3 * (_SHARE + 2)  # everything behind the name without an interval
WIDE = _NAME + 2 * _COUNT + 3 * (_SHARE + _INTERVAL)
_MARGIN = 9
_IDS = 12


@contextmanager
def parts_on(paper: Paper, parts: Sequence[Any], faults: Sequence[str]) -> Iterator[Iterator[Any]]:
    """The parts of an evaluation, a rule between them; at the end, what was left out."""

    def ruled() -> Iterator[Any]:
        for number, part in enumerate(parts):
            if number:
                paper.line()
                paper.line(Text(paper.signs.rule * min(paper.width, WIDE), style="dim"))
            yield part

    yield ruled()
    if faults:
        paper.line()
        paper.line(f"Left out: {len(faults)} lines that could not be used.")
    paper.console.file.flush()


def draw_title(paper: Paper, count: int, nouns: tuple[str, str], name: str, confidence: float) -> None:
    """How many there are of what, in which language, and what the brackets mean."""
    title = Text(f"{count:,} {nouns[count != 1]}", style="bold")
    if name != "all":
        title.append(f" in {clean(name)}")
    title.append(f"   in brackets: {confidence:.0%} intervals", style="dim")
    paper.line(title)


def draw_share(paper: Paper, name: str, measure: Measure, words: str, margin: int = _MARGIN) -> None:
    """One share on a line of its own, with what it is a share of."""
    body = Text(f"{share(measure)} {interval(measure, paper)}")
    body.append(f"  {words}", style="dim")
    paper.block(Text(name, style="bold"), body, margin)


def draw_ids(paper: Paper, ids: Sequence[Any], margin: int = _MARGIN) -> None:
    """The first of the lines meant, and how many more there are."""
    if not ids:
        return
    shown = ", ".join(clean(str(one)) for one in ids[:_IDS])
    left = len(ids) - _IDS
    paper.block(Text(), Text(shown + (f" and {left} more" if left > 0 else ""), style="dim"), margin)


def draw_task(task: TaskScore, paper: Paper) -> None:
    """One field: a row for each label that occurs, then the averages."""
    if not task.labels:
        return
    width = max(_NAME, *(len(score.label) + 1 for score in task.labels))
    room = paper.width - width - _BARE
    wide = room >= WIDE - _NAME - _BARE
    measured = (wide, wide, room >= _INTERVAL - 2)
    paper.line()
    head = Text().append_text(Text(task.name.ljust(width), style="bold"))
    head.append("lines".rjust(_COUNT) + "found".rjust(_COUNT), style="dim")
    for name, has_interval in zip(("precision", "recall", "F1"), measured, strict=True):
        head.append(_head(name, has_interval), style="dim")
    head.rstrip()
    paper.line(head)
    for score in task.labels:
        paper.line(_row(score, paper, width, measured))
    for score in (task.micro, task.macro):
        row = _row(score, paper, width, measured)
        row.stylize("bold")
        paper.line(row)


def _head(name: str, has_interval: bool) -> str:
    short = name if len(name) < _SHARE else f"{name[:4]}."
    return f"  {name}".ljust(_SHARE + _INTERVAL) if has_interval else short.rjust(_SHARE + 2)


def _row(score: Score, paper: Paper, width: int, measured: tuple[bool, bool, bool]) -> Text:
    out = Text(score.label.ljust(width) + f"{score.wanted:,}".rjust(_COUNT) + f"{score.found:,}".rjust(_COUNT))
    for one, has_interval in zip((score.precision, score.recall, score.f1), measured, strict=True):
        if has_interval:
            out.append(f"{share(one).rjust(_SHARE + 1)} ")
            out.append(interval(one, paper).ljust(_INTERVAL - 2), style="dim")
        else:
            out.append(share(one).rjust(_SHARE + 2))
    out.rstrip()
    return out


def share(measure: Measure) -> str:
    """The value with three digits, a dash where it is not known."""
    return "-" if measure.value is None else f"{measure.value:.3f}"


def interval(measure: Measure, paper: Paper) -> str:
    """The interval in brackets, nothing where it is not known."""
    if measure.low is None or measure.high is None:
        return ""
    return f"[{_short(measure.low)}{paper.signs.range}{_short(measure.high)}]"


def _short(value: float) -> str:
    return "1.0" if value >= 0.995 else f"{value:.2f}"[1:]

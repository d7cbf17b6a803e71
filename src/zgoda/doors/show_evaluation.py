"""Draws an evaluation as tables: each field of the reading, far misses, and which states are taken for which."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from zgoda.doors.paper import Paper, clean
from zgoda.evaluation import Evaluation, Measure, Part, Score, TaskScore
from zgoda.values import STATES

_NAME, _COUNT, _SHARE, _INTERVAL = 16, 7, 5, 11
_WIDE = _NAME + 2 * _COUNT + 3 * (_SHARE + _INTERVAL)
_IDS = 12


def draw_evaluation(evaluation: Evaluation, confidence: float, paper: Paper | None = None) -> None:
    """All parts, one below the other."""
    paper = paper or Paper()
    for number, part in enumerate(evaluation.parts):
        if number:
            paper.line()
            paper.line(Text(paper.signs.rule * min(paper.width, _WIDE), style="dim"))
        _draw_part(part, confidence, paper)
    if evaluation.faults:
        paper.line()
        paper.line(f"Left out: {len(evaluation.faults)} lines that could not be used.")
    paper.console.file.flush()


def _draw_part(part: Part, confidence: float, paper: Paper) -> None:
    noun = "message" if part.messages == 1 else "messages"
    title = Text(f"{part.messages:,} {noun}", style="bold")
    if part.name != "all":
        title.append(f" in {clean(part.name)}")
    title.append(f"   in brackets: {confidence:.0%} intervals", style="dim")
    paper.line(title)
    if not part.messages:
        return
    wide = paper.width >= _WIDE
    for task in part.tasks:
        _draw_task(task, paper, wide)
    paper.line()
    far = Text(f"{_share(part.far_off)} {_interval(part.far_off, paper)}")
    far.append("  of the states are wrong by two or more", style="dim")
    paper.block(Text("Far off", style="bold"), far, 9)
    if part.far_off_ids:
        shown = ", ".join(clean(str(one)) for one in part.far_off_ids[:_IDS])
        left = len(part.far_off_ids) - _IDS
        paper.block(Text(), Text(shown + (f" and {left} more" if left > 0 else ""), style="dim"), 9)
    _draw_confusion(part.confusion, paper)


def _draw_task(task: TaskScore, paper: Paper, wide: bool) -> None:
    if not task.labels:
        return
    paper.line()
    head = Text(task.name.ljust(_NAME), style="bold")
    head = Text().append_text(head)
    head.append("lines".rjust(_COUNT) + "found".rjust(_COUNT), style="dim")
    for name in ("precision", "recall", "F1"):
        head.append(_head(name, wide or name == "F1"), style="dim")
    head.rstrip()
    paper.line(head)
    for score in task.labels:
        paper.line(_row(score, paper, wide))
    for score in (task.micro, task.macro):
        row = _row(score, paper, wide)
        row.stylize("bold")
        paper.line(row)


def _head(name: str, interval: bool) -> str:
    return f"  {name}".ljust(_SHARE + _INTERVAL) if interval else f"{name[:4]}.".rjust(_SHARE + 2)


def _row(score: Score, paper: Paper, wide: bool) -> Text:
    out = Text(score.label.ljust(_NAME) + f"{score.wanted:,}".rjust(_COUNT) + f"{score.found:,}".rjust(_COUNT))
    for measure, is_f1 in ((score.precision, False), (score.recall, False), (score.f1, True)):
        if wide or is_f1:
            out.append(f"{_share(measure).rjust(_SHARE + 1)} ")
            out.append(_interval(measure, paper).ljust(_INTERVAL - 2), style="dim")
        else:
            out.append(_share(measure).rjust(_SHARE + 2))
    out.rstrip()
    return out


def _share(measure: Measure) -> str:
    return "-" if measure.value is None else f"{measure.value:.3f}"


def _interval(measure: Measure, paper: Paper) -> str:
    if measure.low is None or measure.high is None:
        return ""
    return f"[{_short(measure.low)}{paper.signs.range}{_short(measure.high)}]"


def _short(value: float) -> str:
    return "1.0" if value >= 0.995 else f"{value:.2f}"[1:]


def _draw_confusion(table: Sequence[Sequence[int]], paper: Paper) -> None:
    widths = [len(state) + 2 for state in STATES]
    first = max(widths)
    paper.line()
    head = Text("State in the lines, down; as read, across", style="bold")
    paper.line(head)
    paper.line(Text(" " * first + "".join(map(str.rjust, STATES, widths)), style="dim"))
    for row, state in enumerate(STATES):
        out = Text(state.ljust(first), style="dim")
        out = Text().append_text(out)
        for column, count in enumerate(table[row]):
            out.append(f"{count:,}".rjust(widths[column]), style="bold" if row == column else "")
        paper.line(out)

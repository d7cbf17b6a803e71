"""Draws an evaluation of messages: each field of the reading, far misses, and which states are taken for which."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from zgoda.doors.paper import Paper
from zgoda.doors.show_scores import draw_ids, draw_share, draw_task, draw_title, parts_on
from zgoda.evaluation import Evaluation, Part
from zgoda.values import STATES


def draw_evaluation(evaluation: Evaluation, confidence: float, paper: Paper | None = None) -> None:
    """All parts, one below the other."""
    paper = paper or Paper()
    with parts_on(paper, evaluation.parts, evaluation.faults) as parts:
        for part in parts:
            _draw_part(part, confidence, paper)


def _draw_part(part: Part, confidence: float, paper: Paper) -> None:
    draw_title(paper, part.messages, ("message", "messages"), part.name, confidence)
    if not part.messages:
        return
    for task in part.tasks:
        draw_task(task, paper)
    paper.line()
    draw_share(paper, "Far off", part.far_off, "of the states are wrong by two or more")
    draw_ids(paper, part.far_off_ids)
    _draw_confusion(part.confusion, paper)


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

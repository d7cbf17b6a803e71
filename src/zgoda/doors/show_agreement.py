"""Draws evaluations of replies (false alarms, what is caught) and of conversations (agreement turn by turn)."""

from __future__ import annotations

from rich.text import Text

from zgoda.doors.paper import Paper, clean
from zgoda.doors.show_scores import draw_ids, draw_share, draw_task, draw_title, parts_on
from zgoda.evaluation import ConversationEvaluation, ConversationPart, ReplyEvaluation, ReplyPart

_MARGIN = 14
_SHOWN = 12  # differences that are listed; JSON has all of them


def draw_replies(evaluation: ReplyEvaluation, confidence: float, paper: Paper | None = None) -> None:
    """All parts, one below the other."""
    paper = paper or Paper()
    with parts_on(paper, evaluation.parts, evaluation.faults) as parts:
        for part in parts:
            _draw_replies(part, confidence, paper)


def _draw_replies(part: ReplyPart, confidence: float, paper: Paper) -> None:
    draw_title(paper, part.replies, ("reply", "replies"), part.name, confidence)
    if not part.replies:
        return
    for task in part.tasks:
        draw_task(task, paper)
    paper.line()
    good, bad = f"of {part.good:,} good replies", f"of {part.bad:,} with a mistake"
    draw_share(paper, "False alarms", part.false_alarms, f"{good} get an error or a warning", _MARGIN)
    draw_ids(paper, part.false_alarm_ids, _MARGIN)
    draw_share(paper, "Caught", part.caught, f"{bad} get at least one right finding", _MARGIN)
    draw_ids(paper, part.missed_ids, _MARGIN)
    draw_share(paper, "Flagged", part.flagged, f"{bad} get an error or a warning", _MARGIN)


def draw_conversations(evaluation: ConversationEvaluation, confidence: float, paper: Paper | None = None) -> None:
    """All parts, one below the other."""
    paper = paper or Paper()
    with parts_on(paper, evaluation.parts, evaluation.faults) as parts:
        for part in parts:
            _draw_conversations(part, confidence, paper)


def _draw_conversations(part: ConversationPart, confidence: float, paper: Paper) -> None:
    draw_title(paper, part.conversations, ("conversation", "conversations"), part.name, confidence)
    if not part.conversations:
        return
    for task in part.tasks:
        draw_task(task, paper)
    paper.line()
    for field in part.fields:
        draw_share(paper, field.field.capitalize(), field.share, f"of {field.turns:,} turns agree", _MARGIN)
    draw_share(paper, "Together", part.together, f"of {part.turns:,} turns agree in every field", _MARGIN)
    draw_share(paper, "Whole", part.whole, "of the conversations agree on every turn", _MARGIN)
    _draw_differences(part, paper)


def _draw_differences(part: ConversationPart, paper: Paper) -> None:
    if not part.differences:
        return
    paper.line()
    for one in part.differences[:_SHOWN]:
        where = f"{clean(str(one.id))} turn {one.turn}: {one.field}"
        paper.line(Text(f"{where} should be {one.wanted}, is {one.came}", style="dim"))
    if len(part.differences) > _SHOWN:
        paper.line(Text(f"and {len(part.differences) - _SHOWN} more; --format json has all", style="dim"))

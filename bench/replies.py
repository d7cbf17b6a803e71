"""How well replies are reviewed, promises found and conversations followed, on lines that nothing is tuned on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.lines import Line, LineSet, given, lines_of
from bench.table import Table, share, with_interval
from tools.dataset import DATA
from tools.promises_check import measure
from tools.reply_dataset import FINDING_OF, load_replies
from zgoda.api import engine
from zgoda.doors.clock import parse_time
from zgoda.doors.conversations import conversation_of
from zgoda.doors.messages import channel_names
from zgoda.evaluation import ConversationPart, ReplyPart, evaluate_conversations, evaluate_replies
from zgoda.values import FINDINGS, LANGUAGES, Guidance, Turn

DEVELOPING = 10  # the first conversations of each file were written with the guide at hand
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
_FIELDS = ("stage", "ladder", "safety", "tension")
ALSO = {
    "proving_wrong": ("denial",),
    "closing_sting": ("closing_sting",),
    "unauthorised_promise": ("overpromise", "disclosure"),
}
"""Kinds that are right for a heading of the catalogue beside its first one (labels.md 2.4)."""
CLOSING = "closing_sting"
AGREED = {
    "ru": "Хорошо, договорились, спасибо.",
    "pl": "Dobrze, zgadzam się, dziękuję.",
    "en": "All right, I agree, thank you.",
}
"""What the customer has said before a sting at the closing."""


def reply_quality(files: Sequence[Path] = (), most: int | None = None) -> list[Table]:
    """All tables of replies; `most` keeps each set short for a quick look."""
    kept = kept_replies().cut(most)
    return [
        *_scores([kept, *(one.cut(most) for one in given(files))]),
        _catalogue(most),
        _promises(),
        _conversations(most),
    ]


def kept_replies() -> LineSet:
    """The blocks of the project's replies that nothing is trained or tuned on."""
    lines: list[Line] = [
        {
            "id": line.id,
            "lang": line.language,
            "customer": line.customer,
            "text": line.text,
            "acts": sorted(line.acts),
            "findings": sorted(line.findings),
        }
        for line in load_replies()
        if line.kept_apart
    ]
    return LineSet("replies kept apart", lines)


# -- replies -----------------------------------------------------------------------------------------------------------


def _scores(sets: Iterable[LineSet]) -> list[Table]:
    table = Table(
        "replies",
        "Review of labelled replies",
        ("replies", "n", "findings", "good", "false alarms", "bad", "hit", "acts"),
        notes=[
            "`findings` and `acts` are micro-F1. `good` replies have no labelled mistake, `false alarms` is the share"
            " of them with an error or a warning; `bad` ones have some, `hit` is the share with at least one right"
            " finding. Behind ± stands half of the 95 % interval.",
        ],
    )
    first: ReplyPart | None = None
    for one in sets:
        came = evaluate_replies(one.lines, by_language=True)
        parts = came.parts if len(came.parts) > 2 else came.parts[:1]
        table.rows += [_reply_row(one.name if part.name == "all" else f"  {part.name}", part) for part in parts]
        first = first or came.parts[0]
        if came.faults:
            table.notes.append(f"{one.name}: {len(came.faults)} lines could not be used; the first: {came.faults[0]}.")
    return [table, _kinds(first)] if first else [table]


def _reply_row(name: str, part: ReplyPart) -> Sequence[str]:
    f1 = {task.name: with_interval(task.micro.f1) for task in part.tasks}
    good = f"{part.good:,}", with_interval(part.false_alarms)
    bad = f"{part.bad:,}", with_interval(part.caught)
    return name, f"{part.replies:,}", f1["findings"], *good, *bad, f1["acts"]


def _kinds(part: ReplyPart) -> Table:
    """Every kind of mistake by itself, in the order of the contract."""
    table = Table(
        "findings",
        "Findings by kind, replies kept apart, languages pooled",
        ("kind", "with it", "found", "precision", "recall", "F1"),
    )
    scores = {score.label: score for task in part.tasks if task.name == "findings" for score in task.labels}
    for kind in FINDINGS:
        if (score := scores.get(kind)) is not None:
            shares = [share(one.value) for one in (score.precision, score.recall, score.f1)]
            table.rows.append((kind, f"{score.wanted:,}", f"{score.found:,}", *shares))
    return table


# -- the catalogue of mistakes -----------------------------------------------------------------------------------------


def _catalogue(most: int | None) -> Table:
    """How many wrong examples get a finding of their kind, and how many better ones stay free of it."""
    table = Table(
        "catalogue",
        "The catalogue of mistakes",
        ("language", "examples", "wrong ones hit", "share", "better ones free", "share"),
        notes=["The weights are trained with these examples: the table says what is remembered, not what is foreseen."],
    )
    total = [0, 0, 0]
    for language in LANGUAGES:
        rows = LineSet(language, list(lines_of(DATA / "catalogue" / f"{language}.jsonl"))).cut(most).lines
        hit = sum(bool(_kinds_in(row["wrong"], row, language)) for row in rows)
        free = sum(not _kinds_in(row["better"], row, language) for row in rows)
        table.rows.append(_catalogue_row(language, len(rows), hit, free))
        total = [a + b for a, b in zip(total, (len(rows), hit, free), strict=True)]
    table.rows.append(_catalogue_row("all", *total))
    return table


def _kinds_in(text: str, row: Line, language: str) -> set[str]:
    """The kinds right for an example that a review finds; a sting at the closing needs a customer who agreed."""
    heading = row["heading"]
    wanted = {row.get("finding") or FINDING_OF[heading], *ALSO.get(heading, ())}
    history = (Turn("customer", AGREED[language]),) if heading == CLOSING else ()
    return wanted & {finding.kind for finding in engine().review(text, history=history, language=language).findings}


def _catalogue_row(name: str, count: int, hit: int, free: int) -> Sequence[str]:
    return name, f"{count:,}", f"{hit:,}", share(hit / count), f"{free:,}", share(free / count)


# -- promises ----------------------------------------------------------------------------------------------------------


def _promises() -> Table:
    table = Table(
        "promises",
        "Promises in agents' words, lines 51 to 150 of each language",
        ("language", "promises", "found", "precision", "recall", "F1", "due right", "dated ones right"),
        notes=[
            "`due right`: of the promises found, those whose time is the labelled one; no time in both is right too."
        ],
    )
    for language in LANGUAGES:
        count = measure(language, "kept")
        matched = count["matched"]
        shares = [
            matched / max(count["found"], 1),
            matched / max(count["gold"], 1),
            2 * matched / max(count["gold"] + count["found"], 1),
            count["due"] / max(matched, 1),
            count["dated_due"] / max(count["dated"], 1),
        ]
        table.rows.append((language, f"{count['gold']:,}", f"{count['found']:,}", *(share(one) for one in shares)))
    return table


# -- conversations -----------------------------------------------------------------------------------------------------


def kept_conversations(root: Path = DATA / "conversations") -> LineSet:
    """The conversations behind the first `DEVELOPING` of each file."""
    lines = [line for path in sorted(root.glob("*.jsonl")) for line in list(lines_of(path))[DEVELOPING:]]
    return LineSet("conversations kept apart", lines)


def _conversations(most: int | None) -> Table:
    table = Table(
        "conversations",
        f"Guidance in the conversations behind the first {DEVELOPING} of each file",
        ("conversations", "n", "turns", *_FIELDS, "all that is expected", "whole conversations"),
        notes=[
            "The share of turns with an expected step on which the guide says the same, ± half of the 95 % interval."
        ],
    )
    one = kept_conversations().cut(most)
    came = evaluate_conversations(one.lines, guide=guider(), by_language=True)
    for part in came.parts:
        table.rows.append(_conversation_row("kept apart" if part.name == "all" else f"  {part.name}", part))
    if came.faults:
        table.notes.append(f"{len(came.faults)} lines could not be used; the first: {came.faults[0]}.")
    return table


def _conversation_row(name: str, part: ConversationPart) -> Sequence[str]:
    shares = {field.field: with_interval(field.share) for field in part.fields}
    fields = [shares.get(field, "-") for field in _FIELDS]
    whole = with_interval(part.together), with_interval(part.whole)
    return name, f"{part.conversations:,}", f"{part.turns:,}", *fields, *whole


def guider() -> Callable[[Mapping[str, Any]], Sequence[Guidance]]:
    """Guides the object of a line as the command does, at its own time or a fixed one."""
    guiding = engine()
    channels = channel_names(guiding.knowledge.table("common", "channels"))

    def guide(line: Mapping[str, Any]) -> Sequence[Guidance]:
        now = parse_time(line["now"]) if "now" in line else NOW
        return guiding.guide_turns(conversation_of(line, channels), now=now)

    return guide

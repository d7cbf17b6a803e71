"""The project's labelled replies: loading, and the split that nothing is tuned on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.dataset import BLOCK, DATA, KEPT_EVERY
from tools.shipped_phrases import phrases, suggestions
from zgoda.model.knowledge import Knowledge

CATALOGUE, SHIPPED = "catalogue", "shipped"
SILENT_ON_ACTS = (CATALOGUE, SHIPPED)
"""Writers whose lines carry no acts."""
FINDING_OF = {
    "proving_wrong": "blame_customer",
    "reproach": "reproach",
    "answers_insult": "answer_insult",
    "counter_aggression": "aggression",
    "calm_down": "calm_down",
    "denial": "denial",
    "hollow_apology": "hollow_apology",
    "vague_promise": "vague_promise",
    "passing_buck": "pass_the_buck",
    "policy_shield": "hide_behind_policy",
    "excuse": "excuse",
    "premature_verdict": "premature_verdict",
    "ordering": "command",
    "closing_sting": "reproach",
    "unauthorised_promise": "overpromise",
}
"""The finding of each heading of the catalogue, unless an example names its own."""


@dataclass(frozen=True)
class ReplyLine:
    """One labelled reply; `spans` are (label, start, end), a label is `acts:KIND` or `findings:KIND`."""

    id: str
    text: str
    customer: str
    language: str
    writer: str
    block: int
    acts: frozenset[str]
    findings: frozenset[str]
    spans: tuple[tuple[str, int, int], ...]

    @property
    def kept_apart(self) -> bool:
        """Whether the line belongs to the part that is never trained or tuned on."""
        return self.block % KEPT_EVERY == KEPT_EVERY - 1


def load_replies(root: Path = DATA / "replies") -> list[ReplyLine]:
    """Every labelled reply, language by language and writer by writer, in file order."""
    return [line for path in sorted(root.glob("*/*.jsonl")) for line in read_replies(path)]


def read_replies(path: Path, language: str | None = None) -> Iterator[ReplyLine]:
    """The lines of one file; a span without places is the first occurrence of its words."""
    with path.open(encoding="utf-8") as stream:
        for number, raw in enumerate(stream):
            row = json.loads(raw)
            spans = []
            for name in ("acts", "findings"):
                for span in row.get(f"{name.removesuffix('s')}_spans", ()):
                    start = span.get("start", row["text"].find(span["text"]))
                    spans.append((f"{name}:{span['kind']}", start, start + len(span["text"])))
            yield ReplyLine(
                id=row["id"],
                text=row["text"],
                customer=row.get("customer") or "",
                language=language or path.parent.name,
                writer=path.stem,
                block=number // BLOCK,
                acts=frozenset(row["acts"]),
                findings=frozenset(row["findings"]),
                spans=tuple(spans),
            )


def load_catalogue(root: Path = DATA / "catalogue") -> list[ReplyLine]:
    """The catalogue of mistakes as replies of one sentence: the wrong ones with their finding, the better ones without.

    They say nothing of acts.
    """
    lines = []
    for path in sorted(root.glob("*.jsonl")):
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(raw)
            found = row.get("finding") or FINDING_OF[row["heading"]]
            span = ((f"findings:{found}", 0, len(row["wrong"])),)
            for name, text, findings, spans in (
                ("wrong", row["wrong"], {found}, span),
                ("better", row["better"], set(), ()),
            ):
                lines.append(
                    ReplyLine(
                        id=f"{row['id']}-{name}",
                        text=text,
                        customer="",
                        language=path.stem,
                        writer=CATALOGUE,
                        block=number // BLOCK,
                        acts=frozenset(),
                        findings=frozenset(findings),
                        spans=spans,
                    )
                )
    return lines


def load_shipped(knowledge: Knowledge) -> list[ReplyLine]:
    """The phrases and suggestions that are shipped, as replies without a mistake; they say nothing of acts."""
    texts = [*phrases(knowledge), *suggestions(knowledge)]
    return [
        ReplyLine(
            id=f"{language}-{identity}-{number}",
            text=text,
            customer="",
            language=language,
            writer=SHIPPED,
            block=number // BLOCK,
            acts=frozenset(),
            findings=frozenset(),
            spans=(),
        )
        for number, (language, identity, text) in enumerate(texts)
    ]

"""The project's labelled replies: loading, and the split that nothing is tuned on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.dataset import BLOCK, DATA, KEPT_EVERY


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

"""The project's labelled messages: loading, writers, and the split that nothing is tuned on."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zgoda.rules.loader import SHIPPED

DATA = Path(__file__).resolve().parent.parent / "data"
BLOCK = 20
KEPT_EVERY = 8
QUIET = "quiet"
_LIMITS = {"boundary", "transfer", "release"}  # acts of an answer to abuse
_DEVELOPING = 10
_CUES = ("accept", "refuse", "cool")


@dataclass(frozen=True)
class Line:
    """One labelled message; `writer` is the file it stands in, `block` its neighbourhood there."""

    text: str
    language: str
    writer: str
    block: int
    labels: dict[str, Any]

    @property
    def kept_apart(self) -> bool:
        """Whether the line belongs to the part that is never trained or tuned on."""
        return self.block % KEPT_EVERY == KEPT_EVERY - 1


def load_messages(root: Path = DATA / "messages") -> list[Line]:
    """Every labelled message, language by language and writer by writer, in file order."""
    return [line for path in sorted(root.glob("*/*.jsonl")) for line in _load(path)]


def _load(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8") as stream:
        for number, raw in enumerate(stream):
            labels = json.loads(raw)
            yield Line(labels["text"], path.parent.name, path.stem, number // BLOCK, labels)


def load_quiet() -> list[Line]:
    """Customers' messages that hold neither a threat nor a word of self-harm, and are labelled with nothing else.

    They stand before replies that set no limit and hand nothing over, in the conversations for developing where no
    danger is expected, and in the lists of short answers.
    """
    lines = []
    for path in sorted((DATA / "replies").glob("*/*.jsonl")):
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines()):
            row = json.loads(raw)
            if row.get("customer") and not _LIMITS.intersection(row["acts"]):
                line = Line(row["customer"], path.parent.name, QUIET, number // BLOCK, {})
                lines += [] if line.kept_apart else [line]
    for path in sorted((DATA / "conversations").glob("*.jsonl")):
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines()[:_DEVELOPING]):
            row = json.loads(raw)
            calm = {each["turn"] for each in row["expect"] if each.get("safety") == "none"}
            turns = [t["text"] for n, t in enumerate(row["turns"]) if t["author"] == "customer" and n in calm]
            lines += [Line(text, path.stem, QUIET, number, {}) for text in turns]
    return [*lines, *_cues()]


def _cues() -> Iterator[Line]:
    """Short ways of saying yes, no and thanks, from the content of the guide."""
    for path in sorted(SHIPPED.glob("*/tables/conversation.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        lists = (value for name in _CUES for value in table.get(name, {}).values() if isinstance(value, list))
        for number, phrase in enumerate(each for cues in lists for each in cues):
            yield Line(phrase.replace("*", ""), path.parent.parent.name, QUIET, number // BLOCK, {})

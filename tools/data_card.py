"""Count the project's own data: prints the tables of data/README.md, or puts them into it with `--write`."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tools.dataset import DATA, Line, load_messages
from zgoda.values import ABUSE, CAUSES, DEMANDS, FACTS, LANGUAGES, SIGNALS, STATES

CARD = DATA / "README.md"
_MADE = re.compile(r"(<!-- counts -->\n).*?(<!-- end of counts -->)", re.DOTALL)
_KINDS = {"abuse": ABUSE, "signals": SIGNALS, "causes": CAUSES, "demands": DEMANDS}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def by_writer(lines: Sequence[Line]) -> str:
    """How many lines each writer gave in each language, in which states, and how many are kept apart."""
    rows: list[Sequence[object]] = []
    for language, writer in sorted({(line.language, line.writer) for line in lines}, key=_order):
        own = [line for line in lines if (line.language, line.writer) == (language, writer)]
        states = Counter(line.labels["state"] for line in own)
        rows.append([language, writer, len(own), *(states[s] for s in STATES), sum(line.kept_apart for line in own)])
    for language in LANGUAGES:
        own = [line for line in lines if line.language == language]
        states = Counter(line.labels["state"] for line in own)
        rows.append([language, "all", len(own), *(states[s] for s in STATES), sum(line.kept_apart for line in own)])
    return table(["language", "writer", "lines", *STATES, "kept apart"], rows)


def _order(pair: tuple[str, str]) -> tuple[int, str]:
    return LANGUAGES.index(pair[0]), pair[1]


def by_label(lines: Sequence[Line]) -> str:
    """How often each label stands in each language."""
    counts = Counter((line.language, *pair) for line in lines for pair in _labels(line.labels))
    pairs = [(name, kind) for name, kinds in (*_KINDS.items(), ("facts", FACTS)) for kind in kinds]
    rows = [[name, f"`{kind}`", *(counts[language, name, kind] for language in LANGUAGES)] for name, kind in pairs]
    return table(["field", "label", *LANGUAGES], rows)


def _labels(labels: dict[str, Any]) -> list[tuple[str, str]]:
    found = [(name, kind) for name in _KINDS for kind in labels[name]]
    return found + [("facts", fact["kind"]) for fact in labels["facts"]]


def by_code(root: Path) -> str:
    """How many lines of each language the files for the language guess hold."""
    rows = []
    for path in sorted(root.glob("*.tsv")):
        codes = Counter(line.partition("\t")[0] for line in path.read_text(encoding="utf-8").splitlines() if line)
        rows.append([f"`{path.name}`", codes.total(), ", ".join(f"{c} {n}" for c, n in codes.most_common())])
    return table(["file", "lines", "languages"], rows)


def kept(root: Path) -> str:
    """How many lines stand in the files that are kept for measuring alone."""
    rows = []
    for path in sorted(root.rglob("*.jsonl")):
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        languages = Counter(line.get("lang", path.parent.name) for line in lines)
        name = path.relative_to(root).as_posix()
        rows.append([f"`{name}`", len(lines), ", ".join(f"{code} {n}" for code, n in sorted(languages.items()))])
    return table(["file", "lines", "languages"], rows) if rows else "No such files yet."


def card(root: Path = DATA) -> str:
    """All tables, each under its heading."""
    lines = load_messages(root / "messages")
    parts = [
        ("### data/messages, by writer", by_writer(lines)),
        ("### data/messages, by label", by_label(lines)),
        ("### data/language", by_code(root / "language")),
        ("### data/kept", kept(root / "kept")),
    ]
    return "\n\n".join(f"{heading}\n\n{body}" for heading, body in parts) + "\n"


def main() -> None:
    made = card()
    if sys.argv[1:] == ["--write"]:
        text = CARD.read_text(encoding="utf-8")
        CARD.write_text(_MADE.sub(lambda m: f"{m[1]}{made}{m[2]}", text), encoding="utf-8")
    else:
        print(made, end="")


if __name__ == "__main__":
    main()

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
from tools.reply_dataset import ReplyLine, load_replies
from zgoda.values import ABUSE, ACTS, CAUSES, DEMANDS, FACTS, FINDINGS, LANGUAGES, SIGNALS, STATES

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
        lines = _rows(path)
        languages = Counter(line.get("lang", path.parent.name) for line in lines)
        name = path.relative_to(root).as_posix()
        rows.append([f"`{name}`", len(lines), ", ".join(f"{code} {n}" for code, n in sorted(languages.items()))])
    return table(["file", "lines", "languages"], rows) if rows else "No such files yet."


def replies_by_writer(lines: Sequence[ReplyLine]) -> str:
    """How many replies each writer gave in each language, without and with mistakes, and how many are kept apart."""
    pairs = sorted({(line.language, line.writer) for line in lines}, key=_order)
    rows = [[*pair, *_sums([r for r in lines if (r.language, r.writer) == pair])] for pair in pairs]
    rows += [[language, "all", *_sums([r for r in lines if r.language == language])] for language in LANGUAGES]
    return table(["language", "writer", "replies", "no mistake", "one", "two or more", "kept apart"], rows)


def _sums(lines: Sequence[ReplyLine]) -> list[int]:
    mistakes = Counter(min(len(line.findings), 2) for line in lines)
    return [len(lines), mistakes[0], mistakes[1], mistakes[2], sum(line.kept_apart for line in lines)]


def replies_by_label(lines: Sequence[ReplyLine]) -> str:
    """How many replies of each language carry each act and finding."""
    counts = Counter((r.language, *pair) for r in lines for pair in _reply_labels(r))
    kinds = [("acts", act) for act in ACTS] + [("findings", kind) for kind in FINDINGS]
    rows = [[name, f"`{kind}`", *(counts[lang, name, kind] for lang in LANGUAGES)] for name, kind in kinds]
    return table(["field", "label", *LANGUAGES], rows)


def _reply_labels(line: ReplyLine) -> list[tuple[str, str]]:
    return [*(("acts", act) for act in line.acts), *(("findings", kind) for kind in line.findings)]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def smaller(root: Path) -> str:
    """What stands in the folders with one file a language: lines, and what they hold."""
    rows = []
    for language in LANGUAGES:
        catalogue, promises, talks = (
            _rows(root / name / f"{language}.jsonl") for name in ("catalogue", "promises", "conversations")
        )
        promised = sum(len(row["promises"]) for row in promises)
        turns, steps = (sum(len(row[key]) for row in talks) for key in ("turns", "expect"))
        rows.append([language, len(catalogue), len(promises), promised, len(talks), turns, steps])
    head = ["catalogue, pairs", "promises, lines", "promises in them", "conversations", "turns", "turns with a step"]
    return table(["language", *head], rows)


def card(root: Path = DATA) -> str:
    """All tables, each under its heading."""
    lines = load_messages(root / "messages")
    replies = load_replies(root / "replies")
    parts = [
        ("### data/messages, by writer", by_writer(lines)),
        ("### data/messages, by label", by_label(lines)),
        ("### data/replies, by writer", replies_by_writer(replies)),
        ("### data/replies, by label", replies_by_label(replies)),
        ("### data/catalogue, data/promises, data/conversations", smaller(root)),
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

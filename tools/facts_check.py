"""Measures the pattern facts against labelled lines: precision, recall and F1 for each kind and language."""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from zgoda.expressions import Expressions, build

KINDS = ("order", "date", "time", "duration", "money", "quantity", "phone", "email", "url")
CONTENT = Path(__file__).resolve().parents[1] / "src" / "zgoda" / "content"
Line = dict[str, Any]
Span = tuple[str, int, int]


def load(language: str) -> Expressions:
    """The expressions of a language from the content folder."""
    folders = ("common", language)
    tables = [tomllib.loads((CONTENT / f / "tables" / "expressions.toml").read_text("utf-8")) for f in folders]
    entries = [e for f in folders for e in entries_of(CONTENT / f / "patterns" / "facts.toml")]
    return build(language, tables, entries)


def entries_of(path: Path) -> list[Line]:
    """The pattern entries of a file."""
    return list(tomllib.loads(path.read_text("utf-8"))["pattern"])


def number_of(line: Line) -> int:
    """The running number in a line's id."""
    return int(re.findall(r"\d+", line["id"])[-1])


def read(path: Path, part: str) -> Iterator[Line]:
    """Lines of a file: `tune` (number mod 4 is not 0), `check` (it is) or `all`."""
    for text in path.read_text("utf-8").splitlines():
        line = json.loads(text)
        held = number_of(line) % 4 == 0
        if part == "all" or (part == "check") == held:
            yield line


def gold_spans(line: Line) -> list[Span]:
    """The labelled facts with offsets: the n-th mention of the same words is looked for behind the one before."""
    spans, after = [], Counter[str]()
    for fact in line["facts"]:
        start = line["text"].find(fact["text"], after[fact["text"]])
        if start < 0:
            start = line["text"].find(fact["text"])
        after[fact["text"]] = start + 1
        if fact["kind"] in KINDS and start >= 0:
            spans.append((fact["kind"], start, start + len(fact["text"])))
    return spans


def compare(gold: list[Span], found: list[Span]) -> tuple[list[Span], list[Span], list[Span]]:
    """Matched, missed and false spans: one to one, same kind, overlapping."""
    rest, matched, missed = list(found), [], []
    for kind, start, end in gold:
        hit = next((f for f in rest if f[0] == kind and f[1] < end and start < f[2]), None)
        if hit is None:
            missed.append((kind, start, end))
        else:
            rest.remove(hit)
            matched.append(hit)
    return matched, missed, rest


def show(line: Line, span: Span, sign: str) -> None:
    """One fault with the words around it."""
    kind, start, end = span
    text = line["text"].replace("\n", " ")
    print(f"{sign} {kind:9}{line['id']:12} {text[max(0, start - 35) : start]}[{text[start:end]}]{text[end : end + 30]}")


def measure(lines: Iterable[Line], expressions: Expressions, wanted: str | None) -> dict[str, Counter[str]]:
    """Counts of matched (`tp`), missed (`fn`) and false (`fp`) for each kind; prints the faults of `wanted`."""
    counts = {kind: Counter[str]() for kind in KINDS}
    for line in lines:
        found = [(f.kind, f.start, f.end) for f in expressions.find(line["text"])]
        parts = compare(gold_spans(line), found)
        for name, spans in zip(("tp", "fn", "fp"), parts, strict=True):
            for span in spans:
                counts[span[0]][name] += 1
                if name != "tp" and wanted in (span[0], "all"):
                    show(line, span, "-" if name == "fn" else "+")
    return counts


def figures(count: Counter[str]) -> str:
    """Precision, recall, F1 and the number of labelled facts."""
    tp, fp, fn = count["tp"], count["fp"], count["fn"]
    p, r = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f} n {tp + fn}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--lang", required=True)
    parser.add_argument("--part", choices=("tune", "check", "all"), default="tune")
    parser.add_argument("--show", help="print the faults of this kind, or all")
    options = parser.parse_args()
    begun = time.perf_counter()
    expressions = load(options.lang)
    print(f"built in {time.perf_counter() - begun:.3f} s", file=sys.stderr)
    lines = [line for path in options.files for line in read(path, options.part)]
    counts = measure(lines, expressions, options.show)
    for kind in KINDS:
        print(f"{options.lang} {kind:9}{figures(counts[kind])}")
    print(f"{options.lang} {'all':9}{figures(sum(counts.values(), Counter()))}")
    begun = time.perf_counter()
    for line in lines:
        expressions.find(line["text"])
    size = sum(len(line["text"]) for line in lines)
    print(f"{(time.perf_counter() - begun) / size * 1e8:.1f} us for 100 characters", file=sys.stderr)


if __name__ == "__main__":
    main()

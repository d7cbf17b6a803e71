"""Train the tagger of things, people and places from the project's own lines: `./run model` (committed files only).

A linear chain (conditional random field) over words; folds and thresholds as in train.py.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tools.chain import SIZE, Array, Batch, Chain, decode, fit, lay_out
from tools.dataset import Line, load_messages
from zgoda.expressions import Found
from zgoda.model.analysis import Analysis
from zgoda.model.knowledge import Knowledge, build_knowledge
from zgoda.model.language import LanguageGuess
from zgoda.model.prepare import Preparer
from zgoda.model.weights import LANGUAGE, load_weights, pack_weights
from zgoda.reading.facts import PatternFinder
from zgoda.reading.name_features import STEM, NameLists, clues_of, own_features
from zgoda.reading.names import (
    KINDS,
    LABELS,
    NAMES,
    Name,
    free_of,
    names_of,
    once,
    place_rows,
    signature_start,
    wide_rows,
    word_rows,
)  # fmt: skip
from zgoda.text.mail_markers import MailMarkers
from zgoda.values import FACTS, LANGUAGES

LEAST = 2
KEPT_FEATURES = 48_000
FOLDS = 4
WRITER = "c"  # writes most like customers do; all messages are read as this one's


@dataclass
class Message:
    """One line cut up: features of each word, wanted labels, and what was labelled where."""

    line: Line
    analysis: Analysis
    features: list[list[str]]
    labels: list[int]
    gold: list[tuple[str, int, int]]
    patterns: list[Found]


class Cutter:
    """Cuts lines as the reader does."""

    def __init__(self) -> None:
        self.knowledge: Knowledge = build_knowledge(strict=False)
        self.guess = LanguageGuess(load_weights(LANGUAGE))
        self.preparer = Preparer(self.knowledge, self.guess)
        self.patterns = PatternFinder(self.knowledge)
        self.lists = NameLists(self.knowledge.table(part, "names") for part in ("common", *LANGUAGES))
        self.markers = MailMarkers.of(self.knowledge.table(language, "mail") for language in LANGUAGES)

    def cut(self, line: Line) -> Message:
        prepared = self.preparer.prepare(line.text, None)
        analysis = self.knowledge.analyse(prepared.text, prepared.lexicon, prepared.ignored, self.guess)
        before = self.patterns.find(prepared.text, analysis, None)
        features = self.features(analysis, before)
        for row in features:
            row.append(f"writer{line.writer}")
        gold = gold_spans(line)
        return Message(line, analysis, features, wanted_labels(analysis, gold), gold, before)

    def features(self, analysis: Analysis, before: Sequence[Found]) -> list[list[str]]:
        names = self.knowledge.registry.names
        clues = clues_of(analysis, names, before, signature_start(analysis.text, self.markers))
        rows: list[list[str]] = [[] for _ in analysis.words]
        for number, (a, b) in enumerate(analysis.sentences):
            language = analysis.languages[number]
            wide = list(wide_rows(clues, number, language))
            for i in range(a, b):
                rows[i] += wide
                rows[i] += place_rows(clues, i)
                text = analysis.tokens.texts[analysis.words[i]]
                for offset, name in word_rows(own_features(language, text, analysis.keys[i], self.lists)):
                    if 0 <= i - offset < len(rows):
                        rows[i - offset].append(name)
        return rows


def gold_spans(line: Line) -> list[tuple[str, int, int]]:
    """Labelled facts with their places: the n-th mention of the same words is looked for behind the one before."""
    after: Counter[str] = Counter()
    spans = []
    for fact in line.labels["facts"]:
        words = fact["text"]
        start = fact.get("start", _find(line.text, words, after[words]))
        if start < 0:
            start = _find(line.text, words, 0)
        after[words] = start + len(words)
        if start >= 0:
            spans.append((fact["kind"], start, start + len(words)))
    return spans


def _find(text: str, words: str, begin: int) -> int:
    """Where the words stand between other words, else where they stand at all."""
    at = text.find(words, begin)
    first = at
    while at >= 0:
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() and words[0].isalnum()) and not text[end : end + 1].isalnum():
            return at
        at = text.find(words, at + 1)
    return first


def wanted_labels(analysis: Analysis, gold: list[tuple[str, int, int]]) -> list[int]:
    """Label of each word; a labelled name said again counts as labelled again."""
    labels = [0] * len(analysis.words)
    starts = [analysis.tokens.starts[i] for i in analysis.words]
    ends = [analysis.tokens.ends[i] for i in analysis.words]
    known: list[tuple[int, tuple[str, ...]]] = []
    for kind, start, end in gold:
        if kind not in KINDS:
            continue
        inside = [i for i in range(len(starts)) if ends[i] > start and starts[i] < end]
        if inside and not any(labels[i] for i in inside):
            _write(labels, inside[0], len(inside), KINDS.index(kind))
            known.append((KINDS.index(kind), tuple(analysis.keys[i][:STEM] for i in inside)))
    stems = [key[:STEM] for key in analysis.keys]
    for number, words in known:
        if sum(len(w) for w in words) < 4:
            continue
        for i in range(len(stems) - len(words) + 1):
            if tuple(stems[i : i + len(words)]) == words and not any(labels[i : i + len(words)]):
                _write(labels, i, len(words), number)
    return labels


def _write(labels: list[int], first: int, size: int, kind: int) -> None:
    labels[first : first + size] = [2 * kind + 1] + [2 * kind + 2] * (size - 1)


# -- measuring ---------------------------------------------------------------------------------------------------------

Hits = Counter[tuple[str, str, str]]


def paired(wanted: list[tuple[int, int]], came: list[tuple[int, int]]) -> int:
    """How many spans can be paired one to one so that each pair overlaps."""
    one, other = sorted(wanted, key=lambda s: s[::-1]), sorted(came, key=lambda s: s[::-1])
    i = j = pairs = 0
    while i < len(one) and j < len(other):
        if one[i][0] < other[j][1] and other[j][0] < one[i][1]:
            pairs, i, j = pairs + 1, i + 1, j + 1
        elif one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return pairs


def count(message: Message, found: Iterable[tuple[str, int, int]], hits: Hits) -> None:
    """Add right, found and wanted of each kind."""
    spans = list(found)
    for kind in {k for k, *_ in (*message.gold, *spans)}:
        wanted = [(a, b) for k, a, b in message.gold if k == kind]
        came = [(a, b) for k, a, b in spans if k == kind]
        for name, number in (("right", paired(wanted, came)), ("found", len(came)), ("wanted", len(wanted))):
            hits[message.line.language, kind, name] += number


def f1(hits: Hits, language: str, kinds: Sequence[str]) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and number wanted of some kinds, in one language or in all of them."""
    sums = dict.fromkeys(("right", "found", "wanted"), 0)
    for (own, kind, what), number in hits.items():
        if language in (own, "all") and kind in kinds:
            sums[what] += number
    right, found, wanted = sums["right"], sums["found"], sums["wanted"]
    return right / max(found, 1), right / max(wanted, 1), 2 * right / max(found + wanted, 1), wanted


def show(title: str, hits: Hits) -> None:
    """A table of figures."""
    print(f"-- {title}")
    groups: dict[str, Sequence[str]] = {kind: (kind,) for kind in KINDS} | {"names": KINDS, "all": FACTS}
    for language in (*LANGUAGES, "all"):
        cells = []
        for name, kinds in groups.items():
            p, r, f, n = f1(hits, language, kinds)
            cells.append(f"{name} {p:.2f}/{r:.2f}/{f:.3f} ({n})")
        print(f"{language:4}", "  ".join(cells), flush=True)


def finished(message: Message, labels: list[int]) -> list[Name]:
    """Names as the reader gives them: each once, none over a fact found by patterns."""
    return free_of(message.patterns, once(names_of(message.analysis, labels), message.analysis.keys))


def measure(messages: Sequence[Message], labels: Sequence[list[int]]) -> Hits:
    """Hits of all kinds, patterns included."""
    hits: Hits = Counter()
    for message, row in zip(messages, labels, strict=True):
        spans = [(n.kind, n.start, n.end) for n in finished(message, row)]
        count(message, [*spans, *((p.kind, p.start, p.end) for p in message.patterns)], hits)
    return hits


# -- the whole course --------------------------------------------------------------------------------------------------


def twice(messages: Sequence[Message]) -> list[Message]:
    """The lines of WRITER count twice."""
    return [*messages, *(m for m in messages if m.line.writer == WRITER)]


def columns_of(messages: Iterable[Message]) -> dict[str, int]:
    """Numbers of the features that occur often enough."""
    frequency = Counter(f for m in messages for row in m.features for f in set(row))
    return {f: i for i, f in enumerate(sorted(f for f, n in frequency.items() if n >= LEAST))}


def odds_of(batch: Batch, model: Chain) -> dict[int, Array]:
    """Odds of every word of each message, by id of the message."""
    odds = np.asarray(batch.values @ model.weights.astype(np.float32), float)
    return {id(m): odds[list(rows)] for m, rows in zip(batch.messages, batch.place, strict=True)}


def as_writer(messages: Sequence[Message], writer: str) -> None:
    """Let all lines count as this writer's: the tagger reads every message as it would read one of theirs."""
    for message in messages:
        for row in message.features:
            row[:] = [f"writer{writer}" if f.startswith("writer") else f for f in row]


def folds_of(messages: Sequence[Message]) -> list[tuple[list[Message], list[Message]]]:
    """Pairs of what to train on and what to try, by blocks of neighbours."""
    parts = []
    for number in range(FOLDS):
        test = [m for m in messages if m.line.block % FOLDS == number]
        parts.append(([m for m in messages if m.line.block % FOLDS != number], test))
    return parts


@dataclass
class Trial:
    """What models say about messages they have not seen: odds and steps of each message."""

    messages: list[Message]
    odds: dict[int, Array]
    steps: dict[int, Array]

    def labels(self, extra: Array) -> list[list[int]]:
        return [decode(self.odds[id(m)], self.steps[id(m)], extra) if m.labels else [] for m in self.messages]

    def of_writer(self, writer: str) -> Trial:
        return Trial([m for m in self.messages if m.line.writer == writer], self.odds, self.steps)


def trial(
    parts: Iterable[tuple[list[Message], list[Message]]], column: dict[str, int] | None = None, writer: str = WRITER
) -> Trial:
    """Train on the first of each pair, try on the second, each line read as if it were `writer`'s."""
    whole = Trial([], {}, {})
    for known, unknown in parts:
        own = column or columns_of(known)
        model = fit(lay_out(twice(known), own))
        saved = [[list(row) for row in m.features] for m in unknown]
        as_writer(unknown, writer)
        odds = odds_of(lay_out(unknown, own), model)
        for message, rows in zip(unknown, saved, strict=True):
            message.features = rows
        whole.messages += unknown
        whole.odds |= odds
        whole.steps |= dict.fromkeys(odds, model.steps)
    return whole


def best_extra(tried: Trial) -> Array:
    """What to add to the odds of each kind so that F1 is highest, kind by kind.

    Writers differ in what they call a product, hardly in what they call a person or place: the first is tuned on the
    lines of WRITER alone.
    """
    extra = np.zeros(SIZE)
    for number, kind in enumerate(KINDS):
        part = tried.of_writer(WRITER) if kind == "product" else tried
        scores = []
        for step in np.arange(-0.5, 1.76, 0.25):
            extra[2 * number + 1] = step
            hits = measure(part.messages, part.labels(extra))
            scores.append((f1(hits, "all", [kind])[2], -abs(step), step))
        extra[2 * number + 1] = max(scores)[2]
    return extra


def keep_columns(column: dict[str, int], model: Chain) -> dict[str, int]:
    """The weightiest features."""
    worth = np.abs(model.weights - model.weights.mean(axis=1, keepdims=True)).max(axis=1)
    order = sorted(column, key=lambda name: -worth[column[name]])[:KEPT_FEATURES]
    return {name: i for i, name in enumerate(sorted(order))}


def pack(column: dict[str, int], model: Chain, extra: Array, lines: int) -> bytes:
    """One scale for all labels, so that only differences of sums count; the writer's own row goes into the extra."""
    scale = float(np.quantile(np.abs(model.weights), 0.9998)) / 127
    integers = np.clip(np.rint(model.weights / scale), -127, 127).astype(np.int16) + 128
    rows = {n: integers[i].astype(np.uint8).tobytes() for n, i in column.items() if (integers[i] != 128).any()}
    own = model.weights[column[f"writer{WRITER}"]] + extra
    settings = {
        "steps": [[round(float(model.steps[s, to]) / scale) for s in range(SIZE)] for to in range(SIZE)],
        "extra": [round(float(v) / scale) for v in own],
        "lines": lines,
    }
    rows = {name: row for name, row in rows.items() if not name.startswith("writer")}
    return pack_weights(rows, list(LABELS), [scale] * SIZE, [0.0] * SIZE, settings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true", help="measure on lines kept apart and across writers, too")
    parser.add_argument("--also", type=Path, help="a folder LANG/messages.jsonl to measure on, with --report")
    options = parser.parse_args()
    cutter = Cutter()
    messages = [cutter.cut(line) for line in load_messages()]
    known = [m for m in messages if not m.line.kept_apart]
    apart = [m for m in messages if m.line.kept_apart]
    print(f"{len(known)} lines to learn from", flush=True)
    column = columns_of(known)
    column = keep_columns(column, fit(lay_out(twice(known), column), rounds=30))
    tried = trial(folds_of(known), column)
    extra = best_extra(tried)
    for title, part in (("all writers", tried), (f"writer {WRITER}", tried.of_writer(WRITER))):
        show(f"out of fold, {title}", measure(part.messages, part.labels(extra)))
    model = fit(lay_out(twice(known), column))
    if options.report:
        more = (
            [cutter.cut(line) for line in load_messages(options.also) if "facts" in line.labels] if options.also else []
        )
        report(messages, known, apart, more, extra)
    raw = pack(column, model, extra, len(known))
    NAMES.write_bytes(raw)
    print(f"{NAMES.name}: {len(column)} rows, {len(raw) / 1e6:.2f} MB, extra {extra.tolist()}")


def report(
    messages: list[Message], known: list[Message], apart: list[Message], more: list[Message], extra: Array
) -> None:
    """Figures on lines kept apart and across writers."""
    tried = trial([(known, apart)])
    show("kept apart", measure(tried.messages, tried.labels(extra)))
    part = tried.of_writer(WRITER)
    show(f"kept apart, writer {WRITER}", measure(part.messages, part.labels(extra)))
    if more:
        tried = trial([(known, more)])
        show("other labelled lines", measure(tried.messages, tried.labels(extra)))
    first = [m for m in messages if m.line.writer != WRITER]
    tried = trial([(first, [m for m in messages if m.line.writer == WRITER])], writer="b")
    show(f"writers a and b, tried on {WRITER}", measure(tried.messages, tried.labels(extra)))


if __name__ == "__main__":
    main()

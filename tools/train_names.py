"""Train the tagger of things, people and places from the project's own lines: `./run model` (committed files only).

A linear chain (conditional random field) over words; folds and thresholds as in train.py.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from dataset import Line, load_messages

from zgoda.expressions import Found
from zgoda.model.language import LanguageGuess
from zgoda.model.weights import LANGUAGE, load_weights, pack_weights
from zgoda.reading.analysis import Analysis
from zgoda.reading.facts import PatternFinder
from zgoda.reading.knowledge import Knowledge, build_knowledge
from zgoda.reading.name_features import STEM, NameLists, clues_of, own_features
from zgoda.reading.names import (
    BEFORE, KINDS, LABELS, NAMES, Name, free_of, names_of, once, place_rows, signature_start, wide_rows, word_rows,
)  # fmt: skip
from zgoda.reading.prepare import Preparer
from zgoda.text.mail_markers import MailMarkers
from zgoda.values import LANGUAGES

Array = np.ndarray[Any, Any]
SIZE = len(LABELS)
STRENGTH = 2.0
LEAST = 2
KEPT_FEATURES = 48_000
FOLDS = 4
GATE = 7.0
WRITER = "c"
NOWHERE = -1


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


# -- the chain ---------------------------------------------------------------------------------------------------------


@dataclass
class Batch:
    """Messages laid out step by step: rows of `values` are the first words of all messages, then the second words ..."""

    messages: list[Message]
    values: sp.csr_matrix
    labels: Array
    offsets: list[int]
    counts: list[int]
    place: list[tuple[int, ...]]


def lay_out(messages: Sequence[Message], column: dict[str, int]) -> Batch:
    """The batch of some messages over the named columns."""
    ordered = sorted((m for m in messages if m.labels), key=lambda m: -len(m.labels))
    longest = len(ordered[0].labels)
    offsets, counts, indices, pointer, labels = [], [], [], [0], []
    for step in range(longest):
        offsets.append(len(labels))
        here = [m for m in ordered if len(m.labels) > step]
        counts.append(len(here))
        for message in here:
            indices += sorted({column[f] for f in message.features[step] if f in column})
            pointer.append(len(indices))
            labels.append(message.labels[step])
    values = sp.csr_matrix(
        (np.ones(len(indices), np.float32), np.array(indices, np.int32), np.array(pointer)),
        shape=(len(labels), len(column)),
    )
    place = [tuple(offsets[s] + i for s in range(len(m.labels))) for i, m in enumerate(ordered)]
    return Batch(ordered, values, np.array(labels), offsets, counts, place)


ALLOWED = np.array([[float(s in BEFORE[to]) for to in range(SIZE)] for s in range(SIZE)])


def chain(batch: Batch, odds: Array, steps: Array) -> tuple[float, Array, Array]:
    """Log-likelihood of the wanted labels, and expected labels and steps (forward and backward, scaled)."""
    move = np.exp(steps) * ALLOWED
    top = odds.max(axis=1, keepdims=True)
    own = np.exp(odds - top)
    total = len(batch.labels)
    forward, scale = np.zeros((total, SIZE)), np.zeros(total)
    state = np.zeros((batch.counts[0], SIZE))
    state[:, 0] = 1
    for offset, count in zip(batch.offsets, batch.counts, strict=True):
        new = (state[:count] @ move) * own[offset : offset + count]
        scale[offset : offset + count] = new.sum(axis=1)
        state = new / new.sum(axis=1, keepdims=True)
        forward[offset : offset + count] = state
    return _backward(batch, odds, steps, (move, own, forward, scale, top))


def _backward(
    batch: Batch, odds: Array, steps: Array, parts: tuple[Array, Array, Array, Array, Array]
) -> tuple[float, Array, Array]:
    move, own, forward, scale, top = parts
    value = np.log(scale).sum() + top.sum()
    expected = np.zeros_like(forward)
    moves = np.zeros_like(move)
    later = np.zeros((0, SIZE))
    wanted_moves = np.zeros_like(move)
    for step in range(len(batch.counts) - 1, -1, -1):
        offset, count = batch.offsets[step], batch.counts[step]
        beta = np.tile(move[:, 0], (count, 1))
        last = forward[offset + len(later) : offset + count] @ move[:, 0]
        value += np.log(last).sum()
        beta[: len(later)] = later
        here = forward[offset : offset + count]
        joint = here * beta
        expected[offset : offset + count] = joint / joint.sum(axis=1, keepdims=True)
        ended = here[len(later) :] * move[:, 0]
        moves[:, 0] += (ended / ended.sum(axis=1, keepdims=True)).sum(axis=0)
        labels = batch.labels[offset : offset + count]
        np.add.at(wanted_moves, (labels[len(later) :], 0), 1)
        before, earlier = _before(batch, step, forward, labels)
        pull = own[offset : offset + count] * beta
        pairs = before[:, :, None] * move[None] * pull[:, None, :]
        moves += (pairs / pairs.sum(axis=(1, 2), keepdims=True)).sum(axis=0)
        np.add.at(wanted_moves, (earlier, labels), 1)
        later = (pull @ move.T) / scale[offset : offset + count, None]
    likelihood = odds[np.arange(len(batch.labels)), batch.labels].sum() + (wanted_moves * steps).sum() - value
    return float(likelihood), expected, wanted_moves - moves


def _before(batch: Batch, step: int, forward: Array, labels: Array) -> tuple[Array, Array]:
    """What stood one step earlier: probabilities and wanted labels; nothing stands before the first word."""
    if step == 0:
        start = np.zeros((len(labels), SIZE))
        start[:, 0] = 1
        return start, np.zeros(len(labels), int)
    offset = batch.offsets[step - 1]
    return forward[offset : offset + len(labels)], batch.labels[offset : offset + len(labels)]


@dataclass
class Chain:
    """Trained weights: features x labels, and the steps from label to label."""

    weights: Array
    steps: Array


def fit(batch: Batch, strength: float = STRENGTH, rounds: int = 90) -> Chain:
    """L2-penalised likelihood of the chain, by L-BFGS."""
    x = batch.values
    xt = x.T.tocsr()
    shape = (x.shape[1], SIZE)
    size = shape[0] * SIZE
    hot = np.zeros((len(batch.labels), SIZE))
    hot[np.arange(len(batch.labels)), batch.labels] = 1

    def loss(flat: Array) -> tuple[float, Array]:
        w, steps = flat[:size].reshape(shape), flat[size:].reshape(SIZE, SIZE)
        odds = np.asarray(x @ w.astype(np.float32), float)
        likelihood, expected, moves = chain(batch, odds, steps)
        slope = np.asarray(xt @ (expected - hot).astype(np.float32), float) * strength + w
        value = -strength * likelihood + 0.5 * (w * w).sum() + 0.5 * (steps * steps).sum()
        return value, np.concatenate([slope.ravel(), (steps - strength * moves).ravel()])

    start = np.zeros(size + SIZE * SIZE)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6, "ftol": 1e-6})
    return Chain(found.x[:size].reshape(shape), found.x[size:].reshape(SIZE, SIZE))


def decode(odds: Array, steps: Array, extra: Array) -> list[int]:
    """The best labels of one message (Viterbi)."""
    closed = np.where(ALLOWED > 0, steps, -1e9)
    scores = np.full(SIZE, -1e9)
    scores[0] = 0
    back = []
    for row in odds + extra:
        paths = scores[:, None] + closed
        came = paths.argmax(axis=0)
        scores = paths[came, np.arange(SIZE)] + row
        back.append(came)
    labels = [int((scores + closed[:, 0]).argmax())]
    for came in reversed(back[1:]):
        labels.append(int(came[labels[-1]]))
    return labels[::-1]


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


def f1(hits: Hits, keep: Callable[[str, str], bool]) -> tuple[float, float, float, int]:
    """Precision, recall, F1 and number wanted over some languages and kinds."""
    right, found, wanted = (
        sum(n for (lang, kind, what), n in hits.items() if what == name and keep(lang, kind))
        for name in ("right", "found", "wanted")
    )
    return right / max(found, 1), right / max(wanted, 1), 2 * right / max(found + wanted, 1), wanted


def show(title: str, hits: Hits) -> None:
    """A table of figures."""
    print(f"-- {title}")
    for language in (*LANGUAGES, "all"):
        cells = []
        for kind in (*KINDS, "names", "all"):
            p, r, f, n = f1(
                hits,
                lambda lang, k, language=language, kind=kind: language in (lang, "all")
                and (kind in (k, "all") or (kind == "names" and k in KINDS)),
            )
            cells.append(f"{kind} {p:.2f}/{r:.2f}/{f:.3f} ({n})")
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


def decoded(messages: Sequence[Message], odds: dict[int, Array], steps: Array, extra: Array) -> list[list[int]]:
    """Best labels of all messages."""
    return [decode(odds[id(m)], steps, extra) if m.labels else [] for m in messages]


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
        return [
            decode(self.odds[id(m)], self.steps[id(m)], extra) if m.labels else [] for m in self.messages
        ]


def trial(parts: Iterable[tuple[list[Message], list[Message]]], column: dict[str, int] | None = None) -> Trial:
    """Train on the first of each pair, try on the second, each line read as if it were WRITER's."""
    whole = Trial([], {}, {})
    for known, unknown in parts:
        own = column or columns_of(known)
        model = fit(lay_out(known, own))
        saved = [[list(row) for row in m.features] for m in unknown]
        as_writer(unknown, WRITER)
        odds = odds_of(lay_out(unknown, own), model)
        for message, rows in zip(unknown, saved, strict=True):
            message.features = rows
        whole.messages += unknown
        whole.odds |= odds
        whole.steps |= dict.fromkeys(odds, model.steps)
    return whole


def best_extra(tried: Trial) -> Array:
    """What to add to the odds of each kind so that F1 over all three is highest, kind by kind."""
    extra = np.zeros(SIZE)
    for number, kind in enumerate(KINDS):
        scores = []
        for step in np.arange(-0.75, 2.01, 0.25):
            extra[2 * number + 1] = step
            hits = measure(tried.messages, tried.labels(extra))
            scores.append((f1(hits, lambda _, k, kind=kind: k == kind)[2], -abs(step), step))
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
        "steps": [[round(float(model.steps[s, to]) / scale) for s in BEFORE_ALL] for to in range(SIZE)],
        "extra": [round(float(v) / scale) for v in own],
        "gate": round(GATE / scale),
        "lines": lines,
    }
    rows = {name: row for name, row in rows.items() if not name.startswith("writer")}
    return pack_weights(rows, list(LABELS), [scale] * SIZE, [0.0] * SIZE, settings)


BEFORE_ALL = range(SIZE)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report", action="store_true", help="measure across writers, too")
    options = parser.parse_args()
    cutter = Cutter()
    messages = [cutter.cut(line) for line in load_messages()]
    known = [m for m in messages if not m.line.kept_apart]
    apart = [m for m in messages if m.line.kept_apart]
    print(f"{len(known)} lines to learn from", flush=True)
    column = columns_of(known)
    column = keep_columns(column, fit(lay_out(known, column), rounds=40))
    tried = trial(folds_of(known), column)
    extra = best_extra(tried)
    show("out of fold", measure(tried.messages, tried.labels(extra)))
    model = fit(lay_out(known, column))
    if options.report:
        report(messages, known, apart, extra)
    raw = pack(column, model, extra, len(known))
    NAMES.write_bytes(raw)
    print(f"{NAMES.name}: {len(column)} rows, {len(raw) / 1e6:.2f} MB, extra {extra.tolist()}")


def report(messages: list[Message], known: list[Message], apart: list[Message], extra: Array) -> None:
    """Figures on lines kept apart and across writers."""
    tried = trial([(known, apart)])
    show("kept apart", measure(tried.messages, tried.labels(extra)))
    first = [m for m in messages if m.line.writer != WRITER]
    tried = trial([(first, [m for m in messages if m.line.writer == WRITER])])
    show(f"writers a and b, tried on {WRITER}", measure(tried.messages, tried.labels(extra)))


if __name__ == "__main__":
    main()

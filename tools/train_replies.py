"""Train the review of replies from the project's own lines: `./run model` (committed files only, nothing downloaded).

Every clause is judged for every act and finding. Over a whole reply the best clause counts; a second, small layer (the
gate) asks whether the reply has any mistake at all, because a false alarm costs more than a missed finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from tools.reply_dataset import SILENT_ON_ACTS, ReplyLine, load_catalogue, load_replies, load_shipped
from zgoda.model.knowledge import build_knowledge
from zgoda.model.score import concept_scale, word_scale
from zgoda.model.weights import REPLIES, pack_weights
from zgoda.reviewing.draft import Draft, Drafter
from zgoda.reviewing.features import ClauseFeatures, CustomerWords, pair_feature, word_features
from zgoda.reviewing.judge import ANY, FLOOR, gate_features
from zgoda.reviewing.verdicts import Verdicts, verdicts_of
from zgoda.values import ACTS, FINDINGS, LANGUAGES

OUTPUTS = [*(f"acts:{act}" for act in ACTS), *(f"findings:{kind}" for kind in FINDINGS), ANY]
COLUMN = {name: i for i, name in enumerate(OUTPUTS)}
FIRST_FINDING = len(ACTS)
ACT_COLUMNS, FINDING_COLUMNS = slice(0, FIRST_FINDING), slice(FIRST_FINDING, FIRST_FINDING + len(FINDINGS))
BLOCKS = {"c": 1.0, "r": 1.0, "p": 0.3, "n": 0.3, "p.": 0.3, "n.": 0.3, "s": 0.3, "lang": 0.3}
WORD_WEIGHT = 0.9
LEAST = {"c": 2, "r": 1, "s": 1, "lang": 1}
LEAST_OTHER = 3
STRENGTH = 1.0
WEIGHT_OF_OWN = 3.0  # the catalogue and what is shipped must come out right
ROWS_OF_WORDS = 22_000
FOLDS = 4
FALSE_ALARMS = 0.025  # of the good replies; what is asked for is 0.05 on lines of others
MOST_RASH = 0.15  # share of the hits of a rule that may lie in good replies
LEAST_RIGHT = 0.5  # share that must be right at all; a rule that hits another mistake is a smaller fault
KNOWN_WRITERS = ("a", "b")  # the authors of the lexicons looked at their lines: too kind a measure for the gate
INFO = FINDINGS.index("jargon")  # an info is no alarm

Array = np.ndarray[Any, np.dtype[np.float64]]


def block_weight(name: str) -> float:
    """How much a block of features counts before anything is learned."""
    return BLOCKS.get(name.partition(":")[0], WORD_WEIGHT)


def values_of(row: ClauseFeatures, language: str) -> dict[str, float]:
    """Feature values exactly as the scorer will add them up."""
    a = concept_scale(len(row.shared))
    values = {f: a * block_weight(f) for f in row.shared}
    values.update({f: block_weight(f) for f in (*row.fixed, f"lang:{language}")})
    keys = list(dict.fromkeys(row.words))
    b = word_scale(len(keys)) * WORD_WEIGHT
    for key in keys:
        for feature in word_features(language, key):
            values[feature] = values.get(feature, 0.0) + b
    for first, second in zip(row.words, row.words[1:], strict=False):
        values[pair_feature(language, first, second)] = b
    return values


def _wanted(line: ReplyLine, draft: Draft) -> Array:
    """Which clauses carry which labels: the clause that overlaps a span most, and every clause half covered by it."""
    wanted = np.zeros((len(draft.clauses), len(OUTPUTS)))
    places = [draft.span(clause) for clause in draft.clauses]
    for label, start, end in line.spans:
        best, chosen = 0, -1
        for n, (first, after) in enumerate(places):
            shared = min(end, after) - max(start, first)
            if shared > best:
                best, chosen = shared, n
            if shared > 0 and shared >= 0.5 * (after - first):
                wanted[n, COLUMN[label]] = 1
        if chosen >= 0:
            wanted[chosen, COLUMN[label]] = 1
    wanted[:, COLUMN[ANY]] = wanted[:, FINDING_COLUMNS].max(axis=1)
    return wanted


@dataclass
class Clauses:
    """All clauses as rows of a sparse matrix; `owner` is the number of the reply, `rules` what rules say of a reply."""

    lines: list[ReplyLine]
    values: sp.csr_matrix
    names: list[str]
    wanted: Array
    owner: np.ndarray[Any, np.dtype[np.int64]]
    sentence: np.ndarray[Any, np.dtype[np.int64]]
    rules: list[Verdicts]
    counts: Array

    def columns(self, keep: list[int]) -> Clauses:
        """The same clauses with only some features."""
        names = [self.names[i] for i in keep]
        return replace(self, values=self.values[:, keep].tocsr(), names=names)


def build(drafter: Drafter, lines: list[ReplyLine]) -> Clauses:
    """Clauses of all lines."""
    rows: list[dict[str, float]] = []
    wanted, owner, sentence, rules = [], [], [], []
    for number, line in enumerate(lines):
        analysis = drafter.knowledge.analyse(line.text, line.language)
        customer = drafter.customer(line.customer, line.language) if line.customer else CustomerWords()
        draft = drafter.draft(analysis, customer)
        rows += [values_of(row, line.language) for row in draft.rows]
        wanted.append(_wanted(line, draft))
        owner += [number] * len(draft.clauses)
        sentence += [clause.sentence for clause in draft.clauses]
        rules.append(verdicts_of(draft, drafter.knowledge))
    frequency = Counter(name for row in rows for name in row)
    names = sorted(n for n, count in frequency.items() if count >= _least(n))
    column = {name: i for i, name in enumerate(names)}
    coordinates = [(i, column[n], v) for i, row in enumerate(rows) for n, v in row.items() if n in column]
    i, j, v = zip(*coordinates, strict=True)
    matrix = sp.csr_matrix((v, (i, j)), shape=(len(rows), len(names)), dtype=np.float32)
    return Clauses(
        lines, matrix, names, np.vstack(wanted), np.array(owner), np.array(sentence), rules, _counts(lines, owner)
    )


def _counts(lines: list[ReplyLine], owner: list[int]) -> Array:
    """0 for the acts of clauses whose reply says nothing of acts (catalogue, shipped phrases), else 1."""
    counts = np.ones((len(owner), len(OUTPUTS)))
    silent = np.array([line.writer in SILENT_ON_ACTS for line in lines])[owner]
    counts[silent] = WEIGHT_OF_OWN
    counts[silent, ACT_COLUMNS] = 0
    return counts


def _least(name: str) -> int:
    return LEAST.get(name.partition(":")[0], LEAST_OTHER)


def fit(
    values: Any, wanted: Array, counts: Array | float = 1.0, strength: float = STRENGTH, rounds: int = 80
) -> tuple[Array, Array]:
    """Coefficients (features x outputs) and biases: L2-penalised logistic losses by L-BFGS, weighed by `counts`."""
    transposed = values.T.tocsr() if sp.issparse(values) else values.T
    shape = (values.shape[1], wanted.shape[1])
    size = shape[0] * shape[1]

    def loss(flat: Array) -> tuple[float, Array]:
        w, b = flat[:size].reshape(shape), flat[size:]
        odds = values @ w.astype(np.float32) + b
        p = 1 / (1 + np.exp(-np.clip(odds, -50, 50)))
        hit = wanted * np.log(np.maximum(p, 1e-12)) + (1 - wanted) * np.log(np.maximum(1 - p, 1e-12))
        error = (p - wanted) * counts * strength
        slope = np.asarray(transposed @ error.astype(np.float32)) + w
        value = -strength * (hit * counts).sum() + 0.5 * (w * w).sum()
        return float(value), np.concatenate([slope.ravel(), error.sum(axis=0)])

    start = np.zeros(size + shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6, "ftol": 1e-7})
    return found.x[:size].reshape(shape), found.x[size:]


def pooled(odds: Array, clauses: Clauses) -> Array:
    """For each reply the log-odds of its best clause, output by output; clauses under a veto do not count."""
    best = np.full((len(clauses.lines), odds.shape[1]), FLOOR)
    np.maximum.at(best, clauses.owner, under_vetoes(odds, clauses))
    return best


def under_vetoes(odds: Array, clauses: Clauses) -> Array:
    """The log-odds of clauses, those that a rule takes away at the floor."""
    kept = odds.copy()
    for number, verdicts in enumerate(clauses.rules):
        for label, sentences in verdicts.vetoed.items():
            rows = (clauses.owner == number) & np.isin(clauses.sentence, list(sentences))
            kept[rows, COLUMN[label]] = FLOOR
    return kept


def distrusted(clauses: Clauses) -> list[str]:
    """Rules that give a finding, or take one, wrongly too often on lines that their authors have not seen.

    A rule that gives is right where the reply has the finding, one that takes where no clause of its sentence has it.
    """
    right, wrong, false = Counter[str](), Counter[str](), Counter[str]()
    for number, (line, verdicts) in enumerate(zip(clauses.lines, clauses.rules, strict=True)):
        if line.writer in KNOWN_WRITERS:
            continue
        for label, given in verdicts.decided.items():
            field, _, kind = label.partition(":")
            has = kind in (line.findings if field == "findings" else line.acts)
            rules = {rule.rule for rule in given}
            (right if has else wrong if line.findings else false).update(rules)
        for label, sentences in verdicts.vetoed.items():
            for sentence, rule in sentences.items():
                rows = (clauses.owner == number) & (clauses.sentence == sentence)
                (wrong if clauses.wanted[rows, COLUMN[label]].any() else right).update([rule])
    hits = right + wrong + false
    return sorted(r for r, n in hits.items() if false[r] > max(1, MOST_RASH * n) or right[r] < LEAST_RIGHT * n)


def truth(lines: Iterable[ReplyLine]) -> Array:
    """Labels of whole replies (replies x outputs)."""
    rows = []
    for line in lines:
        labels = {*(f"acts:{a}" for a in line.acts), *(f"findings:{f}" for f in line.findings)}
        labels |= {ANY} if line.findings else set()
        rows.append([float(name in labels) for name in OUTPUTS])
    return np.array(rows)


def folds(lines: Iterable[ReplyLine]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Fold of each reply, by blocks of neighbours."""
    return np.array([line.block % FOLDS for line in lines])


def out_of_fold(clauses: Clauses) -> Array:
    """Log-odds of every clause by a model that has not seen its block."""
    odds = np.zeros_like(clauses.wanted)
    fold = folds(clauses.lines)[clauses.owner]
    for number in range(FOLDS):
        rest = fold != number
        coefficients, biases = fit(clauses.values[rest], clauses.wanted[rest], clauses.counts[rest])
        odds[fold == number] = clauses.values[fold == number] @ coefficients + biases
    return odds


def calibration(best: Array, gold: Array) -> list[tuple[float, float]]:
    """Slope and intercept by which the best clause's log-odds become the reply's, output by output."""
    fitted = []
    for column in range(len(OUTPUTS)):
        slope, intercept = fit(best[:, [column]], gold[:, [column]], strength=10.0)
        fitted.append((float(slope[0, 0]), float(intercept[0])))
    return fitted


def calibrated(best: Array, lines: list[tuple[float, float]]) -> Array:
    """Log-odds of whole replies."""
    return np.asarray(best * np.array([a for a, _ in lines]) + np.array([b for _, b in lines]))


def act_thresholds(odds: Array, gold: Array) -> dict[str, float]:
    """Log-odds from which an act is said, where its F1 is highest, drawn to the middle where examples are few."""
    chosen = {}
    grid = np.arange(-2.5, 1.5, 0.1)
    for column, name in enumerate(OUTPUTS[:FIRST_FINDING]):
        y = gold[:, column]
        scores = [2 * (y * (odds[:, column] >= t)).sum() / max(y.sum() + (odds[:, column] >= t).sum(), 1) for t in grid]
        weight = min(1.0, y.sum() / 100)
        chosen[name] = round(float(grid[int(np.argmax(scores))] * weight - 0.4 * (1 - weight)), 2)
    return chosen


@dataclass
class Gate:
    """The layer that asks whether a reply has any mistake: weights over `gate_features`, and where it opens."""

    weights: list[float]
    bias: float
    kind: float
    opens: dict[str, float]


def decided(clauses: Clauses) -> Array:
    """1 where a rule gives a finding to a reply."""
    rows = np.zeros((len(clauses.lines), len(FINDINGS)))
    for number, verdicts in enumerate(clauses.rules):
        for column, kind in enumerate(FINDINGS):
            rows[number, column] = float(f"findings:{kind}" in verdicts.decided)
    return rows


def gate_rows(whole: Array, each: Array, given: Array, clauses: Clauses) -> Array:
    """Features of the gate, reply by reply; `whole` are calibrated log-odds of replies, `each` those of clauses."""
    wrong: list[list[float]] = [[] for _ in clauses.lines]
    for owner, odds in zip(clauses.owner, each[:, COLUMN[ANY]], strict=True):
        wrong[owner].append(float(odds))
    return np.array(
        [
            gate_features(list(row[ACT_COLUMNS]), list(row[FINDING_COLUMNS]), own, list(rule))
            for row, own, rule in zip(whole, wrong, given, strict=True)
        ]
    )


def train_gate(features: Array, findings: Array, gold: Array, given: Array, lines: list[ReplyLine]) -> Gate:
    """Fit the gate out of fold, then choose where findings begin so that few good replies are flagged."""
    bad = (gold.sum(axis=1) > 0).astype(float)[:, None]
    fold = folds(lines)
    score = np.zeros(len(lines))
    for number in range(FOLDS):
        weights, bias = fit(features[fold != number], bad[fold != number], strength=0.3)
        score[fold == number] = (features[fold == number] @ weights + bias)[:, 0]
    weights, bias = fit(features, bad, strength=0.3)
    kind, opens = _openings(findings, gold, given, score, lines)
    return Gate([round(float(w), 4) for w in weights[:, 0]], round(float(bias[0]), 4), kind, opens)


def _openings(
    findings: Array, gold: Array, given: Array, score: Array, lines: list[ReplyLine]
) -> tuple[float, dict[str, float]]:
    """The log-odds of a kind and, for each language, of the gate at which micro-F1 is highest under the alarm limit.

    The limit holds on all lines and, by themselves, on those of writers whom the authors of the lexicons have not seen.
    """
    best = (-1.0, 0.0, dict.fromkeys(LANGUAGES, 0.0))
    unseen = np.array([line.writer not in KNOWN_WRITERS for line in lines])
    of = np.array([line.language for line in lines])
    good = gold.sum(axis=1) == 0
    for kind in np.arange(-2.6, 0.6, 0.1):
        opens, hits, total = {}, 0.0, 0.0
        for language in LANGUAGES:
            own = of == language
            gate = max(_gate(findings, given, score, part & good, kind) for part in (own, own & unseen))
            said = ((findings[own] >= kind) & (score[own] >= gate)[:, None]) | (given[own] > 0)
            opens[language] = round(float(gate), 2)
            hits += (said * gold[own]).sum()
            total += said.sum() + gold[own].sum()
        value = 2 * hits / max(total, 1)
        if value > best[0]:
            best = (value, round(float(kind), 2), opens)
    return best[1], best[2]


def _gate(findings: Array, given: Array, score: Array, good: np.ndarray[Any, np.dtype[np.bool_]], kind: float) -> float:
    """The lowest opening of the gate at which few of the `good` replies are flagged."""
    alarms = [k for k in range(len(FINDINGS)) if k != INFO]
    said, ruled = findings[good][:, alarms] >= kind, given[good][:, alarms].any(axis=1)
    for gate in np.arange(-3.0, 6.0, 0.05):
        flagged = (said & (score[good] >= gate)[:, None]).any(axis=1) | ruled
        if not good.any() or flagged.mean() <= FALSE_ALARMS:
            break
    return float(gate)


def keep_columns(clauses: Clauses, coefficients: Array) -> list[int]:
    """All knowledge features and the weightiest words and n-grams."""
    chosen = {i for i, n in enumerate(clauses.names) if n.partition(":")[0] in BLOCKS}
    words = [i for i in range(len(clauses.names)) if i not in chosen]
    counts = np.asarray((clauses.values != 0).sum(axis=0)).ravel()
    worth = np.abs(coefficients).max(axis=1) * np.sqrt(counts)
    words.sort(key=lambda i: -worth[i])
    return sorted(chosen | set(words[:ROWS_OF_WORDS]))


def quantise(coefficients: Array, names: list[str]) -> tuple[dict[str, bytes], list[float]]:
    """Rows of bytes and one scale an output; the blocks' own weights are folded into the rows."""
    folded = coefficients * np.array([block_weight(name) for name in names])[:, None]
    scales = np.maximum(np.abs(folded).max(axis=0), 1e-9) / 127
    integers = np.rint(folded / scales).astype(np.int16) + 128
    rows = {name: integers[i].astype(np.uint8).tobytes() for i, name in enumerate(names) if (integers[i] != 128).any()}
    return rows, [float(s) for s in scales]


def of_replies(odds: Array, clauses: Clauses) -> tuple[Array, Clauses]:
    """The odds and clauses of whole replies, which stand before those that are silent on acts."""
    replies = [line for line in clauses.lines if line.writer not in SILENT_ON_ACTS]
    own = clauses.owner < len(replies)
    kept = replace(
        clauses,
        lines=replies,
        values=clauses.values[own],
        wanted=clauses.wanted[own],
        owner=clauses.owner[own],
        sentence=clauses.sentence[own],
        rules=clauses.rules[: len(replies)],
        counts=clauses.counts[own],
    )
    return odds[own], kept


def settings(clauses: Clauses, odds: Array) -> dict[str, Any]:
    """Everything beside the weights: calibration, thresholds of acts, the gate."""
    odds, clauses = of_replies(odds, clauses)
    gold = truth(clauses.lines)
    best = pooled(odds, clauses)
    lines = calibration(best, gold)
    whole = calibrated(best, lines)
    given = decided(clauses)
    features = gate_rows(whole, calibrated(under_vetoes(odds, clauses), lines), given, clauses)
    gate = train_gate(features, whole[:, FINDING_COLUMNS], gold[:, FINDING_COLUMNS], given, clauses.lines)
    return {
        "calibration": [[round(a, 4), round(b, 4)] for a, b in lines],
        "acts": act_thresholds(whole, gold),
        "gate": {"weights": gate.weights, "bias": gate.bias, "kind": gate.kind, "opens": gate.opens},
        "lines": len(clauses.lines),
    }


def trusted(verdicts: Verdicts, rash: Container[str]) -> Verdicts:
    """The verdicts without those of rules that are not trusted."""
    decided = {
        label: own for label, given in verdicts.decided.items() if (own := [g for g in given if g.rule not in rash])
    }
    vetoed = {
        label: {s: r for s, r in sentences.items() if r not in rash} for label, sentences in verdicts.vetoed.items()
    }
    return Verdicts(decided, vetoed)


def main() -> None:
    knowledge = build_knowledge()
    drafter = Drafter(knowledge)
    replies = [line for line in load_replies() if not line.kept_apart]
    clauses = build(drafter, [*replies, *load_catalogue(), *load_shipped(knowledge)])
    rash = distrusted(clauses)
    clauses = replace(clauses, rules=[trusted(verdicts, rash) for verdicts in clauses.rules])
    print(f"{len(rash)} rules only hint: {', '.join(rash)}", flush=True)
    print(f"{len(clauses.lines)} replies, {len(clauses.owner)} clauses to learn from", flush=True)
    coefficients, _ = fit(clauses.values, clauses.wanted, clauses.counts)
    clauses = clauses.columns(keep_columns(clauses, coefficients))
    print(f"{len(clauses.names)} features kept", flush=True)
    chosen = settings(clauses, out_of_fold(clauses)) | {"distrusted": rash}
    coefficients, biases = fit(clauses.values, clauses.wanted, clauses.counts)
    rows, scales = quantise(coefficients, clauses.names)
    raw = pack_weights(rows, OUTPUTS, scales, [float(b) for b in biases], chosen)
    REPLIES.write_bytes(raw)
    print(f"{REPLIES.name}: {len(rows)} rows, {len(raw) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

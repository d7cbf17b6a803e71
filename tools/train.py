"""Train the learned layer from the project's own lines: `./run model` (committed files only, nothing downloaded).

One model for three languages: concept and construction features are shared, words and n-grams belong to a language.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from tools.dataset import QUIET, Line, load_messages, load_quiet
from zgoda.model.features import concept_features, family_features, shape_features, word_features
from zgoda.model.knowledge import Knowledge, build_knowledge
from zgoda.model.score import concept_scale, counted, word_scale
from zgoda.model.weights import SHIPPED, pack_weights
from zgoda.values import ABUSE, CAUSES, DEMANDS, SIGNALS, STATES

BINARY = [
    *(f"abuse:{k}" for k in ABUSE),
    *(f"signals:{k}" for k in SIGNALS),
    *(f"causes:{k}" for k in CAUSES),
    *(f"demands:{k}" for k in DEMANDS),
    "causes:any",
]
OUTPUTS = [*(f"state:{s}" for s in STATES), *(f"main:{c}" for c in CAUSES), *BINARY]
STRONG_WEIGHT, WORD_WEIGHT, SHAPE_WEIGHT, FAMILY_WEIGHT = 0.8, 0.9, 0.3, 0.2
BLOCKS = {
    "a": STRONG_WEIGHT,
    "c": 1.0,
    "f": FAMILY_WEIGHT,
    "lang": SHAPE_WEIGHT,
    "r": 1.0,
    "s": SHAPE_WEIGHT,
}
LATER_TURNS = "o"
# Writer d wrote riddles on purpose: instructive, but not what most mail is like. Writer o wrote turns that answer
# somebody; out of their conversation they tell less of a state, so for that they count even less.
TRUST = {"d": 0.4, LATER_TURNS: 0.7, QUIET: 0.5}
DANGERS = ("abuse:threat", "signals:self_harm")  # all that quiet lines are labelled with
# A person in danger who is overlooked weighs more than a call for help too many.
BETA = {"signals:self_harm": 2.5, "abuse:threat": 1.3}
STRENGTH = {"state": 1.2, "main": 1.0, "yes-no": 3.0}
ROWS_OF_WORDS = 24_000
LEAST = {"a": 2, "f": 3, "c": 2, "r": 1, "s": 1}
FOLDS = 4


def block_weight(name: str) -> float:
    """How much a block of features counts before anything is learned."""
    kind = name.partition(":")[0]
    return BLOCKS.get(kind, WORD_WEIGHT)


def line_features(knowledge: Knowledge, text: str, language: str) -> dict[str, float]:
    """Feature values exactly as the scorer will add them up."""
    analysis = knowledge.analyse(text, language)
    concepts = concept_features(analysis, knowledge.index)
    a = concept_scale(counted(concepts))
    values = {f: STRONG_WEIGHT if f[0] == "a" else a * block_weight(f) for f in concepts}
    values.update(dict.fromkeys(family_features(analysis, knowledge.index), FAMILY_WEIGHT))
    keys = analysis.own_words()
    b = word_scale(len(keys)) * WORD_WEIGHT
    for key in keys:
        for feature in word_features(key):
            values[language + feature] = values.get(language + feature, 0.0) + b

    for feature in (*shape_features(analysis), f"lang:{language}"):
        values[feature] = SHAPE_WEIGHT
    return values


@dataclass
class Matrix:
    """Lines as rows of a sparse matrix, with the names of the columns."""

    lines: list[Line]
    values: sp.csr_matrix
    names: list[str]

    def columns(self, keep: list[int]) -> Matrix:
        """The matrix with only some columns."""
        return Matrix(self.lines, self.values[:, keep].tocsr(), [self.names[i] for i in keep])


def build_matrix(knowledge: Knowledge, lines: list[Line]) -> Matrix:
    rows = [line_features(knowledge, line.text, line.language) for line in lines]
    frequency = Counter(name for row in rows for name in row)
    names = sorted(n for n, count in frequency.items() if count >= LEAST.get(n.split(":")[0], 3))
    column = {name: i for i, name in enumerate(names)}
    coordinates = [(i, column[n], v) for i, row in enumerate(rows) for n, v in row.items() if n in column]
    i, j, v = zip(*coordinates, strict=True)
    return Matrix(lines, sp.csr_matrix((v, (i, j)), shape=(len(lines), len(names)), dtype=np.float32), names)


def truth(lines: list[Line], output: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    """1 where a line carries the yes/no label."""
    name, _, kind = output.partition(":")
    if output == "causes:any":
        return np.array([int(bool(line.labels.get("causes"))) for line in lines])
    return np.array([int(kind in line.labels.get(name, ())) for line in lines])


def _classes(lines: list[Line]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    states = np.array([STATES.index(line.labels.get("state", STATES[0])) for line in lines])
    causes = [line.labels.get("causes") for line in lines]
    mains = np.array([CAUSES.index(own[0]) if own else -1 for own in causes])
    return states, mains


@dataclass
class Targets:
    """What the outputs should say: one-hot state and main cause, yes/no labels, and which rows count for which."""

    wanted: np.ndarray[Any, Any]
    counts: np.ndarray[Any, Any]


def targets(lines: list[Line]) -> Targets:
    """Matrix of wanted outputs (lines x outputs) and of weights (0 where a line says nothing of an output)."""
    states, mains = _classes(lines)
    wanted = np.zeros((len(lines), len(OUTPUTS)))
    counts = np.ones_like(wanted) * np.array([[TRUST.get(line.writer, 1.0)] for line in lines])
    wanted[np.arange(len(lines)), states] = 1
    first = len(STATES)
    known = mains >= 0
    wanted[np.flatnonzero(known), first + mains[known]] = 1
    counts[~known, first : first + len(CAUSES)] = 0
    for output in BINARY:
        wanted[:, OUTPUTS.index(output)] = truth(lines, output)
    later = np.array([line.writer == LATER_TURNS for line in lines])
    counts[later, :first] *= TRUST[LATER_TURNS]
    quiet = np.array([line.writer == QUIET for line in lines])
    counts[np.ix_(quiet, np.array([output not in DANGERS for output in OUTPUTS]))] = 0
    return Targets(wanted, counts)


def _softmax(odds: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    odds = odds - odds.max(axis=1, keepdims=True)
    parts = np.exp(odds)
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def probabilities(odds: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Softmax over states and over main causes, logistic for the rest."""
    a, b = len(STATES), len(STATES) + len(CAUSES)
    return np.hstack([_softmax(odds[:, :a]), _softmax(odds[:, a:b]), 1 / (1 + np.exp(-np.clip(odds[:, b:], -50, 50)))])


def strengths() -> np.ndarray[Any, Any]:
    """How much the data count against the wish for small weights, output by output."""
    kinds = [name if (name := o.partition(":")[0]) in STRENGTH else "yes-no" for o in OUTPUTS]
    return np.array([STRENGTH[kind] for kind in kinds])


def fit(matrix: Matrix, rows: np.ndarray[Any, Any], aim: Targets) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Coefficients (features x outputs) and biases of all outputs at once: L2-penalised logistic losses by L-BFGS."""
    x = matrix.values[rows]
    xt = x.T.tocsr()
    wanted, counts = aim.wanted[rows], aim.counts[rows] * strengths()
    shape = (x.shape[1], len(OUTPUTS))
    size = shape[0] * shape[1]
    first_yes_no = len(STATES) + len(CAUSES)

    def loss(flat: np.ndarray[Any, Any]) -> tuple[float, np.ndarray[Any, Any]]:
        w, b = flat[:size].reshape(shape), flat[size:]
        p = probabilities(x @ w.astype(np.float32) + b)
        hit = np.log(np.maximum(p, 1e-12)) * wanted
        miss = np.log(np.maximum(1 - p[:, first_yes_no:], 1e-12)) * (1 - wanted[:, first_yes_no:])
        error = (p - wanted) * counts
        value = -(hit * counts).sum() - (miss * counts[:, first_yes_no:]).sum() + 0.5 * (w * w).sum()
        slope = np.asarray(xt @ error.astype(np.float32)) + w
        return float(value), np.concatenate([slope.ravel(), error.sum(axis=0)])

    start = np.zeros(size + len(OUTPUTS))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 70, "maxcor": 6, "ftol": 1e-6})
    return found.x[:size].reshape(shape), found.x[size:]


def folds(lines: list[Line]) -> np.ndarray[Any, Any]:
    """Fold of each line, by blocks of neighbours."""
    return np.array([line.block % FOLDS for line in lines])


def out_of_fold(matrix: Matrix) -> np.ndarray[Any, Any]:
    """Log-odds of every line by a model that has not seen its block."""
    odds = np.zeros((len(matrix.lines), len(OUTPUTS)))
    fold = folds(matrix.lines)
    aim = targets(matrix.lines)
    for number in range(FOLDS):
        coefficients, biases = fit(matrix, np.flatnonzero(fold != number), aim)
        test = np.flatnonzero(fold == number)
        odds[test] = matrix.values[test] @ coefficients + biases
    return odds


def best_threshold(odds: np.ndarray[Any, Any], y: np.ndarray[Any, Any], beta: float = 1.0) -> float:
    """Probability at which F-beta is highest, smoothed toward one half where there are few examples."""
    probabilities = 1 / (1 + np.exp(-odds))
    grid = np.linspace(0.1, 0.8, 29)
    square = beta * beta
    scores = [
        (1 + square) * (y * (probabilities >= t)).sum() / max(square * y.sum() + (probabilities >= t).sum(), 1)
        for t in grid
    ]
    best = float(grid[int(np.argmax(scores))])
    weight = min(1.0, y.sum() / 100)
    return round(float(best * weight + 0.4 * (1 - weight)), 3)


def keep_columns(matrix: Matrix, coefficients: np.ndarray[Any, Any]) -> list[int]:
    """All knowledge features and the weightiest words and n-grams."""
    knowledge = [i for i, n in enumerate(matrix.names) if n.split(":")[0] in ("a", "c", "f", "r", "s", "lang")]
    chosen = set(knowledge)
    words = [i for i in range(len(matrix.names)) if i not in chosen]
    counts = np.asarray((matrix.values != 0).sum(axis=0)).ravel()
    worth = np.abs(coefficients).max(axis=1) * np.sqrt(counts)
    words.sort(key=lambda i: -worth[i])
    return sorted(chosen | set(words[:ROWS_OF_WORDS]))


def quantise(coefficients: np.ndarray[Any, Any], names: list[str]) -> tuple[dict[str, bytes], list[float], list[float]]:
    """Rows of bytes, one scale an output, and by how much more a step of abuse and risk counts than one of the rest.

    The blocks' own weights are folded into the rows. The few decisive concepts have far larger weights than the many
    words: on one scale either they would be cut short or the words rounded away.
    """
    kind = np.array([block_weight(name) for name in names])
    folded = coefficients * kind[:, None]
    strong = np.array([name.startswith("a:") for name in names])
    scales, strong_scales = (np.maximum(np.abs(folded[part]).max(axis=0), 1e-9) / 127 for part in (~strong, strong))
    steps = np.where(strong[:, None], folded / strong_scales, folded / scales)
    integers = np.rint(steps).astype(np.int16) + 128
    rows = {name: integers[i].astype(np.uint8).tobytes() for i, name in enumerate(names) if (integers[i] != 128).any()}
    return rows, [float(s) for s in scales], [float(s) for s in strong_scales / scales]


def main() -> None:
    knowledge = build_knowledge()
    labelled = [line for line in load_messages() if not line.kept_apart]
    lines = [*labelled, *load_quiet()]
    print(f"{len(labelled)} lines to learn from, {len(lines) - len(labelled)} more that hold no danger", flush=True)
    matrix = build_matrix(knowledge, lines)
    aim = targets(lines)
    coefficients, _ = fit(matrix, np.arange(len(lines)), aim)
    matrix = matrix.columns(keep_columns(matrix, coefficients))
    print(f"{len(matrix.names)} features kept", flush=True)
    odds = out_of_fold(matrix)
    told = len(labelled)
    thresholds = {
        o: best_threshold(odds[:told, OUTPUTS.index(o)], truth(labelled, o), BETA.get(o, 1.0)) for o in BINARY
    }
    coefficients, biases = fit(matrix, np.arange(len(lines)), aim)
    rows, scales, strong = quantise(coefficients, matrix.names)
    settings = {"thresholds": thresholds, "lines": len(labelled), "strong": strong}
    raw = pack_weights(rows, OUTPUTS, scales, [float(b) for b in biases], settings)
    SHIPPED.write_bytes(raw)
    print(f"{SHIPPED.name}: {len(rows)} rows, {len(raw) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()

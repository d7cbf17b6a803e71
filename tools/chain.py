"""A linear chain over the words of a message (conditional random field): likelihood, training, best path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from zgoda.reading.names import BEFORE, LABELS

Array = np.ndarray[Any, Any]
SIZE = len(LABELS)
STRENGTH = 0.7
ROUNDS = 60


@dataclass
class Batch:
    """Messages laid out step by step: rows of `values` are the first words of all, then the second words ..."""

    messages: list[Any]
    values: sp.csr_matrix
    labels: Array
    offsets: list[int]
    counts: list[int]
    place: list[tuple[int, ...]]


def lay_out(messages: Sequence[Any], column: dict[str, int]) -> Batch:
    """The batch of some messages over the named columns."""
    ordered = sorted((m for m in messages if m.labels), key=lambda m: -len(m.labels))
    longest = len(ordered[0].labels)
    offsets: list[int] = []
    counts: list[int] = []
    indices: list[int] = []
    labels: list[int] = []
    pointer = [0]
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
        ends = labels[len(later) :]
        np.add.at(wanted_moves, (ends, np.zeros_like(ends)), 1)
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


def fit(batch: Batch, strength: float = STRENGTH, rounds: int = ROUNDS) -> Chain:
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

"""Fits a linear scorer by stochastic gradient descent, with features dropped at random so that none is relied on alone.

A report's wording seen in training repeats whole; with half of its features gone each time, the weights spread over all
that a wording consists of, and a new wording that shares only some of it is still known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pipeline.extraction.scorer import BITS, Scorer

_BATCH = 256
_RATE = 2.0
_EPSILON = 1e-8


@dataclass(frozen=True)
class Sample:
    """The rows of one example, and the shares (summing to 1) of the classes that hold; ``dropped`` may go at random."""

    rows: NDArray[np.uint32]
    classes: tuple[int, ...]


def fit(
    samples: Sequence[Sample],
    classes: tuple[str, ...],
    epochs: int,
    drop: float,
    seed: int,
    decay: float = 2e-6,
    after: Callable[[int, float], None] = lambda epoch, loss: None,
) -> Scorer:
    """Return the fitted scorer; ``after`` is told the mean loss of every epoch."""
    rng = np.random.default_rng(seed)
    weights = np.zeros((1 << BITS, len(classes)), np.float32)
    squares = np.full((1 << BITS, len(classes)), 1e-3, np.float32)
    bias = np.zeros(len(classes), np.float32)
    bias_squares = np.full(len(classes), 1e-3, np.float32)
    order = np.arange(len(samples))
    for epoch in range(epochs):
        rng.shuffle(order)
        rate, loss = _RATE * (1 - epoch / epochs) + 0.02, 0.0
        for start in range(0, len(order), _BATCH):
            batch = [samples[i] for i in order[start : start + _BATCH]]
            kept = [s.rows[rng.random(len(s.rows)) >= drop] for s in batch]
            target = np.zeros((len(batch), len(classes)), np.float32)
            for at, sample in enumerate(batch):
                target[at, list(sample.classes)] = 1 / len(sample.classes)
            lengths = np.array([max(1, len(rows)) for rows in kept])
            flat = np.concatenate(kept)
            owner = np.repeat(np.arange(len(batch)), [len(rows) for rows in kept])
            share = (1 / np.sqrt(lengths))[owner].astype(np.float32)
            columns, inverse = np.unique(flat, return_inverse=True)
            near = weights[columns]
            seen = csr_matrix((share, (owner, inverse)), shape=(len(batch), len(columns)))
            margin = seen @ near + bias
            margin -= margin.max(axis=1, keepdims=True)
            probability = np.exp(margin)
            probability /= probability.sum(axis=1, keepdims=True)
            loss += float(-(target * np.log(probability + _EPSILON)).sum())
            slope = (probability - target) / len(batch)
            gradient = seen.T @ slope + decay * near
            squares[columns] += gradient**2
            weights[columns] = near - rate * gradient / np.sqrt(squares[columns])
            total = slope.sum(axis=0)
            bias_squares += total**2
            bias -= rate * total / np.sqrt(bias_squares)
        after(epoch, loss / len(order))
    return _quantized(classes, weights, bias)


def _quantized(classes: tuple[str, ...], weights: NDArray[np.float32], bias: NDArray[np.float32]) -> Scorer:
    """Return the scorer with its weights as whole numbers of at most 127 steps a class."""
    scale = np.maximum(np.abs(weights).max(axis=0), _EPSILON) / 127
    return Scorer(classes, np.round(weights / scale).astype(np.int8), scale.astype(np.float32), bias)

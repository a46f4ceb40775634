"""Fits the heads: boosted trees on all examples, and the curve to probabilities on examples that trees had not seen.

What the trees of the curve had not seen are also its wordings: of reports on plain pages, one half of the wordings
teaches and the other is judged, and the other way round. A new report is worded in a new way, and a model that learned
the sentences of its training by heart would promise too much.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression

from models.confidence.examples import Example
from models.grown_trees import as_arrays
from pipeline.confidence.features import HEADS, Head, Typical, size_of, strangeness
from pipeline.confidence.model import HeadModel, Model
from pipeline.trees import Trees

Floats = NDArray[np.float64]

SEED = 20_262
FOLDS = 2
_TREES, _RATE, _LEAVES, _LEAST, _RIDGE = 220, 0.05, 8, 25, 3.0
_FEWEST_WRONG = 30
"""With fewer wrong examples there is nothing to learn but how often a row is right."""
_BINS, _LEAST_IN_BIN = 40, 80
_LEAST_VALUES = 8

RISES = {
    "read_min", "read_mean", "read_digits", "read_product", "key_read_min", "key_read_mean", "key_read_digits",
    "key_read_product", "page_quality", "score_mean", "weakest",
}  # fmt: skip
"""Features that never speak against a row the higher they are."""
FALLS = {
    "read_disputed", "read_digits_disputed", "read_unsure", "key_read_disputed", "key_read_unsure", "accused",
    "doubts", "strange", "doubt_contradicted", "doubt_handwriting",
}  # fmt: skip
"""Features that never speak for a row the higher they are."""
FALLS_WHERE_ABSENT = {
    "peak", "spoken", "likeliest", "labelled_unclaimed", "labelled_idle", "unclaimed",
}  # fmt: skip
"""The more of these, the rather was an absent field overlooked."""


@dataclass(frozen=True)
class Judged:
    """Log-odds that trees gave to examples which they had not seen, and whether these are right."""

    log_odds: Floats
    right: NDArray[np.bool_]


def usual_of(examples: Sequence[Example]) -> dict[str, Typical]:
    """Return what is usual for each field: median and spread (a robust one) of log10 of its values, how often stated."""
    found = {}
    for name in sorted({example.name for example in examples if example.head in ("stated", "absent")}):
        own = [example for example in examples if example.name == name]
        sizes = np.array([size_of(e.value) for e in own if e.value is not None and e.right])
        stated = (sum(e.true_stated for e in own) + 1) / (len(own) + 2)
        middle, spread = 0.0, 1.0
        if len(sizes) >= _LEAST_VALUES:
            middle = float(np.median(sizes))
            spread = max(0.1, 1.4826 * float(np.median(np.abs(sizes - middle))))
        found[name] = Typical(round(middle, 4), round(spread, 4), round(stated, 4))
    return found


def with_usual(examples: Sequence[Example], typical: Mapping[str, Typical]) -> list[Example]:
    """Return ``examples`` with the features that tell how usual a row is."""
    return [_with_usual(one, typical.get(one.name)) for one in examples]


def _with_usual(one: Example, usual: Typical | None) -> Example:
    if usual is None:
        return one
    strange = {} if one.value is None else {"strange": strangeness(one.value, usual)}
    return replace(one, features={**one.features, "usual": usual.stated, **strange})


def fitted(examples: Sequence[Example]) -> Model:
    """Return the model fitted on ``examples``; the same ones give the same."""
    typical = usual_of(examples)
    examples = with_usual(examples, typical)
    heads: dict[Head, HeadModel] = {}
    for head in HEADS:
        own = [example for example in examples if example.head == head]
        heads[head] = fitted_head(own, head)
    return Model(heads, typical)


def foreseen(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """Return probability and truth of every example that has a fold, from trees and a curve of the other fold."""
    examples = with_usual(examples, usual_of(examples))
    found: list[tuple[float, bool]] = []
    for head in HEADS:
        own = [example for example in examples if example.head == head]
        names = tuple(sorted({name for example in own for name in example.features}))
        right = np.array([example.right for example in own], bool)
        folds = np.array([-1 if example.fold is None else example.fold for example in own])
        if (~right).sum() < _FEWEST_WRONG:
            share = constant(names, right).heights[0]
            found += [(float(share), bool(good)) for good in right[folds >= 0]]
            continue
        judged = unseen(own, matrix(own, names), right, names, head)
        side = folds[folds >= 0]
        for fold in range(FOLDS):
            other = side != fold
            knots, heights = curve(Judged(judged.log_odds[other], judged.right[other]))
            chances = np.interp(judged.log_odds[~other], knots, heights)
            found += list(zip(chances.tolist(), judged.right[~other].tolist(), strict=True))
    return found


def fitted_head(examples: Sequence[Example], head: Head) -> HeadModel:
    """Return one head."""
    names = tuple(sorted({name for example in examples for name in example.features}))
    rows = matrix(examples, names)
    right = np.array([example.right for example in examples], bool)
    if right.all() or (~right).sum() < _FEWEST_WRONG:
        return constant(names, right)
    judged = unseen(examples, rows, right, names, head)
    knots, heights = curve(judged)
    trees = grown(rows, right, names, head)
    return HeadModel(names, trees, knots, heights, ideal_of(rows[right], names, trees))


def matrix(examples: Sequence[Example], names: Sequence[str]) -> Floats:
    """Return the features of ``examples`` as (examples, names); what one does not have is 0."""
    return np.array([[e.features.get(name, 0.0) for name in names] for e in examples]).reshape(
        len(examples), len(names)
    )


def unseen(
    examples: Sequence[Example], rows: Floats, right: NDArray[np.bool_], names: Sequence[str], head: Head
) -> Judged:
    """Return what trees say of the examples of a fold that they were not grown on; those of no fold only teach."""
    folds = np.array([example.fold if example.fold is not None else -1 for example in examples])
    log_odds = np.zeros(len(examples))
    for fold in range(FOLDS):
        kept = folds != fold
        if right[kept].all() or not right[kept].any():
            log_odds[~kept] = _odds_of(right[kept])
            continue
        log_odds[~kept] = grown(rows[kept], right[kept], names, head).log_odds(rows[~kept])
    judged = folds >= 0
    return Judged(log_odds[judged], right[judged])


def curve(judged: Judged) -> tuple[Floats, Floats]:
    """Return knots (log-odds) and heights (probabilities) of a monotone curve through what was seen to be right.

    Isotonic regression over bins of equally many examples: bins out of order are pooled. A pool of n examples, k of them
    right, is (k + 1/2) / (n + 1) high, so that no height is 0 or 1; between the middles of two pools the curve is straight.
    """
    order = np.argsort(judged.log_odds, kind="stable")
    count = int(np.clip(len(order) // _LEAST_IN_BIN, 1, _BINS))
    bins = [part for part in np.array_split(order, count) if len(part)]
    share = np.array([judged.right[part].mean() for part in bins])
    weight = np.array([len(part) for part in bins])
    at = np.arange(len(bins))
    level = IsotonicRegression().fit(at, share, sample_weight=weight).predict(at).round(9)
    knots, heights = [], []
    for height in np.unique(level):
        pool = np.concatenate([part for part, own in zip(bins, level, strict=True) if own == height])
        knots.append(judged.log_odds[pool].mean())
        heights.append((judged.right[pool].sum() + 0.5) / (len(pool) + 1))
    return np.array(knots), np.maximum.accumulate(heights)


def constant(names: tuple[str, ...], right: NDArray[np.bool_]) -> HeadModel:
    """Return a head that knows only how often its rows are right."""
    share = (right.sum() + 0.5) / (len(right) + 1)
    nothing = np.zeros(0, np.int32)
    trees = Trees(nothing, nothing, np.zeros(0), nothing, nothing, np.zeros(0), _odds_of(right), 0)
    return HeadModel(names, trees, np.array([0.0]), np.array([share]), {})


def _odds_of(right: NDArray[np.bool_]) -> float:
    share = (right.sum() + 0.5) / (len(right) + 1)
    return float(np.log(share / (1 - share)))


def grown(rows: Floats, right: NDArray[np.bool_], names: Sequence[str], head: Head) -> Trees:
    """Return boosted trees, monotone in what :data:`RISES` and its like name."""
    model = HistGradientBoostingClassifier(
        max_iter=_TREES,
        learning_rate=_RATE,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=_LEAST,
        l2_regularization=_RIDGE,
        monotonic_cst=[direction(name, head) for name in names],
        early_stopping=False,
        random_state=SEED,
    )
    model.fit(rows, right)
    trees = as_arrays(model)
    if not np.allclose(trees.log_odds(rows[:200]), model.decision_function(rows[:200]), atol=1e-6):
        raise AssertionError("the trees as arrays say something else than scikit-learn's")
    return trees


def direction(name: str, head: Head) -> int:
    """Return 1 for a feature that only ever speaks for a row the more of it, -1 for one that speaks against it, or 0."""
    if head == "absent":
        return -1 if name in FALLS_WHERE_ABSENT or name == "accused" else 0
    return 1 if name in RISES else -1 if name in FALLS else 0


def ideal_of(rows: Floats, names: Sequence[str], trees: Trees) -> dict[str, float]:
    """Return for each feature its value, among those that right rows (rows, names) have, that speaks most for a row."""
    base = np.median(rows, axis=0)
    found = {}
    for at, name in enumerate(names):
        options = np.unique(np.quantile(rows[:, at], (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0)))
        tried = np.tile(base, (len(options), 1))
        tried[:, at] = options
        found[name] = round(float(options[int(trees.log_odds(tried).argmax())]), 6)
    return found

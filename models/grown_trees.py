"""The trees of scikit-learn as the plain arrays that ship."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipeline.trees import Trees


def as_arrays(model: Any) -> Trees:
    """Return the trees of scikit-learn's ``HistGradientBoostingClassifier`` as plain arrays."""
    roots, parts, depth, begin = [], [], 0, 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        roots.append(begin)
        depth = max(depth, int(nodes["depth"].max()))
        own = np.arange(begin, begin + len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        parts.append(
            (
                np.where(leaf, 0, nodes["feature_idx"]),
                np.where(leaf, 0.0, nodes["num_threshold"]),
                np.where(leaf, own, nodes["left"].astype(np.int64) + begin),
                np.where(leaf, own, nodes["right"].astype(np.int64) + begin),
                np.where(leaf, nodes["value"], 0.0),
            )
        )
        begin += len(nodes)
    feature, threshold, left, right, value = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Trees(
        np.array(roots, np.int32),
        feature.astype(np.int32),
        threshold.astype(np.float64),
        left.astype(np.int32),
        right.astype(np.int32),
        value.astype(np.float64),
        float(np.ravel(model._baseline_prediction)[0]),
        depth,
    )

"""The model that ships: from what is seen of a row to the probability that it is right.

For each head (see :mod:`pipeline.confidence.features`) boosted trees give log-odds, and a monotone curve, fitted on what
the trees were not fitted on, makes probabilities of them. The recipe is in ``models/confidence``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.confidence.features import HEADS, Features, Head, Typical
from pipeline.trees import Trees
from pipeline.weights import weights_of

FILE = "confidence.npz"
_TREES = ("roots", "feature", "threshold", "left", "right", "value")

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Weighed:
    """Rows as a head sees them: features (rows, features), what each tree adds (rows, trees), probabilities (rows,)."""

    matrix: Floats
    parts: Floats
    chances: Floats


@dataclass(frozen=True, eq=False)
class HeadModel:
    """One head: the features its trees look at, the trees, and the curve from their log-odds to a probability.

    ``knots`` are log-odds, ascending; ``heights`` the probabilities there, never falling; between them it is straight.
    ``ideal`` is what a feature has in a row without blame.
    """

    names: tuple[str, ...]
    trees: Trees
    knots: Floats
    heights: Floats
    ideal: Mapping[str, float]

    def matrix(self, rows: Sequence[Features]) -> Floats:
        """Return the features of ``rows`` as (rows, features); what a row does not have is 0."""
        cells = [[*map(row.get, self.names, repeat(0.0))] for row in rows]
        return np.array(cells, dtype=np.float64).reshape(len(rows), len(self.names))

    def log_odds(self, rows: Sequence[Features]) -> Floats:
        """Return the log-odds (rows,) before the curve."""
        return self.trees.log_odds(self.matrix(rows))

    def chances(self, rows: Sequence[Features]) -> Floats:
        """Return the probability (rows,) that each row is right."""
        return self.weigh(rows).chances

    def weigh(self, rows: Sequence[Features]) -> Weighed:
        """Return ``rows`` as the trees see them, with what each tree says and what follows."""
        matrix = self.matrix(rows)
        parts = self.trees.parts(matrix)
        return Weighed(matrix, parts, self.of_log_odds(self.trees.summed(parts)))

    def of_log_odds(self, log_odds: Floats) -> Floats:
        """Return the probabilities that the curve gives to ``log_odds``."""
        found: Floats = np.interp(log_odds, self.knots, self.heights)
        return found


@dataclass(frozen=True)
class Model:
    """The heads, and what is usual for each field."""

    heads: Mapping[Head, HeadModel]
    typical: Mapping[str, Typical]


def save_model(model: Model, path: Path) -> None:
    """Write ``model`` as plain arrays; the same model gives the same bytes."""
    arrays: dict[str, Any] = {
        "typical": np.array(
            json.dumps(
                {name: [one.middle, one.spread, one.stated] for name, one in sorted(model.typical.items())}
            )
        )
    }
    for name, head in model.heads.items():
        about = {
            "names": head.names,
            "ideal": dict(sorted(head.ideal.items())),
            "offset": head.trees.offset,
            "depth": head.trees.depth,
        }
        arrays[f"{name}.about"] = np.array(json.dumps(about))
        arrays |= {f"{name}.{part}": getattr(head.trees, part) for part in _TREES}
        arrays |= {f"{name}.knots": head.knots, f"{name}.heights": head.heights}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def read_model(path: Path) -> Model:
    """Return the model that :func:`save_model` wrote to ``path``."""
    with np.load(path, allow_pickle=False) as held:
        typical = {name: Typical(*values) for name, values in json.loads(str(held["typical"])).items()}
        heads: dict[Head, HeadModel] = {}
        for name in HEADS:
            about = json.loads(str(held[f"{name}.about"]))
            trees = Trees(
                **{part: held[f"{name}.{part}"] for part in _TREES},
                offset=about["offset"],
                depth=about["depth"],
            )
            heads[name] = HeadModel(
                names=tuple(about["names"]),
                trees=trees,
                knots=held[f"{name}.knots"],
                heights=held[f"{name}.heights"],
                ideal=about["ideal"],
            )
    return Model(heads, typical)


@cache
def shipped_model() -> Model:
    """Return the model that ships with sohoa, read once a process."""
    return read_model(weights_of("confidence") / FILE)

"""The figures with their intervals, their JSON form, and what moved between two of them."""

from __future__ import annotations

import json
from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.accuracy.tally import Tally
from pipeline.errors import UsageError

ALL = "all"
HEADLINE = (
    "characters wrong",
    "words wrong",
    "letterhead right",
    "body right",
    "fields right",
    "states right",
    "delegations F1",
    "references F1",
    "sections F1",
    "wrong and sure",
    "to review",
    "accepted",
    "right if accepted",
)
LOW_IS_GOOD = {"characters wrong", "words wrong", "wrong and sure", "to review"}
_DRAWS = 1000
_SEED = 20260101
_FORM = 1
"""Version of the JSON form."""


@dataclass(frozen=True)
class Figure:
    """A share with its 95 % interval from drawing the documents again; ``of`` is its denominator."""

    value: float
    low: float
    high: float
    of: float


@dataclass(frozen=True)
class Change:
    """How a figure of a preset moved: both values, and the interval of the difference over the same documents."""

    preset: str
    figure: str
    before: float
    after: float
    low: float
    high: float
    low_is_good: bool

    @property
    def sure(self) -> bool:
        """Whether the interval of the difference leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def better(self) -> bool:
        """Whether the figure moved the way one wishes."""
        return (self.after < self.before) == self.low_is_good


@dataclass(frozen=True)
class Figures:
    """A measurement: ``about`` says of what, ``tallies`` hold the counts of each document."""

    about: dict[str, Any]
    tallies: tuple[Tally, ...]

    @property
    def presets(self) -> list[str]:
        """The presets in the order of ``about``, then "all"."""
        known = [name for name in self.about["presets"] if any(t.preset == name for t in self.tallies)]
        return [*known, ALL] if len(known) > 1 else known

    def of(self, preset: str) -> list[Tally]:
        """Return the tallies of one preset, or of all."""
        return [tally for tally in self.tallies if preset in {ALL, tally.preset}]

    def names(self, prefix: str) -> list[str]:
        """Return the figures whose names begin with ``prefix``, sorted."""
        return sorted({name for tally in self.tallies for name in tally.ratios if name.startswith(prefix)})

    def figure(self, preset: str, name: str) -> Figure | None:
        """Return a figure of a preset; None where nothing counts towards it."""
        ratios = np.array([tally.ratios.get(name, (0.0, 0.0)) for tally in self.of(preset)])
        if not len(ratios) or not ratios[:, 1].sum():
            return None
        low, high = np.nanpercentile(_drawn(ratios), (2.5, 97.5))
        part, whole = ratios.sum(axis=0)
        return Figure(float(part / whole), float(low), float(high), float(whole))

    def judged(self, preset: str) -> tuple[list[float], list[bool]]:
        """Return the confidences of the rows of a preset, or of all, and whether each is right."""
        rows = [row for tally in self.of(preset) for row in tally.judged]
        return [sure for sure, _ in rows], [right for _, right in rows]

    def to_json(self) -> str:
        """Return everything as JSON: the counts of each document, and the figures made of them."""
        figures = {
            preset: {
                name: asdict(figure)
                for name in self.names("")
                if (figure := self.figure(preset, name)) is not None
            }
            for preset in self.presets
        }
        documents = [asdict(tally) for tally in self.tallies]
        content = {"form": _FORM, "about": self.about, "figures": figures, "documents": documents}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def load(path: Path) -> Figures:
    """Read figures written by :meth:`Figures.to_json`; raises UsageError saying what is wrong with the file."""
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["form"] != _FORM:
            raise ValueError(f"form {content['form']}, this is form {_FORM}")
        tallies = [
            Tally(
                row["document"],
                row["preset"],
                {name: (r[0], r[1]) for name, r in row["ratios"].items()},
                [(sure, right) for sure, right in row.get("judged", ())],
            )
            for row in content["documents"]
        ]
        return Figures(content["about"], tuple(tallies))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} holds no figures of a measurement: {error}") from error


def compare(
    before: Figures,
    after: Figures,
    names: Sequence[str] = HEADLINE,
    low_is_good: Set[str] = LOW_IS_GOOD,
) -> list[Change]:
    """Return which figures of ``names`` moved, over the documents that both measurements hold."""
    changes = []
    for preset in after.presets:
        old = {tally.document: tally for tally in before.of(preset)}
        both = [(old[tally.document], tally) for tally in after.of(preset) if tally.document in old]
        for name in names:
            one = np.array([a.ratios.get(name, (0.0, 0.0)) for a, _ in both]).reshape(-1, 2)
            two = np.array([b.ratios.get(name, (0.0, 0.0)) for _, b in both]).reshape(-1, 2)
            if not one[:, 1].sum() or not two[:, 1].sum() or np.array_equal(one, two):
                continue
            low, high = np.nanpercentile(_drawn(two) - _drawn(one), (2.5, 97.5))
            values = [float(r[:, 0].sum() / r[:, 1].sum()) for r in (one, two)]
            bounds = float(low), float(high)
            changes.append(Change(preset, name, values[0], values[1], *bounds, name in low_is_good))
    return changes


def _drawn(ratios: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the figure in each of ``_DRAWS`` samples of the documents, drawn with replacement (Efron 1979)."""
    picks = np.random.default_rng(_SEED).integers(0, len(ratios), (_DRAWS, len(ratios)))
    sums: np.ndarray[Any, np.dtype[np.float64]] = ratios[picks].sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums[:, 0] / sums[:, 1]


def shown(figure: Figure | None) -> str:
    """Return "97.1 (95.8-98.2)", in per cent."""
    if figure is None:
        return "–"
    value, low, high = (100 * number for number in (figure.value, figure.low, figure.high))
    return f"{value:.1f} ({low:.1f}–{high:.1f})"


def columns(figures: Figures, names: Sequence[str]) -> list[list[str]]:
    """Return the table of ``names``: a row a preset, its cells as :func:`shown`."""
    return [[preset, *(shown(figures.figure(preset, name)) for name in names)] for preset in figures.presets]

"""Random values that are written down as they are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Option = TypeVar("Option", bound=int | str)
Range = tuple[float, float]
"""Least and greatest value, drawn evenly."""


class Draws:
    """Draws from ``rng`` and keeps each value under its name in ``taken``: what was done to a page."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.taken: dict[str, float | int | str] = {}

    def real(self, name: str, within: Range) -> float:
        """Return a number in ``within``, rounded as recorded."""
        value = round(float(self.rng.uniform(*within)), 4)
        self.taken[name] = value
        return value

    def count(self, name: str, within: Range) -> int:
        """Return a whole number in ``within``, both ends included."""
        value = int(self.rng.integers(int(within[0]), int(within[1]) + 1))
        self.taken[name] = value
        return value

    def chance(self, name: str, share: float) -> bool:
        """Return whether something happens that happens in ``share`` (0..1) of the cases."""
        value = bool(self.rng.random() < share)
        self.taken[name] = int(value)
        return value

    def choice(self, name: str, options: Sequence[Option]) -> Option:
        """Return one of ``options``; name one twice and it comes twice as often."""
        value = options[int(self.rng.integers(len(options)))]
        self.taken[name] = value
        return value

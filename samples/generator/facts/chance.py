"""Small draws that every part of the facts uses; faster than the generator's own ``choice`` on short lists."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import exp, floor, log10
from typing import TypeVar

from numpy.random import Generator

T = TypeVar("T")


def chance(rng: Generator, probability: float) -> bool:
    """Return True with this probability."""
    return bool(rng.random() < probability)


def pick(rng: Generator, options: Sequence[T]) -> T:
    """Return one of the options, all alike."""
    return options[int(rng.random() * len(options))]


def weigh(rng: Generator, options: Sequence[tuple[T, float]]) -> T:
    """Return one option of (option, weight) pairs; the weights need not sum to one."""
    sums = list(accumulate(weight for _, weight in options))
    return options[min(bisect(sums, rng.random() * sums[-1]), len(options) - 1)][0]


def some(rng: Generator, options: Sequence[tuple[T, float]], count: int) -> tuple[T, ...]:
    """Return ``count`` distinct options by weight (all of them when there are fewer)."""
    left = list(options)
    chosen: list[T] = []
    while left and len(chosen) < count:
        sums = list(accumulate(weight for _, weight in left))
        chosen.append(left.pop(min(bisect(sums, rng.random() * sums[-1]), len(left) - 1))[0])
    return tuple(chosen)


def between(rng: Generator, low: int, high: int) -> int:
    """Return a whole number from ``low`` to ``high``, both included."""
    return low + int(rng.random() * (high - low + 1))


def about(rng: Generator, median: float, sigma: float) -> float:
    """Return a log-normal draw around ``median``; ``sigma`` is the spread of its logarithm, cut at two and a half."""
    return median * exp(sigma * max(-2.5, min(2.5, rng.standard_normal())))


def significant(number: float, digits: int) -> int:
    """Return ``number`` as a whole number with so many significant digits, at least 1."""
    if number < 1:
        return 1
    unit = 10 ** max(0, floor(log10(number)) - digits + 1)
    return int(max(1, round(number / unit))) * int(unit)


def split_sum(rng: Generator, total: int, count: int) -> tuple[int, ...]:
    """Return ``count`` positive numbers that sum to ``total`` (at least ``count``), in random order."""
    cuts = sorted(int(c) for c in rng.choice(total - 1, size=count - 1, replace=False) + 1)
    edges = [0, *cuts, total]
    return tuple(right - left for left, right in pairwise(edges))

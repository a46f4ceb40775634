"""Intervals for a proportion that hold where few errors, or none, were found.

The beta quantiles of Clopper and Pearson are found by bisection of the regularized incomplete beta function, which is
worked out by its continued fraction: sohoa needs no statistics library where it runs.
"""

from __future__ import annotations

from math import exp, lgamma, log

LEVEL = 0.95
_STEPS = 300
_TINY = 1e-300
_PRECISION = 1e-15
_HALVINGS = 60


def exact(wrong: float, seen: float, level: float = LEVEL) -> tuple[float, float]:
    """Return the interval of Clopper and Pearson for ``wrong`` of ``seen`` (> 0); neither need be whole.

    It covers the true share in at least ``level`` of all samples drawn with replacement; drawn without, from finitely
    many, it is too wide rather than too narrow. Source: C. Clopper, E. Pearson, Biometrika 26 (1934). Fractions, as an
    effective sample size gives them: E. Korn, B. Graubard, Survey Methodology 24 (1998).
    """
    tail = (1 - level) / 2
    low = 0.0 if wrong <= 0 else beta_quantile(tail, wrong, seen - wrong + 1)
    high = 1.0 if wrong >= seen else beta_quantile(1 - tail, wrong + 1, seen - wrong)
    return low, high


def beta_quantile(share: float, a: float, b: float) -> float:
    """Return x with ``beta_share(x, a, b) = share``, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if beta_share(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def beta_share(x: float, a: float, b: float) -> float:
    """Return the regularized incomplete beta function I_x(a, b), for a, b > 0.

    Continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, evaluated after Lentz.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # where the fraction converges slowly
        return 1 - beta_share(1 - x, b, a)
    front = exp(a * log(x) + b * log(1 - x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a
    above, below, value = 1.0, 0.0, 1.0
    for step in range(_STEPS):
        m = step // 2
        if step == 0:
            term = 1.0
        elif step % 2 == 0:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        below = 1 / _not_nought(1 + term * below)
        above = _not_nought(1 + term / above)
        value *= above * below
        if abs(1 - above * below) < _PRECISION:
            break
    return front * (value - 1)


def _not_nought(number: float) -> float:
    return number if abs(number) > _TINY else _TINY

"""Skew of a page from the projection profile of the lower edges of its ink."""

import numpy as np
import numpy.typing as npt

MAX_SKEW_DEG = 15.0
_POINTS = 20_000
"""Edge pixels that are enough for a profile; more only cost time."""
_LEAST_POINTS = 120
"""A line of print has about 200 lower edge pixels at 120 dpi; a page number cannot tell its slant."""
_STRONG_DEG, _STRONG_GAIN = 3.0, 1.3
"""Beyond this angle rows of print sharpen by far more than this factor; a drawing or a seal does not."""
_STEPS_DEG = ((1.0, 4), (0.2, 2), (0.04, 1))
"""Search steps, each round around the best angle of the round before, and of how many points one is enough for it."""


def lower_edges(ink: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
    """Return (x, y) of ink pixels with paper below them, shape (n, 2), thinned evenly to a fixed number.

    Lower edges of Latin letters lie on the baseline, whatever marks stand above the letters.
    """
    edge = ink[:-1] & ~ink[1:]
    y, x = np.nonzero(edge)
    step = max(1, len(x) // _POINTS)
    return np.column_stack([x[::step], y[::step]]).astype(np.float32)


def profile_sharpness(points: npt.NDArray[np.float32], angle_deg: float) -> float:
    """Return how sharply the points fall into rows when the page is turned by ``angle_deg`` (counter-clockwise).

    The sum of squared counts of the rows over its expectation for evenly spread points: 1 for no structure.
    """
    angle = np.deg2rad(angle_deg)
    across, down = np.float32(-np.sin(angle)), np.float32(np.cos(angle))
    return sharpness_of_rows(points @ np.array([across, down]))


def sharpness_of_rows(rows: npt.NDArray[np.floating]) -> float:
    """Return how sharply heights on the page, in pixels, fall into rows; see :func:`profile_sharpness`."""
    counts = np.bincount((rows - rows.min()).astype(np.intp)).astype(np.float64)
    return float((counts @ counts) * len(counts) / max(1, len(rows)) ** 2)


def find_skew(ink: npt.NDArray[np.bool_], roughly: bool = False) -> tuple[float, float]:
    """Return (skew, sharpness): the angle in degrees by which text falls to the right, and the profile's sharpness.

    ``ink`` is True where there is ink, about 100 to 150 dpi. Skew is 0 when the page has too little ink to tell.
    ``roughly``: to a fifth of a degree, where the sharpness is somewhat less than at the best angle.
    """
    points = lower_edges(ink)
    if len(points) < _LEAST_POINTS:
        return 0.0, 0.0
    best = 0.0
    reach = MAX_SKEW_DEG
    for step, every in _STEPS_DEG[:-1] if roughly else _STEPS_DEG:
        some = points[::every] if len(points) >= _POINTS // 2 else points
        best_score = profile_sharpness(some, best) * (1.0 if best else 1.02)  # a straight page stays as it is
        for angle in np.arange(best - reach, best + reach + step / 2, step):
            score = profile_sharpness(some, float(angle))
            if score > best_score:
                best, best_score = float(angle), score
        reach = step
    straight = profile_sharpness(points, 0.0)
    if abs(best) > MAX_SKEW_DEG or (abs(best) > _STRONG_DEG and best_score < _STRONG_GAIN * straight):
        return 0.0, straight
    return _summit(points, best) if best and not roughly else best, best_score


def _summit(points: npt.NDArray[np.float32], near: float) -> float:
    """Return the middle of the angles, two hundredths of a degree apart, at which the profile is about sharpest.

    One angle is a chance hit among equals; the middle of the best ones is within 0.03 degrees of the truth.
    """
    angles = near + np.arange(-6, 7) * 0.02
    scores = np.array([profile_sharpness(points, float(angle)) for angle in angles])
    best = scores >= 0.97 * scores.max()
    return float((angles[best] * scores[best]).sum() / scores[best].sum())

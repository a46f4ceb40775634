"""Random fields: slow unevenness, grain, and curves."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

# A bell curve at the middle of 256 equal shares: random bytes looked up here are normal noise of deviation 1.
BELL = np.array([NormalDist().inv_cdf((share + 0.5) / 256) for share in range(256)])


def cloud(rng: np.random.Generator, shape: tuple[int, int], cells: float) -> NDArray[np.float32]:
    """Return smooth noise (height, width) in -1..1, about ``cells`` bumps along the longer side."""
    height, width = shape
    step = max(height, width) / cells
    small = (max(2, round(height / step)) + 1, max(2, round(width / step)) + 1)
    field = cv2.resize(
        rng.uniform(-1, 1, small).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
    )
    return np.clip(field, -1, 1)


def grain(
    rng: np.random.Generator, shape: tuple[int, ...], deviation: float, size: float = 1.0
) -> NDArray[Any]:
    """Return normal noise as int16 of ``shape``; ``size`` is that of a grain in pixels."""
    height, width = shape[:2]
    small = (max(2, round(height / size)), max(2, round(width / size)), *shape[2:])
    # Enlarging averages neighbours, and the noise would grow weaker.
    gain = deviation * (1.0 if size <= 1 else 1.5)
    noise = cv2.LUT(rng.integers(0, 256, small, np.uint8), np.round(BELL * gain).astype(np.int16))
    if small[:2] == (height, width):
        return noise
    return cv2.resize(noise, (width, height), interpolation=cv2.INTER_LINEAR)


def add(picture: NDArray[np.uint8], noise: NDArray[Any]) -> NDArray[np.uint8]:
    """Return ``picture`` plus int16 ``noise``, saturating; noise without colour is spread over the colours."""
    if picture.ndim > noise.ndim:
        noise = cv2.merge([noise] * 3)
    return np.asarray(cv2.add(picture, noise, dtype=cv2.CV_8U))

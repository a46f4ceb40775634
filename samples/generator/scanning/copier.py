"""Ink and toner: faded print, ragged strokes, copies of copies, the threshold of a 1-bit scanner."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from .draws import Draws
from .geometry import Lie
from .preset import Preset
from .texture import add, cloud, grain

Pixels = NDArray[np.uint8]
RAGGED_MM = 0.16  # size of the unevenness of toner; a stroke of 13 pt type is 0.2-0.4 mm wide


def fade(picture: Pixels, preset: Preset, draws: Draws) -> Pixels:
    """Return the page picture with part of its ink gone: evenly, and more in patches."""
    gone = draws.real("fade", preset.fade) if preset.fade[1] else 0.0
    patches = draws.real("patches", preset.patches) if preset.patches[1] else 0.0
    if gone + patches < 0.02:
        return picture
    height, width = picture.shape[:2]
    small = (height // 16, width // 16)
    kept = 1 - gone - patches * np.clip(cloud(draws.rng, small, 7) + 0.2, 0, 1)
    weight = cv2.resize((np.clip(kept, 0.3, 1) * 255).astype(np.uint8), (width, height))
    if picture.ndim == 3:
        weight = cv2.merge([weight] * 3)
    return np.asarray(cv2.bitwise_not(cv2.multiply(cv2.bitwise_not(picture), weight, scale=1 / 255)))


def roughen(picture: Pixels, lie: Lie, strength: float, rng: np.random.Generator) -> Pixels:
    """Return ``picture`` with the edges of its strokes in and out by toner's unevenness, ``strength`` in levels."""
    noise = grain(rng, picture.shape[:2], strength, max(1.0, RAGGED_MM * lie.per_mm))
    return add(picture, noise)


def copy(picture: Pixels, lie: Lie, preset: Preset, draws: Draws) -> Pixels:
    """Return ``picture`` after its generations of photocopying; each blurs, bites and leaves specks."""
    for generation in range(draws.count("generations", preset.generations)):
        name = f"copy{generation + 1}_"
        blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.055 * lie.per_mm), np.uint8)
        ragged = roughen(blurred, lie, draws.real(name + "rough", preset.rough), draws.rng)
        limit, bite = (
            draws.real(name + "threshold", preset.threshold),
            draws.real(name + "toner", preset.toner),
        )
        picture = np.asarray(cv2.LUT(ragged, curve(limit, bite)))
        specks(picture, lie, draws.real(name + "specks", preset.specks), draws.rng)
    return picture


def curve(limit: float, bite: float) -> Pixels:
    """Return the tone curve (256) of a copier: straight when ``bite`` is 0, a threshold at ``limit`` when it is 1."""
    levels = np.arange(256, dtype=np.float64)
    steep = 1 / (1 + np.exp(-(levels - limit) / max(1.0, 40 * (1 - bite))))
    steep = (steep - steep[0]) / (steep[-1] - steep[0]) * 255
    return np.asarray(np.clip((1 - bite) * levels + bite * steep, 0, 255), np.uint8)


def specks(picture: Pixels, lie: Lie, density: float, rng: np.random.Generator) -> None:
    """Strew specks of toner over ``picture``, ``density`` a square centimetre; most are a pixel or two."""
    height, width = picture.shape[:2]
    count = rng.poisson(density * height * width / (lie.per_mm * 10) ** 2)
    rows, columns = rng.integers(0, height - 2, count), rng.integers(0, width - 2, count)
    shade = rng.integers(0, 90, (count, 1) if picture.ndim == 3 else count).astype(np.uint8)
    picture[rows, columns] = shade
    size = rng.random(count) * max(1.0, lie.per_mm / 8)
    for least, down, right in ((0.45, 0, 1), (0.65, 1, 0), (0.8, 1, 1)):
        larger = size > least
        picture[rows[larger] + down, columns[larger] + right] = shade[larger]


def bilevel(picture: Pixels, limit: float) -> Pixels:
    """Return grey ``picture`` as black and white alone (0 and 255)."""
    return np.asarray(cv2.threshold(picture, limit, 255, cv2.THRESH_BINARY)[1])

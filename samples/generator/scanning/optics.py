"""Lamp, lens and sensor: uneven light, blur, tone, noise, and a JPEG before the last."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from .draws import Draws
from .preset import Preset
from .texture import add, cloud, grain

Pixels = NDArray[np.uint8]
Layer = NDArray[np.float32]


def light(shape: tuple[int, int], preset: Preset, draws: Draws) -> Layer | None:
    """Return how much light falls where (height, width; 0..1), None when it is even. ``shape`` may be small."""
    uneven = draws.real("light", preset.light) if preset.light[1] else 0.0
    shadow = preset.shadow > 0 and draws.chance("shadow", preset.shadow)
    if uneven < 0.005 and not shadow:
        return None
    rng = draws.rng
    rows, columns = np.mgrid[0:1:24j, 0:1:24j].astype(np.float32)
    toward = rng.uniform(0, 2 * np.pi)
    slope = np.cos(toward) * (columns - 0.5) + np.sin(toward) * (rows - 0.5)
    fallen = uneven * (0.5 + 0.7 * slope + 0.25 * cloud(rng, (24, 24), 4))
    small = np.clip(1 - fallen + uneven * 0.15, 0.2, 1).astype(np.float32)
    lit = cv2.resize(small, shape[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(lit * _hand(shape, rng) if shadow else lit, np.float32)


def _hand(shape: tuple[int, int], rng: np.random.Generator) -> Layer:
    """Return the shadow of who holds the telephone: a soft dark shape that reaches in from a side."""
    size = 160
    rows, columns = np.mgrid[0:1:160j, 0:1:160j].astype(np.float32)
    toward = rng.uniform(0, 2 * np.pi)
    away = np.cos(toward) * (columns - 0.5) + np.sin(toward) * (rows - 0.5)
    across = -np.sin(toward) * (columns - 0.5) + np.cos(toward) * (rows - 0.5)
    wide = rng.uniform(0.18, 0.5)
    reach = rng.uniform(0.0, 0.3) - ((across - rng.uniform(-0.25, 0.25)) / wide) ** 2
    edge = (away + reach + 0.05 * cloud(rng, (size, size), 6)) / rng.uniform(0.03, 0.12)
    dark = rng.uniform(0.15, 0.42) / (1 + np.exp(-np.clip(edge - 2, -20, 20)))
    return np.asarray(
        cv2.resize((1 - dark).astype(np.float32), shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32
    )


def blur(picture: Pixels, preset: Preset, draws: Draws) -> Pixels:
    """Return ``picture`` out of focus, and dragged along a line when the hand moved."""
    focus = draws.real("blur", preset.blur)
    if focus > 0.2:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), focus))
    length = draws.real("motion", preset.motion) if preset.motion[1] else 0.0
    if length > 0.4:
        angle = draws.real("motion_angle", (0, np.pi))
        rows, columns = np.mgrid[-3:4, -3:4]
        straight = rows * -np.sin(angle) + columns * np.cos(angle)
        aside = rows * np.cos(angle) + columns * np.sin(angle)
        kernel = np.exp(-((straight / length) ** 2) - (aside / 0.45) ** 2)
        picture = np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()))
    return picture


def sense(picture: Pixels, preset: Preset, draws: Draws) -> Pixels:
    """Return ``picture`` as the sensor writes it: noise, then the scanner's black and white, then its colours apart."""
    deviation = draws.real("noise", preset.noise)
    if deviation >= 0.5:
        size = draws.real("coarse", preset.coarse)
        # A telephone's noise is of all colours; a grey grain is enough elsewhere, and three times as fast.
        shape = picture.shape if preset.tilt[1] else picture.shape[:2]
        picture = add(picture, grain(draws.rng, shape, deviation, size if size > 1.15 else 1.0))
    black, white = draws.real("ink_level", preset.ink_level), draws.real("paper_level", preset.paper_level)
    if (black, white) != (0, 255):
        levels = black + (white - black) * np.arange(256) / 255
        picture = np.asarray(cv2.LUT(picture, np.clip(np.round(levels), 0, 255).astype(np.uint8)))
    fringe = draws.real("fringe", preset.fringe) if picture.ndim == 3 and preset.fringe[1] else 0.0
    if fringe > 0.05:
        kernel = np.array(((fringe, 1 - fringe),))  # OpenCV anchors a pair at its second
        channel = 0 if draws.rng.random() < 0.5 else 2
        apart = cv2.filter2D(np.ascontiguousarray(picture[..., channel]), -1, kernel)
        picture = picture.copy()
        picture[..., channel] = apart
    return picture


def squeeze(picture: Pixels, preset: Preset, draws: Draws) -> Pixels:
    """Return ``picture`` after a JPEG made on its way, with the colours of the sensor (RGB) kept in order."""
    quality = draws.count("squeeze", preset.squeeze)
    if quality > 95:
        return picture
    colour = picture.ndim == 3
    stored = cv2.imencode(
        ".jpg", picture[..., ::-1] if colour else picture, [cv2.IMWRITE_JPEG_QUALITY, quality]
    )[1]
    opened = np.asarray(cv2.imdecode(stored, cv2.IMREAD_COLOR if colour else cv2.IMREAD_GRAYSCALE), np.uint8)
    return np.ascontiguousarray(opened[..., ::-1]) if colour else opened

"""The paper itself: its colour, stains, foxing, folds, and the print that shows through from the back."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .draws import Draws
from .geometry import Lie
from .preset import Preset
from .texture import cloud

LAYER_DPI = 72  # slow things only: a finer layer would look the same
THROUGH_DPI = 110
OLD_PAPER = np.array((0.10, 0.19, 0.40), np.float32)  # how much red, green and blue the oldest paper swallows
STAIN = np.array((0.16, 0.26, 0.36), np.float32)
RUST = np.array((0.18, 0.34, 0.48), np.float32)

Layer = NDArray[np.float32]


def sheet(lie: Lie, preset: Preset, draws: Draws) -> Layer | None:
    """Return what the paper lets back of red, green and blue (height, width, 3; 0..1), None for white paper."""
    yellow = draws.real("yellow", preset.yellow) if preset.yellow[1] else 0.0
    stains, foxing, folds = (
        draws.count(name, within) if within[1] else 0
        for name, within in (("stains", preset.stains), ("foxing", preset.foxing), ("folds", preset.folds))
    )
    if not (yellow or stains or foxing or folds):
        return None
    width, height = (round(side * LAYER_DPI / 25.4) for side in lie.page_mm)
    layer = np.ones((height, width, 3), np.float32)
    if yellow:
        layer -= _age(draws.rng, (height, width), yellow)[..., None] * OLD_PAPER
    for _ in range(stains):
        layer -= _stain(draws.rng, (height, width))[..., None] * STAIN
    if foxing:
        layer -= _spots(draws.rng, (height, width), foxing)[..., None] * RUST
    for _ in range(folds):
        _fold(draws.rng, layer)
    return np.clip(layer, 0.05, 1.12)


def through(back: NDArray[np.uint8], own: bool, lie: Lie, preset: Preset, draws: Draws) -> Layer | None:
    """Return what the print of ``back`` leaves of the light (height, width; 0..1); ``own``: the page stands in for it.

    A page's own print is moved by half a line, or its lines would hide behind themselves.
    """
    strength = draws.real("through", preset.through) if preset.through[1] else 0.0
    if strength < 0.01:
        return None
    width, height = (round(side * THROUGH_DPI / 25.4) for side in lie.page_mm)
    small = cv2.resize(back, (width, height), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY) if small.ndim == 3 else small
    grey = cv2.GaussianBlur(cv2.flip(grey, 1), (0, 0), 1.3)
    down = round(THROUGH_DPI * 0.13) if own else 0
    patchy = 0.75 + 0.25 * cloud(draws.rng, (height, width), 6)
    return np.asarray(
        1 - strength * patchy * (255 - np.roll(grey, down, 0).astype(np.float32)) / 255, np.float32
    )


def _age(rng: np.random.Generator, shape: tuple[int, int], strength: float) -> Layer:
    """Paper yellows from its edges inwards, unevenly."""
    height, width = shape
    rows = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    columns = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    edge = np.maximum(np.abs(rows) ** 14, np.abs(columns) ** 10) * rng.uniform(0.1, 0.5)
    yellow = strength * (0.55 + edge + 0.13 * cloud(rng, shape, 5) + 0.05 * cloud(rng, shape, 90))
    return np.asarray(yellow, np.float32)


def _stain(rng: np.random.Generator, shape: tuple[int, int]) -> Layer:
    """Return a dried puddle: pale inside, a dark rim, never so dark that it hides the print."""
    height, width = shape
    rows, columns = np.ogrid[0:height, 0:width]
    y, x = rng.uniform(-0.05, 1.05) * height, rng.uniform(-0.05, 1.05) * width
    radius = rng.uniform(0.05, 0.28) * width
    away = np.sqrt(((rows - y) * rng.uniform(0.7, 1.4)) ** 2 + (columns - x) ** 2).astype(np.float32) / radius
    away += 0.22 * cloud(rng, shape, 9)
    inside = 1 / (1 + np.exp(np.clip((away - 1) * 30, -30, 30)))
    rim = np.exp(-(((away - 0.97) / 0.035) ** 2))
    return np.asarray(float(rng.uniform(0.25, 0.9)) * (0.55 * inside + 0.6 * rim), np.float32)


def _spots(rng: np.random.Generator, shape: tuple[int, int], count: int) -> Layer:
    height, width = shape
    spots = np.zeros(shape, np.float32)
    heart = rng.uniform(0, 1, 2)
    for _ in range(count):
        x, y = np.clip(rng.normal(heart, 0.35), 0, 1)
        radius = float(np.clip(rng.lognormal(0.2, 0.6), 0.6, 5))
        centre = (int(x * (width - 1)), int(y * (height - 1)))
        cv2.circle(spots, centre, max(1, round(radius)), float(rng.uniform(0.2, 0.85)), -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(spots, (0, 0), 0.8), np.float32)


def _fold(rng: np.random.Generator, layer: Layer) -> None:
    """Crease ``layer`` along or across: the ridge is light or dirty, and its two sides take the light differently."""
    height, width = layer.shape[:2]
    along = bool(rng.random() < 0.7)
    length, span = (width, height) if along else (height, width)
    at = float(rng.choice((1 / 3, 1 / 2, 2 / 3)) + rng.normal(0, 0.01)) * span
    line = at + rng.normal(0, 0.004) * span * np.linspace(-1, 1, length)
    away = (np.arange(span)[:, None] - line[None, :]).astype(np.float32) / (LAYER_DPI / 25.4)
    depth, slope = float(rng.uniform(-0.08, 0.3)), float(rng.uniform(-0.05, 0.05))
    ridge = depth * np.exp(-((away / 0.35) ** 2)) * (0.7 + 0.3 * cloud(rng, away.shape, 40))
    shade = ridge + slope * np.sign(away) * np.exp(-np.abs(away) / 12)
    layer -= (shade if along else shade.T)[..., None]


def grey_of(layer: Layer) -> NDArray[Any]:
    """Return the layer as a grey scanner sees it."""
    return np.asarray(layer @ np.array((0.299, 0.587, 0.114), np.float32))

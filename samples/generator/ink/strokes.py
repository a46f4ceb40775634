"""Pens: a curve through points, drawn with the pressure, width and skips of a pen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.generator.ink.layers import MM, Colour, clouds, press
from samples.generator.nouns import Box, Picture

Curve = NDArray[np.float64]
"""Points of a stroke: (n, 2), x to the right and y down."""

_BLUES: tuple[Colour, ...] = ((28, 40, 140), (20, 52, 165), (40, 60, 180), (30, 34, 96), (16, 70, 170))
_BLACKS: tuple[Colour, ...] = ((24, 24, 28), (40, 38, 44), (14, 14, 20), (36, 34, 60))
_VIOLETS: tuple[Colour, ...] = ((84, 40, 140), (70, 46, 120))


@dataclass(frozen=True)
class Pen:
    """``width`` in mm; ``skips`` is the share of the line (0..1) where a ballpoint gives little ink."""

    ink: Colour
    width: float
    skips: float = 0.0


def any_pen(rng: np.random.Generator, colour: bool) -> Pen:
    """Return a ballpoint, gel or felt pen; without ``colour`` mostly black, which a 1-bit scan keeps."""
    weights = (0.62, 0.3, 0.08) if colour else (0.25, 0.72, 0.03)
    inks = (_BLUES, _BLACKS, _VIOLETS)[int(rng.choice(3, p=weights))]
    ink = inks[int(rng.integers(len(inks)))]
    match int(rng.choice(3, p=(0.5, 0.38, 0.12))):
        case 0:
            return Pen(ink, float(rng.uniform(0.38, 0.6)), float(rng.uniform(0, 0.16)))
        case 1:
            return Pen(ink, float(rng.uniform(0.5, 0.8)))
        case _:
            return Pen(ink, float(rng.uniform(0.8, 1.15)))


def smooth(points: Curve, steps: int = 9) -> Curve:
    """Return a Catmull-Rom curve through ``points``; a point given twice makes a corner."""
    padded = np.vstack([points[0], points, points[-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False)
    ]
    return np.vstack([*pieces, points[-1:]])


def draw(
    picture: Picture, strokes: Sequence[Curve], pen: Pen, dpi: int, rng: np.random.Generator
) -> Box | None:
    """Draw smooth ``strokes`` (pixels of ``picture``) with ``pen``; returns the box inked, None if off the page."""
    width = max(pen.width / MM * dpi, 0.9)
    points = np.vstack(strokes)
    margin = int(width * 2) + 3
    low = np.maximum(np.floor(points.min(axis=0)).astype(int) - margin, -margin)
    high = np.minimum(
        np.ceil(points.max(axis=0)).astype(int) + margin,
        np.array(picture.shape[1::-1]) + margin,
    )
    if (high - low).min() < 1:
        return None
    scale = 3 if dpi < 200 else 2
    size = (high - low) * scale
    canvas = np.zeros((int(size[1]), int(size[0])), np.uint8)
    for stroke in strokes:
        _line(canvas, (stroke - low) * scale, width * scale, rng)
    density = clouds(canvas.shape, 14, 0.8, 1.12, rng)
    if pen.skips:
        dry = clouds(canvas.shape, int(max(high - low) / max(width, 2) * 1.5) + 4, 0, 1, rng)
        density = density * np.where(dry < pen.skips, 0.25, 1.0).astype(np.float32)
    mask = np.clip(canvas * np.clip(density, 0, 1), 0, 255).astype(np.uint8)
    small = cv2.resize(mask, tuple((high - low).tolist()), interpolation=cv2.INTER_AREA)
    return press(picture, np.asarray(small, np.uint8), int(low[0]), int(low[1]), pen.ink)


def _line(canvas: NDArray[np.uint8], points: Curve, width: float, rng: np.random.Generator) -> None:
    """Draw one stroke: thinner where the hand is fast and where the pen leaves the paper."""
    if len(points) < 2:
        return
    speed = np.hypot(*np.diff(points, axis=0).T)
    speed = speed / max(float(np.median(speed)), 1e-6)
    widths = width * np.clip(1.12 - 0.12 * speed, 0.72, 1.1)
    wave = np.interp(np.arange(len(widths)), np.linspace(0, len(widths), 6), rng.uniform(0.85, 1.15, 6))
    widths = widths * wave
    tail = min(5, len(widths) - 1)
    if tail and rng.random() < 0.7:
        widths[-tail:] *= np.linspace(1.0, 0.45, tail)
    fixed = np.rint(points * 16).astype(int)
    for a, b, w in zip(fixed[:-1].tolist(), fixed[1:].tolist(), widths.tolist(), strict=True):
        cv2.line(canvas, a, b, 255, max(1, round(w)), cv2.LINE_AA, 4)

"""Invented signatures and initials: a first sweep, a body of loops or zigzags, and long strokes through it."""

from __future__ import annotations

from typing import Any

import numpy as np

from samples.generator.ink.layers import MM
from samples.generator.ink.strokes import Curve, Pen, draw, smooth
from samples.generator.nouns import Box, Picture


def sign(picture: Picture, box: Box, pen: Pen, dpi: int, rng: np.random.Generator) -> Box | None:
    """Sign within and beyond ``box``, the room above the signer's name; returns the box inked."""
    height, width = picture.shape[:2]
    mm = dpi / MM
    size = np.array([rng.uniform(12, 30), rng.uniform(5, 13)]) * mm
    middle = np.array([(box.x0 + box.x1) / 2 * width, (box.y0 + box.y1) / 2 * height])
    middle += rng.normal(0, 1, 2) * (5 * mm, 2.5 * mm)
    strokes, end = _body(rng)
    strokes += _tails(end, rng)
    turn = rng.normal(0.12, 0.1)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    placed = [(smooth(s) - (0.5, 0.0)) * size @ spin + middle for s in strokes]
    return draw(picture, placed, pen, dpi, rng)


def initial(
    picture: Picture, at: tuple[float, float], pen: Pen, dpi: int, rng: np.random.Generator
) -> Box | None:
    """Write initials ("ký nháy") of 6-14 mm from ``at`` (fractions of the page, left middle) on."""
    height, width = picture.shape[:2]
    size = np.array([rng.uniform(5, 11), rng.uniform(2.5, 5.5)]) / MM * dpi
    strokes, end = _body(rng, letters=int(rng.integers(2, 4)))
    if rng.random() < 0.6:
        strokes += _tails(end, rng)[:1]
    low = min(s[:, 0].min() for s in strokes)
    start = np.array([at[0] * width, at[1] * height])
    placed = [(smooth(s, 7) - (low, 0.0)) * size * (0.8, 1.0) + start for s in strokes]
    return draw(picture, placed, pen, dpi, rng)


def scribble(
    picture: Picture, box: Box, pen: Pen, dpi: int, rng: np.random.Generator, words: int = 2
) -> Box | None:
    """Scribble notes nobody can read along ``box``, as margins and "Chuyển:" lines have them."""
    height, width = picture.shape[:2]
    x, top = box.x0 * width, box.y0 * height
    tall = (box.y1 - box.y0) * height
    parts = []
    for _ in range(words):
        long = (box.x1 - box.x0) * width / words * rng.uniform(0.6, 0.9)
        strokes, _end = _body(rng, letters=int(rng.integers(3, 7)), sweep=False)
        parts += [smooth(s, 7) * (long, tall) + (x, top + tall / 2) for s in strokes]
        x += (box.x1 - box.x0) * width / words
    return draw(picture, parts, pen, dpi, rng)


def _body(
    rng: np.random.Generator, letters: int | None = None, sweep: bool = True
) -> tuple[list[Curve], Curve]:
    """Return strokes in x 0..1, y about -0.5..0.5 (y down), and the point where the pen stands."""
    count = letters or int(rng.integers(3, 9))
    strokes: list[Curve] = []
    start = np.array([0.0, rng.uniform(0.0, 0.25)])
    points: list[Curve] = [start]
    if sweep and rng.random() < 0.75:
        points = [*_sweep(rng)]
    x = float(points[-1][0])
    step = max(1.0 - x, 0.4) / count
    kind = int(rng.integers(4))
    fade = rng.uniform(0.2, 0.9)
    for i in range(count):
        tall = (1 - fade * i / count) * rng.uniform(0.5, 1.0) * 0.45
        form = kind if rng.random() < 0.65 else int(rng.integers(4))
        base = 0.18 + rng.normal(0, 0.04)
        match form:
            case 0:  # a pointed wave, like u and i
                bits = [(0.45, base - tall), (0.5, base - tall), (0.75, base), (1.0, base - 0.05)]
            case 1:  # a loop, like l and e
                bits = [
                    (0.9, base - tall * 0.7),
                    (0.6, base - tall * 1.7),
                    (0.3, base - tall * 0.8),
                    (0.9, base),
                ]
            case 2:  # an arch, like m and n
                bits = [(0.2, base - tall), (0.5, base - tall * 0.9), (0.6, base + 0.02), (0.7, base)]
            case _:  # a bowl, like a and o
                bits = [
                    (0.7, base - tall),
                    (0.2, base - tall * 0.7),
                    (0.25, base),
                    (0.7, base - 0.1),
                    (0.9, base),
                ]
        points += [np.array([x + step * px + rng.normal(0, step * 0.1), py]) for px, py in bits]
        x += step
        if i and rng.random() < 0.12:
            strokes.append(np.array(points))
            points = [np.array([x, base - rng.uniform(0, 0.3)])]
    end = points[-1]
    if len(points) > 1:
        strokes.append(np.array(points))
    return strokes, end


def _sweep(rng: np.random.Generator) -> list[Curve]:
    """Return the large first letter: a tall loop, a C, a D with its hook, or a coil."""
    match int(rng.integers(4)):
        case 0:
            raw = [(0.0, 0.3), (0.22, -0.5), (0.28, -0.95), (0.16, -0.9), (0.1, 0.0), (0.08, 0.6), (0.2, 0.2)]
        case 1:
            raw = [(0.35, -0.55), (0.15, -0.75), (-0.05, -0.1), (0.08, 0.45), (0.3, 0.2)]
        case 2:
            raw = [
                (0.05, -0.7),
                (0.03, 0.4),
                (0.03, 0.4),
                (0.3, 0.3),
                (0.4, -0.3),
                (0.05, -0.8),
                (-0.15, -0.4),
                (0.2, 0.1),
            ]
        case _:
            turns = np.linspace(0, rng.uniform(2.0, 3.4) * 2 * np.pi, 16)
            grow = np.linspace(0.6, 1.0, 16)
            raw = [
                (0.18 + 0.16 * g * np.cos(t) + 0.008 * t, 0.55 * g * np.sin(t) - 0.15)
                for t, g in zip(turns, grow, strict=True)
            ]
    return [np.array(p) + rng.normal(0, 0.035, 2) for p in raw]


def _tails(end: Curve, rng: np.random.Generator) -> list[Curve]:
    """Return one or two long strokes: up to the right, back beneath the name, through all of it, or about it."""
    found: list[Curve] = []
    raw: list[Any]
    for _ in range(int(rng.choice([0, 1, 2], p=[0.1, 0.5, 0.4]))):
        far = rng.uniform(0.4, 2.2)
        match int(rng.integers(6)):
            case 0:
                raw = [
                    end,
                    _from(end, far * 0.4, -rng.uniform(0.2, 0.5)),
                    _from(end, far, -rng.uniform(0.4, 1.6)),
                ]
            case 1:
                drop = rng.uniform(0.25, 0.6)
                raw = [(1.0 + far, -rng.uniform(0, 0.6)), (0.5, drop * 0.6), (-0.3, drop + 0.1)]
            case 2:
                y = rng.uniform(-0.1, 0.5)
                raw = [
                    (-0.35, y + 0.05),
                    (0.4, y + rng.normal(0, 0.05)),
                    (1.0 + far, y - rng.uniform(0, 0.25)),
                ]
            case 3:
                raw = [
                    end,
                    _from(end, 0.3, 0.2),
                    (0.6, 0.6),
                    (-0.2, 0.5),
                    (-0.15, 0.35),
                    (0.9 + far * 0.5, 0.3),
                ]
            case 4:
                turn = np.linspace(0.3, 2 * np.pi + rng.uniform(-0.6, 0.9), 11)
                raw = [(0.5 + 0.75 * np.cos(t), 0.75 * np.sin(t)) for t in turn]
            case _:
                x = rng.uniform(0.3, 0.8)
                raw = [
                    (x, 0.3),
                    (x + 0.15, -1.1),
                    (x + 0.08, -1.25),
                    (x, -0.6),
                    (x - 0.05, 0.9),
                    (x + 0.3, 0.5),
                ]
        points = np.array([np.asarray(p, float) for p in raw])
        found.append(points + rng.normal(0, 0.025, points.shape))
    return found


def _from(point: Curve, x: float, y: float) -> Curve:
    return np.asarray(point + np.array([x, y]), np.float64)

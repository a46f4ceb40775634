"""Numbers written by hand: never twice the same shape, slant, size or line."""

from __future__ import annotations

import numpy as np

from samples.generator.ink.digits import DIGITS
from samples.generator.ink.layers import MM
from samples.generator.ink.strokes import Curve, Pen, draw, smooth
from samples.generator.nouns import Box, Picture

_NARROW = {"1": 0.62, "/": 0.75, ".": 0.4, ",": 0.4, "-": 0.7, " ": 0.55}
"""Room of narrow signs, as a share of a digit's."""
_TALLEST_MM = 6.8
_SMALLEST_MM = 2.6


def write(
    picture: Picture,
    text: str,
    box: Box,
    pen: Pen,
    dpi: int,
    rng: np.random.Generator,
    size: float | None = None,
) -> Box | None:
    """Write ``text`` (digits, ``/.,-`` and blanks) about ``box``; returns the box inked.

    ``size`` is the height of a digit in mm; without it the hand is about as tall as the room, or taller.
    ValueError for letters: this hand knows none.
    """
    if unknown := set(text) - set(DIGITS) - {" "}:
        raise ValueError(f"no strokes for {''.join(sorted(unknown))!r} in {text!r}")
    if not text.strip():
        return None
    page_height, page_width = picture.shape[:2]
    room = (box.y1 - box.y0) * page_height
    low, high = _SMALLEST_MM / MM * dpi, _TALLEST_MM / MM * dpi
    height = size / MM * dpi if size else float(np.clip(room * rng.uniform(0.85, 1.35), low, high))
    step = height * rng.uniform(0.52, 0.72)
    width = step * sum(_NARROW.get(letter, 1.0) for letter in text)
    space = (box.x1 - box.x0) * page_width
    if width > space * 1.2:
        # A hand that runs short of room writes narrower, but not without end: it runs over the print beside it.
        squeeze = max(space * 1.2 / width, 0.7)
        step, width = step * squeeze, width * squeeze
    slack = max(space - width, 0) * 0.5
    x = box.x0 * page_width + (space - width) / 2 + slack * rng.uniform(-0.8, 0.8)
    base = box.y1 * page_height - room * 0.2 + height * rng.normal(0.02, 0.09)
    rise = rng.normal(0, 0.05)
    slant = rng.uniform(-0.05, 0.42)
    shapes = {
        letter: int(rng.integers(len(DIGITS[letter]))) for letter in dict.fromkeys("".join(text.split()))
    }
    strokes: list[Curve] = []
    joined = rng.random() < 0.25
    left, before = x, ""
    for letter in text:
        room_x = step * _NARROW.get(letter, 1.0)
        if letter != " ":
            for points in _letter(letter, shapes[letter], slant, rng):
                placed = points * (room_x * rng.uniform(0.78, 0.95), height) + (
                    x,
                    base - height + rise * (x - left),
                )
                # Joining over more than a third of the height would turn digits into other signs.
                if (
                    joined
                    and (before + letter).isdigit()
                    and strokes
                    and abs(strokes[-1][-1, 1] - placed[0, 1]) < height * 0.35
                ):
                    placed = np.vstack([strokes.pop(), placed])
                strokes.append(placed)
        before = letter
        x += room_x * rng.uniform(0.9, 1.08)
    return draw(picture, [smooth(stroke, 7) for stroke in strokes], pen, dpi, rng)


def _letter(letter: str, usual: int, slant: float, rng: np.random.Generator) -> list[Curve]:
    """Return the strokes of a sign in a unit box: mostly the writer's usual shape, stretched and wobbling."""
    shape = DIGITS[letter][usual if rng.random() < 0.8 else int(rng.integers(len(DIGITS[letter])))]
    stretch = rng.uniform(0.88, 1.12, 2)
    shift = rng.normal(0, 0.03)
    result = []
    for stroke in shape:
        points = np.array(stroke) + rng.normal(0, 0.028, (len(stroke), 2))
        points = (points - (0.5, 1.0)) * stretch + (0.5, 1.0 + shift)
        points[:, 0] += slant * (0.5 - points[:, 1])
        result.append(points)
    return result

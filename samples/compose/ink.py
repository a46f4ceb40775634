"""Ink on a typeset page: handwriting, an invented signature, and a seal that belongs to nobody."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.compose.typeset import Mark

Picture = Image.Image

_BOLD = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"
_SEAL_WORDS = "MẪU THỬ"
_SEAL_MM = 34
"""Diameter: a seal of a state body measures 35 to 36 mm."""

# One to two pen strokes a digit, as points in a box 1 wide and 1 high, origin top left.
_DIGITS: dict[str, list[list[tuple[float, float]]]] = {
    "0": [
        [
            (0.6, 0.05),
            (0.2, 0.2),
            (0.1, 0.6),
            (0.35, 0.98),
            (0.75, 0.8),
            (0.85, 0.4),
            (0.55, 0.03),
            (0.45, 0.1),
        ]
    ],
    "1": [[(0.25, 0.3), (0.55, 0.02), (0.5, 0.5), (0.45, 1.0)]],
    "2": [[(0.15, 0.25), (0.4, 0.02), (0.75, 0.2), (0.6, 0.55), (0.12, 0.95), (0.5, 0.9), (0.9, 0.97)]],
    "3": [[(0.15, 0.12), (0.6, 0.03), (0.75, 0.25), (0.4, 0.45), (0.8, 0.65), (0.65, 0.95), (0.1, 0.9)]],
    "4": [[(0.5, 0.02), (0.1, 0.62), (0.9, 0.58)], [(0.68, 0.35), (0.6, 1.0)]],
    "5": [
        [(0.3, 0.05), (0.25, 0.42), (0.7, 0.45), (0.75, 0.8), (0.4, 1.0), (0.1, 0.9)],
        [(0.3, 0.05), (0.85, 0.02)],
    ],
    "6": [[(0.7, 0.02), (0.25, 0.35), (0.12, 0.75), (0.4, 1.0), (0.75, 0.8), (0.6, 0.52), (0.2, 0.7)]],
    "7": [[(0.1, 0.08), (0.45, 0.1), (0.85, 0.03), (0.55, 0.5), (0.4, 1.0)], [(0.3, 0.5), (0.75, 0.47)]],
    "8": [
        [
            (0.7, 0.15),
            (0.35, 0.05),
            (0.25, 0.3),
            (0.7, 0.65),
            (0.55, 0.97),
            (0.2, 0.8),
            (0.5, 0.45),
            (0.75, 0.15),
        ]
    ],
    "9": [[(0.75, 0.2), (0.4, 0.05), (0.2, 0.35), (0.5, 0.5), (0.78, 0.2), (0.72, 0.6), (0.5, 1.0)]],
}
BLUE, BLACK, RED = (32, 44, 140), (25, 25, 30), (205, 38, 48)


def write_by_hand(page: Picture, mark: Mark, rng: np.random.Generator, colour: tuple[int, int, int]) -> None:
    """Draw the digits of ``mark`` with a pen, a little larger than print and never twice alike."""
    x0, y0, x1, y1 = _pixels(page, mark)
    height = (y1 - y0) * rng.uniform(0.95, 1.15)
    step = height * 0.62
    x = (x0 + x1 - step * len(mark.text)) / 2
    top = y1 - height * rng.uniform(1.02, 1.1)
    for digit in mark.text:
        for stroke in _DIGITS[digit]:
            points = np.array(stroke) + rng.normal(0, 0.035, (len(stroke), 2))
            points[:, 0] = points[:, 0] * 0.75 + 0.18 * (1 - points[:, 1])
            curve = _smooth(points) * (step, height) + (x, top + rng.uniform(-0.04, 0.04) * height)
            _pen(page, curve, max(2, round(height * 0.06)), colour)
        x += step


def sign(page: Picture, mark: Mark, rng: np.random.Generator, colour: tuple[int, int, int]) -> None:
    """Draw an invented signature: loops that drift to the right and a flourish under them."""
    x0, y0, x1, y1 = _pixels(page, mark)
    width, height = (x1 - x0) * 0.5, (y1 - y0) * 0.62
    left, middle = x0 + (x1 - x0) * 0.28, (y0 + y1) / 2
    turns = np.linspace(0, 1, 11)
    points = np.column_stack(
        [turns + 0.12 * np.sin(turns * 19), 0.5 * np.cos(turns * 23) * (1 - 0.6 * turns)]
    )
    points += rng.normal(0, 0.04, points.shape)
    thick = max(2, round((y1 - y0) * 0.022))
    _pen(page, _smooth(points) * (width * 0.8, height * 0.5) + (left, middle), thick, colour)
    flourish = np.array([(-0.1, 0.35), (0.45, 0.15), (1.05, 0.3), (0.2, 0.42), (1.2, 0.05)])
    flourish += rng.normal(0, 0.03, flourish.shape)
    _pen(page, _smooth(flourish) * (width * 0.8, height) + (left, middle), thick, colour)


def seal(page: Picture, mark: Mark, dpi: int, rng: np.random.Generator, ink: tuple[int, int, int]) -> None:
    """Press a seal over the left third of the signature: two rings, a plain star, the words MẪU THỬ."""
    size = round(_SEAL_MM / 25.4 * dpi)
    scale = 2
    stamp = Image.new("L", (size * scale, size * scale), 0)
    pen = ImageDraw.Draw(stamp)
    full = size * scale
    for inset, thick in ((0.01, 0.018), (0.2, 0.008)):
        pen.ellipse(
            [full * inset, full * inset, full * (1 - inset), full * (1 - inset)],
            outline=255,
            width=round(full * thick),
        )
    angles = np.pi * (np.arange(10) / 5 - 0.5)
    radii = np.where(np.arange(10) % 2 == 0, 0.13, 0.055) * full
    pen.polygon(
        [(full / 2 + r * np.cos(a), full * 0.4 + r * np.sin(a)) for r, a in zip(radii, angles, strict=True)],
        fill=255,
    )
    font = ImageFont.truetype(_BOLD, round(full * 0.1))
    pen.text((full / 2, full * 0.63), _SEAL_WORDS, font=font, fill=255, anchor="mm")
    for angle in range(20, 360, 40):
        dot = (
            full / 2 + full * 0.395 * np.cos(np.radians(angle)),
            full / 2 + full * 0.395 * np.sin(np.radians(angle)),
        )
        pen.ellipse(
            [dot[0] - full * 0.012, dot[1] - full * 0.012, dot[0] + full * 0.012, dot[1] + full * 0.012],
            fill=255,
        )
    stamp = stamp.rotate(rng.uniform(-9, 9), resample=Image.Resampling.BICUBIC).resize(
        (size, size), Image.Resampling.LANCZOS
    )
    # A pad never inks evenly: the pressure varies slowly over the seal.
    patchy = Image.fromarray((rng.uniform(0.45, 1.0, (7, 7)) * 255).astype(np.uint8)).resize(
        (size, size), Image.Resampling.BICUBIC
    )
    cover = np.asarray(stamp, float) / 255 * np.asarray(patchy, float) / 255
    x0, y0, x1, y1 = _pixels(page, mark)
    left = round(x0 + (x1 - x0) * 0.2 - size / 2 + rng.uniform(-6, 6))
    top = round((y0 + y1) / 2 - size / 2 + rng.uniform(-6, 6))
    area = (left, top, left + size, top + size)
    under = np.asarray(page.crop(area), float)
    # Ink multiplies: black print under the seal stays black.
    inked = under * (1 - cover[..., None] * (1 - np.array(ink, float) / 255))
    page.paste(Image.fromarray(inked.astype(np.uint8)), area)


def _pixels(page: Picture, mark: Mark) -> tuple[float, float, float, float]:
    return mark.x0 * page.width, mark.y0 * page.height, mark.x1 * page.width, mark.y1 * page.height


def _pen(page: Picture, curve: np.ndarray, thick: int, colour: tuple[int, int, int]) -> None:
    draw = ImageDraw.Draw(page)
    points = [(float(x), float(y)) for x, y in curve]
    draw.line(points, fill=colour, width=thick, joint="curve")
    for x, y in (points[0], points[-1]):
        draw.ellipse([x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2], fill=colour)


def _smooth(points: np.ndarray, steps: int = 14) -> np.ndarray:
    """Return a Catmull-Rom curve through ``points``."""
    padded = np.vstack([points[0], points, points[-1]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    return np.vstack([*pieces, points[-1:]])

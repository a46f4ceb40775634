"""Round seals that belong to nobody: rings, a plain star and the words MẪU THỬ."""

from __future__ import annotations

from itertools import pairwise

import cv2
import numpy as np

from samples.generator.ink.faces import Face, lettering, place
from samples.generator.ink.layers import MM, Colour, Mask, clouds, press, turned
from samples.generator.nouns import Box, Picture

WORDS = "MẪU THỬ"
"""The only words a seal of ours ever bears."""

_INKS: tuple[Colour, ...] = (
    (222, 38, 46), (232, 30, 34), (205, 28, 52), (236, 66, 40), (214, 52, 62), (190, 30, 74), (160, 36, 96),
)  # fmt: skip


def any_ink(rng: np.random.Generator) -> Colour:
    """Return the colour of a pad: red, now and then orange-red or purple."""
    ink = _INKS[int(rng.choice(len(_INKS), p=(0.25, 0.22, 0.17, 0.12, 0.12, 0.08, 0.04)))]
    r, g, b = (int(np.clip(part + rng.integers(-10, 11), 0, 255)) for part in ink)
    return r, g, b


def seal_mask(dpi: int, rng: np.random.Generator, size_mm: float | None = None) -> Mask:
    """Return one impression of a seal of 34-36 mm, turned and worn: (height, width) coverage."""
    size = round((size_mm or rng.uniform(34, 36)) / MM * dpi)
    plate = _plate(max(size * 2, 160), rng)
    plate = turned(plate, float(np.clip(rng.normal(0, 9), -25, 25)))
    scale = size / max(size * 2, 160)
    small = cv2.resize(plate, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return _pressed(np.asarray(small, np.uint8), dpi, rng)


def press_seal(picture: Picture, mask: Mask, middle: tuple[float, float], ink: Colour) -> Box | None:
    """Press ``mask`` with its middle at ``middle`` (fractions of the page); returns the box inked."""
    height, width = picture.shape[:2]
    left = round(middle[0] * width - mask.shape[1] / 2)
    return press(picture, mask, left, round(middle[1] * height - mask.shape[0] / 2), ink)


def seam_pieces(mask: Mask, pages: int, rng: np.random.Generator) -> list[Mask]:
    """Cut ``mask`` into the strips that a seal across ``pages`` fanned sheets leaves on each right edge."""
    share = rng.uniform(0.75, 1.25, pages)
    cuts = np.rint(np.concatenate([[0], np.cumsum(share / share.sum())]) * mask.shape[1]).astype(int)
    return [mask[:, a:b] for a, b in pairwise(cuts.tolist())]


def _plate(size: int, rng: np.random.Generator) -> Mask:
    """Return the seal as engraved, upright: ``size`` pixels square."""
    plate = np.zeros((size, size), np.uint8)
    inner = rng.uniform(0.3, 0.34)
    _rings(plate, inner, rng)
    repeats = int(rng.choice([1, 2, 3], p=(0.2, 0.5, 0.3)))
    if rng.random() < 0.92:
        plate = np.maximum(plate, _ring_words(size, inner, repeats, rng))
    if rng.random() < 0.7:
        _ground(plate, inner, rng)
    words = lettering(
        WORDS, "sans bold" if rng.random() < 0.5 else "serif bold", round(size * rng.uniform(0.075, 0.1))
    )
    low = rng.uniform(0.58, 0.63)
    clear = round(size * 0.012)
    x, y = round((size - words.shape[1]) / 2), round(size * low)
    plate[y - clear : y + words.shape[0] + clear, x - clear : x + words.shape[1] + clear] = 0
    place(plate, words, x, y)
    middle, radius = (0.5, rng.uniform(0.4, 0.45)), rng.uniform(0.1, 0.15)
    cv2.circle(plate, _at(size, *middle), round(size * radius * 1.05), 0, -1)
    _star(plate, middle, radius)
    return plate


def _at(size: int, x: float, y: float) -> tuple[int, int]:
    return round(size * x), round(size * y)


def _rings(plate: Mask, inner: float, rng: np.random.Generator) -> None:
    size = len(plate)
    middle = (size // 2, size // 2)
    thick = rng.uniform(0.014, 0.028)
    rings = [(0.49 - thick / 2, thick), (inner, rng.uniform(0.008, 0.014))]
    if rng.random() < 0.75:
        rings.append((0.49 - thick - rng.uniform(0.012, 0.02), 0.006))
    if rng.random() < 0.5:
        rings.append((inner - rng.uniform(0.014, 0.022), 0.005))
    for radius, line in rings:
        cv2.circle(plate, middle, round(size * radius), 255, max(2, round(size * line)), cv2.LINE_AA)


def _ring_words(size: int, inner: float, repeats: int, rng: np.random.Generator) -> Mask:
    """Return the words around the ring, ``repeats`` times, stars between them."""
    outer = 0.455
    band = round(size * (outer - inner))
    around = round(2 * np.pi * size * (outer + inner) / 2)
    strip = np.zeros((band, around), np.uint8)
    face: Face = "sans bold" if rng.random() < 0.6 else "serif bold"
    tall = band * rng.uniform(0.58, 0.72)
    spacing = {1: 0.75, 2: 0.28, 3: 0.05}[repeats] * rng.uniform(0.7, 1.1)
    words = lettering(WORDS, face, round(tall), spacing)
    part = around / repeats
    if words.shape[1] > part * 0.86:
        words = np.asarray(
            cv2.resize(words, (int(part * 0.86), words.shape[0]), interpolation=cv2.INTER_AREA), np.uint8
        )
    for i in range(repeats):
        place(strip, words, part * (i + 0.5) - words.shape[1] / 2, (band - words.shape[0]) / 2)
    star = np.zeros((band, band), np.uint8)
    _star(star, (0.5, 0.5), 0.24)
    # The first star lies across the ends of the strip.
    strip = np.roll(strip, band // 2, axis=1)
    for i in range(repeats):
        place(strip, star, part * i, 0)
    strip = np.roll(strip, -(band // 2), axis=1)
    # Rows of a polar picture are angles, columns radii; the seam of the strip lies at the bottom of the seal.
    polar = np.zeros((around, round(size * 0.5)), np.uint8)
    start = round(size * inner)
    polar[:, start : start + band] = np.flipud(strip).T[:, : polar.shape[1] - start]
    polar = np.roll(polar, round(around / 4), axis=0)
    flags = cv2.WARP_INVERSE_MAP | cv2.INTER_LINEAR
    round_words = cv2.warpPolar(polar, (size, size), (size / 2, size / 2), size * 0.5, flags)
    # Beyond its radius warpPolar wraps around: nothing of that belongs to the seal.
    inside = np.zeros((size, size), np.uint8)
    cv2.circle(inside, (size // 2, size // 2), round(size * (outer + 0.01)), 255, -1)
    return np.asarray(cv2.bitwise_and(round_words, inside), np.uint8)


def _ground(plate: Mask, inner: float, rng: np.random.Generator) -> None:
    """Fill the middle with dots or rays, as dense as engraved seals are, though it shows nothing."""
    size = len(plate)
    low, high = rng.uniform(0.15, 0.2), inner - 0.035
    if rng.random() < 0.6:
        pitch = rng.uniform(0.016, 0.024)
        for row, radius in enumerate(np.arange(low, high, pitch)):
            count = int(2 * np.pi * radius / pitch)
            for angle in (np.arange(count) + row % 2 / 2) * 2 * np.pi / count:
                spot = _at(size, 0.5 + radius * np.cos(angle), 0.5 + radius * np.sin(angle))
                cv2.circle(plate, spot, max(1, round(size * pitch * 0.36)), 255, -1)
    else:
        rays = int(rng.integers(40, 72))
        for angle in np.arange(rays) * 2 * np.pi / rays:
            a, b = (_at(size, 0.5 + r * np.cos(angle), 0.5 + r * np.sin(angle)) for r in (low, high))
            cv2.line(plate, a, b, 255, max(1, round(size * 0.006)), cv2.LINE_AA)


def _star(plate: Mask, middle: tuple[float, float], radius: float) -> None:
    size = len(plate)
    angles = np.pi * (np.arange(10) / 5 - 0.5)
    radii = np.where(np.arange(10) % 2 == 0, radius, radius * 0.4) * size
    points = np.column_stack(
        [middle[0] * size + radii * np.cos(angles), middle[1] * size + radii * np.sin(angles)]
    )
    cv2.fillPoly(plate, [np.rint(points).astype(np.int32)], 255, cv2.LINE_AA)


def _pressed(mask: Mask, dpi: int, rng: np.random.Generator) -> Mask:
    """Return ``mask`` as a pad inks it: lines swell and thin, one side takes less, specks stay dry."""
    shape = (mask.shape[0], mask.shape[1])
    soft = (
        cv2.GaussianBlur(mask, (0, 0), max(0.4, dpi / 300 * rng.uniform(0.6, 1.3))).astype(np.float32) / 255
    )
    wet = rng.uniform(0.24, 0.44)
    edge = clouds(shape, 6, wet - 0.12, wet + 0.12, rng) + clouds(shape, 70, -0.09, 0.09, rng)
    inked = np.clip((soft - edge) * 4 + 0.5, 0, 1)
    inked[soft < 0.03] = 0
    weak = rng.uniform(0.6, 1.05)
    pressure = clouds(shape, int(rng.integers(2, 5)), weak, 1.1, rng)
    grain = clouds(shape, max(shape) // 3, 0.84, 1.16, rng)
    if rng.random() < 0.35:
        # A seal set down slantwise leaves one side pale.
        angle = rng.uniform(0, 2 * np.pi)
        y, x = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j].astype(np.float32)
        pressure = pressure * np.clip(
            1.15 + (x * np.cos(angle) + y * np.sin(angle)) * rng.uniform(0.4, 0.9), 0, 1
        )
    dry = clouds(shape, max(shape) // 5, 0, 1, rng) < rng.uniform(0.0, 0.14)
    inked = inked * np.clip(pressure, 0, 1) * np.clip(grain, 0, 1)
    inked[dry] *= 0.3
    return np.clip(inked * 255, 0, 255).astype(np.uint8)

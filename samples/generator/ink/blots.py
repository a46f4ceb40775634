"""Blots under which nobody can read: marker, an ink stain, paper torn away.

All are dark: what a 1-bit or a bright scan turns to white, as correction fluid, would look like room left open, and a
value that nobody sees was there is not unreadable but blank.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

import cv2
import numpy as np

from samples.generator.ink.layers import Mask, clouds, paint
from samples.generator.nouns import Box, InkedPage

CoverKind = Literal["marker", "stain", "torn"]
COVER_KINDS: tuple[CoverKind, ...] = get_args(CoverKind)


def cover(page: InkedPage, box: Box, kind: CoverKind, rng: np.random.Generator) -> InkedPage:
    """Return ``page`` with all of ``box`` hidden for good, and a ragged rim about it, recorded as "cover"."""
    picture = page.picture.copy()
    height, width = picture.shape[:2]
    x0, y0 = int(box.x0 * width), int(box.y0 * height)
    x1, y1 = int(np.ceil(box.x1 * width)), int(np.ceil(box.y1 * height))
    rim = max(4, round((y1 - y0) * 0.45))
    shape = (y1 - y0 + 2 * rim, x1 - x0 + 2 * rim)
    mask = _ragged(shape, rim, kind, rng)
    left, top = x0 - rim, y0 - rim
    match kind:
        case "marker":
            shade = int(rng.integers(8, 34))
            found = paint(picture, mask, left, top, (shade, shade, shade + 3))
        case "stain":
            found = paint(
                picture, mask, left, top, (int(rng.integers(14, 36)), int(rng.integers(16, 40)), 70)
            )
        case "torn":
            paint(picture, _grown(mask, max(2, rim // 6)), left, top, (224, 221, 214))
            shade = int(rng.integers(40, 90))
            found = paint(picture, mask, left, top, (shade + 4, shade + 2, shade))
    return replace(page, picture=picture, ink=(*page.ink, ("cover", found or box)))


def _ragged(shape: tuple[int, int], rim: int, kind: CoverKind, rng: np.random.Generator) -> Mask:
    """Return a mask that is full ``rim`` pixels inside its edges and ends raggedly between."""
    height, width = shape
    mask = np.zeros(shape, np.uint8)
    if kind == "marker":
        rows = max(2, round((height - 2 * rim) / max(rim * 0.8, 1)))
        for y in np.linspace(rim, height - rim, rows):
            ends = (int(rng.uniform(0.2, 0.9) * rim), width - int(rng.uniform(0.2, 0.9) * rim))
            tilt = rng.normal(0, rim * 0.12, 2)
            a, b = (ends[0], round(y + tilt[0])), (ends[1], round(y + tilt[1]))
            cv2.line(mask, a, b, 255, max(2, round(rim * 1.0)), cv2.LINE_AA)
    else:
        core = np.zeros(shape, np.uint8)
        core[rim:-rim, rim:-rim] = 255
        away = cv2.distanceTransform(255 - core, cv2.DIST_L2, 5)
        hills = 9 if kind != "torn" else 26
        reach = clouds(shape, hills * max(1, width // max(height, 1) // 2), 0.1 * rim, 0.95 * rim, rng)
        mask = (np.clip(reach - away + 0.5, 0, 1) * 255).astype(np.uint8)
    mask[rim:-rim, rim:-rim] = 255
    return mask


def _grown(mask: Mask, by: int) -> Mask:
    return np.asarray(cv2.dilate(mask, np.ones((2 * by + 1, 2 * by + 1), np.uint8)), np.uint8)

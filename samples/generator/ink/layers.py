"""Coverage masks, and how ink and paint come onto a page picture in place."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.generator.nouns import Box, Picture

Mask = NDArray[np.uint8]
"""How much of each pixel is covered: (height, width), 0 none to 255 all."""
Colour = tuple[int, int, int]

MM = 25.4
_SEEN = 40
"""Coverage from which a pixel counts as inked when a box is recorded."""


def press(picture: Picture, mask: Mask, left: int, top: int, ink: Colour) -> Box | None:
    """Press transparent ``ink`` onto ``picture`` at (left, top), so that black print stays black beneath it.

    Returns the box of what can be seen, or None when all of it fell beside the page.
    """
    return _blend(picture, mask, left, top, ink, opaque=False)


def paint(picture: Picture, mask: Mask, left: int, top: int, colour: Colour) -> Box | None:
    """Paint opaque ``colour`` onto ``picture`` at (left, top); returns as ``press``."""
    return _blend(picture, mask, left, top, colour, opaque=True)


def _blend(picture: Picture, mask: Mask, left: int, top: int, ink: Colour, opaque: bool) -> Box | None:
    height, width = picture.shape[:2]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + mask.shape[1], width), min(top + mask.shape[0], height)
    if x0 >= x1 or y0 >= y1:
        return None
    part = mask[y0 - top : y1 - top, x0 - left : x1 - left]
    cover = (part.astype(np.float32) / 255)[..., None]
    under = picture[y0:y1, x0:x1].astype(np.float32)
    tint = np.array(ink, np.float32)
    over = under * (1 - cover) + tint * cover if opaque else under * (1 - cover * (1 - tint / 255))
    picture[y0:y1, x0:x1] = np.rint(over).astype(np.uint8)
    seen = cv2.boundingRect((part > _SEEN).astype(np.uint8))
    if not seen[2]:
        return None
    return Box(
        (x0 + seen[0]) / width,
        (y0 + seen[1]) / height,
        (x0 + seen[0] + seen[2]) / width,
        (y0 + seen[1] + seen[3]) / height,
    )


def clouds(
    shape: tuple[int, int], cells: int, low: float, high: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Return smooth noise of ``shape`` between ``low`` and ``high``, about ``cells`` hills along the longer side."""
    rows, columns = (max(2, round(cells * side / max(shape))) for side in shape)
    coarse = rng.uniform(low, high, (rows, columns)).astype(np.float32)
    return np.asarray(cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC), np.float32)


def turned(mask: Mask, degrees: float) -> Mask:
    """Return ``mask`` turned counter-clockwise about its middle, in a picture large enough to hold it."""
    height, width = mask.shape
    move = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(move[0, 0]), abs(move[0, 1])
    size = (round(width * cos + height * sin) + 2, round(width * sin + height * cos) + 2)
    move[:, 2] += (size[0] / 2 - width / 2, size[1] / 2 - height / 2)
    return np.asarray(cv2.warpAffine(mask, move, size, flags=cv2.INTER_LINEAR), np.uint8)


def around(boxes: list[Box]) -> Box:
    """Return the smallest box about ``boxes``."""
    return Box(
        min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes)
    )

"""What the scanner adds at the edges: black borders, edge lines, punch holes."""

import cv2
import numpy as np

from pipeline.cleaning.components import components
from pipeline.cleaning.ink import Mask

_EDGE_MM = 1.0
"""A border starts within this distance of the edge of the page."""
_LINE_SHARE = 0.15
"""A thin thing at the edge is a scanner's line when it runs along this share of the page."""
_HOLE_MM = (3.5, 9.0)
_HOLE_MARGIN = 0.09
"""Punch holes lie within this share of the page's width from its left or right edge."""


def find_borders(ink: Mask, dpi: float) -> Mask:
    """Return the mask, shape of ``ink``, of black borders, edge lines and punch holes on a small page image.

    Only what is solid, or runs along an edge that it touches, is taken: print never is.
    """
    height, width = ink.shape
    mm = dpi / 25.4
    found = np.zeros((height, width), np.uint8)
    picture = ink.view(np.uint8)
    edge = max(1, round(_EDGE_MM * mm))
    solid_side = max(3, round(1.2 * mm))
    solid = cv2.morphologyEx(
        cv2.copyMakeBorder(picture, solid_side, solid_side, solid_side, solid_side, cv2.BORDER_REPLICATE),
        cv2.MORPH_OPEN,
        np.ones((solid_side, solid_side), np.uint8),
    )[solid_side:-solid_side, solid_side:-solid_side]
    for picture_of, thin in ((solid, False), (_edge_strips(picture, round(2.5 * mm)), True)):
        sides = edge if thin else max(edge, round(_HOLE_MARGIN * width))
        if not _has_ink_at_edge(picture_of, edge, sides):
            continue
        labels, boxes = components(np.asarray(picture_of, np.uint8))
        for label, (x, y, w, h, area) in enumerate(boxes.tolist()):
            if label == 0:
                continue
            touches_side = x <= edge or x + w >= width - edge
            touches_end = y <= edge or y + h >= height - edge
            along = (touches_side and h > _LINE_SHARE * height) or (touches_end and w > _LINE_SHARE * width)
            is_border = (touches_side or touches_end) and (along if thin else area > (4 * mm) ** 2 or along)
            if is_border or (not thin and _is_hole((x, y, w, h), area, width=width, mm=mm)):
                found[y : y + h, x : x + w] |= (labels[y : y + h, x : x + w] == label).view(np.uint8)
    return cv2.dilate(found, np.ones((3, 3), np.uint8)) > 0 if found.any() else found > 0


def _has_ink_at_edge(picture: cv2.typing.MatLike, ends: int, sides: int) -> bool:
    """Return whether there is ink in the first or last ``ends`` rows or ``sides`` columns, and in those next to them."""
    return bool(
        picture[: ends + 1].any()
        or picture[-ends - 1 :].any()
        or picture[:, : sides + 1].any()
        or picture[:, -sides - 1 :].any()
    )


def _edge_strips(picture: cv2.typing.MatLike, depth: int) -> cv2.typing.MatLike:
    """Return only what lies within ``depth`` pixels of an edge."""
    strips = picture.copy()
    strips[depth:-depth, depth:-depth] = 0
    return strips


def _is_hole(box: tuple[int, int, int, int], area: int, *, width: int, mm: float) -> bool:
    """Return whether a solid blob has the size, shape and place of a punch hole."""
    x, _, w, h = box
    low, high = _HOLE_MM[0] * mm, _HOLE_MM[1] * mm
    near_edge = x + w < _HOLE_MARGIN * width or x > (1 - _HOLE_MARGIN) * width
    return (
        near_edge
        and low <= w <= high
        and low <= h <= high
        and 0.65 <= area / (w * h) <= 0.9
        and 0.75 < w / h < 1.33
    )

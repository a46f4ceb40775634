"""The sheet in a photograph: found by its edges against the table, and seen again from straight above."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning.ink import Grey
from pipeline.cleaning.shrink import shrunk

_SMALL_SIDE = 640
"""The long side of the picture in which the sheet is sought; an edge is found to a pixel of it, 0.5 mm."""
_LEAST_SHARE, _MOST_SHARE = 0.25, 0.98
"""A sheet fills this share of a photograph; what fills more has no table around it."""
_THRESHOLDS = (1.0, 0.85, 0.7, 0.55)
"""Parts of Otsu's threshold that are tried: a shadow over the sheet is darker than the table in the light."""
_FILLED = 0.97
"""The sheet and the quadrilateral laid around it are the same for this share of both."""
_AWAY = 4.0
_LEAST_EDGE = 0.08
"""Over an edge of the sheet, within so many pixels on both sides, brightness falls by at least this share."""
_CONVERGING_DEG = 0.3
"""Opposite edges that diverge less were not seen aslant, and a flat-bed scanner saw them."""
_MOST_ASLANT_DEG = 30.0
_A4 = 297 / 210
_A4_TOLERANCE = 0.08
_SHORT_SIDE_INCH = 210 / 25.4


@dataclass(frozen=True, eq=False)
class Sheet:
    """A sheet seen aslant: ``matrix`` (3, 3) maps pixels of the scan to pixels of the sheet, ``size`` (width, height).

    ``dpi`` is that of the sheet; ``skew_deg`` the angle by which its upper edge falls to the right on the scan.
    """

    matrix: npt.NDArray[np.float64]
    size: tuple[int, int]
    dpi: int
    skew_deg: float

    def apply(self, picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Return the sheet alone, seen from above; ``picture`` is grey or colour, as scanned."""
        return cv2.warpPerspective(
            picture, self.matrix, self.size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        ).astype(np.uint8, copy=False)

    def to_scan(self, scan_width: int, scan_height: int) -> npt.NDArray[np.float64]:
        """Return the map from fractions of the sheet to fractions of the scan, shape (3, 3)."""
        from_fractions = np.diag([float(self.size[0]), float(self.size[1]), 1.0])
        to_fractions = np.diag([1.0 / scan_width, 1.0 / scan_height, 1.0])
        return np.asarray(to_fractions @ np.linalg.inv(self.matrix) @ from_fractions)


def find_sheet(picture: npt.NDArray[np.uint8], dpi: int) -> Sheet | None:
    """Return the sheet in ``picture`` (grey or colour, as scanned), None unless it lies aslant on a darker ground."""
    scale = _SMALL_SIDE / max(picture.shape[:2])
    if scale >= 1.0:
        return None
    small = shrunk(picture, scale)
    # Paper is bright in all colours, wood and cloth are dark in one.
    corners = _corners(small if small.ndim == 2 else np.minimum.reduce(cv2.split(small)))
    if corners is None:
        return None
    top_left, top_right, bottom_right, bottom_left = corners
    across = _angle(top_right - top_left), _angle(bottom_right - bottom_left)
    down = _angle(bottom_left - top_left) - 90, _angle(bottom_right - top_right) - 90
    if max(abs(across[0] - across[1]), abs(down[0] - down[1])) < _CONVERGING_DEG:
        return None
    if max(map(abs, (*across, *down))) > _MOST_ASLANT_DEG:
        return None
    whole = (corners + 0.5) / scale - 0.5
    width = round(max(np.linalg.norm(whole[1] - whole[0]), np.linalg.norm(whole[2] - whole[3])))
    height = round(max(np.linalg.norm(whole[3] - whole[0]), np.linalg.norm(whole[2] - whole[1])))
    ratio = max(width, height) / min(width, height)
    if abs(ratio / _A4 - 1) < _A4_TOLERANCE:
        dpi = round(min(width, height) / _SHORT_SIDE_INCH)
    target = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(whole.astype(np.float32), target).astype(np.float64)
    return Sheet(matrix, (width, height), dpi, sum(across) / 2)


def _corners(small: Grey) -> npt.NDArray[np.float64] | None:
    """Return the corners of the sheet, shape (4, 2), clockwise from the top left, None when nothing looks like one."""
    smooth = np.asarray(cv2.GaussianBlur(small, (0, 0), 1.5), np.uint8)
    between, _ = cv2.threshold(smooth, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    found = []
    for part in _THRESHOLDS:
        share, quad = _sheet_above(smooth, part * between)
        if share >= _MOST_SHARE:  # with less of a threshold it is larger still
            break
        found.append(quad)
    # The border of a shadow is soft, that of the sheet sharp on all four sides.
    best = max((quad for quad in found if quad is not None), key=lambda q: _edge(smooth, q), default=None)
    return best if best is not None and _edge(smooth, best) > _LEAST_EDGE else None


def _sheet_above(smooth: Grey, threshold: float) -> tuple[float, npt.NDArray[np.float64] | None]:
    """Return the share of the picture that is brighter than ``threshold``, in one piece, and its corners.

    There are none when it is no quadrilateral.
    """
    # Print and folds are holes of the sheet, grain of the table is specks beside it.
    bright = cv2.morphologyEx(
        (smooth > threshold).astype(np.uint8), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)
    )
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return 0.0, None
    outline = max(outlines, key=cv2.contourArea)
    area = cv2.contourArea(outline)
    share = area / smooth.size
    if not _LEAST_SHARE < share < _MOST_SHARE:
        return share, None
    quad = _quadrilateral(cv2.convexHull(outline))
    if quad is None:
        return share, None
    corners = _ordered(_refined(outline[:, 0, :].astype(np.float64), quad))
    return share, corners if area > _FILLED * _area(corners) else None


def _edge(smooth: Grey, quad: npt.NDArray[np.float64]) -> float:
    """Return the step in brightness, as a share, from inside to outside over the edge where it is least."""
    steps = []
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        inward = np.array([-along[1], along[0]])
        places = start + np.linspace(0.08, 0.92, 60)[:, None] * (end - start)
        inside, outside = (_values(smooth, places + away * inward) for away in (_AWAY, -_AWAY))
        steps.append(float(np.median((inside - outside) / np.maximum(inside, 1.0))))
    return min(steps)


def _values(smooth: Grey, places: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    x = np.clip(places[:, 0].round().astype(int), 0, smooth.shape[1] - 1)
    y = np.clip(places[:, 1].round().astype(int), 0, smooth.shape[0] - 1)
    return np.asarray(smooth[y, x], np.float64)


def _area(quad: npt.NDArray[np.float64]) -> float:
    return float(cv2.contourArea(quad.astype(np.float32)))


def _quadrilateral(hull: npt.NDArray[np.generic]) -> npt.NDArray[np.float64] | None:
    length = cv2.arcLength(np.asarray(hull, np.float32), True)
    for share in (0.01, 0.02, 0.03, 0.05):
        found = cv2.approxPolyDP(np.asarray(hull, np.float32), share * length, True)
        if len(found) == 4:
            return np.asarray(found[:, 0, :], np.float64)
        if len(found) < 4:
            return None
    return None


def _refined(outline: npt.NDArray[np.float64], quad: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the corners in which lines laid through the sheet's edges meet; corners may be worn or folded."""
    lines = []
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        offset = outline - start
        place = offset @ along / np.linalg.norm(end - start)
        distance = offset @ np.array([-along[1], along[0]])
        near = outline[
            (place > 0.08) & (place < 0.92) & (np.abs(distance) < 0.02 * np.linalg.norm(end - start))
        ]
        if len(near) < 20:
            return quad
        vx, vy, x, y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append(np.array([vy, -vx, vx * y - vy * x]))
    corners = []
    for before, after in zip(np.roll(np.array(lines), 1, axis=0), lines, strict=True):
        meeting = np.cross(before, after)
        if abs(meeting[2]) < 1e-9:
            return quad
        corners.append(meeting[:2] / meeting[2])
    return np.array(corners)


def _ordered(quad: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the corners clockwise from the top left."""
    middle = quad.mean(axis=0)
    around = quad[np.argsort(np.arctan2(*(quad - middle).T[::-1]))]
    return np.asarray(np.roll(around, -int(np.argmin(around.sum(axis=1))), axis=0))


def _angle(vector: npt.NDArray[np.float64]) -> float:
    return float(np.degrees(np.arctan2(vector[1], vector[0])))

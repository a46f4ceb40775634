"""How the page lies on the glass, as one homography from fractions of the page to fractions of the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from .draws import Draws
from .preset import Preset

SHEET_MM = 297.0
"""The longer side of A4; pictures of pages say nothing of their size, and all are A4."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Lie:
    """The page in the picture before it is turned by quarters: size in px, and ``move`` in fractions."""

    width: int
    height: int
    dpi: int
    page_mm: tuple[float, float]
    move: Matrix

    @property
    def per_mm(self) -> float:
        """Pixels of the picture a millimetre."""
        return self.dpi / 25.4

    def pixels(self, points_mm: Any) -> Matrix:
        """Return where points (n, 2), in mm on the page, lie in the picture: px from its top left corner."""
        fractions = np.asarray(points_mm, np.float64).reshape(-1, 1, 2) / self.page_mm
        moved = np.asarray(cv2.perspectiveTransform(fractions, self.move), np.float64)
        return moved.reshape(-1, 2) * np.array((self.width, self.height), np.float64)

    @property
    def corners(self) -> Matrix:
        """The page's corners in px, clockwise from the top left."""
        width, height = self.page_mm
        return self.pixels([(0, 0), (width, 0), (width, height), (0, height)])

    def warp(
        self, picture: NDArray[Any], scale: float = 1.0, fill: float = 255, flags: int = cv2.INTER_LINEAR
    ) -> NDArray[Any]:
        """Return ``picture`` of the page as it lies in the scan drawn at ``scale``; beyond the page is ``fill``."""
        size = (max(1, round(self.width * scale)), max(1, round(self.height * scale)))
        matrix = (
            np.diag((*size, 1.0)) @ self.move @ np.diag((1 / picture.shape[1], 1 / picture.shape[0], 1.0))
        )
        # OpenCV counts from the middle of the first pixel, fractions from its corner.
        matrix = _shift(-0.5, -0.5) @ matrix @ _shift(0.5, 0.5)
        border = (fill,) * 3
        if np.allclose(matrix[2], (0, 0, matrix[2, 2])):
            affine = matrix[:2] / matrix[2, 2]
            return cv2.warpAffine(picture, affine, size, flags=flags, borderValue=border)
        return cv2.warpPerspective(picture, matrix, size, flags=flags, borderValue=border)


def lay(shape: tuple[int, ...], preset: Preset, draws: Draws) -> Lie:
    """Return how a page picture of ``shape`` lies in the scan."""
    per_mm = max(shape[:2]) / SHEET_MM
    width, height = shape[1] / per_mm, shape[0] / per_mm
    middle = np.array((width / 2, height / 2))
    angle = np.deg2rad(_skew(preset, draws))
    across, along = draws.real("stretch_x", preset.stretch), draws.real("stretch_y", preset.stretch)
    turn = np.array(((np.cos(angle), -np.sin(angle)), (np.sin(angle), np.cos(angle))))
    flat = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float64)
    lying = (flat - middle) * (across, along) @ turn.T + middle
    if preset.tilt[1] > 0:
        lying += _tilt(preset, draws) * (width, height)
        least, most = lying.min(0), lying.max(0)
    else:
        least, most = np.zeros(2), np.array((width, height))
    left, top, right, bottom = (draws.real(f"margin_{side}", preset.margin) for side in ("l", "t", "r", "b"))
    least, most = least - np.array((left, top)), most + np.array((right, bottom))
    dpi = draws.choice("dpi", preset.dpi)
    size = np.round((most - least) * dpi / 25.4).astype(int)
    whole = np.array(((0, 0), (1, 0), (1, 1), (0, 1)), np.float64)
    return Lie(
        int(size[0]), int(size[1]), dpi, (width, height), homography(whole, (lying - least) / (most - least))
    )


def homography(before: Matrix, after: Matrix) -> Matrix:
    """Return the 3x3 matrix, its last entry 1, that takes four points (4, 2) to four others (exact to rounding)."""
    rows, values = [], []
    for (x, y), (u, v) in zip(before, after, strict=True):
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        values += [u, v]
    # Rounded, so that the last bits of a linear solver do not reach the truth files.
    return np.append(np.linalg.solve(np.array(rows), np.array(values)).round(12), 1.0).reshape(3, 3)


def quarter_turn(degrees: int) -> Matrix:
    """Return the move of fractions when the picture is turned clockwise by 0, 90, 180 or 270 ``degrees``."""
    turn = np.array(((0.0, -1.0, 1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)))
    return np.linalg.matrix_power(turn, degrees // 90)


def skew_of(lie: Lie) -> float:
    """Return by how many degrees clockwise a line of print in the middle of the page slopes."""
    width, height = lie.page_mm
    (x0, y0), (x1, y1) = lie.pixels([(width * 0.45, height / 2), (width * 0.55, height / 2)])
    return round(float(np.rad2deg(np.arctan2(y1 - y0, x1 - x0))), 3)


def _skew(preset: Preset, draws: Draws) -> float:
    """Most pages are fed nearly straight; one in eight is not."""
    spread, tail = preset.skew
    rng = draws.rng
    angle = rng.uniform(-tail, tail) if rng.random() < 0.12 else np.clip(rng.normal(0, spread), -tail, tail)
    draws.taken["laid_skew"] = round(float(angle), 4)
    return float(draws.taken["laid_skew"])


def _tilt(preset: Preset, draws: Draws) -> Matrix:
    """Return how far each corner moves: the camera leans over one side, which grows, and no corner fits exactly."""
    strength = draws.real("tilt", preset.tilt)
    lean = draws.rng.uniform(-1, 1, 2)
    corners = np.array(((-1, -1), (1, -1), (1, 1), (-1, 1)), np.float64)
    grown = corners * (corners[:, ::-1] * lean[::-1]) * strength
    return grown + draws.rng.uniform(-0.25, 0.25, (4, 2)) * strength


def _shift(x: float, y: float) -> Matrix:
    return np.array(((1.0, 0.0, x), (0.0, 1.0, y), (0.0, 0.0, 1.0)))

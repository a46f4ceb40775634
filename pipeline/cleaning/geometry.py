"""The way from the page as scanned to the clean page and back."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning.ink import Grey
from pipeline.document import Projection


@dataclass(frozen=True, eq=False)
class Straightening:
    """Turns a page upright (quarter turns), straight (skew) and to the reader's scale, in one interpolation.

    ``matrix`` maps pixels of the turned scan to pixels of the clean page, shape (2, 3); ``size`` is the clean page's
    (width, height), large enough that no corner is cut off.
    """

    rotation_deg: int
    matrix: npt.NDArray[np.float64]
    size: tuple[int, int]
    identity: bool

    def apply(self, picture: Grey, paper: int, interpolation: int = cv2.INTER_CUBIC) -> Grey:
        """Return ``picture`` (as scanned) on the clean page, with ``paper`` where the scan has nothing."""
        turned = turn(picture, self.rotation_deg)
        if self.identity:
            return turned
        return cv2.warpAffine(
            turned,
            self.matrix,
            self.size,
            flags=interpolation,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=[paper],
        ).astype(np.uint8, copy=False)

    def to_scan(self, scan_width: int, scan_height: int) -> npt.NDArray[np.float64]:
        """Return the map from fractions of the clean page to fractions of the page before it, shape (3, 3)."""
        turned_width, turned_height = (
            (scan_height, scan_width) if self.rotation_deg in (90, 270) else (scan_width, scan_height)
        )
        forward = np.vstack([self.matrix, [0.0, 0.0, 1.0]])
        from_fractions = np.diag([float(self.size[0]), float(self.size[1]), 1.0])
        to_fractions = np.diag([1.0 / turned_width, 1.0 / turned_height, 1.0])
        return np.asarray(_UNTURN[self.rotation_deg] @ to_fractions @ np.linalg.inv(forward) @ from_fractions)


def projection(matrix: npt.NDArray[np.float64]) -> Projection:
    """Return ``matrix``, shape (3, 3), as the numbers that a page keeps."""
    a, b, c, d, e, f, g, h, i = (round(float(v), 9) for v in (matrix / matrix[2, 2]).ravel())
    return (a, b, c, d, e, f, g, h, i)


_UNTURN = {
    0: np.eye(3),
    90: np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 1.0], [0.0, 0.0, 1.0]]),
    180: np.array([[-1.0, 0.0, 1.0], [0.0, -1.0, 1.0], [0.0, 0.0, 1.0]]),
    270: np.array([[0.0, -1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
}
"""From fractions of the turned page to fractions of the page as scanned, by clockwise rotation."""


def turn(picture: Grey, rotation_deg: int) -> Grey:
    """Return ``picture`` turned clockwise by quarter turns."""
    return np.ascontiguousarray(np.rot90(picture, -rotation_deg // 90)) if rotation_deg else picture


def straighten(
    scan_width: int, scan_height: int, rotation_deg: int, skew_deg: float, scale: float
) -> Straightening:
    """Return the way to a clean page: turned by ``rotation_deg``, levelled by ``skew_deg``, enlarged by ``scale``."""
    width, height = (scan_height, scan_width) if rotation_deg in (90, 270) else (scan_width, scan_height)
    angle = np.deg2rad(abs(skew_deg))
    new_width = max(1, round(scale * (width * np.cos(angle) + height * np.sin(angle))))
    new_height = max(1, round(scale * (height * np.cos(angle) + width * np.sin(angle))))
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), skew_deg, scale).astype(np.float64)
    matrix[0, 2] += new_width / 2 - width / 2
    matrix[1, 2] += new_height / 2 - height / 2
    identity = skew_deg == 0.0 and (new_width, new_height) == (width, height)
    return Straightening(rotation_deg, matrix, (new_width, new_height), identity)

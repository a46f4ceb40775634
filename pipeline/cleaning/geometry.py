"""The way from the page as scanned to the clean page and back."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning.ink import Grey, Place
from pipeline.document import BEND_TERMS, Bend, Projection

_BAND = 128
"""Rows of a bent page that are drawn at once: where each pixel comes from takes eight times its own memory."""


@dataclass(frozen=True, eq=False)
class Straightening:
    """Turns a page upright (quarter turns), straight (skew) and to the reader's scale, in one interpolation.

    ``matrix`` maps pixels of the turned scan to pixels of the clean page, shape (2, 3); ``size`` is the clean page's
    (width, height), large enough that no corner is cut off. ``level``: there is no skew. ``bend``: by how much the
    lines still bend on the clean page, which :meth:`apply` straightens too.
    """

    rotation_deg: int
    matrix: npt.NDArray[np.float64]
    size: tuple[int, int]
    identity: bool
    level: bool
    turned_size: tuple[int, int]
    bend: Bend = ()

    def apply(self, picture: Grey, paper: int, sharp: bool = False) -> Grey:
        """Return ``picture`` (as scanned) on the clean page, with ``paper`` where the scan has nothing.

        ``sharp``: an enlarged page is enlarged by cubic interpolation, which shows print as crisp as can be, before the
        linear one that turns it; the two together cost half of one cubic.
        """
        turned = turn(picture, self.rotation_deg)
        if self.identity and not self.bend:
            return turned
        matrix = self.matrix
        scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
        if sharp and scale > 1.0:
            height, width = turned.shape
            size = (round(scale * width), round(scale * height))
            turned = cv2.resize(turned, size, interpolation=cv2.INTER_CUBIC).astype(np.uint8, copy=False)
            if self.level and not self.bend:
                return turned
            matrix = matrix @ _enlargement(size[0] / width, size[1] / height)
        if self.bend:
            return _unbent(turned, matrix, self.size, paper, self.bend)
        return _warped(turned, matrix, self.size, paper)

    def apply_at(self, picture: Grey, paper: int, places: Sequence[Place]) -> Grey:
        """Return ``picture`` as :meth:`apply` does, when it is nothing but ``paper`` outside ``places``."""
        if self.identity or self.bend:
            return self.apply(picture, paper)
        whole = np.full(self.size[::-1], paper, np.uint8)
        for rows, columns in places:
            piece = turn(np.ascontiguousarray(picture[rows, columns]), self.rotation_deg)
            left, top = {
                0: (columns.start, rows.start),
                90: (picture.shape[0] - rows.stop, columns.start),
                180: (picture.shape[1] - columns.stop, picture.shape[0] - rows.stop),
                270: (rows.start, picture.shape[1] - columns.stop),
            }[self.rotation_deg]
            matrix = self.matrix @ np.array([[1.0, 0.0, left], [0.0, 1.0, top], [0.0, 0.0, 1.0]])
            corners = (
                np.array([[x, y, 1.0] for x in (0, piece.shape[1]) for y in (0, piece.shape[0])]) @ matrix.T
            )
            x0, y0 = np.maximum(np.floor(corners.min(axis=0)), 0).astype(int)
            x1, y1 = np.minimum(np.ceil(corners.max(axis=0)) + 1, self.size).astype(int)
            matrix[:, 2] -= x0, y0
            shown = _warped(piece, matrix, (int(x1 - x0), int(y1 - y0)), paper)
            whole[y0:y1, x0:x1] = np.minimum(whole[y0:y1, x0:x1], shown)
        return whole

    def to_fractions(self, small: tuple[int, int]) -> npt.NDArray[np.float64]:
        """Return the map, shape (2, 3), from pixels of a picture of the turned scan to fractions of the clean page.

        ``small`` is the picture's (width, height); the bend of lines is still in the fractions.
        """
        across, down = (of / to for of, to in zip(self.turned_size, small, strict=True))
        scaled = self.matrix @ np.diag([across, down, 1.0])
        return np.asarray(scaled / np.array([[self.size[0]], [self.size[1]]]))

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
    return Straightening(
        rotation_deg, matrix, (new_width, new_height), identity, skew_deg == 0.0, (width, height)
    )


def _warped(picture: Grey, matrix: npt.NDArray[np.float64], size: tuple[int, int], paper: int) -> Grey:
    return cv2.warpAffine(
        picture,
        matrix,
        size,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=[paper],
    ).astype(np.uint8, copy=False)


def _unbent(
    picture: Grey, matrix: npt.NDArray[np.float64], size: tuple[int, int], paper: int, bend: Bend
) -> Grey:
    """Return ``picture`` under ``matrix`` with lines that bend as ``bend`` says drawn straight, band by band."""
    width, height = size
    back = np.linalg.inv(np.vstack([matrix, [0.0, 0.0, 1.0]]))
    u = (np.arange(width, dtype=np.float64) + 0.5) / width - 0.5
    # One curve for each power of y: the rows of a band differ only in how much of each they take.
    curves = np.zeros((3, width))
    for factor, (i, j) in zip(bend, BEND_TERMS, strict=True):
        curves[j] += height * factor * u**i
    across, page = np.arange(width, dtype=np.float32)[None, :], np.empty((height, width), np.uint8)
    for top in range(0, height, _BAND):
        rows = np.arange(top, min(top + _BAND, height), dtype=np.float32)[:, None]
        v = (rows + 0.5) / height - 0.5
        down = (
            rows
            + curves[0].astype(np.float32)
            + v * (curves[1].astype(np.float32) + v * curves[2].astype(np.float32))
        )
        x = (back[0, 0] * across + back[0, 1] * down + back[0, 2]).astype(np.float32)
        y = (back[1, 0] * across + back[1, 1] * down + back[1, 2]).astype(np.float32)
        page[top : top + _BAND] = cv2.remap(
            picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=[paper]
        )
    return page


def _enlargement(across: float, down: float) -> npt.NDArray[np.float64]:
    """Return the map, shape (3, 3), from pixels of an enlarged picture back to those of the picture itself."""
    # Pixels are squares: the middle of the first one lies half a pixel from the edge at either size.
    return np.array(
        [[1 / across, 0.0, 0.5 / across - 0.5], [0.0, 1 / down, 0.5 / down - 0.5], [0.0, 0.0, 1.0]]
    )

"""Bent lines: paper that curled under a camera or on a spine, or was drawn askew through a feeder.

The feet of the letters of each printed row are followed over the page, and one smooth surface tells by how much they lie
below or above the straight line. Only heights are corrected: what the bend does to widths is little, and readers bear it.
"""

import numpy as np
import numpy.typing as npt

from pipeline.cleaning.deskew import lower_edges, sharpness_of_rows
from pipeline.cleaning.ink import Mask
from pipeline.cleaning.letters import Letters
from pipeline.document import BEND_TERMS, Bend

Points = npt.NDArray[np.float64]

_NEXT = 2.6
"""The next letter of a row begins within so many letter heights; words stand less far apart."""
_FOOT = (0.2, 0.5)
"""Shares of a letter's height above its foot at which the next letter is looked for: where all letters have ink."""
_FEWEST_LETTERS, _LEAST_WIDTH = 8, 0.12
"""Shorter rows, in letters and in page widths, tell little of a bend."""
_FEWEST_ROWS = 5
_GLANCE, _ROUNDS = 2, 6
"""Rounds of fitting: to see that a page is straight, and to draw a bent one straight."""
_STIFF = 1e-3
"""Weight of the surface's flatness against the letters' wish to lie on it, for the higher terms."""
_LEAST_BEND = 0.001
"""A bend that moves the tenth of the letters that it moves most by less than this share of the page (a third of a
millimetre) is left. Scans of flat sheets measured up to 0.0005, photographs of curled or slanted ones from 0.002."""
_MOST_BEND = 0.12
_SHARPER = 1.08
"""By this factor the rows must become sharper for a bend to be believed."""


def find_bend(letters: Letters | None, ink: Mask, to_page: npt.NDArray[np.float64]) -> Bend:
    """Return by how much the lines of an upright page are bent, empty when they are straight or too few to tell.

    ``letters`` are those of ``ink``, both of the turned page as scanned; ``to_page`` (2, 3) maps its pixels to fractions of
    the straightened page.
    """
    rows = None if letters is None else _rows(letters)
    if rows is None:
        return ()
    feet, row_of = rows
    page = feet @ to_page[:, :2].T + to_page[:, 2]
    kept = _long_rows(page[:, 0], row_of)
    page, row_of = page[kept], row_of[kept]
    if len(np.unique(row_of)) < _FEWEST_ROWS:
        return ()
    pixel = float(np.hypot(*to_page[1, :2]))
    if _moved(_fitted(page, row_of, pixel, _GLANCE), page) < _LEAST_BEND / 2:
        return ()
    found = _fitted(page, row_of, pixel, _ROUNDS)
    if not _LEAST_BEND <= _moved(found, page) <= _MOST_BEND:
        return ()
    edges = lower_edges(ink) @ to_page[:, :2].T + to_page[:, 2]
    before = sharpness_of_rows(edges[:, 1] / pixel)
    after = sharpness_of_rows((edges[:, 1] - bend_at(found, edges[:, 0], edges[:, 1])) / pixel)
    return found if after > _SHARPER * before else ()


def _moved(bend: Bend, page: Points) -> float:
    """Return by how much the letters move that move most, all but the utmost tenth."""
    return float(np.quantile(np.abs(bend_at(bend, page[:, 0], page[:, 1])), 0.9))


def bend_at(bend: Bend, x: Points, y: Points) -> Points:
    """Return by how much the points lie lower than on a page with straight lines, all in fractions of the page."""
    return np.asarray(_terms(x, y) @ np.asarray(bend))


def _terms(x: Points, y: Points) -> Points:
    u, v = x - 0.5, y - 0.5
    return np.stack([u**i * v**j for i, j in BEND_TERMS], axis=-1)


def _rows(letters: Letters) -> tuple[Points, npt.NDArray[np.int64]] | None:
    """Return the feet (x, y) of the letters that stand in rows, and the row of each."""
    height, width = letters.labels.shape
    index = np.flatnonzero(letters.are)
    x, y, w, h = (letters.boxes[index, column].astype(np.int64) for column in range(4))
    reach = np.arange(1, max(2, round(_NEXT * letters.height)))
    columns = np.minimum((x + w - 1)[:, None] + reach, width - 1)
    number = np.full(len(letters.are), -1, np.int64)
    number[index] = np.arange(len(index))
    following = np.arange(len(index))
    best = np.full(len(index), len(reach))
    for share in _FOOT:
        level = np.clip(y + h - 1 - round(share * letters.height), 0, height - 1)
        seen = number[letters.labels[level[:, None], columns]]
        seen[seen == np.arange(len(index))[:, None]] = -1
        first = np.argmax(seen >= 0, axis=1)
        beside = seen[np.arange(len(index)), first]
        low = np.abs((y + h)[beside] - (y + h)) < 0.5 * letters.height
        better = (beside >= 0) & low & (first < best) & (x[beside] > x)
        following[better], best[better] = beside[better], first[better]
    row_of = following
    for _ in range(
        12
    ):  # each letter points to the next, then to the second, the fourth, …: to the row's last
        row_of = row_of[row_of]
    return np.column_stack([x + w / 2, y + h]).astype(np.float64), row_of


def _long_rows(x: Points, row_of: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    count = np.bincount(row_of)
    left, right = np.full(len(count), np.inf), np.full(len(count), -np.inf)
    np.minimum.at(left, row_of, x)
    np.maximum.at(right, row_of, x)
    return np.asarray(((count >= _FEWEST_LETTERS) & (right - left >= _LEAST_WIDTH))[row_of])


def _fitted(page: Points, row_of: npt.NDArray[np.int64], pixel: float, rounds: int) -> Bend:
    """Return the surface on which the feet of every row lie level, by least squares that forgive tails of letters."""
    terms = _terms(page[:, 0], page[:, 1])
    _, row = np.unique(row_of, return_inverse=True)
    weight = np.ones(len(row))
    bend: npt.NDArray[np.floating] = np.zeros(terms.shape[1])
    degree = np.array([i + j for i, j in BEND_TERMS], np.float64)
    for _ in range(rounds):
        total = np.bincount(row, weight)
        middle = np.stack([np.bincount(row, weight * t) / total for t in terms.T], axis=-1)
        level = np.bincount(row, weight * page[:, 1]) / total
        own, offset = terms - middle[row], page[:, 1] - level[row]
        weighed = own * weight[:, None]
        stiff = np.diag(_STIFF * weight.sum() * 0.01 ** np.maximum(0.0, 3.0 - degree) * 1e-3)
        bend = np.linalg.solve(own.T @ weighed + stiff, weighed.T @ offset)
        left = offset - own @ bend
        spread = max(0.7 * pixel, 1.4826 * float(np.median(np.abs(left))))
        weight = 1.0 / (1.0 + (left / spread) ** 2)
    return tuple(round(float(c), 9) for c in bend)

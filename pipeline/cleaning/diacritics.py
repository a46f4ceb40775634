"""Which way up Vietnamese print stands, by its marks: most stand above their letter, only the dot of nặng below."""

import cv2
import numpy as np
import numpy.typing as npt
from cv2.typing import MatLike

from pipeline.cleaning.ink import Mask

_LETTER_MM = (1.2, 4.5)
"""Heights among which the height of a letter is sought: 8 to 20 point."""
_FEWEST = 10


def marks_above(ink: Mask, dpi: float) -> float:
    """Return by how many standard deviations more small marks stand above letters than below, negative for fewer.

    ``ink`` is the page in rows, True where there is ink, 100 to 150 dpi. An upright page of print gives 4 to 16, the
    same page on its head the same below nought; specks are everywhere alike and only draw the figure to nought.
    """
    mm = dpi / 25.4
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    lettered = (_LETTER_MM[0] * mm < height) & (height < _LETTER_MM[1] * mm) & (width < 6 * mm)
    lettered[0] = False
    if lettered.sum() < _FEWEST:
        return 0.0
    letter = float(np.median(height[lettered]))
    is_letter = (height > 0.75 * letter) & (height < 2.2 * letter) & (width < 4 * letter)
    is_mark = (height < 0.6 * letter) & (height >= 0.1 * letter) & (width < 0.9 * letter) & (area >= 2)
    is_letter[0] = is_mark[0] = False
    letters = is_letter[labels].astype(np.uint8)
    marks = np.where(is_mark[labels], labels, 0)
    reach = max(1, round(0.45 * letter))
    column = np.ones((reach + 1, 1), np.uint8)
    over = _touched(marks, cv2.dilate(letters, column, anchor=(0, 0)), len(stats))
    under = _touched(marks, cv2.dilate(letters, column, anchor=(0, reach)), len(stats))
    above, below = int((over & ~under).sum()), int((under & ~over).sum())
    return float((above - below) / max(1, above + below) ** 0.5)


def _touched(marks: npt.NDArray[np.int32], area: MatLike, count: int) -> npt.NDArray[np.bool_]:
    """Return, by label, whether the mark has a pixel in ``area``; 0 is no mark."""
    touched = np.zeros(count, dtype=bool)
    touched[marks[area > 0]] = True
    touched[0] = False
    return touched

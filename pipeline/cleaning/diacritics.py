"""Which way up Vietnamese print stands, by its marks: most stand above their letter, only the dot of nặng below."""

import cv2
import numpy as np
import numpy.typing as npt

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
    _, found, sizes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    labels, stats = np.asarray(found, np.int32), np.asarray(sizes, np.int32)
    width, height, area = stats[:, 2], stats[:, 3], stats[:, 4]
    lettered = (_LETTER_MM[0] * mm < height) & (height < _LETTER_MM[1] * mm) & (width < 6 * mm)
    lettered[0] = False
    if lettered.sum() < _FEWEST:
        return 0.0
    letter = float(np.median(height[lettered]))
    is_letter = (height > 0.75 * letter) & (height < 2.2 * letter) & (width < 4 * letter)
    is_mark = (height < 0.6 * letter) & (height >= 0.1 * letter) & (width < 0.9 * letter) & (area >= 2)
    is_letter[0] = is_mark[0] = False
    reach = max(1, round(0.45 * letter))
    marks = stats[is_mark, :4]
    over = _letter_beyond(labels, marks, is_letter, reach, below=True)
    under = _letter_beyond(labels, marks, is_letter, reach, below=False)
    above, below = int((over & ~under).sum()), int((under & ~over).sum())
    return float((above - below) / max(1, above + below) ** 0.5)


def _letter_beyond(
    labels: npt.NDArray[np.int32],
    marks: npt.NDArray[np.int32],
    is_letter: npt.NDArray[np.bool_],
    reach: int,
    *,
    below: bool,
) -> npt.NDArray[np.bool_]:
    """Return, for each of ``marks`` (x, y, w, h), whether a letter lies within ``reach`` pixels below it, or above it."""
    x, y, w, h = (marks[:, column, None, None] for column in range(4))
    columns = x + (w - 1) * np.arange(3)[None, :, None] // 2
    away = np.arange(1, reach + 1)[None, None, :]
    rows = np.clip(y + h - 1 + away if below else y - away, 0, labels.shape[0] - 1)
    return np.asarray(is_letter[labels[rows, columns]].any(axis=(1, 2)))

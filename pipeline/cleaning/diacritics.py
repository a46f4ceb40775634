"""Which way up Vietnamese print stands, by its marks: most stand above their letter, only the dot of nặng below."""

import numpy as np
import numpy.typing as npt

from pipeline.cleaning.letters import Letters


def marks_above(letters: Letters | None) -> float:
    """Return by how many standard deviations more small marks stand above letters than below, negative for fewer.

    An upright page of print gives 4 to 16, the same page on its head the same below nought; specks are everywhere alike
    and only draw the figure to nought. A page without letters gives 0.
    """
    if letters is None:
        return 0.0
    width, height, area = letters.boxes[:, 2], letters.boxes[:, 3], letters.boxes[:, 4]
    size = letters.height
    is_mark = (height < 0.6 * size) & (height >= 0.1 * size) & (width < 0.9 * size) & (area >= 2)
    is_mark[0] = False
    marks = letters.boxes[is_mark]
    over, under = _letter_beyond(letters, marks, below=True), _letter_beyond(letters, marks, below=False)
    above, below = int((over & ~under).sum()), int((under & ~over).sum())
    return float((above - below) / max(1, above + below) ** 0.5)


def _letter_beyond(letters: Letters, marks: npt.NDArray[np.int32], *, below: bool) -> npt.NDArray[np.bool_]:
    """Return, for each of ``marks`` (rows of :attr:`Letters.boxes`), whether a letter is near below it, or above it."""
    reach = max(1, round(0.45 * letters.height))
    x, y, w, h = (marks[:, column, None, None] for column in range(4))
    columns = x + (w - 1) * np.arange(3)[None, :, None] // 2
    away = np.arange(1, reach + 1)[None, None, :]
    rows = np.clip(y + h - 1 + away if below else y - away, 0, letters.labels.shape[0] - 1)
    return np.asarray(letters.are[letters.labels[rows, columns]].any(axis=(1, 2)))

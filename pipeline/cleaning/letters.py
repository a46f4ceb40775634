"""The letters of a page: connected pieces of ink of the size that most have."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.cleaning.components import Labels, components
from pipeline.cleaning.ink import Mask

_LETTER_MM = (1.2, 4.5)
"""Heights among which the height of a letter is sought: 8 to 20 point."""
_WIDEST_MM = 6.0
_FEWEST = 10


@dataclass(frozen=True, eq=False)
class Letters:
    """The pieces of ink of a page: ``labels`` (H, W), and ``boxes`` (n, 5), the left, top, width, height and area of each.

    The first is the paper. ``height`` is the median height of what is as high as letters, in pixels; ``are`` (n,) says
    which pieces are letters.
    """

    labels: Labels
    boxes: npt.NDArray[np.int32]
    height: float
    are: npt.NDArray[np.bool_]


def find_letters(ink: Mask, dpi: float) -> Letters | None:
    """Return the letters of a page, ``ink`` True where there is ink, 100 to 150 dpi; None when there are hardly any."""
    mm = dpi / 25.4
    labels, boxes = components(ink)
    width, height = boxes[:, 2], boxes[:, 3]
    lettered = (_LETTER_MM[0] * mm < height) & (height < _LETTER_MM[1] * mm) & (width < _WIDEST_MM * mm)
    lettered[0] = False
    if lettered.sum() < _FEWEST:
        return None
    letter = float(np.median(height[lettered]))
    are = (height > 0.75 * letter) & (height < 2.2 * letter) & (width < 4 * letter)
    are[0] = False
    return Letters(labels, boxes, letter, are)

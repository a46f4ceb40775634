"""Whether a page is blank: nothing on it is as large as a letter and as dark as print."""

import cv2
import numpy as np

from pipeline.cleaning.components import components
from pipeline.cleaning.ink import Grey, Mask

_DARK_BELOW = 140
"""What bleeds through from the other side is paler than this on an evened page (paper 235)."""
_LETTER_MM = (1.0, 12.0)
_BANDS = 8
_NOISE_SHARE, _NO_ROWS = 0.04, 1.15
"""Print darkens a tenth of a page, and its rows are 4 to 8 times as sharp as chance has them; those of specks 1.05 times."""


def is_blank(grey: Grey, dpi: float) -> bool:
    """Return whether an evened page without borders (small image, ``dpi`` about 120) carries no print at all.

    Errs towards "not blank": reading a blank page costs a second, skipping a printed one loses it.
    """
    dark = (grey < _DARK_BELOW).astype(np.uint8)
    # A piece of the page tells as well, and one letter on it is enough.
    bands = np.array_split(dark, _BANDS)
    return not any(_has_print(band, dpi) for band in bands[1:-1]) and not _has_print(dark, dpi)


def is_noise(ink: Mask, sharpness: float) -> bool:
    """Return whether a page is noise: much of it is dark, evenly, so that its rows are no sharper than chance has them.

    ``sharpness`` is that of its rows, see :func:`pipeline.cleaning.deskew.find_skew`. A reader would look for minutes.
    """
    return float(ink.mean()) > _NOISE_SHARE and sharpness < _NO_ROWS


def _has_print(dark: cv2.typing.MatLike, dpi: float) -> bool:
    """Return whether ``dark`` (1 where dark) holds something of the height of a letter or more."""
    if not dark.any():
        return False
    letter_low, letter_high = (size * dpi / 25.4 for size in _LETTER_MM)
    _, stats = components(np.asarray(dark, np.uint8))
    height = stats[1:, cv2.CC_STAT_HEIGHT]
    width = stats[1:, cv2.CC_STAT_WIDTH]
    letters = (height >= letter_low) & (height <= letter_high) & (width <= 4 * letter_high)
    return bool(letters.any()) or bool((height > letter_high).any())

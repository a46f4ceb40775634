"""A text layer beside the picture of its page: whether the print lies where the words claim."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.document import Box, Line
from pipeline.intake.pictures import Pixels

_INK_SIDE_PX = 1100
"""The longer side of the picture on which ink is compared: print survives, and it takes milliseconds."""
_PAPER_SHARE = 0.8
_RULE_PX = 80
"""Ink that runs on for longer is a ruled line or a border, which no text layer holds."""
_TALLEST_LINE = 0.1
"""A word box higher than this share of the page is no body text, and must not claim the page's ink."""
_CONTRAST = 20
"""Grey levels between the lightest and the darkest spot of a word that can be seen."""
_CORE = (0.35, 0.7)
"""Where small letters stand in the height of a word's box; accents and neighbouring lines do not reach there."""
_NARROWEST_GAP_PX = 3


@dataclass(frozen=True, slots=True)
class Match:
    """How a layer and its page agree, each 0 to 1.

    ``covered`` is the share of the page's ink that lies in the lines, ``seen`` the words of which anything can be seen,
    ``gaps`` the spaces between words that are free of ink. A layer that is shifted, or another page's, has ink in half
    of its spaces.
    """

    covered: float
    seen: float
    gaps: float


def against_ink(lines: Sequence[Line], pixels: Pixels) -> tuple[Match, tuple[Line, ...]]:
    """Return how ``lines`` agree with the page ``pixels`` (uint8, grey or RGB), and the lines without unseen words."""
    grey = _small(pixels)
    ink = _ink(grey)
    total = int(ink.sum())
    words = sum(len(line.words) for line in lines)
    claimed = np.zeros_like(ink)
    shown: list[Line] = []
    gaps: list[bool] = []
    for line in lines:
        visible = tuple(word for word in line.words if _is_seen(grey, word.box))
        if visible:
            shown.append(Line(visible))
        if line.box.height <= _TALLEST_LINE:
            x0, y0, x1, y1 = _on_grid(line.box, ink.shape)
            claimed[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = 1
        gaps += _gaps_free(ink, [word.box for word in visible])
    seen = sum(len(line.words) for line in shown) / max(1, words)
    covered = int((ink & claimed).sum()) / total if total else 1.0
    return Match(covered, seen, sum(gaps) / len(gaps) if gaps else 1.0), tuple(shown)


def _is_seen(grey: NDArray[np.uint8], box: Box) -> bool:
    x0, y0, x1, y1 = _on_grid(box, grey.shape)
    inset = round((y1 - y0) * 0.15)
    core = grey[y0 + inset : max(y0 + inset + 1, y1 - inset), x0:x1]
    return bool(core.size) and int(core.max()) - int(core.min()) >= _CONTRAST


def _gaps_free(ink: NDArray[np.uint8], boxes: Sequence[Box]) -> list[bool]:
    """Return for each space between neighbours whether some column in it is free of ink."""
    found = []
    for left, right in pairwise(boxes):
        x0, x1 = round(left.x1 * ink.shape[1]), round(right.x0 * ink.shape[1])
        if x1 - x0 < _NARROWEST_GAP_PX:
            continue
        top, height = left.y0 * ink.shape[0], left.height * ink.shape[0]
        core = ink[round(top + _CORE[0] * height) : round(top + _CORE[1] * height), x0:x1]
        found.append(not core.size or not core.any(axis=0).all())
    return found


def _on_grid(box: Box, shape: tuple[int, ...]) -> tuple[int, int, int, int]:
    height, width = shape[:2]
    return (
        int(box.x0 * width),
        int(box.y0 * height),
        int(np.ceil(box.x1 * width)),
        int(np.ceil(box.y1 * height)),
    )


def _small(pixels: Pixels) -> NDArray[np.uint8]:
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    scale = min(1.0, _INK_SIDE_PX / max(grey.shape))
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _ink(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return a mask (0 or 1) of what is printed or stamped, ruled lines and borders left out."""
    ink = np.asarray(grey < _PAPER_SHARE * float(np.median(grey)), dtype=np.uint8)
    for kernel in (np.ones((1, _RULE_PX), np.uint8), np.ones((_RULE_PX, 1), np.uint8)):
        rules = cv2.dilate(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), np.ones((3, 3), np.uint8))
        ink = np.where(np.asarray(rules) > 0, np.uint8(0), ink)
    return ink

"""Clean pages drawn for tests, and lines as a reader would give them."""

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.cleaning import CleanPage
from pipeline.cleaning.light import PAPER
from pipeline.document import IDENTITY, Box, Line, Word

WIDTH, HEIGHT = 2480, 3508
Pixels = npt.NDArray[np.uint8]


def blank_sheet() -> Pixels:
    """An A4 sheet of paper at 300 dpi."""
    return np.full((HEIGHT, WIDTH), PAPER, np.uint8)


def clean_page(grey: Pixels, red: Pixels | None = None, blue: Pixels | None = None) -> CleanPage:
    """The sheet as a clean page."""
    return CleanPage(1, grey, 300, IDENTITY, 0, 0.0, blank=False, red=red, blue=blue)


def write(page: Pixels, text: str, x: int, baseline: int, *, bold: bool = False, height: int = 38) -> Line:
    """Draw ``text`` in type with capitals ``height`` pixels high; return the line as a perfect reader would."""
    scale = height / 21.0
    thickness = 2
    words = []
    for word in text.split():
        (width, _), _ = cv2.getTextSize(word, cv2.FONT_HERSHEY_SIMPLEX, scale, thickness)
        for shift in (
            range(0, 7, 2) if bold else (0,)
        ):  # the faces of OpenCV 4 and 5 take "thickness" differently
            cv2.putText(
                page,
                word,
                (x + shift, baseline),
                cv2.FONT_HERSHEY_SIMPLEX,
                scale,
                [20],
                thickness,
                cv2.LINE_AA,
            )
        words.append(word_at(word, x, baseline - height, x + width, baseline + height // 4))
        x += width + height // 2
    return Line(tuple(words))


def word_at(text: str, x0: int, y0: int, x1: int, y1: int, confidence: float = 0.95) -> Word:
    """A word with its box in pixels of the sheet."""
    return Word(text, Box(x0 / WIDTH, y0 / HEIGHT, x1 / WIDTH, y1 / HEIGHT), confidence, 1)


def scrawl(page: Pixels, x: int, baseline: int, height: int, figures: int = 2) -> int:
    """Draw figures as a pen would, each of another height and on another line; return where they end."""
    for figure in range(figures):
        tall = int(height * (1.0 + 0.2 * (figure % 2)))
        down = int(height * (0.12 - 0.2 * (figure % 2)))
        points = [(0.1, 0.2), (0.5, 0.0), (0.8, 0.25), (0.35, 0.5), (0.85, 0.7), (0.5, 1.0), (0.05, 0.85)]
        curve = np.array(
            [[x + int(a * tall * 0.6), baseline + down - int((1 - b) * tall)] for a, b in points]
        )
        cv2.polylines(page, [curve.reshape(-1, 1, 2)], False, [30], 6, cv2.LINE_AA)
        x += int(0.75 * tall)
    return x

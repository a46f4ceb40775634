"""Pages that bear no print give no text, and say so."""

import cv2
import numpy as np
import pytest

from pipeline.clock import StageClock
from pipeline.document import Page
from pipeline.intake.loading import PageImage
from pipeline.reading.page import read_page
from pipeline.reading.tesseract import TesseractReader

HEIGHT, WIDTH = 1170, 827
Pixels = np.ndarray


def noise() -> Pixels:
    return np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH)).astype(np.uint8)


def photograph() -> Pixels:
    rng = np.random.default_rng(2)
    rough = rng.integers(20, 230, (12, 9, 3)).astype(np.uint8)
    picture = cv2.resize(rough, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    cv2.circle(picture, (400, 500), 180, (200, 60, 40), -1)
    return cv2.GaussianBlur(picture, (0, 0), 3).astype(np.uint8)


def read(pixels: Pixels) -> Page:
    return read_page(PageImage(1, pixels, 100, "scan"), TesseractReader(), StageClock())


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("level", [0, 255])
def test_a_page_of_one_tone_has_no_text(level: int) -> None:
    page = read(np.full((HEIGHT, WIDTH), level, np.uint8))
    assert page.lines == ()
    assert page.blank or page.remark


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("pixels", [noise(), photograph()])
def test_noise_and_a_photograph_have_no_text(pixels: Pixels) -> None:
    page = read(pixels)
    assert page.lines == ()
    assert page.blank or page.remark

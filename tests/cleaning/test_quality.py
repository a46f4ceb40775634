from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.cleaning import clean
from pipeline.cleaning.quality import Signs, quality_of
from pipeline.intake.loading import PageImage
from tests.cleaning.drawing import Pixels, drawn_page

GOOD = Signs(contrast=0.9, noise=0.01, letter=25.0, specks=0.0)


def quality(page: Pixels, dpi: int = 150) -> float:
    found = clean(PageImage(1, page, dpi, "scan")).quality
    assert found is not None
    return found


def noisy(page: Pixels, deviation: float) -> Pixels:
    noise = np.random.default_rng(3).normal(0, deviation, page.shape)
    return np.clip(page.astype(np.float32) - 25 + noise, 0, 255).astype(np.uint8)


def pale(page: Pixels, print_grey: int) -> Pixels:
    share = (255 - print_grey) / 255
    return (255 - (255 - page.astype(np.float32)) * share).astype(np.uint8)


def test_nothing_speaks_against_a_good_page() -> None:
    assert quality_of(GOOD) == 1.0


@pytest.mark.parametrize(
    "worse",
    [{"contrast": 0.3}, {"noise": 0.2}, {"letter": 9.0}, {"specks": 2.0}],
)
def test_each_sign_lowers_the_quality(worse: dict[str, float]) -> None:
    assert quality_of(replace(GOOD, **worse)) < 0.9


def test_a_page_is_worse_the_paler_its_print() -> None:
    clear, grey, faint = (quality(pale(drawn_page(), level)) for level in (0, 90, 140))
    assert clear > grey > faint


def test_a_page_is_worse_the_noisier_its_paper() -> None:
    assert quality(drawn_page()) > quality(noisy(drawn_page(), 14.0)) > quality(noisy(drawn_page(), 28.0))


def test_a_page_is_worse_the_fewer_pixels_its_letters_have() -> None:
    small = cv2.resize(drawn_page(), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.uint8)
    assert quality(small, 75) < quality(drawn_page())


def test_a_blank_page_has_no_quality() -> None:
    assert clean(PageImage(1, np.full((1240, 877), 250, np.uint8), 150, "scan")).quality is None

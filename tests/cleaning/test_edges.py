import cv2
import numpy as np
import pytest

from pipeline.cleaning import clean, clean_page
from pipeline.cleaning.contrast import find_levels, stretch_contrast
from pipeline.cleaning.edges import is_hard, soften_edges
from pipeline.cleaning.light import PAPER
from pipeline.intake.loading import PageImage
from tests.cleaning.drawing import Pixels, drawn_page


def ragged(page: Pixels) -> Pixels:
    return np.where(page < 128, 0, 255).astype(np.uint8)


def soft(page: Pixels) -> Pixels:
    """As a scanner in grey shows print: nowhere quite black."""
    return cv2.GaussianBlur(70 + (page * (185 / 255)).astype(np.uint8), (0, 0), 1.0).astype(np.uint8)


def test_a_copy_has_hard_edges_and_a_grey_scan_has_not() -> None:
    assert is_hard(ragged(drawn_page()))
    assert not is_hard(soft(drawn_page()))
    assert not is_hard(np.full((400, 400), 235, np.uint8))


def test_a_page_with_hard_edges_is_not_enlarged_from_200_dpi() -> None:
    assert clean(PageImage(1, ragged(drawn_page()), 200, "scan")).dpi == 200
    assert clean(PageImage(1, soft(drawn_page()), 200, "scan")).dpi == 300


def test_hard_edges_are_softened_more() -> None:
    page = ragged(drawn_page())
    steps = [np.abs(np.diff(soften_edges(page, 300, hard).astype(int))).max() for hard in (False, True)]
    assert steps[0] > 1.3 * steps[1]


def test_pale_print_becomes_black_and_noisy_paper_white() -> None:
    rng = np.random.default_rng(5)
    page = np.where(drawn_page() < 128, 140, 228) + rng.normal(0, 5, drawn_page().shape)
    grey = np.clip(page, 0, 255).astype(np.uint8)
    levels = find_levels(grey)
    assert levels is not None
    stretched = stretch_contrast(grey, levels)
    assert (stretched[drawn_page() < 100] < 60).mean() > 0.8
    assert (stretched[drawn_page() > 200] == PAPER).mean() > 0.9


def test_black_print_stays_as_it_is() -> None:
    page = np.where(drawn_page() < 128, 0, PAPER).astype(np.uint8)
    levels = find_levels(page)
    assert levels is not None
    assert (stretch_contrast(page, levels) == page).all()


@pytest.mark.parametrize(("page", "looked"), [(ragged(drawn_page()), True), (soft(drawn_page()), False)])
def test_only_a_copy_is_searched_for_specks(
    monkeypatch: pytest.MonkeyPatch, page: Pixels, looked: bool
) -> None:
    asked = []

    def remove_speckle(grey: Pixels, _: int) -> Pixels:
        asked.append(grey.shape)
        return grey

    monkeypatch.setattr(clean_page, "remove_speckle", remove_speckle)
    clean(PageImage(1, page, 150, "scan"))
    assert bool(asked) == looked

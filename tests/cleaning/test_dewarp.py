import cv2
import numpy as np
import pytest

from pipeline.cleaning import CleanPage, clean
from pipeline.document import Page
from pipeline.intake.loading import PageImage
from tests.cleaning.drawing import Pixels, drawn_page, turned


def image_of(page: Pixels, dpi: int = 150) -> PageImage:
    return PageImage(1, page, dpi, "scan")


def curled(page: Pixels, millimetres: float, dpi: int = 150) -> Pixels:
    """The page with its lines curling down to the right, as on a book's spine."""
    height, width = page.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    lower = millimetres * dpi / 25.4 * (x / width) ** 3
    return cv2.remap(page, x, y - lower.astype(np.float32), cv2.INTER_LINEAR, borderValue=[255]).astype(
        np.uint8
    )


def fanned(page: Pixels, share: float) -> Pixels:
    """The page with its lines fanning out to the right, as under a slanted camera."""
    height, width = page.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    far = corners + np.array(
        [[0, share * height], [0, 0], [0, 0], [0, -share * height]],
    ).astype(np.float32)
    matrix = cv2.getPerspectiveTransform(corners, far)
    return cv2.warpPerspective(page, matrix, (width, height), borderValue=[255]).astype(np.uint8)


def feet_of_rows(page: CleanPage) -> float:
    """Return the mean sharpness of rows: 1 when ink and paper never share a row of pixels."""
    share = (page.grey < 140).mean(axis=1)
    return float((share**2).sum() / share.sum() ** 2 * len(share))


@pytest.mark.parametrize("bent", [curled(drawn_page(), 5.0), fanned(drawn_page(), 0.03)])
def test_bent_lines_are_drawn_straight(bent: Pixels) -> None:
    page = clean(image_of(bent))
    assert page.bend
    straight = feet_of_rows(clean(image_of(drawn_page())))
    assert feet_of_rows(page) > 0.75 * straight
    assert page.grey.dtype == np.uint8


@pytest.mark.parametrize("degrees", [0.0, 1.7, -4.0])
def test_straight_lines_are_left_alone(degrees: float) -> None:
    assert clean(image_of(turned(drawn_page(), degrees))).bend == ()


def test_a_place_on_a_bent_page_leads_back_to_the_scan() -> None:
    sheet = drawn_page()
    cv2.circle(sheet, (780, 950), 12, [0], -1)
    scan = turned(curled(sheet, 6.0), 1.0)
    page = clean(image_of(scan))
    assert page.bend
    found = Page(1, scan.shape[1], scan.shape[0], 150, "scan", to_scan=page.to_scan, bend=page.bend)
    dots = [_blob(page.grey), _blob(scan)]
    x, y = found.point_on_scan(dots[0][0] / page.grey.shape[1], dots[0][1] / page.grey.shape[0])
    assert x * scan.shape[1] == pytest.approx(dots[1][0], abs=2)
    assert y * scan.shape[0] == pytest.approx(dots[1][1], abs=2)


def test_coloured_layers_bend_with_the_page() -> None:
    bent = curled(drawn_page(), 5.0)
    scan = np.repeat(bent[..., None], 3, axis=2)
    scan[600:700, 700:800] = (220, 40, 40)
    page = clean(image_of(scan))
    assert page.bend
    assert page.red is not None
    assert page.red.shape == page.grey.shape
    assert (page.red < 100).any()


def _blob(grey: Pixels) -> tuple[float, float]:
    """Return the middle of the largest solid piece of ink."""
    solid = cv2.erode((grey < 120).astype(np.uint8), np.ones((9, 9), np.uint8))
    _, _, stats, middles = cv2.connectedComponentsWithStats(solid)
    x, y = middles[1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))]
    return float(x), float(y)

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from pipeline.cleaning import clean
from pipeline.cleaning.perspective import find_sheet
from pipeline.document import Box, Page
from pipeline.intake.loading import PageImage
from tests.cleaning.drawing import drawn_page

Picture = npt.NDArray[np.uint8]
CORNERS = np.array([[90, 120], [900, 90], [980, 1290], [60, 1230]], np.float32)
"""Where a page of 877 by 1240 pixels lies on a photograph of 1060 by 1400."""


def photograph(page: Picture, table: int = 90, corners: npt.NDArray[np.float32] = CORNERS) -> Picture:
    height, width = page.shape
    sheet = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    way = cv2.getPerspectiveTransform(sheet, corners)
    picture = cv2.warpPerspective(
        page, way, (1060, 1400), borderMode=cv2.BORDER_CONSTANT, borderValue=[table]
    )
    return picture.astype(np.uint8)


def test_a_sheet_photographed_aslant_is_found_by_its_edges() -> None:
    sheet = find_sheet(photograph(drawn_page()), 150)
    assert sheet is not None
    found = cv2.perspectiveTransform(CORNERS[None], sheet.matrix)[0]
    width, height = sheet.size
    assert found == pytest.approx(np.array([[0, 0], [width, 0], [width, height], [0, height]]), abs=6)


def test_a_shadow_over_the_sheet_does_not_hide_it() -> None:
    picture = photograph(drawn_page(), table=60)
    shade = np.ones(picture.shape, np.float32)
    shade[700:, :520] = 0.55
    shaded = (picture * cv2.GaussianBlur(shade, (0, 0), 25)).astype(np.uint8)
    sheet = find_sheet(shaded, 150)
    assert sheet is not None
    assert sheet.size == pytest.approx((920, 1200), rel=0.03)


@pytest.mark.parametrize(
    "picture",
    [
        drawn_page(),
        np.full((1400, 1060), 90, np.uint8),
        np.random.default_rng(3).integers(0, 256, (1400, 1060)).astype(np.uint8),
        np.full((30, 20), 200, np.uint8),
        photograph(
            drawn_page(), corners=np.array([[90, 90], [900, 90], [900, 1235], [90, 1235]], np.float32)
        ),
    ],
    ids=["scan", "nothing", "noise", "scrap", "seen from above"],
)
def test_what_is_no_sheet_aslant_is_left_as_it_is(picture: Picture) -> None:
    assert find_sheet(picture, 150) is None


def test_lines_are_level_and_boxes_land_on_the_photograph() -> None:
    page = np.full((1240, 877), 255, np.uint8)
    for y in range(200, 1100, 30):
        cv2.line(page, (100, y), (760, y), [0], 4)
    page[600:640, 300:340] = 0
    clean_page = clean(PageImage(1, photograph(page), 150, "scan"))
    ink = clean_page.grey < 128
    height, width = ink.shape
    thick = cv2.erode(ink.astype(np.uint8), np.ones((30, 30), np.uint8))
    rows, columns = np.nonzero(thick)
    x, y = columns.mean() / width, rows.mean() / height
    there = Page(1, 1060, 1400, 150, "scan", to_scan=clean_page.to_scan).on_scan(Box(x, y, x, y))
    way = cv2.getPerspectiveTransform(
        np.array([[0, 0], [876, 0], [876, 1239], [0, 1239]], np.float32), CORNERS
    )
    expected = cv2.perspectiveTransform(np.array([[[320, 620]]], np.float32), way)[0, 0]
    assert (there.x0 * 1060, there.y0 * 1400) == pytest.approx(tuple(expected), abs=4)
    lines = ink[:, int(0.2 * width) : int(0.8 * width)].mean(axis=1)
    assert (lines > 0.95).sum() > 60

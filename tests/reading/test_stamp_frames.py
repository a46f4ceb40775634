import cv2
import numpy as np
import pytest

from pipeline.reading.stamp_frames import find_frames

from .drawing import Pixels, blank_sheet


def frame(sheet: Pixels, x: int, y: int, width: int = 300, height: int = 110, tilt: int = 0) -> None:
    corners = [(x, y), (x + width, y + tilt), (x + width, y + tilt + height), (x, y + height)]
    cv2.polylines(sheet, [np.array(corners)], True, [60], 6)


@pytest.mark.parametrize("tilt", [0, 12])
def test_a_frame_as_large_as_a_word_is_found_where_it_stands(tilt: int) -> None:
    sheet = blank_sheet()
    frame(sheet, 400, 700, tilt=tilt)
    (box,) = find_frames(sheet, 300)
    assert box.x0 * 2480 == pytest.approx(400, abs=12)
    assert box.x1 * 2480 == pytest.approx(700, abs=12)
    assert box.y0 * 3508 == pytest.approx(700 + tilt / 2, abs=20)


def test_worn_strokes_make_a_frame_all_the_same() -> None:
    sheet = blank_sheet()
    frame(sheet, 400, 700)
    sheet[690:720, 500:520] = 235
    sheet[740:760, 390:410] = 235
    assert len(find_frames(sheet, 300)) == 1


def test_cells_of_a_table_large_boxes_and_open_ones_are_no_frames() -> None:
    sheet = blank_sheet()
    for row in range(3):
        for column in range(3):
            frame(sheet, 300 + 300 * column, 300 + 110 * row)
    frame(sheet, 300, 1500, width=1200, height=600)
    cv2.line(sheet, (300, 2500), (900, 2500), [60], 6)
    cv2.line(sheet, (300, 2600), (900, 2600), [60], 6)
    assert find_frames(sheet, 300) == []

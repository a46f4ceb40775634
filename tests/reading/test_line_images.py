"""Line images have one size of letters, lie level, and hold no ink of their neighbours."""

import numpy as np

from pipeline.reading.line_images import BASELINE, LINE_HEIGHT, X_HEIGHT, cut_line, cut_lines
from pipeline.reading.text_lines import find_lines
from tests.reading.drawing import clean_page
from tests.reading.type import EM, TIGHT, typeset

INK = 120


def test_a_line_is_cut_at_the_recognisers_size() -> None:
    for em in (40, EM, 75):
        page = clean_page(typeset([(200, 600 + i * 2 * em, "xuân năm nay em xem") for i in range(3)], em=em))
        for image in cut_lines(page, find_lines(page)):
            rows = np.flatnonzero((image.grey < INK).sum(axis=1) > 12)
            assert image.grey.shape[0] == LINE_HEIGHT
            assert abs(rows.max() + 1 - BASELINE) <= 1.5
            assert abs(BASELINE - rows.min() - X_HEIGHT) <= 4  # small letters; a few marks above them


def test_a_point_of_the_image_is_found_again_on_the_page() -> None:
    page = clean_page(typeset([(412, 600, "Hà Nội")]))
    (image,) = cut_lines(page, find_lines(page))
    columns = np.flatnonzero((image.grey < INK).any(axis=0))

    assert abs(image.x_on_page(columns[0]) - 412) < 4
    assert abs(image.y_on_page(columns[0], BASELINE) - 600) < 2


def test_a_slanting_line_lies_level_in_its_image() -> None:
    sheet = typeset([(200, 600, TIGHT[0])])
    slanted = sheet.copy()
    for x in range(200, 2200):
        slanted[:, x] = np.roll(sheet[:, x], (x - 200) // 100)
    page = clean_page(slanted)
    (image,) = cut_lines(page, find_lines(page))
    parts = np.array_split(image.grey < INK, 6, axis=1)
    feet = [int(np.diff(part.sum(axis=1).astype(int)).argmin()) for part in parts]

    assert max(feet) - min(feet) <= 1


def test_ink_of_the_lines_above_and_below_is_painted_over() -> None:
    page = clean_page(
        typeset(
            [(200, 600, "gặp gỡ quý"), (200, 600 + EM, "cán xem mưa"), (200, 600 + 2 * EM, "Ế Ổ Ẩ Ễ Ẫ Ể")]
        )
    )
    found = find_lines(page)
    middle = sorted(found.lines, key=lambda line: line.baseline(200))[1]
    image = cut_line(page, found, middle)

    assert image is not None
    assert not (image.grey[:6] < INK).any()
    assert not (image.grey[-3:] < INK).any()


def test_a_larger_image_shows_the_same_line() -> None:
    page = clean_page(typeset([(200, 600, TIGHT[2])]))
    found = find_lines(page)
    once, twice = (cut_line(page, found, found.lines[0], times) for times in (1, 2))

    assert once is not None
    assert twice is not None
    assert twice.grey.shape[0] == 2 * LINE_HEIGHT
    assert abs(twice.grey.shape[1] - 2 * once.grey.shape[1]) <= 4

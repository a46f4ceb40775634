"""Lines of print are found where they stand, however tight they are set."""

import cv2
import numpy as np
import pytest

from pipeline.reading.text_lines import TextLine, find_lines
from tests.reading.drawing import HEIGHT, WIDTH, blank_sheet, clean_page
from tests.reading.type import EM, TIGHT, X_HEIGHT, typeset


def found(sheet: np.ndarray) -> list[TextLine]:
    return sorted(find_lines(clean_page(sheet)).lines, key=lambda line: (line.baseline(line.left), line.left))


def assert_baselines(lines: list[TextLine], baselines: list[int], within: float = 2.5) -> None:
    assert len(lines) == len(baselines)
    for line, baseline in zip(lines, baselines, strict=True):
        for x in (line.left, (line.left + line.right) / 2, line.right):
            assert abs(line.baseline(x) - baseline) < within


@pytest.mark.parametrize("pitch", [1.0, 1.15, 1.8])
def test_lines_with_stacked_marks_and_tails_are_neither_cut_nor_joined(pitch: float) -> None:
    baselines = [600 + round(i * pitch * EM) for i in range(len(TIGHT))]
    sheet = typeset([(200, y, text) for y, text in zip(baselines, TIGHT, strict=True)])

    assert_baselines(found(sheet), baselines)


def test_the_size_of_small_letters_is_told_also_where_a_line_has_capitals_alone() -> None:
    baselines = [600 + i * 80 for i in range(4)]
    lines = found(typeset([(200, y, text) for y, text in zip(baselines, TIGHT, strict=True)]))

    assert all(abs(line.x_height - X_HEIGHT) < 0.12 * X_HEIGHT for line in lines)


def test_columns_whose_rows_stand_at_other_heights_stay_apart() -> None:
    left, right = "ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    sheet = typeset(
        [(200, 500, left), (1100, 530, right), (260, 575, "HUYỆN NGA SƠN"), (1300, 600, "Độc lập - Tự do")]
    )

    assert_baselines(found(sheet), [500, 530, 575, 600])


def test_a_wide_space_between_words_does_not_cut_a_line() -> None:
    sheet = typeset([(200, 600, "Trong"), (400, 600, "sáu"), (540, 600, "tháng đầu năm")])

    assert len(found(sheet)) == 1


@pytest.mark.parametrize("text", ["2", "1.", "-", "MẬT"])
def test_a_lone_short_line_is_found(text: str) -> None:
    body = [(200, 600 + i * 80, TIGHT[0]) for i in range(4)]
    lines = found(typeset([*body, (1240, 3200, text)]))

    assert len(lines) == 5
    assert abs(lines[-1].baseline(1240) - 3200) < 8
    assert abs(lines[-1].x_height - X_HEIGHT) < 0.25 * X_HEIGHT


def test_marks_belong_to_their_own_line() -> None:
    sheet = typeset([(200, 600, "cán bộ gặp gỡ"), (200, 600 + EM, "Ế Ổ Ẩ ẵ")])
    find = find_lines(clean_page(sheet))
    lower = max(find.lines, key=lambda line: line.baseline(200))
    own = find.owner[find.labels] == lower.label
    rows = np.flatnonzero(own.any(axis=1)) * find.step

    assert rows.min() < 600 + EM - 0.85 * EM  # the marks over the capitals
    assert rows.min() > 600  # not the tails of the line above


def test_a_bent_line_is_followed() -> None:
    sheet = typeset([(200, 600 + i * 80, TIGHT[0]) for i in range(3)])
    x, y = np.meshgrid(np.arange(WIDTH, dtype=np.float32), np.arange(HEIGHT, dtype=np.float32))
    bend = 14 * np.sin((x - 200) / 1800 * np.pi)
    bent = cv2.remap(sheet, x, (y + bend).astype(np.float32), cv2.INTER_LINEAR, borderValue=[235])

    for line, baseline in zip(found(np.asarray(bent, np.uint8)), [600, 680, 760], strict=True):
        for at in (260, 1000, 1700):
            assert abs(line.baseline(at) - (baseline - 14 * np.sin((at - 200) / 1800 * np.pi))) < 5


def test_a_line_is_followed_through_a_seal_that_swallows_letters() -> None:
    text = "Nga Sơn, ngày 25 tháng 10 năm 2019"
    sheet = typeset([(1200, 600, text), (200, 900, TIGHT[0]), (200, 980, TIGHT[2])])
    cv2.circle(sheet, (1650, 560), 160, [30], 12)
    line = next(line for line in found(sheet) if abs(line.baseline(line.left) - 600) < 5)

    plain = found(typeset([(1200, 600, text)]))[0]
    assert line.left < 1215
    assert line.right > plain.right - 5
    assert abs(line.baseline(1300) - 600) < 4


def test_underlines_and_frames_are_no_lines_and_move_none() -> None:
    sheet = typeset([(300, 600, "HUYỆN NGA SƠN"), (200, 800, TIGHT[0]), (200, 880, TIGHT[2])])
    cv2.line(sheet, (300, 612), (640, 612), [20], 3)
    cv2.rectangle(sheet, (100, 300), (2300, 3200), [20], 4)

    assert_baselines(found(sheet), [600, 800, 880])


def test_a_page_of_specks_and_an_empty_one_have_no_lines() -> None:
    specks = blank_sheet()
    random = np.random.default_rng(1)
    for x, y in zip(random.integers(0, WIDTH, 300), random.integers(0, HEIGHT, 300), strict=True):
        specks[y : y + 2, x : x + 3] = 20

    assert find_lines(clean_page(specks)).lines == ()
    assert find_lines(clean_page(blank_sheet())).lines == ()

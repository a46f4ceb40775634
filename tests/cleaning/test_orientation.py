from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from pipeline.cleaning import clean, orientation
from pipeline.cleaning.diacritics import marks_above
from pipeline.cleaning.letters import find_letters
from pipeline.intake.loading import load_page

SAMPLES = Path(__file__).parents[2] / "samples" / "scans"


def no_reading(*_: object) -> list[tuple[str, float]]:
    raise AssertionError("the marks say which way up the page is: nothing needs reading")


@pytest.mark.parametrize("name", ["grey200", "low", "photocopy", "phone"])
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_page_of_print_is_turned_upright_unread(
    monkeypatch: pytest.MonkeyPatch, name: str, turns: int
) -> None:
    monkeypatch.setattr(orientation, "read_strip", no_reading)
    image = load_page(SAMPLES / f"{name}.pdf", 1, 300)
    turned = np.ascontiguousarray(np.rot90(image.pixels, -turns))
    assert clean(replace(image, pixels=turned)).rotation_deg == -90 * turns % 360


def print_with_marks(above: float, below: float) -> npt.NDArray[np.bool_]:
    """Letters 10 pixels high in rows, the given shares of them with a mark over or under them; 120 dpi."""
    page = np.zeros((1400, 1000), bool)
    for row in range(100, 1300, 40):
        for column in range(80, 900, 14):
            page[row : row + 10, column : column + 8] = True
            chance = (row * 7 + column * 13) % 100 / 100
            if chance < above:
                page[row - 4 : row - 2, column + 2 : column + 5] = True
            elif chance > 1 - below:
                page[row + 12 : row + 14, column + 2 : column + 5] = True
    return page


def test_marks_over_letters_tell_top_from_bottom() -> None:
    page = print_with_marks(0.3, 0.06)
    assert marks_above(find_letters(page, 120)) > 10
    assert marks_above(find_letters(page[::-1], 120)) == pytest.approx(-marks_above(find_letters(page, 120)))


def test_specks_tell_nothing() -> None:
    page = print_with_marks(0.0, 0.0)
    specks = np.random.default_rng(1).integers((0, 0), (1398, 998), (3000, 2))
    for y, x in specks:
        page[y : y + 2, x : x + 2] = True
    assert abs(marks_above(find_letters(page, 120))) < 4
    assert marks_above(find_letters(np.zeros((1400, 1000), bool), 120)) == 0.0


def test_a_page_whose_marks_leave_doubt_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    page = print_with_marks(0.0, 0.0)[::-1]
    grey = np.where(page, 0, 235).astype(np.uint8)
    answers = iter([[("bao", 0.1)], [("báo", 0.9), ("cáo", 0.9), ("công", 0.9), ("tác", 0.9)] * 3])
    monkeypatch.setattr(orientation, "read_strip", lambda *_: next(answers))
    monkeypatch.setattr(orientation, "_UPRIGHT", 100.0)
    assert orientation.find_rotation(page, grey, 120, 120)[0] == 180

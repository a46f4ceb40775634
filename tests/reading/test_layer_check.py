from collections.abc import Callable

import numpy as np
import pytest

from pipeline.cleaning import CleanPage
from pipeline.document import Box, Line, Word
from pipeline.intake.loading import PageImage
from pipeline.reading.layer_check import LOOKED_AT, _differ, find_difference


def line(text: str, row: int) -> Line:
    y = 0.05 + 0.02 * row
    words = text.split()
    step = 0.8 / len(words)
    return Line(
        tuple(
            Word(w, Box(0.1 + step * i, y, 0.1 + step * (i + 0.8), y + 0.015), 0.99, 1)
            for i, w in enumerate(words)
        )
    )


class Printed:
    """Knows each line by its shade, and reads from it what ``print_of`` makes of its text in this look."""

    name, version = "printed", "1"

    def __init__(self, texts: list[str], print_of: Callable[[str, int], str]) -> None:
        self.texts, self.print_of, self.looks = texts, print_of, 0

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        self.looks += 1
        middle = page.grey[:, page.grey.shape[1] // 2]
        found = []
        for shade, text in enumerate(self.texts):
            rows = np.flatnonzero(middle == shade)
            if rows.size and (words := self.print_of(text, self.looks).split()):
                y = float(rows.mean()) / page.grey.shape[0]
                boxes = [Box(0.1 + 0.01 * i, y, 0.11 + 0.01 * i, y) for i in range(len(words))]
                found.append(Line(tuple(Word(w, box, 0.9, 1) for w, box in zip(words, boxes, strict=True))))
        return tuple(found)


def difference(texts: list[str], print_of: Callable[[str, int], str]) -> tuple[str, str] | None:
    lines = tuple(line(text, row) for row, text in enumerate(texts))
    pixels = np.full((1754, 1240), 255, np.uint8)
    for shade, each in enumerate(lines):
        pixels[int(each.box.y0 * 1754) : int(each.box.y1 * 1754) + 1] = shade
    found = find_difference(PageImage(1, pixels, 150, "text_layer", lines), Printed(texts, print_of))
    return (found.layer, found.read) if found else None


def test_a_layer_that_says_what_is_printed_stands() -> None:
    assert difference(["đã đón 45 đoàn khách", "gồm 120 lượt người"], lambda text, _: text) is None


def test_a_figure_that_is_printed_otherwise_is_found() -> None:
    found = difference(["gồm 120 lượt người", "đã đón 45 đoàn"], lambda text, _: text.replace("45", "54"))
    assert found == ("đã đón 45 đoàn", "đã đón 54 đoàn")


def test_a_slip_of_the_reader_in_one_look_is_no_difference() -> None:
    texts = ["đã đón 45 đoàn khách"]
    assert difference(texts, lambda text, look: text.replace("45", "46") if look == 1 else text) is None
    assert difference(texts, lambda text, look: text.replace("45", f"4{look}")) is None


def test_a_line_of_other_words_is_found() -> None:
    assert difference(["hoạt động đối ngoại của huyện"], lambda *_: "tình hình thu chi ngân sách") is not None


def test_a_line_that_could_not_be_read_shows_nothing() -> None:
    assert difference(["đã đón 45 đoàn khách"], lambda *_: "") is None


def test_only_some_lines_of_a_page_are_looked_at() -> None:
    seen: list[str] = []

    def noted(text: str, _: int) -> str:
        seen.append(text)
        return text

    difference(["đã đón 45 đoàn khách"] * 40, noted)
    assert len(seen) == LOOKED_AT


@pytest.mark.parametrize(
    ("layer", "read", "differs"),
    [
        ("45 đoàn khách nước ngoài", "145 đoàn khách nước ngoài", True),
        ("145 đoàn khách nước ngoài", "45 đoàn khách nước ngoài", True),
        ("1.221 đoàn khách", "1,221 đoàn khach", False),
        ("II.1.1. Tình hình người nước ngoài", "LHILI.I. Tình hình người nước ngoài", False),
        ("địa bàn: 60", "địa bàn: 6Ô", False),
        ("mục II của báo cáo", "mục 11 của báo cáo", False),
        ("ngày 12 tháng 3", "ngày 21 tháng 3", True),
    ],
)
def test_figures_count_and_look_alikes_do_not(layer: str, read: str, differs: bool) -> None:
    assert _differ(layer, read) is differs

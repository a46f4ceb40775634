"""Figures that are given in turn go each to its own name."""

import pytest

from pipeline.extraction.in_turn import parts_in_turn, with_units_in_turn
from pipeline.extraction.values.numbers import find_quantities
from pipeline.text import fold
from tests.extraction.reports import answers
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Xuất khẩu và nhập khẩu lần lượt đạt 12,5 triệu USD và 3 triệu USD", ["xuat khau", "nhap khau"]),
        ("Trong năm, số đoàn và số lượt người tương ứng là 7 và 31", ["so doan", "so luot nguoi"]),
        ("Số dự án FDI, ODA, NGO theo thứ tự là 9, 4 và 2 dự án", ["so du an fdi", "oda", "ngo"]),
        ("Tổng vốn 25 tỷ đồng (tương ứng với 1 triệu USD)", []),
        ("Lần lượt đón 3 đoàn, 5 đoàn", []),
    ],
)
def test_each_figure_has_the_part_of_the_names_at_its_place(text: str, names: list[str]) -> None:
    parts = parts_in_turn(text, find_quantities(text), {0})
    assert [fold(text)[start:end].strip() for start, end in parts.values()] == names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Số dự án FDI và ODA lần lượt là 9 và 4 dự án", [(9, "dự án"), (4, "dự án")]),
        ("Số đoàn và số lượt người lần lượt là 7 và 31", [(7, "đoàn"), (31, "lượt người")]),
        ("Xuất khẩu, nhập khẩu lần lượt là 12,5 và 3 triệu USD", [(12_500_000, ""), (3_000_000, "")]),
    ],
)
def test_what_is_counted_may_be_said_once(text: str, told: list[tuple[int, str]]) -> None:
    printed = find_quantities(text)
    counted = with_units_in_turn(printed, text, parts_in_turn(text, printed, {0}))
    assert [(q.value, q.unit) for q in counted] == told


def test_names_and_figures_in_turn_are_joined() -> None:
    row = answers("1. Xuất nhập khẩu\nXuất khẩu và nhập khẩu lần lượt đạt 12,5 triệu USD và 3 triệu USD.")
    assert row("trade.export").value_number == 12_500_000
    assert row("trade.import").value_number == 3_000_000
    assert row("trade.turnover").state == "absent"


def test_hostile_text_takes_linear_time() -> None:
    def work(text: str) -> object:
        return parts_in_turn(text, find_quantities(text), {0})

    assert_linear(work, "đoàn, lần lượt 3, ", 60_000)

"""A label that names its unit in brackets asks for a figure in it."""

import pytest

from pipeline.extraction.asked_units import with_asked_units
from pipeline.extraction.values.numbers import find_quantities
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("Kim ngạch xuất khẩu (triệu USD): 12,4", 12_400_000, "money"),
        ("Kim ngạch nhập khẩu (1.000 USD): 8.450", 8_450_000, "money"),
        ("Tổng kim ngạch (ĐVT: tỷ đồng): 1.250", 1_250_000_000_000, "money"),
        ("Tổng kim ngạch, ĐVT: triệu USD: 12,4", 12_400_000, "money"),
        ("Bờ biển (km): 20", 20, "length"),
        ("Đoàn ra (đoàn): 12", 12, "count"),
        ("Tổng số (cả năm): 12", 12, "bare"),
    ],
)
def test_the_unit_in_brackets_is_the_figure_s(text: str, value: int, kind: str) -> None:
    (quantity,) = with_asked_units(find_quantities(text)[-1:], text)
    assert (quantity.value, quantity.kind) == (value, kind)


def test_hostile_text_takes_linear_time() -> None:
    assert_linear(lambda text: with_asked_units(find_quantities(text), text), "(1.000 ): 5 ", 60_000)

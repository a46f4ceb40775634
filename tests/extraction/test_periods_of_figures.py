"""The period that turnover is of, where only the months so far are named beside it."""

import pytest

from pipeline.extraction.periods_of_figures import _MONTHS
from tests.extraction.reports import answers
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("Kim ngạch xuất khẩu 5 tháng: 2,4 triệu USD.", "5 tháng"),
        ("Giá trị xuất khẩu mười một tháng ước 1,7 triệu USD.", "mười một tháng"),
        ("Kim ngạch xuất khẩu từ đầu năm đến hết tháng 10 đạt 4 triệu USD.", "từ đầu năm đến hết tháng 10"),
        # a term, and a figure that only looks like a quarter's number
        ("Kim ngạch xuất khẩu đạt 2,4 triệu USD, thủ tục kéo dài 8 tháng.", None),
        ("Kim ngạch xuất khẩu trong quý 1,92 triệu USD.", None),
    ],
)
def test_months_so_far_beside_the_turnover_are_its_period(said: str, period: str | None) -> None:
    row = answers(f"1. Xuất nhập khẩu\n{said}")
    assert row("trade.export").state == "reported"
    assert row("trade.period").value_text == period


def test_hostile_text_takes_linear_time() -> None:
    assert_linear(_MONTHS.findall, "11 tháng qua ", 60_000)

from decimal import Decimal

import pytest

from pipeline.extraction.values.comparison import find_comparisons, find_trend
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("text", "percent", "base"),
    [
        ("bằng 86,1% so cùng kỳ", "86.1", "last_year"),
        ("đạt 69,7% kế hoạch", "69.7", "plan"),
        ("đạt 100% KH", "100", "plan"),
        ("tăng 12% so với năm 2018", "112", "last_year"),
        ("giảm 5% so với năm trước", "95", "last_year"),
        ("so với cùng kỳ năm trước tăng hơn 15,3%", "115.3", "last_year"),
        ("vượt 10% kế hoạch", "110", "plan"),
        ("gấp 2,5 lần năm 2018", "250", "last_year"),
        ("tăng 12%", "112", "other"),
        ("vượt kế hoạch 3%", "103", "plan"),
        ("gấp đôi so với cùng kỳ", "200", "last_year"),
        ("tăng trưởng đạt 12% so với cùng kỳ", "112", "last_year"),
        ("tăng nhẹ 0,5% so với cùng kỳ", "100.5", "last_year"),
        ("thấp hơn 12% so với cùng kỳ", "88", "last_year"),
        ("giảm còn 45% so với cùng kỳ", "45", "last_year"),
        ("+12,5% so với cùng kỳ", "112.5", "last_year"),
        ("-5% so với cùng kỳ", "95", "last_year"),
        ("tăng 12,5 % svck", "112.5", "last_year"),
        ("so mức kế hoạch: đạt 94,2%", "94.2", "plan"),
        ("tỷ lệ thực hiện kế hoạch: 87%", "87", "plan"),
        ("mức tăng so cùng kỳ là 12%", "112", "last_year"),
        ("giảm mất 5% so với năm ngoái", "95", "last_year"),
        ("cao hơn cùng kỳ 5%", "105", "last_year"),
        ("kém cùng kỳ năm trước 3,4%", "96.6", "last_year"),
        ("tăng hơn so với cùng kỳ 4%", "104", "last_year"),
        ("so với thực hiện năm 2019 tăng 5,1%", "105.1", "last_year"),
        ("tăng 3,2% (so với cùng kỳ)", "103.2", "last_year"),
        ("Kim ngạch +3,2% so với năm trước", "103.2", "last_year"),
        ("tăng 12% so với kết quả thực hiện của năm trước", "112", "last_year"),
        ("nhích lên 2% so với năm trước", "102", "last_year"),
        ("sụt 5% so với năm trước", "95", "last_year"),
        ("thiếu 5% so với kế hoạch", "95", "plan"),
        ("Kế hoạch giao 120 triệu USD, đã đạt 95%", "95", "plan"),
        ("đạt 95% so với con số được giao", "95", "plan"),
        ("hụt 7% so với kế hoạch", "93", "plan"),
        ("giảm sâu 15% so với cùng kỳ", "85", "last_year"),
        ("tốc độ tăng trưởng kim ngạch đạt 14,3%", "114.3", "other"),
        ("Tỷ lệ giảm so với năm trước: 3%", "97", "last_year"),
        ("Tăng trưởng xuất nhập khẩu 8,5% so với năm trước", "108.5", "last_year"),
        ("tăng 12 triệu USD (tương đương 9,5%) so với năm trước", "109.5", "last_year"),
        ("% so cùng kỳ: 112,3", "112.3", "last_year"),
        ("% so với kế hoạch: 95", "95", "plan"),
        ("Tăng trưởng xuất nhập khẩu đạt 102% kế hoạch", "102", "plan"),
        ("thu hút 7% so với năm trước", "7", "last_year"),
    ],
)
def test_comparisons_are_percentages_of_their_base(text: str, percent: str, base: str) -> None:
    (comparison,) = find_comparisons(text)
    assert (comparison.percent, comparison.base) == (Decimal(percent), base)


def test_two_comparisons_of_one_figure_keep_their_bases() -> None:
    found = find_comparisons("đạt 1,5 tỷ USD, bằng 98,5% cùng kỳ và đạt 102,3% kế hoạch năm")
    assert [(c.percent, c.base) for c in found] == [
        (Decimal("98.5"), "last_year"),
        (Decimal("102.3"), "plan"),
    ]


def test_of_a_range_the_first_figure_stands_in_doubt() -> None:
    for text in (
        "tăng 10 - 12% so với cùng kỳ",
        "tăng 10% - 12% so với cùng kỳ",
        "tăng 10 đến 12% so với cùng kỳ",
    ):
        (comparison,) = find_comparisons(text)
        assert (comparison.percent, comparison.base, comparison.doubt) == (110, "last_year", "ambiguous")


def test_a_rise_by_a_factor_is_in_doubt() -> None:
    (comparison,) = find_comparisons("tăng 1,2 lần so với cùng kỳ")
    assert (comparison.percent, comparison.doubt) == (120, "ambiguous")


@pytest.mark.parametrize("text", ["tỷ lệ 17,45%", "chiếm 5,3% dân số", "80,2 triệu USD"])
def test_shares_are_no_comparisons(text: str) -> None:
    assert find_comparisons(text) == []


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Số lượng tăng so với năm 2018 do nhu cầu thăm thân", "up"),
        ("lượng khách giảm mạnh.", "down"),
        ("không tăng so với năm trước", "same"),
        ("tương đương năm 2018", "same"),
        ("Tăng cường công tác quản lý", None),
        ("giảm nghèo bền vững", None),
    ],
)
def test_trend_is_what_the_text_compares(text: str, direction: str | None) -> None:
    trend = find_trend(text)
    assert (trend.direction if trend else None) == direction


def test_a_base_may_be_named_before_what_is_compared() -> None:
    text = "So với cùng kỳ, kim ngạch xuất nhập khẩu trong quý chỉ bằng 78,4%."
    (comparison,) = find_comparisons(text)
    assert (comparison.base, float(comparison.percent)) == ("last_year", 78.4)
    assert find_comparisons("So với cùng kỳ không có gì mới. Tỷ lệ giải ngân 78,4%.") == []


@pytest.mark.parametrize("piece", ["1", "1,", "tăng ", "tăng 5% ", "so với "])
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear(find_comparisons, piece, 100_000)
    assert_linear(find_trend, piece, 100_000)

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extraction.values.dates import find_dates, find_periods


@settings(deadline=None)
@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_every_day_comes_back_from_its_printed_forms(day: date) -> None:
    for text in (
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02d}-{day.month:02d}-{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"ngày {day.day:02d} tháng {day.month} năm {day.year}",
        f"ngày {day.day:02d}/ {day.month}/{day.year}",
    ):
        assert [span.value for span in find_dates(text)] == [day], text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("tháng 5/2014", (2014, 5, None)),
        ("tháng 5 năm 2014", (2014, 5, None)),
        ("tháng Chạp năm 2014", (2014, 12, None)),
        ("năm 2014", (2014, None, None)),
        ("ngày 13/5", (None, 5, 13)),
    ],
)
def test_partial_dates_keep_the_parts_they_have(text: str, parts: tuple[int | None, ...]) -> None:
    (span,) = find_dates(text)
    assert (span.year, span.month, span.day) == parts
    assert span.value is None


def test_a_day_that_does_not_exist_has_parts_and_no_value() -> None:
    (span,) = find_dates("ngày 31/02/2019")
    assert (span.value, span.day, span.month, span.year) == (None, 31, 2, 2019)


def test_look_alikes_in_a_date_are_read_and_marked() -> None:
    (span,) = find_dates("ngày l3/5/2O14")
    assert (span.value, span.repaired) == (date(2014, 5, 13), True)


@pytest.mark.parametrize("text", ["192.168.1.2014", "31/NQ-CP", "1/2/3", "Đường 3/2"])
def test_other_digits_are_no_dates(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "year", "index"),
    [
        ("năm 2019", "year", 2019, None),
        ("cả năm", "year", None, None),
        ("6 tháng đầu năm 2020", "half", 2020, 1),
        ("6 tháng cuối năm", "half", None, 2),
        ("sáu tháng", "half", None, 1),
        ("9 tháng đầu năm 2019", "nine_months", 2019, None),
        ("tính đến hết quý III năm 2014", "nine_months", 2014, None),
        ("đến hết quý II/2014", "half", 2014, 1),
        ("quý I/2020", "quarter", 2020, 1),
        ("quý 3 năm 2018", "quarter", 2018, 3),
        ("tháng 7/2019", "month", 2019, 7),
        ("10 tháng năm 2019", "range", 2019, 10),
        ("từ ngày 15/12/2018 đến ngày 14/12/2019", "range", 2019, None),
        ("giai đoạn 2016-2020", "range", 2020, None),
    ],
)
def test_periods_are_named_with_year_and_index(
    text: str, kind: str, year: int | None, index: int | None
) -> None:
    (period,) = find_periods(f"Kết quả {text}.")
    assert (period.kind, period.year, period.index, period.text) == (kind, year, index, text)


@pytest.mark.parametrize("text", ["thời hạn 6 tháng", "sau 9 tháng", "3 tháng", "ngày 13 tháng 5 năm 2014"])
def test_terms_and_days_are_no_periods(text: str) -> None:
    assert find_periods(text) == []


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("từ 13-15/5/2014", "15/5/2014"),
        ("13 tháng 5 năm 2014", "13 tháng 5 năm 2014"),
        ("mồng 5 tháng 5 năm 2014", "mồng 5 tháng 5 năm 2014"),
        ("ngày mùng 5 tháng 5 năm 2014", "ngày mùng 5 tháng 5 năm 2014"),
        ("lập ngày 2014-05-13.", "2014-05-13"),
    ],
)
def test_rarer_forms_of_a_day_are_read_whole(text: str, printed: str) -> None:
    (found,) = find_dates(text)
    assert found.value is not None
    assert (found.value.year, found.value.month) == (2014, 5)
    assert text[found.start : found.end] == printed


@pytest.mark.parametrize(
    ("text", "kind", "index"),
    [
        ("nửa cuối năm 2014", "half", 2),
        ("Hoạt động đối ngoại giữa năm 2014", "half", 1),
        ("hai quý đầu năm 2014", "half", 1),
        ("Kết quả qua ba quý năm 2014", "nine_months", None),
        ("3 quý đầu năm 2014", "nine_months", None),
        ("quý 3 năm 2014", "quarter", 3),
    ],
)
def test_halves_and_quarters_of_a_year_are_periods(text: str, kind: str, index: int | None) -> None:
    assert [(p.kind, p.year, p.index) for p in find_periods(text)] == [(kind, 2014, index)]

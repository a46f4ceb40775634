"""Numbers whose noun stands before them."""

import pytest

from pipeline.extraction.values.counted_before import with_nouns_before
from pipeline.extraction.values.numbers import find_quantities
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Số xã giáp biên trên địa bàn hiện là 07, như năm trước", [(7, "xã")]),
        ("Tổng số lượt người đi công tác lên tới 45 và số đoàn là 12", [(45, "lượt người"), (12, "đoàn")]),
        ("số khách 318; chủ yếu từ Lào", [(318, "khách")]),
        ("Số dự án đang thực hiện còn khoảng 4", [(4, "dự án")]),
        ("Một số xã là 5", [(5, "")]),
        ("Số xã vùng biên: hạ tầng còn yếu. Tổng cộng là 8", [(8, "")]),
        ("Số hiệu văn bản là 9", [(9, "")]),
        ("Số đoàn ra là 7 đoàn", [(7, "đoàn")]),
    ],
)
def test_the_noun_of_a_number_may_stand_before_it(text: str, counted: list[tuple[int, str]]) -> None:
    found = with_nouns_before(find_quantities(text), text)
    assert [(q.value, q.unit) for q in found] == counted
    assert all(q.unit_end >= q.end for q in found)


@pytest.mark.parametrize("piece", ["số xã là ", "số xã là 7 ", "số xã, số đoàn "])
def test_hostile_text_takes_time_by_its_length_alone(piece: str) -> None:
    assert_linear(lambda text: with_nouns_before(find_quantities(text), text), piece, 40_000)

"""What the language of profiles says of figures: own nouns, ranks, numbers, what is timeless, columns that are fields."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import FieldValue
from pipeline.extraction.own_nouns import own_nouns, with_own_nouns
from pipeline.extraction.profile import load_profile
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.values.ranks import find_ranks
from pipeline.extraction.wording import compile_wordings
from pipeline.extraction.wording_form import fault_of
from tests.extraction.written_reports import read_report, understood

HERDS = """
name: herds
title_vi: Báo cáo chăn nuôi
title_en: Report on herds
recognise: {types: [Báo cáo], subject: [chăn nuôi]}
anti: {past: [cùng kỳ], standing: [hiện có]}
nouns: {cattle: [con bò, con trâu]}
tables: {totals: [tổng cộng], figures: {label: [chỉ tiêu]}}
topics:
  - {name: herds, group: herds, headings: [đàn (bò|gia súc)]}
  - {name: index, group: index, headings: [chỉ số]}
fields:
  - name: herds.cattle
    group: herds
    type: count
    label_vi: Đàn bò
    topics: [herds]
    units: [cattle]
    bare: false
    timeless: true
    labels: [tổng đàn]
    columns: [số con]
  - {name: herds.sold, group: herds, type: count, label_vi: Bán ra, topics: [herds], units: [cattle], labels: [bán ra]}
  - {name: index.rank, group: index, type: rank, label_vi: Hạng, topics: [index], timeless: true, labels: &i [chỉ số bò]}
  - {name: index.score, group: index, type: number, label_vi: Số, topics: [index], units: [điểm], labels: *i, timeless: true}
"""
HEAD = """issuer: ỦY BAN NHÂN DÂN / HUYỆN HOA LƯ
number: Số: 12/BC-UBND
place_date: Hoa Lư, ngày 15 tháng 11 năm 2021
subject: Kết quả công tác chăn nuôi năm 2021
---
I. ĐÀN BÒ
"""


@pytest.fixture
def found(tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, FieldValue]:
    """The fields of a report with the body that the test is marked with."""
    (tmp_path / "herds.yaml").write_text(HERDS, encoding="utf-8")
    (tmp_path / "report.txt").write_text(HEAD + str(request.param), encoding="utf-8")
    extraction = understood(read_report(tmp_path / "report.txt"), load_profile(str(tmp_path / "herds.yaml")))
    return {row.field: row for row in extraction.fields}


@pytest.mark.parametrize(
    "found", ["Tổng đàn hiện có 1.250 con bò. Trong năm bán ra 75 con trâu.\n"], indirect=True
)
def test_own_nouns_are_units_and_what_is_timeless_may_stand(found: dict[str, FieldValue]) -> None:
    cattle, sold = found["herds.cattle"], found["herds.sold"]
    assert (cattle.value_number, cattle.unit) == (1250, "con bò")
    assert (sold.value_number, sold.unit) == (75, "con trâu")


@pytest.mark.parametrize("found", ["Tổng đàn hiện có 1.250 con vịt.\n"], indirect=True)
def test_a_noun_of_no_family_of_the_field_is_not_its_unit(found: dict[str, FieldValue]) -> None:
    assert found["herds.cattle"].state == "absent"


@pytest.mark.parametrize(
    "found",
    ["1. Chỉ số\nNăm 2020, Chỉ số bò đạt 86,43 điểm, xếp thứ 12/63 tỉnh, tăng 3 bậc so với năm 2019.\n"],
    indirect=True,
)
def test_ranks_and_numbers_with_decimals(found: dict[str, FieldValue]) -> None:
    score, rank = found["index.score"], found["index.rank"]
    assert (score.value_number, score.unit) == (Decimal("86.43"), "điểm")
    assert (rank.value_number, rank.unit) == (12, "hạng")


COLUMNS = """Đàn bò của các xã:
| TT | Xã | Số con | Bán ra |
| 1 | Ninh Hải | 700 | 20 |
| 2 | Ninh Hòa | 550 | - |
| | Tổng cộng | 1.250 | 20 |
"""


@pytest.mark.parametrize("found", [COLUMNS], indirect=True)
def test_of_a_table_whose_columns_are_fields_the_totals_count(found: dict[str, FieldValue]) -> None:
    assert (found["herds.cattle"].value_number, found["herds.cattle"].method) == (1250, "table")
    assert found["herds.sold"].value_number == 20


@pytest.mark.parametrize("found", [COLUMNS.replace("| | Tổng cộng | 1.250 | 20 |\n", "")], indirect=True)
def test_without_totals_the_rows_state_nothing_of_the_whole(found: dict[str, FieldValue]) -> None:
    assert found["herds.cattle"].state == "absent"


def test_a_longer_own_noun_wins_and_a_number_of_thousands_is_one() -> None:
    nouns = own_nouns({"x": ["dịch vụ công", "dịch vụ công trực tuyến"]})
    text = "cung cấp 1.020 dịch vụ công trực tuyến và 35 dịch vụ công; Điều 5 dịch vụ công"
    quantities = with_own_nouns(find_quantities(text), text, nouns)
    assert [(int(q.value), q.unit) for q in quantities] == [
        (1020, "dịch vụ công trực tuyến"),
        (35, "dịch vụ công"),
    ]


@pytest.mark.parametrize(
    ("text", "ranks"),
    [
        ("xếp thứ 12/63 tỉnh, thành phố", [12]),
        ("đạt 84,61%, xếp hạng 37/63; Chỉ số PAPI xếp thứ 41", [37, 41]),
        ("đứng ở vị trí thứ 5", [5]),
        ("tăng từ thứ 42 lên thứ 37", [37]),
        ("xếp thứ nhất", [1]),
        ("dẫn đầu cả nước", [1]),
        ("tăng 03 bậc", []),
        ("lần thứ 3, ngày thứ 2", []),
        ("thu 12 tỷ đồng, thứ 70/63", []),
    ],
)
def test_ranks_as_they_are_printed(text: str, ranks: list[int]) -> None:
    assert [int(rank.value) for rank in find_ranks(text)] == ranks


@given(st.text(alphabet="ab ()[]|*đ.", max_size=40))
def test_a_wording_without_fault_compiles_and_never_matches_nothing(wording: str) -> None:
    if fault_of(wording) is None:
        pattern = compile_wordings((wording,))
        assert pattern is not None
        assert pattern.match("") is None

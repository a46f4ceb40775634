"""Lists that run on inside one paragraph."""

import pytest

from pipeline.extraction.list_runs import parts_in
from tests.extraction.reports import paragraph
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("text", "lead", "parts"),
    [
        (
            "Huyện gặp một số khó khăn: một là, giá cả tăng; hai là thời tiết xấu; ba là, thiếu người.",
            "Huyện gặp một số khó khăn:",
            ["giá cả tăng;", "thời tiết xấu;", "thiếu người."],
        ),
        ("Thứ nhất, mở lớp. Thứ hai, in sách.", "", ["mở lớp.", "in sách."]),
        ("Đề nghị Sở: (1) mở lớp; (2) in sách.", "Đề nghị Sở:", ["mở lớp;", "in sách."]),
        ("Thiếu người; (2) thiếu tiền; (3) thiếu nhà.", "", ["Thiếu người;", "thiếu tiền;", "thiếu nhà."]),
        ("Gồm các việc sau: mở lớp; in sách; và dịch tài liệu.", "Gồm các việc sau:",
         ["mở lớp", "in sách", "dịch tài liệu."]),
        ("Đề nghị Sở mở lớp. Đề nghị tỉnh cấp kinh phí.", "", ["Đề nghị Sở mở lớp.", "Đề nghị tỉnh cấp kinh phí."]),
    ],
)  # fmt: skip
def test_a_list_in_a_sentence_has_its_parts(text: str, lead: str, parts: list[str]) -> None:
    found, own = parts_in(paragraph(text))
    assert found.text == lead
    assert [part.text.rstrip(";") for part in own] == [part.rstrip(";") for part in parts]


@pytest.mark.parametrize(
    "text",
    [
        "Đây là một là hai điều khác nhau.",
        "Theo điểm b) khoản 2 thì không phải báo cáo.",
        "Mở lớp cho cán bộ. Định kỳ hằng quý báo cáo Sở Ngoại vụ.",
        "Trong kỳ (1) đoàn đã về.",
    ],
)
def test_other_sentences_are_no_lists(text: str) -> None:
    assert parts_in(paragraph(text))[1] == []


@pytest.mark.parametrize("piece", ["một là, ", "(1) a ", "sau: a; ", "a) b; ", "Đề nghị sở. ", "; "])
def test_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert_linear(lambda text: parts_in(paragraph(text)), piece, 20_000)

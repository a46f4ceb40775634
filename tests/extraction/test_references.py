from datetime import date

import pytest

from pipeline.document import Outline, Passage, Reference, Section
from pipeline.extraction.references import find_references
from tests.extraction.outlines import outline, paragraph
from tests.linear import assert_linear


def only(text: str) -> Reference:
    found = find_references(outline(text))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "doc_type", "number", "symbol"),
    [
        ("Nghị quyết số 31/NQ-CP ngày 13/5/2014", "Nghị quyết", "31", "NQ-CP"),
        ("Chỉ thị số 45-CT/TW", "Chỉ thị", "45", "CT/TW"),
        ("Quy định số 41-QĐ/TW", "Quy định", "41", "QĐ/TW"),
        ("Quy định số 15-QyĐ/TU", "Quy định", "15", "QyĐ/TU"),
        ("Quyết định số 99-QĐ/TU", "Quyết định", "99", "QĐ/TU"),
        ("Nghị định số 98/2020/NĐ-CP", "Nghị định", "98/2020", "NĐ-CP"),
        ("Quyết định 72/2018/QĐ-UBND", "Quyết định", "72/2018", "QĐ-UBND"),
        ("công văn số 85/VP-TTHC", "Công văn", "85", "VP-TTHC"),
        ("Công văn số 6000/UBND - THKH", "Công văn", "6000", "UBND-THKH"),
        ("Thông báo kết luận số 12-TB/TU", "Thông báo", "12", "TB/TU"),
        ("Luật Thỏa thuận quốc tế số 70/2020/QH14", "Luật", "70/2020", "QH14"),
        ("Thông tư liên tịch số 01/2008/TTLT-BKHĐT-BTC", "Thông tư liên tịch", "01/2008", "TTLT-BKHĐT-BTC"),
        ("Chương trình hành động số 26-CTr/HU", "Chương trình hành động", "26", "CTr/HU"),
    ],
)
def test_number_and_symbol_are_read_in_all_their_forms(
    text: str, doc_type: str, number: str, symbol: str
) -> None:
    reference = only(f"Thực hiện {text} của cấp trên, huyện đã triển khai.")
    assert (reference.doc_type, reference.number, reference.symbol) == (doc_type, number, symbol)


def test_date_issuer_and_subject_are_read_behind_the_symbol() -> None:
    reference = only(
        "Triển khai Kế hoạch số 45/KH-UBND, ngày 7 tháng 8 năm 2018 của UBND thành phố về hội nhập quốc tế; giao các phòng."
    )
    assert reference.issued_on == date(2018, 8, 7)
    assert (reference.issuer, reference.subject) == ("UBND thành phố", "hội nhập quốc tế")
    assert reference.evidence.text.startswith("Kế hoạch số 45/KH-UBND")


@pytest.mark.parametrize(
    "issuer",
    [
        "Chính phủ",
        "Thủ tướng Chính phủ",
        "Ban Thường vụ Tỉnh ủy",
        "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ",
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Sở Kế hoạch và Đầu tư",
        "Chủ tịch UBND tỉnh",
        "Ban Chấp hành Trung ương Đảng cộng sản Việt Nam",
        "Ủy ban nhân dân tỉnh Bình Định",
    ],
)
def test_issuers_are_kept_whole(issuer: str) -> None:
    for tail in (
        " về công tác đối ngoại",
        " ban hành Quy chế",
        ", huyện đã làm",
        ".",
        " và Kế hoạch số 5/KH-UBND",
    ):
        found = find_references(outline(f"theo Quyết định số 12/QĐ-TTg ngày 5/1/2018 của {issuer}{tail}"))
        assert found[0].issuer == issuer, tail


def test_a_list_of_numbers_shares_its_type() -> None:
    found = find_references(outline("các Nghị quyết số 12-NQ/TW, 13-NQ/TW và Kết luận số 33-KL/TW"))
    assert [(r.doc_type, r.number) for r in found] == [
        ("Nghị quyết", "12"),
        ("Nghị quyết", "13"),
        ("Kết luận", "33"),
    ]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("Chỉ thị số 32-CT7TW ngày 12/3/2019 của Ban Bí thư", [("Chỉ thị", "32", "CT/TW")]),
        ("Quyết định 272-QĐITW ngày 21/01/2015 của Bộ Chính trị", [("Quyết định", "272", "QĐ/TW")]),
        ("Kế hoạch số 15 KH/TU của Tỉnh ủy", [("Kế hoạch", "15", "KH/TU")]),
        ("Thông tư số 22/2014/TT.BNG", [("Thông tư", "22/2014", "TT-BNG")]),
        ("Quyết định số 1 492/QĐ-UBND", [("Quyết định", "1492", "QĐ-UBND")]),
        ("Nghị định số 152/2013NĐ-CP của Chính phủ", [("Nghị định", "152/2013", "NĐ-CP")]),
    ],
)
def test_lost_and_misread_marks_of_a_number_are_mended(text: str, cited: list[tuple[str, str, str]]) -> None:
    found = find_references(outline(f"Thực hiện {text}, huyện đã triển khai.", heading="KẾT QUẢ"))
    assert [(r.doc_type, r.number, r.symbol) for r in found] == cited


def test_bare_numbers_of_a_list_share_year_and_symbol() -> None:
    found = find_references(
        outline(
            "các Nghị định số 12, 13/2019/NĐ-CP; các Quyết định số 1492 và 1493/QĐ-TTg", heading="KẾT QUẢ"
        )
    )
    assert [(r.number, r.symbol) for r in found] == [
        ("12/2019", "NĐ-CP"),
        ("13/2019", "NĐ-CP"),
        ("1492", "QĐ-TTg"),
        ("1493", "QĐ-TTg"),
    ]


def test_the_report_itself_is_not_cited_by_its_annexes() -> None:
    annex = outline("(Kèm theo Báo cáo số 146/BC-UBND ngày 06/6/2024)", "Tổng hợp từ Báo cáo số 146/BC-UBND")
    assert [r.number for r in find_references(annex)] == ["146"]
    assert find_references(annex, own=("146", "BC-UBND")) == []


def test_what_stands_over_the_body_is_read_too() -> None:
    found = find_references(
        outline("Huyện báo cáo.", heading="KẾT QUẢ"), [paragraph("Theo Công văn số 85/SNgV-HTQT;")]
    )
    assert [r.number for r in found] == ["85"]


def test_the_sentence_of_the_report_is_no_part_of_a_subject() -> None:
    found = only(
        "Căn cứ Nghị định số 88/2012/NĐ-CP về hoạt động thông tin, báo chí của báo chí nước ngoài, trong năm 2020 huyện đã"
        " tổ chức thực hiện"
    )
    assert found.subject == "hoạt động thông tin, báo chí của báo chí nước ngoài"


def test_misread_symbols_are_mended_at_a_price() -> None:
    good, poor = only("Nghị quyết số 31/NQ-CP"), only("Nghị quyết số 3l/ND-CP")
    assert (poor.number, only("Nghị định số 98/2020/ND-CP").symbol) == ("31", "NĐ-CP")
    assert only("Quyết định số 206-QÐ/TU").symbol == "QĐ/TU"
    assert poor.score < good.score


def test_laws_are_cited_by_name_and_year() -> None:
    reference = only("theo quy định của Luật Tố tụng hành chính năm 2015 và các văn bản")
    assert (reference.doc_type, reference.number, reference.subject) == ("Luật", "", "Tố tụng hành chính")


def test_a_document_cited_twice_is_one_reference_with_all_that_is_known() -> None:
    found = find_references(
        outline(
            "Theo Công văn số 85/SNgV-HTQT, huyện đã báo cáo.",
            "Công văn số 85/SNgV-HTQT ngày 5/6/2020 của Sở Ngoại vụ",
        )
    )
    assert [(r.number, r.issued_on, r.issuer) for r in found] == [("85", date(2020, 6, 5), "Sở Ngoại vụ")]


@pytest.mark.parametrize(
    "text",
    [
        "42 đoàn/410 lượt người",
        "ngày 24/7",
        "các luật sư năm 2015",
        "6,5km; 4 xã",
        "trực 24/24 giờ",
        "pháp luật năm 2015",
    ],
)
def test_other_numbers_are_no_references(text: str) -> None:
    assert find_references(outline(text)) == []


def test_words_read_with_doubt_lower_the_score() -> None:
    def with_confidence(confidence: float) -> Outline:
        body = (paragraph("Nghị quyết số 31/NQ-CP ngày 13/5/2014 của Chính phủ", confidence),)
        return Outline((Section("1", 1, "I", 1, "roman", Passage(()), body),))

    assert find_references(with_confidence(0.3))[0].score < find_references(with_confidence(0.9))[0].score


@pytest.mark.parametrize(
    "piece", ["số 1/NQ-CP, ", "Nghị quyết ", "1/2019/", "Luật Aa bb ", "số 1/NQ-CP của ", "và Bộ "]
)
def test_hostile_text_is_read_in_linear_time(piece: str) -> None:
    assert_linear(lambda text: find_references(outline(text)), piece, 50_000)

"""Which documents are reports of the profile: letters that report, and letters that only ask for reports."""

import pytest

from pipeline.document import Extraction
from tests.extraction.reports import letterhead, understood, zone

SUBJECT = "V/v báo cáo công tác đối ngoại năm 2013"
FACTS = (
    "Trong năm có 04 đoàn đi nước ngoài với 19 lượt người, chủ yếu sang Thái Lan và Lào học tập kinh nghiệm.\n"
    "Địa phương đón 06 đoàn khách nước ngoài gồm 41 lượt người đến khảo sát, làm việc và thăm các cơ sở sản xuất.\n"
    "Nhìn chung các hoạt động diễn ra an toàn, đúng quy định; cán bộ theo dõi còn kiêm nhiệm, ngoại ngữ hạn chế.\n"
)


def letter(
    text: str, subject: str = SUBJECT, number: str = "Số: 412/UBND-VP", to: str = "Kính gửi: Sở Ngoại vụ"
) -> Extraction:
    zones = [
        *letterhead(kind="", number=number, subject=(subject,)),
        *([zone("addressees", to, y=0.18)] if to else []),
    ]
    return understood(text, tuple(zones))


def is_report(extraction: Extraction) -> bool:
    return "not_of_profile" not in {finding.check for finding in extraction.findings}


@pytest.mark.parametrize(
    ("subject", "opening"),
    [
        (SUBJECT, "Thực hiện Công văn số 88/SNgV-VP ngày 02/12/2013 của Sở Ngoại vụ, UBND huyện báo cáo như sau:"),
        (SUBJECT, "Phúc đáp Công văn số 88/BNG-NV của quý Bộ, UBND tỉnh xin báo cáo một số nét về công tác đối ngoại."),
        (SUBJECT, "Theo đề nghị của Sở Ngoại vụ, phòng Nội vụ báo cáo kết quả công tác đối ngoại với các nội dung sau:"),
        (SUBJECT, "Thực hiện Văn bản số 7/UBND-TH ngày 2.12.2013 đề nghị báo cáo công tác đối ngoại, UBND xã báo cáo:"),
        (SUBJECT, "Thực hiện yêu cầu tại Công văn số 15/SNgV-LS, UBND thị xã kính báo cáo quý Sở kết quả cụ thể như sau."),
        (
            "Về việc báo cáo kết quả công tác đối ngoại 6 tháng đầu năm 2013",
            "Căn cứ chức năng, nhiệm vụ được giao, Văn phòng báo cáo tình hình thực hiện dưới đây:",
        ),
        ("V/v tình hình công tác đối ngoại quý I/2013", "Trong quý I, tình hình trên địa bàn huyện ổn định."),
        ("V/v cung cấp số liệu công tác đối ngoại năm 2013", "Văn phòng Huyện ủy xin báo cáo số liệu như sau:"),
        ("V.v: báo cáo hoạt động đối ngoại năm 2013", "Năm 2013, hoạt động đối ngoại của huyện có bước tiến mới."),
        (
            "V/v báo cáo kết quả đối ngoại năm 2013 và đề nghị hỗ trợ kinh phí",
            "UBND huyện báo cáo kết quả và đề nghị một số nội dung như sau:",
        ),
    ],
)  # fmt: skip
def test_a_letter_that_reports_is_a_report_without_headings(subject: str, opening: str) -> None:
    extraction = letter(f"{opening}\n{FACTS}", subject)
    assert is_report(extraction)
    assert extraction.first("doc.type").value_text == "Công văn"  # type: ignore[union-attr]
    assert extraction.first("report.year").value_number == 2013  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("subject", "opening"),
    [
        (SUBJECT, "Để có cơ sở tổng hợp, Sở Ngoại vụ đề nghị các huyện báo cáo kết quả công tác đối ngoại như sau:"),
        (
            SUBJECT,
            "Thực hiện Công văn số 9/BNG-NV về việc báo cáo công tác đối ngoại, Sở yêu cầu các đơn vị gửi số liệu.",
        ),
        (
            SUBJECT,
            "Để kịp thời báo cáo Bộ Ngoại giao, UBND tỉnh giao các sở, ngành xây dựng báo cáo theo các nội dung sau:",
        ),
        ("V/v đề nghị báo cáo công tác đối ngoại năm 2013", "Các đơn vị báo cáo theo các nội dung sau:"),
        ("V/v đôn đốc báo cáo công tác đối ngoại năm 2013", "Đến nay còn 05 huyện chưa gửi báo cáo."),
        ("V/v hướng dẫn báo cáo công tác đối ngoại năm 2013", "Báo cáo gồm các phần sau:"),
        ("V/v chế độ báo cáo công tác đối ngoại", "Báo cáo quý gửi trước ngày 15 tháng cuối quý, cụ thể như sau:"),
        ("V/v mời dự hội nghị tổng kết công tác đối ngoại năm 2013", "Thời gian, địa điểm cụ thể như sau:"),
        ("V/v chuẩn bị hội nghị tổng kết công tác đối ngoại năm 2013", "Phân công các phòng như sau:"),
        ("V/v góp ý dự thảo báo cáo công tác đối ngoại năm 2013", "Phòng có ý kiến như sau:"),
        ("V/v báo cáo kết quả trồng rừng năm 2013", "Hạt Kiểm lâm báo cáo như sau:"),
    ],
)  # fmt: skip
def test_a_letter_that_asks_for_a_report_is_none(subject: str, opening: str) -> None:
    parts = "1. Đoàn ra\n2. Đoàn vào\n3. Viện trợ phi chính phủ nước ngoài\n4. Người Việt Nam ở nước ngoài\n"
    assert not is_report(letter(f"{opening}\n{parts}{FACTS}", subject))


def test_a_letter_that_only_sends_a_report_is_none() -> None:
    sent = "UBND huyện gửi Sở Ngoại vụ báo cáo công tác đối ngoại năm 2013 (có báo cáo kèm theo)."
    assert not is_report(letter(sent, "V/v gửi báo cáo công tác đối ngoại năm 2013"))


@pytest.mark.parametrize(
    ("number", "subject", "to", "kind"),
    [
        ("Số: 412/UBND-VP", SUBJECT, "Kính gửi: Sở Ngoại vụ", "Công văn"),
        ("Số: 412/CV-UBND", "", "", "Công văn"),
        ("Số 27-CV/HU", "V/v báo cáo công tác đối ngoại", "Kính gửi: Văn phòng Tỉnh ủy", "Công văn"),
        ("Số: 15/SNgV-LS", "", "Kính gửi: Công an tỉnh", "Công văn"),
        ("Số: 12/BC-UBND", "Kết quả công tác đối ngoại", "Kính gửi: Sở Ngoại vụ", None),
        ("Số: 12/BC-UBND", SUBJECT, "", None),
        ("Số: 15/SNgV-LS", "", "", None),
        ("", "", "Kính gửi: Công an tỉnh", None),
    ],
)
def test_a_letter_is_known_by_its_subject_addressees_and_symbol(
    number: str, subject: str, to: str, kind: str | None
) -> None:
    row = letter(FACTS, subject, number, to).first("doc.type")
    assert row is not None and row.value_text == kind

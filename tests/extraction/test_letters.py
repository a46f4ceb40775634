"""Letters (công văn) of many offices: no type is printed, and the subject stands under the number."""

import pytest

from pipeline.document import FieldValue, Page
from pipeline.extraction.letterhead import letterhead_fields
from pipeline.layout import lay_out
from tests.layout.printed import BODY, MOTTO, NATION, ending, middle, printed, row, running

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


def letter(
    left: tuple[str, ...],
    number: str,
    about: tuple[str, ...],
    *,
    nation: tuple[str, ...] = (NATION, MOTTO),
    kind: str = "",
    signature: tuple[str, ...] = ("CHỦ TỊCH",),
    name: str = "Bùi Văn Nam",
) -> Page:
    column = (*left, number, *about)
    right = (*nation, "Hoa Lư, ngày 15 tháng 11 năm 2021")
    lines = [row(0.06 + 0.022 * i, middle(text, 0.25)) for i, text in enumerate(column)]
    lines += [row(0.06 + 0.022 * i, middle(text, 0.69)) for i, text in enumerate(right)]
    top = 0.06 + 0.022 * (len(column) + 1)
    lines += [row(top, middle(kind))] if kind else [row(top, (0.3, "Kính gửi: Sở Ngoại vụ."))]
    lines += running(BODY, top + 0.05) + ending(["- Lưu: VT."], signature, name, 0.6)
    return printed(sorted(lines, key=lambda line: (line.box.y0, line.box.x0)))


def fields(page: Page) -> dict[str, FieldValue]:
    return {row.field: row for row in letterhead_fields(lay_out([page]), [page])}


@pytest.mark.parametrize(
    ("left", "number", "about", "nation", "symbol", "subject"),
    [
        (("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"), "Số: 412/UBND-VP", ("V/v báo cáo công tác", "đối ngoại năm 2021"),
         (NATION, MOTTO),
         "UBND-VP", "báo cáo công tác đối ngoại năm 2021"),
        (("UBND TỈNH NINH BÌNH", "SỞ NGOẠI VỤ"), "Số: 412 /SNgV-VP", ("Về việc báo cáo công tác", "đối ngoại quý III"),
         (NATION, MOTTO), "SNgV-VP", "báo cáo công tác đối ngoại quý III"),
        (("HUYỆN ỦY HOA LƯ", "*"), "Số 27-CV/HU", ("V/v báo cáo công tác đối ngoại",), (PARTY,),
         "CV/HU", "báo cáo công tác đối ngoại"),
        (("TỈNH ỦY NINH BÌNH", "VĂN PHÒNG"), "Số 270-CV/VPTU", ("Báo cáo công tác đối ngoại", "Đảng năm 2021"), (PARTY,),
         "CV/VPTU", "Báo cáo công tác đối ngoại Đảng năm 2021"),
        (("ỦY BAN NHÂN DÂN", "XÃ NINH AN"), "Số: 12/CV-UBND", ("(V/v Báo cáo công tác", "đối ngoại năm 2021)"),
         (NATION, MOTTO),
         "CV-UBND", "Báo cáo công tác đối ngoại năm 2021"),
        (("CÔNG AN TỈNH NINH BÌNH",), "Số: 55/PA01-Đ2", ("V/v: tình hình đối ngoại",), (NATION, MOTTO),
         "PA01-Đ2", "tình hình đối ngoại"),
    ],
)  # fmt: skip
def test_letters_of_many_offices(
    left: tuple[str, ...],
    number: str,
    about: tuple[str, ...],
    nation: tuple[str, ...],
    symbol: str,
    subject: str,
) -> None:
    found = fields(letter(left, number, about, nation=nation))
    assert found["doc.type"].value_text == "Công văn"
    assert found["doc.symbol"].value_text == symbol
    assert found["doc.subject"].value_text == subject
    assert found["doc.addressees"].value_text == "Sở Ngoại vụ"


def test_a_report_may_have_its_subject_under_its_number() -> None:
    page = letter(
        ("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"), "Số: 12/BC-UBND", ("V/v công tác đối ngoại",), kind="BÁO CÁO"
    )
    found = fields(page)
    assert (found["doc.type"].value_text, found["doc.subject"].value_text) == (
        "Báo cáo",
        "công tác đối ngoại",
    )


def test_what_is_stamped_under_the_number_of_a_report_is_no_subject() -> None:
    page = letter(("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"), "Số: 12/BC-UBND", ("Đã số hóa hồ sơ",), kind="BÁO CÁO")
    assert fields(page)["doc.subject"].state == "absent"


@pytest.mark.parametrize("name", ["Đại tá Trần Văn Minh", "Thiếu tá Lò Văn Xương", "Thượng úy Lê Văn Bình"])
def test_a_rank_is_no_surname(name: str) -> None:
    page = letter(
        ("BỘ CHỈ HUY BĐBP TỈNH", "ĐỒN BIÊN PHÒNG NA MÈO"), "Số: 31/CV-ĐBP", ("V/v báo cáo",), name=name,
        signature=("TRƯỞNG PHÒNG",),
    )  # fmt: skip
    found = fields(page)
    assert found["doc.signer_name"].value_text == name
    assert found["doc.issuer"].value_text == "Đồn Biên phòng Na Mèo"
    assert found["doc.issuer_parent"].value_text == "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"

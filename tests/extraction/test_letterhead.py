from collections import Counter
from datetime import date

import pytest

from pipeline.document import Box, FieldValue, Line, Mark, Page
from pipeline.extraction.letterhead import FIELDS, letterhead_fields
from pipeline.layout import lay_out
from tests.layout.printed import BODY, ending, letterhead, middle, printed, row, running

LISTS = {"doc.addressees", "doc.recipients"}


def fields(*pages: Page) -> dict[str, list[FieldValue]]:
    found: dict[str, list[FieldValue]] = {}
    for value in letterhead_fields(lay_out(pages), pages):
        found.setdefault(value.field, []).append(value)
    return found


def one(found: dict[str, list[FieldValue]], name: str) -> FieldValue:
    assert len(found[name]) == 1
    return found[name][0]


def document(
    left: tuple[str, ...] = ("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"),
    *,
    number: str = "Số: 12/BC-UBND",
    day: str = "Hoa Lư, ngày 15 tháng 11 năm 2021",
    kind: str = "BÁO CÁO",
    signature: tuple[str, ...] = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    name: str = "Đinh Văn Khâm",
    marks: tuple[Mark, ...] = (),
    extra: tuple[Line, ...] = (),
) -> Page:
    lines = [*letterhead(left, number, day), *extra]
    lines += [row(0.17, middle(kind)), row(0.192, middle("Kết quả công tác đối ngoại năm 2021."))]
    lines += running(BODY, 0.25)
    lines += ending(["- Như trên;", "- Lưu: VT."], signature, name, 0.5)
    return printed(sorted(lines, key=lambda line: line.box.y0), marks=marks)


def test_every_field_has_its_row_and_scalars_only_one() -> None:
    for page in (document(), printed([]), printed(running(BODY, 0.1))):
        counts = Counter(value.field for value in letterhead_fields(lay_out([page]), [page]))
        assert set(counts) == set(FIELDS)
        assert all(count == 1 for name, count in counts.items() if name not in LISTS)


def test_a_plain_district_report() -> None:
    found = fields(document())
    assert one(found, "doc.type").value_text == "Báo cáo"
    assert one(found, "doc.number").value_number == 12
    assert one(found, "doc.symbol").value_text == "BC-UBND"
    assert one(found, "doc.place").value_text == "Hoa Lư"
    assert one(found, "doc.issued_on").value_date == date(2021, 11, 15)
    assert one(found, "doc.issuer").value_text == "Ủy ban nhân dân huyện Hoa Lư"
    assert one(found, "doc.issuer_parent").state == "absent"
    assert one(found, "doc.subject").value_text == "Kết quả công tác đối ngoại năm 2021"
    assert one(found, "doc.addressees").state == "absent"
    assert [value.value_text for value in found["doc.recipients"]] == ["Như trên", "Lưu: VT"]
    assert one(found, "doc.signer_authority").value_text == "KT. CHỦ TỊCH"
    assert one(found, "doc.signer_position").value_text == "PHÓ CHỦ TỊCH"
    assert one(found, "doc.signer_name").value_text == "Đinh Văn Khâm"
    assert one(found, "doc.signed").value_text == "false"
    flags = {"doc.signed", "doc.sealed"}
    assert all(value.score > 0.8 for name, values in found.items() if name not in flags for value in values)


def test_values_keep_their_evidence() -> None:
    found = fields(document())
    evidence = one(found, "doc.issuer").evidence
    assert evidence is not None and evidence.text == "ỦY BAN NHÂN DÂN HUYỆN HOA LƯ"


def test_a_document_without_letterhead_is_absent_throughout() -> None:
    found = fields(printed(running(BODY, 0.1)))
    flags = {"doc.signed", "doc.sealed"}
    assert all(
        value.state == "absent" for name, values in found.items() if name not in flags for value in values
    )


def test_an_official_letter_prints_no_type_and_a_subject_after_v_v() -> None:
    lines = letterhead(["UBND TỈNH NINH BÌNH", "SỞ NGOẠI VỤ"], "Số: 45/SNgV-HTQT")
    lines += [row(0.15, middle("V/v báo cáo công tác", 0.25)), row(0.172, middle("đối ngoại năm 2021", 0.25))]
    lines += [row(0.22, (0.3, "Kính gửi: Ủy ban nhân dân tỉnh Ninh Bình.")), *running(BODY, 0.27)]
    found = fields(printed(lines))
    assert one(found, "doc.type").value_text == "Công văn"
    assert one(found, "doc.subject").value_text == "báo cáo công tác đối ngoại năm 2021"
    assert one(found, "doc.symbol").value_text == "SNgV-HTQT"
    assert one(found, "doc.issuer_parent").value_text == "Ủy ban nhân dân tỉnh Ninh Bình"
    assert one(found, "doc.issuer").value_text == "Sở Ngoại vụ"
    assert one(found, "doc.addressees").value_text == "Ủy ban nhân dân tỉnh Ninh Bình"


@pytest.mark.parametrize(
    ("printed_type", "name"),
    [
        ("TỜ TRÌNH", "Tờ trình"),
        ("KẾ HOẠCH", "Kế hoạch"),
        ("B Á O C Á O", "Báo cáo"),
        ("THÔNG BẢO", "Thông báo"),
        ("NGHỊ QUYẾT", "Nghị quyết"),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "Chương trình hành động"),
    ],
)
def test_types_take_their_decree_name(printed_type: str, name: str) -> None:
    assert one(fields(document(kind=printed_type)), "doc.type").value_text == name


def test_type_and_subject_in_one_line_of_capitals() -> None:
    found = fields(document(kind="BÁO CÁO KẾT QUẢ CÔNG TÁC"))
    assert one(found, "doc.type").value_text == "Báo cáo"
    assert str(one(found, "doc.subject").value_text).startswith("KẾT QUẢ CÔNG TÁC")


def test_secrecy_and_urgency_come_from_marks_not_from_running_text() -> None:
    text = running("Đây là tài liệu MẬT và là việc KHẨN của huyện.", 0.4)
    assert one(fields(document(extra=tuple(text))), "doc.secrecy").state == "absent"
    marked = document(marks=(Mark("stamp", Box(0.2, 0.15, 0.3, 0.17), 0.9, "MẬT"),))
    assert one(fields(marked), "doc.secrecy").value_text == "mật"
    beside_the_type = document(kind="x", extra=(row(0.15, (0.15, "KHẨN"), middle("BÁO CÁO")),))
    found = fields(beside_the_type)
    assert (one(found, "doc.urgency").value_text, one(found, "doc.type").value_text) == ("khẩn", "Báo cáo")
    set_in_print = document(extra=(row(0.132, middle("HỎA TỐC", 0.25)),))
    assert one(fields(set_in_print), "doc.urgency").value_text == "hỏa tốc"


def test_seal_and_signature_are_read_from_marks_by_the_block() -> None:
    seal = Mark("seal", Box(0.58, 0.53, 0.72, 0.63), 0.9)
    pen = Mark("signature", Box(0.65, 0.55, 0.85, 0.61), 0.9)
    found = fields(document(marks=(seal, pen)))
    assert one(found, "doc.sealed").value_text == "true"
    assert one(found, "doc.signed").value_text == "true"


def test_a_seal_at_the_head_of_the_page_is_no_seal_of_the_signature() -> None:
    found = fields(document(marks=(Mark("seal", Box(0.8, 0.0, 0.95, 0.06), 0.9),)))
    assert one(found, "doc.sealed").value_text == "false"


def test_a_digital_signature_counts_as_signed() -> None:
    caption = row(0.01, (0.7, "Thời gian ký: 16/11/2021 08:15:24"))
    assert one(fields(document(extra=(caption,))), "doc.signed").value_text == "true"


@pytest.mark.parametrize("letters", ["Số: # /BC-UBND", "Số: ./BC-UBND", "Số: /BC-UBND"])
def test_rubbish_or_nothing_in_the_gap_is_never_a_number(letters: str) -> None:
    assert one(fields(document(number=letters)), "doc.number").state in {"unreadable", "blank"}

"""Set phrases of distribution lists, and the line of the file copy."""

import pytest

from pipeline.extraction.letterhead_phrases import mend_filed, mend_phrases, mend_subject
from tests.linear import assert_linear


@pytest.mark.parametrize(
    ("read", "spelt"),
    [
        ("UBND tính Đắk Nông (b/cáo)", "UBND tỉnh Đắk Nông (b/cáo)"),
        ("Thường trực Tỉnh uý", "Thường trực Tỉnh uỷ"),
        ("Thường trực Tỉnh úy", "Thường trực Tỉnh ủy"),
        ("Sơ Ngoại vụ tinh", "Sơ Ngoại vụ tỉnh"),
        ("Các tổ chức chinh trị - xã hội", "Các tổ chức chính trị - xã hội"),
        ("Các sở, ban, ngành liện quan", "Các sở, ban, ngành liên quan"),
        ("UBND TỈNH", "UBND TỈNH"),
        ("Báo Cao Bằng", "Báo Cao Bằng"),
        ("Thương vụ Việt Nam tại Lào", "Thương vụ Việt Nam tại Lào"),
        ("Quân ủy Trung ương", "Quân ủy Trung ương"),
        ("Trung tâm máy tính", "Trung tâm máy tính"),
        ("Tỉnh ủy Hà Tĩnh", "Tỉnh ủy Hà Tĩnh"),
    ],
)
def test_set_phrases_are_spelt_as_always(read: str, spelt: str) -> None:
    assert mend_phrases(read) == spelt


@pytest.mark.parametrize(
    ("read", "spelt"),
    [
        ("Lưu: VT. NC", "Lưu: VT, NC"),
        ("Lưu; VT, NgV", "Lưu: VT, NgV"),
        ("Lưu: VT, NC. O", "Lưu: VT, NC"),
        ("Lưu: VT. 71", "Lưu: VT"),
        ("Lưu: VT, NgV, TH. Cẹ", "Lưu: VT, NgV, TH"),
        ("Lưu: VT, P.NC", "Lưu: VT, P.NC"),
        ("Lưu: VT, Hà (5b)", "Lưu: VT, Hà (5b)"),
        ("Lưu trữ cơ quan", "Lưu trữ cơ quan"),
        ("Lm: VT, NC", "Lưu: VT, NC"),
        ("Lê: Nam", "Lê: Nam"),
    ],
)
def test_the_file_copy_is_codes_with_commas_between(read: str, spelt: str) -> None:
    assert mend_filed(read) == spelt


def test_a_long_entry_takes_no_longer_than_its_length() -> None:
    assert_linear(mend_filed, "VT. ", 4000)
    assert_linear(mend_phrases, "tinh uy ", 4000)
    assert_linear(mend_subject, "tinh hinh ", 4000)


@pytest.mark.parametrize(
    ("read", "spelt"),
    [
        ("Về tinh hình đối ngoại năm 2019", "Về tình hình đối ngoại năm 2019"),
        ("Hợp tác với nước ngoại, kiêu bào", "Hợp tác với nước ngoài, kiều bào"),
        ("Chính sách dân tộc thiếu số", "Chính sách dân tộc thiểu số"),
        ("Việc còn thiếu số liệu đối ngoại", "Việc còn thiếu số liệu đối ngoại"),
        ("Kết quả tính đến hết quý III", "Kết quả tính đến hết quý III"),
        ("Chế độ cộng tác viên", "Chế độ cộng tác viên"),
        ("TÌNH HÌNH ĐỐI NGOẠI", "TÌNH HÌNH ĐỐI NGOẠI"),
    ],
)
def test_set_phrases_of_subjects_keep_their_spelling(read: str, spelt: str) -> None:
    assert mend_subject(read) == spelt

import pytest

from pipeline.gazetteers.organisations import canonical_organisation, expand_abbreviations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND huyện", "Ủy ban nhân dân huyện"),
        ("Văn phòng HĐND và UBND huyện", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện"),
        ("HĐND-UBND tỉnh", "Hội đồng nhân dân-Ủy ban nhân dân tỉnh"),
        ("Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội"),
        ("206/QĐ-UBND, 12/UBND-VX", "206/QĐ-UBND, 12/UBND-VX"),
        ("BC-UBND", "BC-UBND"),
    ],
)
def test_abbreviations_are_written_out_but_symbols_stay(text: str, expected: str) -> None:
    assert expand_abbreviations(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND huyện Nga Sơn", "Ủy ban nhân dân huyện Nga Sơn"),
        ("ỦY BAN NHÂN DÂN / HUYỆN NGA SƠN", "Ủy ban nhân dân huyện Nga Sơn"),
        ("Uỷ ban Nhân dân\nHuyện Nga Sơn", "Ủy ban nhân dân huyện Nga Sơn"),
        ("ỦY BAN NHÂN DÂN XÃ BÌNH AN", "Ủy ban nhân dân xã Bình An"),
        ("UBND TP. Hạ Long", "Ủy ban nhân dân thành phố Hạ Long"),
        ("SỞ NGOẠI VỤ", "Sở Ngoại vụ"),
        ("TỈNH ỦY THANH HÓA", "Tỉnh ủy Thanh Hóa"),
        ("BAN QUẢN LÝ KHU KINH TẾ NGHI SƠN", "Ban Quản lý Khu kinh tế Nghi Sơn"),
        ("CÔNG AN TỈNH THANH HÓA", "Công an tỉnh Thanh Hóa"),
        ("Công ty TNHH ABC", "Công ty TNHH ABC"),
        ("", ""),
    ],
)
def test_one_office_has_one_spelling(text: str, expected: str) -> None:
    assert canonical_organisation(text) == expected

import pytest

from pipeline.document import Layout, Paragraph, Zone
from pipeline.extraction.letterhead_issuer import issuer_fields, proper_case
from pipeline.layout.columns import around
from tests.layout.printed import row


def issuer(*lines: str, body: str = "", number: str = "") -> tuple[str | None, str | None]:
    numbered = (row(0.2, (0.18, number)),) if number else ()
    zones = (Zone("number", 1, around(numbered), numbered),) if number else ()
    printed = tuple(row(0.06 + i * 0.022, (0.18, text)) for i, text in enumerate(lines))
    paragraphs = (Paragraph(row(0.4, (0.13, body)).words),) if body else ()
    parent, own = issuer_fields(Layout((Zone("issuer", 1, around(printed), printed), *zones), paragraphs))
    return parent.value_text, own.value_text


@pytest.mark.parametrize(
    ("lines", "parent", "own"),
    [
        (("ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ"), None, "Ủy ban nhân dân huyện Hoa Lư"),
        (("UBND HUYỆN HOA LƯ",), None, "Ủy ban nhân dân huyện Hoa Lư"),
        (("UBND HUYỆN EA KAR", "PEOPLE'S COMMITTEE"), None, "Ủy ban nhân dân huyện Ea Kar"),
        (("UỶ BAN NHÂN DÂN", "THÀNH PHỐ ĐÀ NẴNG"), None, "Ủy ban nhân dân thành phố Đà Nẵng"),
        (("UBND TP. TAM ĐIỆP",), None, "Ủy ban nhân dân thành phố Tam Điệp"),
        (("UBND TP.TAM ĐIỆP",), None, "Ủy ban nhân dân thành phố Tam Điệp"),
        (("UBND THỊ XÃ", "ĐÔNG TRIỀU"), None, "Ủy ban nhân dân thị xã Đông Triều"),
        (("UBND TỈNH NINH BÌNH", "SỞ NGOẠI VỤ"), "Ủy ban nhân dân tỉnh Ninh Bình", "Sở Ngoại vụ"),
        (
            ("ỦY BAN NHÂN DÂN", "TỈNH NINH BÌNH", "SỞ KẾ HOẠCH VÀ", "ĐẦU TƯ"),
            "Ủy ban nhân dân tỉnh Ninh Bình",
            "Sở Kế hoạch và Đầu tư",
        ),
        (
            ("UBND HUYỆN HOA LƯ", "UBND XÃ NINH AN"),
            "Ủy ban nhân dân huyện Hoa Lư",
            "Ủy ban nhân dân xã Ninh An",
        ),
        (("TỈNH ỦY NINH BÌNH", "BAN TUYÊN GIÁO"), "Tỉnh ủy Ninh Bình", "Ban Tuyên giáo"),
        (("ĐẢNG BỘ TỈNH NINH BÌNH", "HUYỆN ỦY HOA LƯ"), "Đảng bộ tỉnh Ninh Bình", "Huyện ủy Hoa Lư"),
        (("BỘ NGOẠI GIAO", "CỤC LÃNH SỰ"), "Bộ Ngoại giao", "Cục Lãnh sự"),
        (
            ("BAN CHỈ ĐẠO", "HỘI NHẬP QUỐC TẾ", "TỈNH NINH BÌNH"),
            None,
            "Ban Chỉ đạo hội nhập quốc tế tỉnh Ninh Bình",
        ),
        (
            ("VĂN PHÒNG HĐND&UBND", "HUYỆN HOA LƯ"),
            None,
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện Hoa Lư",
        ),
        (
            ("SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI"),
            None,
            "Sở Lao động - Thương binh và Xã hội",
        ),
        (("HỘI ĐỒNG NHÂN DÂN", "TỈNH BÀ RỊA - VŨNG TÀU"), None, "Hội đồng nhân dân tỉnh Bà Rịa - Vũng Tàu"),
        (("ÙY BAN NHÀN DÂN", "HUYỆN HOA LƯ", "______"), None, "Ủy ban nhân dân huyện Hoa Lư"),
        (("SỞ NGOẠI VỤ", "DEPARTMENT OF FOREIGN AFFAIRS"), None, "Sở Ngoại vụ"),
        (("UBNDĐ HUYỆN HOA LƯ",), None, "Ủy ban nhân dân huyện Hoa Lư"),
    ],
)
def test_issuers_are_joined_and_written_out(lines: tuple[str, ...], parent: str | None, own: str) -> None:
    assert issuer(*lines) == (parent, own)


def test_names_are_spelt_as_the_body_spells_them() -> None:
    body = "huyện Hoa Lư và Hoa Lư, Hoa Lư"
    assert issuer("ỦY BAN NHÂN DÂN", "HUYỆN HOA LU", body=body)[1] == "Ủy ban nhân dân huyện Hoa Lư"


def test_fields_of_work_open_with_a_capital() -> None:
    assert proper_case("PHÒNG VĂN HÓA VÀ THÔNG TIN") == "Phòng Văn hóa và Thông tin"
    assert proper_case("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG") == "Trung tâm Phục vụ hành chính công"


def test_a_name_that_lost_its_space_is_found_in_the_gazetteer() -> None:
    assert issuer("UBND THÀNH PHỐ HỘIAN")[1] == "Ủy ban nhân dân thành phố Hội An"


def test_names_of_communes_are_left_as_printed() -> None:
    assert issuer("UBND XÃ HỘIAN")[1] == "Ủy ban nhân dân xã Hộian"


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("HUYỆN VŨ THƯ A. 71)", "Ủy ban nhân dân huyện Vũ Thư"),
        ("THÀNH PHỐ NHA TRANG LỘ Ñ", "Ủy ban nhân dân thành phố Nha Trang"),
        ("XÃ SÌN HỒ TY 8", "Ủy ban nhân dân xã Sìn Hồ"),
        ("XÃ TÂN AN HÒA", "Ủy ban nhân dân xã Tân An Hòa"),
        ("QUẬN 3", "Ủy ban nhân dân quận 3"),
        ("HUYỆN CƯ M'GAR", "Ủy ban nhân dân huyện Cư M'gar"),
    ],
)
def test_what_a_stamp_left_after_a_known_place_is_no_name(name: str, own: str) -> None:
    assert issuer("ỦY BAN NHÂN DÂN", name)[1] == own


@pytest.mark.parametrize("stamp", ["Đến", "CV ĐẾN", "BẢN SAO", "I/0/0", "CÔNG XẴN ĐỀN", "VĂN BẢN ĐẾM"])
def test_what_a_stamp_says_over_the_issuer_is_no_parent(stamp: str) -> None:
    parent, own = issuer(stamp, "ỦY BAN NHÂN DÂN", "HUYỆN HOA LƯ")
    assert parent is None
    assert own == "Ủy ban nhân dân huyện Hoa Lư"


@pytest.mark.parametrize("line", ["9. ỦY BAN NHÂN DÂN", "N 717. ỦY BAN NHÂN DÂN"])
def test_scraps_with_figures_before_the_issuer_are_no_part_of_it(line: str) -> None:
    assert issuer(line, "HUYỆN HOA LƯ")[1] == "Ủy ban nhân dân huyện Hoa Lư"


@pytest.mark.parametrize("parent", ["TẬP ĐOÀN DẦU KHÍ", "KHU KINH TẾ", "THÀNH ĐOÀN HÀ NỘI"])
def test_a_parent_of_a_kind_that_no_list_holds_does_not_vanish(parent: str) -> None:
    found, own = issuer(parent, "BAN QUẢN LÝ DỰ ÁN")
    assert found is not None
    assert own == "Ban Quản lý dự án"


@pytest.mark.parametrize(
    ("line", "number", "own"),
    [
        ("DÂN HUYỆN HOA LƯ", "Số: 12/BC-UBND", "Ủy ban nhân dân huyện Hoa Lư"),
        ("BAN NHÂN DÂN XÃ NINH AN", "Số: 12/BC-UBND", "Ủy ban nhân dân xã Ninh An"),
        ("DÂN HUYỆN HOA LƯ", "Số: 12/NQ-HĐND", "Dân huyện Hoa Lư"),
        ("SỞ HOẠCH VÀ ĐẦU TƯ", "", "Sở Kế hoạch và Đầu tư"),
        ("SỞ VĂN HÓA VÀ THỂ THAO", "", "Sở Văn hóa và Thể thao"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "", "Sở Văn hóa, Thể thao và Du lịch"),
        ("SỞ NÔNG NGHIỆP", "", "Sở Nông nghiệp"),
    ],
)
def test_words_that_a_stamp_took_from_a_known_name_are_put_back(line: str, number: str, own: str) -> None:
    assert issuer(line, number=number)[1] == own


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("PHÒNG QUẢN LÝ XUẤT NHẬP CẢNH", "Phòng Quản lý xuất nhập cảnh"),
        ("CỤC HẢI QUAN TỈNH LÀO CAI", "Cục Hải quan tỉnh Lào Cai"),
        ("BAN CHỈ HUY QUÂN SỰ HUYỆN HOA LƯ", "Ban Chỉ huy Quân sự huyện Hoa Lư"),
        ("PHÒNG VĂN HÓA - XÃ HỘI", "Phòng Văn hóa - Xã hội"),
        ("ỦY BAN NHÂN DÂN XÃ HỘI SƠN", "Ủy ban nhân dân xã Hội Sơn"),
        ("ỦY BAN NHÂN DÂN QUẢN HẢI CHÂU", "Ủy ban nhân dân quận Hải Châu"),
    ],
)
def test_words_that_fold_like_a_district_or_a_commune_are_none(printed: str, name: str) -> None:
    assert proper_case(printed) == name

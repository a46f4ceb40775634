"""Organisations and posts known by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extraction.organisations import (
    find_organisations,
    find_posts,
    leads_delegation,
    mend_abbreviations,
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giao Phòng Nội vụ huyện theo dõi", ["Phòng Nội vụ huyện"]),
        ("do Văn phòng HĐND&UBND tỉnh chủ trì", ["Văn phòng HĐND&UBND tỉnh"]),
        ("Sở Kế hoạch và Đầu tư, Sở Ngoại vụ", ["Sở Kế hoạch và Đầu tư", "Sở Ngoại vụ"]),
        ("Ủy ban nhân dân huyện Hoa Lư báo cáo", ["Ủy ban nhân dân huyện Hoa Lư"]),
        ("theo quy định của Ban Thường vụ Tỉnh ủy về", ["Ban Thường vụ Tỉnh ủy"]),
        ("Công an tỉnh và Sở Tài chính", ["Công an tỉnh", "Sở Tài chính"]),
        ("đã ban hành quyết định, sở hữu và hội họp", []),
    ],
)
def test_organisations_are_known_by_their_form(text: str, names: list[str]) -> None:
    assert [span.text for span in find_organisations(text)] == names


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("do đồng chí Phó Chánh Văn phòng UBND huyện phụ trách", ["Phó Chánh Văn phòng UBND huyện"]),
        ("giao Trưởng phòng Nội vụ theo dõi", ["Trưởng phòng Nội vụ"]),
        ("huyện đã họp bàn", []),
    ],
)
def test_posts_are_known_by_their_form(text: str, posts: list[str]) -> None:
    assert [span.text for span in find_posts(text)] == posts


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Sở Ngoại vụ thống nhất quản lý", "Sở Ngoại vụ"),
        ("Phòng Nội vụ bảo quản hộ chiếu", "Phòng Nội vụ"),
        ("Sở Công Thương kiểm tra, thẩm định", "Sở Công Thương"),
        ("Sở Ngoại vụ tiến hành rà soát", "Sở Ngoại vụ"),
        ("Chi cục Thống kê tổng hợp", "Chi cục Thống kê"),
        ("Văn phòng cấp ủy theo dõi", "Văn phòng cấp ủy"),
        ("Sở Thông tin và Truyền thông thông báo", "Sở Thông tin và Truyền thông"),
    ],
)
def test_what_an_office_does_is_no_part_of_its_name(text: str, office: str) -> None:
    assert [found.text for found in find_organisations(text)] == [office]


@pytest.mark.parametrize(
    ("after", "leads"),
    [
        (" làm trưởng đoàn sang Lào", True),
        (" phụ trách kinh tế làm Trưởng đoàn", True),
        (" dẫn đầu sang thăm", True),
        (" phụ trách kinh tế trực tiếp theo dõi", False),
        (" làm Trưởng ban", False),
    ],
)
def test_who_leads_a_delegation_is_told_by_what_follows(after: str, leads: bool) -> None:
    post = "Phó Chủ tịch UBND huyện"
    assert leads_delegation(post + after, len(post)) is leads


@pytest.mark.parametrize(
    "post",
    [
        "Phó Giám đốc phụ trách xuất nhập khẩu",
        "Phó Chủ tịch phụ trách khoa giáo - văn xã",
        "Trưởng phòng Văn hóa và Thông tin",
        "Phó Trưởng ban Thường trực",
        "Trưởng ban Dân vận Tỉnh ủy",
        "Trưởng Ban Chỉ đạo hội nhập quốc tế",
        "Quyền Giám đốc Sở",
        "Chủ nhiệm Ủy ban Kiểm tra",
        "Chỉ huy trưởng Ban Chỉ huy Quân sự xã",
        "Phó Trưởng phòng phụ trách Phòng Lễ tân",
        "Trưởng bộ phận Ngoại vụ",
    ],
)
def test_a_post_is_named_to_its_end(post: str) -> None:
    assert [found.text for found in find_posts(f"Do {post} trực tiếp chỉ đạo.")] == [post]


@pytest.mark.parametrize(
    "office",
    [
        "Ban Chỉ đạo hội nhập quốc tế tỉnh",
        "Trung tâm Xúc tiến đầu tư, thương mại và du lịch",
        "Phòng Dân tộc và Tôn giáo",
        "Liên hiệp các tổ chức hữu nghị tỉnh",
        "Phòng Quản lý xuất nhập cảnh Công an tỉnh",
    ],
)
def test_an_office_is_named_to_its_end(office: str) -> None:
    assert [found.text for found in find_organisations(f"Đầu mối là {office} theo dõi.")] == [office]


def test_misread_abbreviations_are_mended_in_their_place() -> None:
    assert mend_abbreviations("HDND và UBMD huyện") == "HĐND và UBND huyện"
    assert mend_abbreviations("UBND huyện") == "UBND huyện"


@given(st.text(alphabet="SởBanPhòngvụ HĐND&,-UV", max_size=60))
def test_offsets_are_those_of_the_text(text: str) -> None:
    for span in (*find_organisations(text), *find_posts(text)):
        assert mend_abbreviations(text)[span.start : span.end] == span.text

"""Names of communes in reports of the border, and names beside them that are of other places."""

import pytest

from pipeline.extraction.place_kinds import is_of_kind
from tests.extraction.reports import understood
from tests.linear import assert_linear

KINDS = ("xã", "phường", "thị trấn")


def communes(text: str) -> list[str | None]:
    return [row.value_text for row in understood(text).rows("border.communes")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Huyện có 03 xã biên giới: Na Mèo, Sơn Thủy", "Na Mèo"),
        ("Các xã giáp biển của huyện gồm Hải Ninh, Hải Hà", "Hải Ninh"),
        ("Dân quân tại Na Mèo tuần tra đường biên", "Na Mèo"),
        ("Bà con ở Na Mèo giữ gìn cột mốc", "Na Mèo"),
        ("Tại huyện Quan Sơn, các xã Na Mèo, Sơn Thủy giáp Lào", "Na Mèo"),
        ("Các xã Na Mèo, Sơn Thủy giáp Lào", "Sơn Thủy"),
    ],
)
def test_a_name_may_be_a_commune_s(text: str, name: str) -> None:
    assert is_of_kind(text, text.index(name), KINDS)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("kè sát sông Mã và suối Xia", "Xia"),
        ("qua cửa khẩu Na Mèo", "Na Mèo"),
        ("các đồn Biên phòng tổ chức tuần tra", "Biên phòng"),
        ("17 xã của ba huyện là Quan Sơn, Mường Lát", "Quan Sơn"),
        ("17 xã của ba huyện là Quan Sơn, Mường Lát và Thường Xuân", "Mường Lát"),
        ("tập trung ở các huyện Quan Sơn, Mường Lát", "Mường Lát"),
        ("qua 16 xã, thị trấn thuộc Quan Sơn, Mường Lát", "Quan Sơn"),
        ("bạn bàn giao lại 04 người ở xã Na Mèo", "Na Mèo"),
        ("02 tàu, 15 ngư dân phường Hải Ninh bị giữ", "Hải Ninh"),
        ("đồng bào Mông ở hai bên", "Mông"),
        ("xã Na Mèo, huyện Quan Sơn", "Quan Sơn"),
    ],
)
def test_a_name_of_another_place_is_no_commune_s(text: str, name: str) -> None:
    assert not is_of_kind(text, text.index(name), KINDS)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("4 trên 12 xã là xã biên giới gồm Na Mèo, Sơn Thủy và Tam Lư.", ["Na Mèo", "Sơn Thủy", "Tam Lư"]),
        ("Huyện có 02 xã giáp biển là Hải Ninh và Hải Hà.", ["Hải Ninh", "Hải Hà"]),
        ("Sáu xã biên giới cùng các đồn Biên phòng tổ chức 120 lượt tuần tra.", [None]),
        ("Đường biên đi qua 09 xã thuộc các huyện Quan Sơn, Mường Lát.", [None]),
        ("Biên giới tiếp giáp tỉnh Hủa Phăn, có cửa khẩu Na Mèo.", [None]),
        ("Bạn trao trả 05 công dân ở xã Na Mèo vượt biên trái phép.", [None]),
        ("Quan điểm nhất quán là giữ vững đường biên.", [None]),
        ("Triển khai văn kiện về biên giới Việt Nam - Trung Quốc.", [None]),
    ],
)  # fmt: skip
def test_only_communes_are_listed(said: str, expected: list[str | None]) -> None:
    assert communes(f"1. Công tác biên giới\n{said}") == expected


def test_border_communes_named_as_such_are_found_under_any_heading() -> None:
    said = "4 trên 12 xã là xã biên giới gồm Na Mèo, Sơn Thủy và Tam Lư."
    assert communes(f"I. Đặc điểm tình hình\n{said}") == ["Na Mèo", "Sơn Thủy", "Tam Lư"]


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("Thị xã có bờ biển dài 40 km, 8/11 xã, phường giáp biển.", 8),
        ("Tuyến biên giới dài 133 km, chạy qua 13 xã.", 13),
        ("Biên giới nằm trên địa bàn 7 xã của 2 huyện.", 7),
        ("Huyện có 50 km đường biên giới giáp Lào, đi qua 05 xã.", 5),
    ],
)
def test_how_many_communes_the_border_runs_through(said: str, count: int) -> None:
    row = understood(f"I. Tình hình chung\n{said}").first("border.commune_count")
    assert row is not None and row.value_number == count


def test_names_before_a_name_take_linear_time() -> None:
    for piece in ("Na Mèo, ", "ở các huyện Na ", "Đ", "5 người "):
        assert_linear(lambda text: is_of_kind(text, len(text), KINDS), piece, 40_000)


@pytest.mark.parametrize(
    ("said", "communes"),
    [
        ("- Xã biên giới: 03 xã (Sơn Kim 1, Sơn Kim 2, Sơn Hồng).", ["Sơn Kim 1", "Sơn Kim 2", "Sơn Hồng"]),
        ("- Xã biên giới: 03 xã (Thượng Phùng, Xín Cái, Sơn Vĩ).", ["Thượng Phùng", "Xín Cái", "Sơn Vĩ"]),
        ("Các xã biên giới (Na Ư, Pa Thơm, Mường Pồn 1).", ["Na Ư", "Pa Thơm", "Mường Pồn 1"]),
        ("Cử đoàn sang làm việc với xã Pó Nhầy (huyện Ô Za Đao, tỉnh Ratanakiri, Campuchia).", [None]),
        ("Xã giáp với xã Nậm Ét, huyện Mường Ét (Lào).", [None]),
    ],
)
def test_communes_in_brackets_with_numbers_and_abroad(said: str, communes: list[str | None]) -> None:
    rows = understood(f"4. Biên giới lãnh thổ\n{said}").rows("border.communes")
    assert [row.value_text for row in rows] == communes

"""What counts as an entity of a generated line, and how far it reaches."""

import pytest

from samples.generator.compose.mentions import Mention, mentions


def found(
    text: str, *given: tuple[str, str], known: tuple[tuple[str, str], ...] = ()
) -> list[tuple[str, str]]:
    marked = [Mention(label, text.index(words), text.index(words) + len(words)) for label, words in given]
    return [(one.label, text[one.start : one.end]) for one in mentions(text, marked, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đề nghị Bộ Ngoại giao hỗ trợ.", [("ORG", "Bộ Ngoại giao")]),
        ("Phó Chủ tịch UBND tỉnh dự.", [("POST", "Phó Chủ tịch UBND tỉnh")]),
        (
            "Từ năm 2018 đến năm 2019 có 12 dự án.",
            [("PERIOD", "Từ năm 2018 đến năm 2019"), ("QUANTITY", "12 dự án")],
        ),
        ("Báo cáo gửi trước ngày 05/11/2019.", [("DATE", "ngày 05/11/2019")]),
        ("(Kèm theo Báo cáo số 12/BC-UBND)", [("LEGAL_DOC", "Báo cáo số 12/BC-UBND")]),
        ("Người Việt Nam ở Lào.", [("COUNTRY", "Việt Nam"), ("COUNTRY", "Lào")]),
        ("Hỗ trợ 2,5 tỷ đồng.", [("MONEY", "2,5 tỷ đồng")]),
        ("Các hội nghị được tổ chức gọn nhẹ.", []),
    ],
)
def test_what_wordings_write_out_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("Có tăng 8,5% so với trước.", ("QUANTITY", "tăng 8,5%"), [("QUANTITY", "8,5%")]),
        ("Có 12 dự án phi chính phủ.", ("QUANTITY", "12 dự án phi chính phủ"), [("QUANTITY", "12 dự án")]),
        ("Thăm tháng 5/2019.", ("DATE", "tháng 5/2019"), [("PERIOD", "tháng 5/2019")]),
        ("Lê An, Bí thư Tỉnh ủy.", ("PERSON", "Lê An, Bí thư Tỉnh ủy"), [("PERSON", "Lê An"), ("POST", "Bí thư Tỉnh ủy")]),
        ("Với tỉnh Bo (Lào).", ("ORG", "tỉnh Bo (Lào)"), [("PLACE", "tỉnh Bo"), ("COUNTRY", "Lào")]),
        ("Của Đoàn doanh nghiệp Lào.", ("ORG", "Đoàn doanh nghiệp Lào"), [("COUNTRY", "Lào")]),
        ("UBND huyện Nga Sơn.", ("PLACE", "huyện Nga Sơn"), [("ORG", "UBND huyện Nga Sơn")]),
        ("Chủ tịch UBND xã Ba.", ("ORG", "UBND xã Ba"), [("POST", "Chủ tịch UBND xã Ba")]),
        ("Triển khai dự án Nước sạch.", ("PROGRAMME", "Nước sạch"), [("PROGRAMME", "dự án Nước sạch")]),
    ],
)  # fmt: skip
def test_what_the_scribe_marked_is_brought_to_its_reach(
    text: str, given: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    assert found(text, given) == expected


def test_a_name_written_without_a_mark_is_found_by_its_words() -> None:
    known = (("EVENT", "Lễ hội Hoa ban"),)
    assert found("Dự lễ hội Hoa ban.", known=known) == [("EVENT", "lễ hội Hoa ban")]

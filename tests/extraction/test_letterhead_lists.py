import pytest

from pipeline.document import Layout, Zone
from pipeline.extraction.letterhead_lists import addressees, recipients, subject
from pipeline.layout.columns import around
from tests.layout.printed import row


def entries(*lines: str, kind: str = "recipients") -> list[str | None]:
    printed = tuple(row(0.5 + i * 0.02, (0.13, text)) for i, text in enumerate(lines))
    if kind == "recipients":
        return [
            v.value_text for v in recipients(Layout((Zone("recipients", 1, around(printed), printed),), ()))
        ]
    return [v.value_text for v in addressees(Layout((Zone("addressees", 1, around(printed), printed),), ()))]


def test_items_lose_bullet_and_closing_punctuation() -> None:
    assert entries("Nơi nhận:", "- Như trên;", "-CT, các PCT UBND tỉnh;", "– Lưu: VT, NV.") == [
        "Như trên",
        "CT, các PCT UBND tỉnh",
        "Lưu: VT, NV",
    ]


def test_wrapped_items_are_joined() -> None:
    assert entries("Nơi nhận:", "- Sở Văn hóa, Thể thao", "và Du lịch;", "- Lưu: VT.") == [
        "Sở Văn hóa, Thể thao và Du lịch",
        "Lưu: VT",
    ]


def test_a_lost_bullet_still_begins_an_item() -> None:
    assert entries("Nơi nhận:", "- Như trên;", "Sở Ngoại vụ;", "- Lưu: VT.") == [
        "Như trên",
        "Sở Ngoại vụ",
        "Lưu: VT",
    ]


def test_the_only_addressee_follows_its_label() -> None:
    assert entries("Kính gửi: Sở Ngoại vụ tỉnh.", kind="addressees") == ["Sở Ngoại vụ tỉnh"]


def test_semicolons_part_addressees_without_bullets() -> None:
    assert entries("Kính gửi: Sở Ngoại vụ; Sở Nội vụ.", kind="addressees") == ["Sở Ngoại vụ", "Sở Nội vụ"]


def test_a_label_with_nothing_after_it_is_blank() -> None:
    line = row(0.5, (0.3, "Kính gửi:"))
    (value,) = addressees(Layout((Zone("addressees", 1, line.box, (line,)),), ()))
    assert value.state == "blank" and value.box is not None


def test_what_follows_the_end_of_an_entry_is_none_of_it() -> None:
    assert entries("Nơi nhận:", "- Phòng Nội vụ; ý", "- Lưu: VT, NC. O") == ["Phòng Nội vụ", "Lưu: VT, NC"]


def test_the_file_copy_begins_an_entry_wherever_it_stands() -> None:
    assert entries("Nơi nhận:", "- Phòng Nội vụ; — Lưu: VT, NC.") == ["Phòng Nội vụ", "Lưu: VT, NC"]
    assert entries("Nơi nhận:", "- Như trên;", "- Lưu: VT.") == ["Như trên", "Lưu: VT"]


def test_set_phrases_are_put_right_and_said_to_be() -> None:
    printed = tuple(row(0.8 + i * 0.02, (0.1, text)) for i, text in enumerate(("Nơi nhận:", "- UBND tính;")))
    (one,) = recipients(Layout((Zone("recipients", 1, around(printed), printed),), ()))
    assert one.value_text == "UBND tỉnh"
    assert "repaired" in one.doubts


def test_figures_of_a_stamp_before_a_bullet_are_no_entry() -> None:
    lines = ("Kính gửi:", "9203 - Sở Ngoại vụ tỉnh Khánh Hoà;", "28.27 - UBND tỉnh Khánh Hoà.")
    assert entries(*lines, kind="addressees") == ["Sở Ngoại vụ tỉnh Khánh Hoà", "UBND tỉnh Khánh Hoà"]


def test_codes_after_a_semicolon_belong_to_the_file_copy() -> None:
    assert entries("Nơi nhận:", "- Như trên;", "- Lưu: VT; TH.") == ["Như trên", "Lưu: VT; TH"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("xi ĐỀN, Đánh giá hoạt động lễ tân quý III/2015",), "Đánh giá hoạt động lễ tân quý III/2015"),
        (("CÔNG VĂN ĐẾN Kết quả đối ngoại năm 2015",), "Kết quả đối ngoại năm 2015"),
        (("V/v cử cán bộ sang Lào L CÔNG VĂNẾN 9 Số: 82",), "cử cán bộ sang Lào"),
        (("Việc xử lý công văn đến năm 2015",), "Việc xử lý công văn đến năm 2015"),
        (("ĐẾN NĂM 2015 VÀ CÔNG VĂN ĐẾN",), "ĐẾN NĂM 2015 VÀ CÔNG VĂN ĐẾN"),
    ],
)
def test_what_an_incoming_mail_stamp_says_is_no_subject(lines: tuple[str, ...], said: str) -> None:
    printed = tuple(row(0.2 + i * 0.02, (0.2, text)) for i, text in enumerate(lines))
    assert subject(Layout((Zone("subject", 1, around(printed), printed),), ())).value_text == said

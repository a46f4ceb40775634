import pytest

from pipeline.document import Box, Paragraph, Word
from pipeline.extraction.values.lists import split_items, split_names


def paragraph(text: str) -> Paragraph:
    return Paragraph(tuple(Word(word, Box(0, 0, 1, 1), 1.0, 1) for word in text.split()))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bình An, Bình Hải, Tam Tiến và Tam Hòa", ["Bình An", "Bình Hải", "Tam Tiến", "Tam Hòa"]),
        ("bờ biển dài 6,5km gồm 3 xã: An Hải, An Phú, An Vĩnh. Công tác", ["An Hải", "An Phú", "An Vĩnh"]),
        ("xã Tam Chung, xã Pù Nhi và thị trấn Yên Bình", ["Tam Chung", "Pù Nhi", "thị trấn Yên Bình"]),
        ("chủ yếu sang Hàn Quốc, Đài Loan (Trung Quốc) để làm việc", ["Hàn Quốc", "Đài Loan (Trung Quốc)"]),
        ("Các nước: Lào; Thái Lan; v.v.", ["Lào", "Thái Lan"]),
        ("không có tên nào", []),
        ("", []),
    ],
)
def test_names_are_split_and_trimmed(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in split_names(text)] == names


def test_items_lose_their_bullets_and_numbers() -> None:
    items = split_items(
        [paragraph(text) for text in ("- Một việc.", "2. Hai việc.", "a) Ba việc.", "Bốn việc.")]
    )
    assert [item.text for item in items] == ["Một việc.", "Hai việc.", "Ba việc.", "Bốn việc."]


def test_a_broken_item_is_joined_and_an_announcement_left_out() -> None:
    texts = ("Nhiệm vụ như sau:", "- Triển khai chương trình", "hành động của tỉnh;", "- Tập huấn cán bộ.")
    items = split_items([paragraph(text) for text in texts])
    assert [item.text for item in items] == [
        "Triển khai chương trình hành động của tỉnh;",
        "Tập huấn cán bộ.",
    ]


def test_a_remark_in_brackets_is_no_item() -> None:
    items = split_items([paragraph("Tập huấn cán bộ."), paragraph("(Các hoạt động khác chưa có kế hoạch)")])
    assert [item.text for item in items] == ["Tập huấn cán bộ."]


def test_no_paragraphs_give_no_items() -> None:
    assert split_items([]) == []

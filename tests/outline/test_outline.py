from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import Layout, Outline, Section
from pipeline.outline import outline
from pipeline.outline.numbering import read_numeral
from tests.extraction.reports import body


def tree(text: str) -> Outline:
    return outline(Layout((), body(text)))


def shape(text: str) -> list[tuple[str, str, str]]:
    """(path, printed number, heading) of every section but the preamble."""
    return [(s.path, s.printed_number, s.heading.text) for s in tree(text).sections[1:]]


def section(text: str, path: str) -> Section:
    (found,) = [s for s in tree(text).sections if s.path == path]
    return found


def test_roman_arabic_letters_and_bullets_nest() -> None:
    assert shape("""
        I. KẾT QUẢ
        1. Đoàn ra
        a) Về số lượng
        - Cấp huyện: 02 đoàn
        b) Về nội dung
        2. Đoàn vào
        II. KIẾN NGHỊ
    """) == [
        ("1", "I", "KẾT QUẢ"),
        ("1.1", "1", "Đoàn ra"),
        ("1.1.1", "a", "Về số lượng"),
        ("1.1.1.1", "-", "Cấp huyện:"),
        ("1.1.2", "b", "Về nội dung"),
        ("1.2", "2", "Đoàn vào"),
        ("2", "II", "KIẾN NGHỊ"),
    ]


def test_capital_letters_above_roman_numerals() -> None:
    found = shape("""
        A. KẾT QUẢ
        I. Đoàn ra
        1. Cấp huyện
        II. Đoàn vào
        B. NHIỆM VỤ
        I. Phương hướng
    """)
    assert [path for path, _printed, _heading in found] == ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]


def test_capital_letters_below_roman_numerals() -> None:
    found = shape("I. KẾT QUẢ\nA. Đoàn ra\nB. Đoàn vào\nII. NHIỆM VỤ")
    assert [path for path, _printed, _heading in found] == ["1", "1.1", "1.2", "2"]


def test_decimal_numbers_nest_by_their_depth() -> None:
    found = shape("1. Kết quả\n1.1. Đoàn ra\n1.1.1. Cấp huyện\n1.1.2. Cấp xã\n1.2. Đoàn vào\n2. Nhiệm vụ")
    assert [(path, printed) for path, printed, _heading in found] == [
        ("1", "1"), ("1.1", "1.1"), ("1.1.1", "1.1.1"), ("1.1.2", "1.1.2"), ("1.2", "1.2"), ("2", "2"),
    ]  # fmt: skip


def test_a_part_on_a_line_of_its_own_takes_the_heading_under_it() -> None:
    found = shape("""
        Phần thứ nhất
        KẾT QUẢ CÔNG TÁC ĐỐI NGOẠI
        I. ĐOÀN RA
        Phần thứ hai
        PHƯƠNG HƯỚNG NHIỆM VỤ
        I. TRỌNG TÂM
    """)
    assert [(path, heading) for path, _printed, heading in found] == [
        ("1", "KẾT QUẢ CÔNG TÁC ĐỐI NGOẠI"),
        ("1.1", "ĐOÀN RA"),
        ("2", "PHƯƠNG HƯỚNG NHIỆM VỤ"),
        ("2.1", "TRỌNG TÂM"),
    ]


def test_a_misread_numeral_keeps_what_was_read_and_takes_its_place_in_the_order() -> None:
    found = tree("I. BỐI CẢNH\nH. KẾT QUẢ\nHI. TỒN TẠI\nIV. PHƯƠNG HƯỚNG")
    assert [(s.printed_number, s.number) for s in found.sections[1:]] == [
        ("I", 1), ("H", 2), ("HI", 3), ("IV", 4),
    ]  # fmt: skip
    assert not found.anomalies


def test_strokes_that_form_no_numeral_are_the_number_expected_there() -> None:
    headings = "\n".join(f"{n}. PHẦN VIỆC NÀY" for n in ("I", "II", "III", "IV", "V", "VI", "VII"))
    found = tree(headings + "\nVIHI. KIẾN NGHỊ")
    assert (found.sections[-1].printed_number, found.sections[-1].number) == ("VIHI", 8)
    assert not found.anomalies


def test_eleven_in_capitals_among_roman_headings_is_two() -> None:
    found = tree("I. KẾT QUẢ\n11. KHÓ KHĂN\nIII. KIẾN NGHỊ")
    assert [(s.path, s.number) for s in found.sections[1:]] == [("1", 1), ("2", 2), ("3", 3)]


def test_a_thousand_is_no_heading() -> None:
    found = tree("I. Kết quả\n1.221 đoàn đã đi nước ngoài trong năm nay.")
    assert len(found.sections) == 2
    assert found.sections[1].text.startswith("1.221 đoàn")


def test_headings_without_number_are_known_by_bold_print_or_capitals() -> None:
    found = shape("""
        **Công tác đoàn ra**
        Trong năm không phát sinh đoàn nào.
        **Công tác đoàn vào**
        Trong năm đón một đoàn khách.
        KIẾN NGHỊ, ĐỀ XUẤT
        Đề nghị cấp trên quan tâm.
    """)
    assert [heading for _path, _printed, heading in found] == [
        "Công tác đoàn ra", "Công tác đoàn vào", "KIẾN NGHỊ, ĐỀ XUẤT",
    ]  # fmt: skip
    plain = "Công tác đoàn ra\nTrong năm không phát sinh đoàn nào."
    assert shape(plain) == []


def test_bold_headings_stand_below_the_numbered_one_above_them() -> None:
    found = shape("I. KẾT QUẢ\n**Công tác đoàn ra**\nKhông.\n**Công tác đoàn vào**\nKhông.\nII. NHIỆM VỤ")
    assert [path for path, _printed, _heading in found] == ["1", "1.1", "1.2", "2"]


def test_a_bold_sentence_is_text() -> None:
    assert shape("I. KẾT QUẢ\n**Trong năm huyện đã cử hai đoàn đi công tác.**")[1:] == []


def test_labelled_bullets_are_sections_and_their_text_follows_the_colon() -> None:
    text = "1. Quản lý đoàn\n- Đoàn ra: Không có.\n- Đoàn vào: 02 đoàn khách."
    assert [(p, h) for p, _n, h in shape(text)] == [
        ("1", "Quản lý đoàn"), ("1.1", "Đoàn ra:"), ("1.2", "Đoàn vào:"),
    ]  # fmt: skip
    assert section(text, "1.2").text == "02 đoàn khách."


def test_bullets_without_label_are_text_and_a_second_mark_is_a_level_below() -> None:
    text = "1. Quản lý đoàn\n- Đã cử hai đoàn đi học tập.\n- Đoàn vào:\n+ Đoàn của bạn: một đoàn.\n- Khác: không."
    assert [(p, n) for p, n, _h in shape(text)] == [("1", "1"), ("1.1", "-"), ("1.1.1", "+"), ("1.2", "-")]
    assert section(text, "1").text == "- Đã cử hai đoàn đi học tập."


def test_what_follows_a_finished_bullet_belongs_to_the_heading_above() -> None:
    text = "1. Quản lý đoàn\n- Đoàn ra: Không có.\nNhìn chung công tác quản lý chặt chẽ.\n- Đoàn vào: Không."
    assert section(text, "1").text == "Nhìn chung công tác quản lý chặt chẽ."
    assert section(text, "1.1").text == "Không có."


def test_what_stands_before_the_first_heading_is_the_preamble() -> None:
    text = "Thực hiện công văn của cấp trên, huyện báo cáo.\nI. KẾT QUẢ\nĐã làm tốt."
    assert section(text, "0").text == "Thực hiện công văn của cấp trên, huyện báo cáo."
    assert tree("").sections[0].path == "0"


def test_the_heading_ends_at_its_colon_or_first_sentence() -> None:
    assert section("3. Đoàn vào: 05 đoàn.", "1").heading.text == "Đoàn vào:"
    assert section("3. Đoàn vào: 05 đoàn.", "1").text == "05 đoàn."
    ended = section("3. Đoàn vào. Trong năm, huyện đón 05 đoàn khách.", "1")
    assert (ended.heading.text, ended.text) == ("Đoàn vào.", "Trong năm, huyện đón 05 đoàn khách.")


def test_a_lead_in_before_a_colon_is_no_label() -> None:
    assert shape("I. KẾT QUẢ\n- Trong năm đã thực hiện một số việc, cụ thể như sau:")[1:] == []


@pytest.mark.parametrize(
    ("numerals", "odd"),
    [("I II III VI V", True), ("I II III III IV", True), ("I II III IV V", False), ("II III IV", True)],
)
def test_numbers_out_of_order_are_an_anomaly(numerals: str, odd: bool) -> None:
    found = tree("\n".join(f"{n}. PHẦN VIỆC NÀY" for n in numerals.split()))
    assert bool(found.anomalies) == odd
    if odd:
        (anomaly,) = found.anomalies
        printed = ", ".join(numerals.split())
        assert anomaly.message_vi.endswith(printed)
        assert anomaly.message_en.endswith(printed)
        assert anomaly.page == 1
        assert len(anomaly.sections) == len(numerals.split())


def test_an_anomaly_names_its_section_and_page() -> None:
    (anomaly,) = tree("I. KẾT QUẢ\n1. Đoàn ra\n~~~\n3. Đoàn vào\nII. NHIỆM VỤ\n1. Đoàn ra").anomalies
    assert (anomaly.page, anomaly.sections) == (2, ("1.1", "1.2"))
    assert "in section 1 " in anomaly.message_en


OPENINGS = [
    "I. ",
    "II. ",
    "A. ",
    "1. ",
    "12. ",
    "1.1. ",
    "a) ",
    "(1) ",
    "- ",
    "+ ",
    "Phần thứ hai ",
    "IL ",
    "",
    "",
    "1.221 ",
]
TEXTS = [
    "KẾT QUẢ",
    "Đoàn ra",
    "Đoàn ra: Không",
    "cử 05 đoàn.",
    "Đoàn vào. Trong năm, đón 02 đoàn",
    "**Kiều hối**",
    "như sau:",
    "Phần thứ nhất",
    "PHỤ LỤC",
]


@given(st.lists(st.tuples(st.sampled_from(OPENINGS), st.sampled_from(TEXTS)), max_size=12))
def test_every_word_is_in_exactly_one_heading_or_body(drawn: list[tuple[str, str]]) -> None:
    paragraphs = body("\n".join(opening + text for opening, text in drawn))
    found = outline(Layout((), paragraphs))
    kept = Counter(
        id(word) for s in found.sections for passage in (s.heading, *s.body) for word in passage.words
    )
    assert set(kept.values()) <= {1}
    for p in paragraphs:
        lost = [word for word in p.words if id(word) not in kept]
        # Only the number that opens a heading is neither heading nor text.
        assert list(p.words[: len(lost)]) == lost
        assert not lost or read_numeral(p.text) is not None
        assert len(lost) <= 3
    assert len({s.path for s in found.sections}) == len(found.sections)
    assert all(s.level == s.path.count(".") + 1 for s in found.sections[1:])


def test_a_heading_in_capitals_without_number_stands_beside_the_numbered_ones() -> None:
    found = shape("""
        III. TỒN TẠI
        - Thiếu cán bộ
        **KẾ HOẠCH QUÝ IV**
        IV. ĐỀ NGHỊ
    """)
    assert [path for path, _printed, _heading in found] == ["1", "2", "3"]
    found = shape("""
        1. Đoàn ra
        THỐNG KÊ ĐOÀN RA
        2. Đoàn vào
        2.1. Số đoàn
    """)
    assert [path for path, _printed, _heading in found] == ["1", "2", "3", "3.1"]


@pytest.mark.parametrize(
    "text",
    [
        "Theo Công văn số 96/SNgV-LS ngày 18/01/2017 của Sở Ngoại vụ, UBND huyện báo cáo:",
        "Năm 2023, Mặt trận tỉnh tập trung vào ba việc:",
        "Kim ngạch các năm thể hiện ở bảng dưới đây (đơn vị tính: triệu USD):",
        "Số liệu đến hết ngày 31/5/2018, ước cả tháng 6:",
        "Các khoản viện trợ được duyệt theo Nghị định số 80/2020/NĐ-CP của Chính phủ:",
    ],
)
def test_a_sentence_that_leads_in_or_cites_is_no_heading(text: str) -> None:
    assert [heading for _path, _printed, heading in shape(f"I. KẾT QUẢ\n{text}\n- Mở lớp")] == ["KẾT QUẢ"]


@pytest.mark.parametrize("text", ["Các nhiệm vụ:", "Một số đoàn tiêu biểu:", "Chế độ báo cáo:"])
def test_a_short_label_on_its_line_is_a_heading(text: str) -> None:
    assert [heading for _path, _printed, heading in shape(f"I. KẾT QUẢ\n{text}\n- Mở lớp")] == [
        "KẾT QUẢ",
        text,
    ]


def test_a_numbered_sentence_that_counts_is_text() -> None:
    found = tree("I. KẾT QUẢ\n1. Tỉnh đón 241 đoàn. Đa số đến từ Lào.\n2. Đoàn ra. Cử 02 đoàn.")
    assert [s.heading.text for s in found.sections[1:]] == ["KẾT QUẢ", "", "Đoàn ra."]


def test_an_annex_and_its_title_are_one_heading() -> None:
    found = shape("I. KẾT QUẢ\nPHỤ LỤC 1\nDANH SÁCH ĐOÀN RA\nPhụ lục II\nDANH SÁCH ĐOÀN VÀO")
    assert [heading for _path, _printed, heading in found] == [
        "KẾT QUẢ",
        "PHỤ LỤC 1 DANH SÁCH ĐOÀN RA",
        "Phụ lục II DANH SÁCH ĐOÀN VÀO",
    ]


@pytest.mark.parametrize("letters", ["ABCDE", "ABCDĐE", "ABCDĐEG", "ABCDEFG", "ABCDEG"])
def test_capital_letters_run_with_and_without_d_bar(letters: str) -> None:
    text = "\n".join(f"{letter}. MỤC {letter * 3}" for letter in letters)
    found = tree(text)
    assert [s.printed_number for s in found.sections[1:]] == list(letters)
    assert not found.anomalies


def test_an_abbreviated_comrade_is_no_numbered_heading() -> None:
    assert read_numeral("Đ/c Phó Chủ tịch phụ trách") is None
    assert read_numeral("Đ. KIẾN NGHỊ") is not None

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.outline.numbering import read_numeral, roman_value


def style_and_number(text: str) -> tuple[str, int | None] | None:
    numeral = read_numeral(text)
    return (numeral.style, numeral.number) if numeral else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. KẾT QUẢ CÔNG TÁC", ("roman", 1)),
        ("VI- PHƯƠNG HƯỚNG", ("roman", 6)),
        ("IX/ Kiến nghị", ("roman", 9)),
        ("A. ĐÁNH GIÁ CHUNG", ("upper", 1)),
        ("B/ NHIỆM VỤ", ("upper", 2)),
        ("3. Đoàn ra", ("arabic", 3)),
        ("12) Kiều hối", ("arabic", 12)),
        ("4 - Hợp tác", ("arabic", 4)),
        ("1.2. Đoàn vào", ("decimal", 2)),
        ("2.1.3 Báo chí", ("decimal", 3)),
        ("a) Đoàn ra", ("lower", 1)),
        ("đ. Lãnh sự", ("lower", 5)),
        ("(2) Đoàn vào", ("paren", 2)),
        ("- Đoàn ra", ("bullet", None)),
        ("+ Đoàn ra", ("bullet", None)),
        ("• Đoàn ra", ("bullet", None)),
        ("Phần thứ nhất: KẾT QUẢ", ("part", 1)),
        ("PHẦN THỨ HAI PHƯƠNG HƯỚNG", ("part", 2)),
        ("Phần III. Kiến nghị", ("part", 3)),
    ],
)
def test_every_style_of_numbering_is_read(text: str, expected: tuple[str, int | None]) -> None:
    assert style_and_number(text) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("IL KẾT QUẢ ĐẠT ĐƯỢC", 2),
        ("IL. Kết quả đạt được", 2),
        ("1L. KẾT QUẢ", 2),
        ("HI. TỒN TẠI", 3),
        ("H. TỒN TẠI", 2),
        ("L. KẾT QUẢ", 1),
        ("L. Kết quả", 1),
        ("1V. PHƯƠNG HƯỚNG", 4),
        ("VIL. KIẾN NGHỊ", 7),
    ],
)
def test_misread_roman_numerals_are_repaired_and_say_so(text: str, number: int) -> None:
    numeral = read_numeral(text)
    assert numeral is not None
    assert (numeral.style, numeral.number, numeral.repaired) == ("roman", number, True)
    assert text.startswith(numeral.printed)


def test_strokes_that_form_no_numeral_leave_the_number_open() -> None:
    numeral = read_numeral("VIHI. KIẾN NGHỊ")
    assert numeral is not None
    assert (numeral.style, numeral.number, numeral.repaired) == ("roman", 0, True)


@pytest.mark.parametrize(
    "text",
    [
        "1.221 đoàn đi nước ngoài",
        "05 đoàn với 23 lượt người",
        "8199 lượt người",
        "Lào là nước bạn",
        "Trong năm, huyện cử 05 đoàn",
        "I hope so",
        "",
        "- ",
        "12/2019",
    ],
)
def test_what_counts_something_or_is_plain_text_is_no_number_of_a_heading(text: str) -> None:
    assert read_numeral(text) is None


def test_a_letter_with_a_bracket_is_no_misread_numeral() -> None:
    assert style_and_number("i) khen thưởng") == ("lower", 9)
    assert style_and_number("v. khen thưởng") == ("lower", 21)


def test_the_text_begins_after_the_number() -> None:
    for text in ("II. KẾT QUẢ", "a) Đoàn ra", "2.1. Báo chí", "- Đoàn ra", "(1) Đoàn ra"):
        numeral = read_numeral(text)
        assert numeral is not None
        assert text[numeral.end :] in ("KẾT QUẢ", "Đoàn ra", "Báo chí")


def test_true_numerals_are_their_own_value() -> None:
    assert roman_value("XIV") == (14, False)
    assert roman_value("XIX") == (19, False)
    assert roman_value("BC") is None


@given(st.text(alphabet="IVXLH1l.)-/ abcđ05,Đoàn(", max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    numeral = read_numeral(text)
    assert numeral is None or 0 < numeral.end <= len(text)

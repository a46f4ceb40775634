import pytest

from pipeline.document import Box, FieldValue, Layout, Line, Mark, Page, Word, Zone
from pipeline.extraction.letterhead_date import place_and_date
from pipeline.extraction.letterhead_number import mend_symbol, number_and_symbol
from tests.layout.printed import HEIGHT, row


def read(
    line: Line, marks: tuple[Mark, ...] = (), type_name: str | None = None
) -> tuple[FieldValue, FieldValue]:
    layout = Layout((Zone("number", 1, line.box, (line,)),), ())
    number, symbol = number_and_symbol(layout, [Page(1, 2480, 3508, 300, "scan", (line,), marks)], type_name)
    return number, symbol


def dated(line: Line, marks: tuple[Mark, ...] = ()) -> tuple[FieldValue, FieldValue]:
    layout = Layout((Zone("place_date", 1, line.box, (line,)),), ())
    place, issued = place_and_date(layout, [Page(1, 2480, 3508, 300, "scan", (line,), marks)])
    return place, issued


def words(*parts: tuple[str, float, float, float]) -> Line:
    """Return a line of (text, left, right, height) on one baseline."""
    return Line(
        tuple(Word(text, Box(x0, 0.1 + HEIGHT - h, x1, 0.1 + HEIGHT), 0.9, 1) for text, x0, x1, h in parts)
    )


@pytest.mark.parametrize(
    ("text", "number", "symbol"),
    [
        ("Số: 341/BC-UBND", 341, "BC-UBND"),
        ("Số 152-QĐ/TU", 152, "QĐ/TU"),
        ("Số: 15 - BC/HU", 15, "BC/HU"),
        ("Sô: 03/TTr-SNgV", 3, "TTr-SNgV"),
        ("SỐ: 07/2021/QĐ-UBND", 7, "2021/QĐ-UBND"),
        ("Số: 1234/UBND-THKH", 1234, "UBND-THKH"),
        ("Số: 88⁄KH-UBND", 88, "KH-UBND"),
        ("Số:45/QD-UBND", 45, "QĐ-UBND"),
    ],
)
def test_printed_numbers(text: str, number: int, symbol: str) -> None:
    found_number, found_symbol = read(row(0.1, (0.18, text)))
    assert (found_number.value_number, found_symbol.value_text) == (number, symbol)


def test_a_number_in_a_wide_gap_is_handwriting() -> None:
    line = words(
        ("Số:", 0.171, 0.197, 0.0145), ("23", 0.208, 0.236, 0.0162), ("/BC-UBND", 0.258, 0.361, 0.0151)
    )
    number, symbol = read(line)
    assert number.state == "unreadable" and number.value_number is None
    assert number.box is not None and number.box.x0 < 0.21 and number.box.x1 > 0.23
    assert symbol.value_text == "BC-UBND"


def test_a_typed_space_before_the_slash_only_raises_a_doubt() -> None:
    line = words(
        ("Số:", 0.171, 0.197, 0.0145), ("23", 0.203, 0.223, 0.0125), ("/BC-UBND", 0.229, 0.332, 0.0151)
    )
    number, _ = read(line)
    assert number.value_number == 23
    assert number.doubts == ("handwriting",) and number.score < 0.6


def test_a_handwriting_mark_outweighs_a_clean_reading() -> None:
    line = row(0.1, (0.18, "Số: 341/BC-UBND"))
    number, _ = read(line, (Mark("handwriting", Box(0.215, 0.098, 0.25, 0.118), 0.8),))
    assert number.state == "unreadable" and number.box == Box(0.215, 0.098, 0.25, 0.118)


def test_an_empty_gap_is_blank_and_doubted_when_wide() -> None:
    narrow, _ = read(words(("Số:", 0.17, 0.197, 0.0145), ("/BC-UBND", 0.203, 0.306, 0.0151)))
    wide, _ = read(words(("Số:", 0.17, 0.197, 0.0145), ("/BC-UBND", 0.25, 0.353, 0.0151)))
    assert (narrow.state, narrow.doubts) == ("blank", ())
    assert (wide.state, wide.doubts) == ("blank", ("handwriting",))


def test_dots_in_the_gap_are_no_number() -> None:
    assert read(row(0.1, (0.18, "Số: ....... /BC-UBND")))[0].state == "blank"


@pytest.mark.parametrize(
    ("symbol", "type_name", "mended"),
    [
        ("BG-UBND", "Báo cáo", "BC-UBND"),
        ("ŒT-UBND", "Chỉ thị", "CT-UBND"),
        ("QD-UBND", None, "QĐ-UBND"),
        ("BC-UBNDĐ", "Báo cáo", "BC-UBND"),
        ("HD-SNV", "Hướng dẫn", "HD-SNV"),
        ("UBND-NV", None, "UBND-NV"),
        ("BC-XYZ", "Báo cáo", "BC-XYZ"),
    ],
)
def test_symbols_are_mended_from_known_abbreviations(symbol: str, type_name: str | None, mended: str) -> None:
    assert mend_symbol(symbol, type_name)[0] == mended


def test_a_printed_date() -> None:
    place, issued = dated(row(0.1, (0.5, "Thành phố Thủ Đức, ngày 05 tháng 01 năm 2023")))
    assert place.value_text == "Thành phố Thủ Đức"
    assert str(issued.value_date) == "2023-01-05" and not issued.doubts


def test_a_misread_month_is_mended_with_a_doubt() -> None:
    _, issued = dated(row(0.1, (0.5, "Hoa Lư, ngày 23 tháng 0I năm 2025")))
    assert str(issued.value_date) == "2025-01-23" and issued.doubts == ("repaired",)


def test_a_tall_day_is_handwriting_and_the_whole_date_unreadable() -> None:
    line = words(
        ("Lư,", 0.55, 0.597, 0.015),
        ("ngày", 0.605, 0.648, 0.0144),
        ("23", 0.65, 0.676, 0.0148),
        ("tháng", 0.686, 0.736, 0.0144),
        ("01", 0.742, 0.76, 0.011),
        ("năm", 0.768, 0.804, 0.0108),
        ("2025", 0.811, 0.855, 0.011),
    )
    _, issued = dated(line)
    assert issued.state == "unreadable" and issued.value_date is None and issued.box is not None


@pytest.mark.parametrize("day", ["@3", "2#", "80", "3|", ""])
def test_a_day_that_cannot_be_is_never_a_date(day: str) -> None:
    _, issued = dated(row(0.1, (0.5, f"Hoa Lư, ngày {day} tháng 3 năm 2018")))
    assert issued.state in {"unreadable", "blank"} and issued.value_date is None


def test_a_date_in_figures() -> None:
    place, issued = dated(row(0.1, (0.5, "Hoa Lư, ngày 15/11/2021")))
    assert (place.value_text, str(issued.value_date)) == ("Hoa Lư", "2021-11-15")


def test_typed_figures_that_were_misread_are_mended_and_doubted() -> None:
    line = row(0.1, (0.18, "_Số: I7-BC/TXU"))
    gap = Box(0.2, 0.095, 0.4, 0.12)
    number, _ = read(line, (Mark("typed", gap, 0.9),))
    assert (number.state, number.value_number, number.doubts) == ("reported", 17, ("repaired",))
    assert read(line)[0].state == "unreadable"

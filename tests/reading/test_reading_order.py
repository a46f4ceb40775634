"""Lines in the order in which people read them."""

from pipeline.document import Line
from pipeline.reading.reading_order import in_reading_order
from tests.reading.drawing import word_at

ASPECT = 2480 / 3508


def line(text: str, x0: int, y0: int, x1: int, y1: int | None = None) -> Line:
    return Line((word_at(text, x0, y0, x1, y1 or y0 + 50),))


def order(*lines: Line) -> list[str]:
    return [one.text for one in in_reading_order(lines, ASPECT)]


def test_the_left_column_of_a_letterhead_is_read_before_the_right_one() -> None:
    found = order(
        line("CỘNG HÒA", 1200, 205, 2200), line("ỦY BAN", 300, 200, 900), line("HUYỆN", 350, 270, 850),
        line("Độc lập", 1400, 275, 2000), line("Số: 1", 400, 370, 800), line("ngày 2", 1300, 372, 2100),
        line("BÁO CÁO", 1000, 560, 1500), line("Thân bài", 300, 700, 2200),
    )  # fmt: skip
    assert found == ["ỦY BAN", "HUYỆN", "Số: 1", "CỘNG HÒA", "Độc lập", "ngày 2", "BÁO CÁO", "Thân bài"]


def test_an_end_block_whose_columns_have_other_pitches_is_read_column_by_column() -> None:
    found = order(
        line("Thân bài", 300, 2000, 2200), line("Nơi nhận:", 300, 2200, 600), line("CHỦ TỊCH", 1500, 2205, 2000),
        line("- Như trên;", 300, 2255, 700), line("- Lưu: VT.", 300, 2310, 700), line("Nguyễn A", 1500, 2330, 2000),
    )  # fmt: skip
    assert found == ["Thân bài", "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHỦ TỊCH", "Nguyễn A"]


def test_rows_of_a_table_are_read_as_they_stand() -> None:
    rows = [line(f"{r}{c}", 300 + 600 * c, 600 + 80 * r, 500 + 600 * c) for c in range(3) for r in range(3)]
    assert order(*rows) == ["00", "01", "02", "10", "11", "12", "20", "21", "22"]


def test_body_lines_are_read_from_top_to_bottom_whatever_their_length() -> None:
    lines = [line(str(n), 300 + 100 * (n % 2), 600 + 75 * n, 2200 - 700 * (n % 3)) for n in range(6)]
    assert order(*lines[::-1]) == ["0", "1", "2", "3", "4", "5"]

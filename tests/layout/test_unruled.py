"""Tables without rules: where they end, how their columns and rows are told."""

from pipeline.document import Line, Page, Table
from pipeline.layout import lay_out
from tests.layout.printed import PITCH, middle, printed, row, running

TEXT = "Trong năm huyện đã tổ chức thực hiện tốt các nhiệm vụ về công tác đối ngoại theo chỉ đạo của tỉnh và Trung ương."
LABEL, UNIT, OLD, NEW = 0.14, 0.48, 0.62, 0.76
ROWS = [
    ("Đoàn ra", "đoàn", "4", "7"),
    ("Số lượt người", "người", "31", "hơn 30"),
    ("Đoàn vào", "đoàn", "chưa có", "2"),
    ("Hội nghị, hội thảo", "hội nghị", "1", "3"),
    ("Dự án đang triển khai", "dự án", "5", "6"),
]


def body(rows: list[tuple[str, ...]], top: float, number: int = 1, left: float = 0.0) -> list[Line]:
    """Rows in four columns, ``left`` of where they usually stand."""
    places = (LABEL, UNIT, OLD, NEW)
    return [
        row(
            top + at * PITCH,
            *((x - left, text) for x, text in zip(places, texts, strict=True) if text),
            page=number,
        )
        for at, texts in enumerate(rows)
    ]


def head(top: float, number: int = 1) -> list[Line]:
    """The names of the columns, two of them under a name for both."""
    return [
        row(
            top, (LABEL + 0.08, "Chỉ tiêu"), (UNIT, "Đơn vị"), middle("Kết quả thực hiện", 0.73), page=number
        ),
        row(top + PITCH, (OLD, "2018"), (NEW, "2019"), page=number),
    ]


def table(*pages: Page) -> Table:
    (found,) = lay_out(list(pages)).tables
    return found


def texts(found: Table) -> list[list[str]]:
    """The cells that begin in each row."""
    return [
        [cell.text for cell in cells if cell.text and cell.row == at] for at, cells in enumerate(found.rows)
    ]


def on_page(lines: list[Line], number: int = 1) -> Page:
    return printed(lines, number)


def test_a_head_of_two_rows_ends_above_the_first_row_of_the_body() -> None:
    found = table(on_page([*running(TEXT, 0.2), *head(0.4), *body(ROWS, 0.4 + 2.3 * PITCH)]))
    assert texts(found)[:3] == [
        ["Chỉ tiêu", "Đơn vị", "Kết quả thực hiện"],
        ["2018", "2019"],
        ["Đoàn ra", "đoàn", "4", "7"],
    ]
    assert found.header_rows == 2


def test_a_table_ends_where_short_lines_of_text_begin() -> None:
    after = [
        *running("Riêng công tác lễ tân vẫn được bảo đảm chu đáo trong cả năm qua.", 0.66),
        row(0.69, (0.18, "III. TỒN TẠI, HẠN CHẾ")),
        row(0.72, (0.18, "+ Cán bộ phụ trách ngoại"), (0.417, "ngữ còn kiêm nhiệm nhiều việc.")),
        row(0.75, (0.18, "+ Kinh phí đối ngoại chưa"), (0.427, "được bố trí riêng trong năm.")),
        row(0.78, (0.18, "IV. NHIỆM VỤ THỜI GIAN TỚI")),
    ]
    layout = lay_out([on_page([*running(TEXT, 0.2), *head(0.5), *body(ROWS, 0.5 + 2.3 * PITCH), *after])])
    (found,) = layout.tables
    assert texts(found)[-1] == ["Dự án đang triển khai", "dự án", "5", "6"]
    assert "III. TỒN TẠI, HẠN CHẾ" in [paragraph.text for paragraph in layout.paragraphs]


def test_a_table_keeps_its_columns_on_a_page_that_lies_further_left() -> None:
    rows = [*ROWS, ("Viện trợ phi chính phủ nước ngoài", "USD", "41.000", "35.000")]
    first = on_page([*running(TEXT, 0.2), *head(0.4), *body(rows, 0.4 + 2.3 * PITCH)])
    rest = [("Giao lưu văn hóa", "hoạt động", "", "2"), ("Vụ việc lãnh sự", "trường hợp", "", "2")]
    second = on_page([*body(rest, 0.1, 2, left=0.035), *running(TEXT, 0.3, page=2)], 2)
    found = table(first, second)
    assert (found.page, found.page_last) == (1, 2)
    assert [(cell.column, cell.text) for cell in found.rows[-1] if cell.text] == [
        (0, "Vụ việc lãnh sự"),
        (1, "trường hợp"),
        (3, "2"),
    ]


def test_parts_of_a_figure_may_stand_behind_dashes() -> None:
    rows = [
        ROWS[0],
        *((f"- Khối {name}", "đoàn", "", "2") for name in ("đảng", "chính quyền", "đoàn thể")),
        ROWS[4],
    ]
    found = table(on_page([*running(TEXT, 0.2), *head(0.4), *body(rows, 0.4 + 2.3 * PITCH)]))
    assert texts(found)[3:6] == [[label, "đoàn", "2"] for label, *_ in rows[1:4]]


def test_an_item_of_a_list_opens_no_table() -> None:
    item = row(0.38, (0.18, "- Số công dân qua đời ở nước ngoài:"), (0.7, "......"))
    title = row(0.41, middle("Biểu số liệu năm 2019"))
    found = table(on_page([*running(TEXT, 0.2), item, title, *head(0.45), *body(ROWS, 0.45 + 2.3 * PITCH)]))
    assert texts(found)[0] == ["Chỉ tiêu", "Đơn vị", "Kết quả thực hiện"]


def test_the_title_of_a_group_with_wide_spaces_is_one_cell() -> None:
    title = row(
        0.4 + 3.3 * PITCH, (LABEL, "II. Quan hệ kết nghĩa"), (0.351, "và văn bản"), (0.459, "hợp tác đã ký")
    )
    lines = [*head(0.4), *body(ROWS[:1], 0.4 + 2.3 * PITCH), title, *body(ROWS[1:], 0.4 + 4.3 * PITCH)]
    found = table(on_page([*running(TEXT, 0.2), *lines]))
    assert ["II. Quan hệ kết nghĩa và văn bản hợp tác đã ký"] in texts(found)


def test_a_speck_beside_a_table_is_no_column() -> None:
    lines = body(ROWS, 0.4 + 2.3 * PITCH)
    lines[1] = Line((*lines[1].words, *row(lines[1].box.y0, (0.9, "“")).words))
    assert table(on_page([*running(TEXT, 0.2), *head(0.4), *lines])).columns == 4

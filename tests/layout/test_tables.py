from dataclasses import replace

from pipeline.document import Box, Grid, GridCell, Line, Mark, Page
from pipeline.layout import lay_out
from tests.layout.printed import middle, row, running

TEXT = "Trong năm huyện đã tổ chức thực hiện tốt các nhiệm vụ về công tác đối ngoại theo chỉ đạo của tỉnh và Trung ương."


def page(number: int, *lines: Line, grids: tuple[Grid, ...] = (), marks: tuple[Mark, ...] = ()) -> Page:
    return Page(number, 2480, 3508, 300, "scan", lines, marks, grids)


def ruled(top: float, rows: list[tuple[str, ...]], number: int = 1) -> tuple[Grid, list[Line]]:
    """A grid of 0.05 high rows and columns 0.2 wide, and the lines in its cells."""
    cells, lines = [], []
    for r, texts in enumerate(rows):
        for c, text in enumerate(texts):
            box = Box(0.1 + 0.2 * c, top + 0.05 * r, 0.3 + 0.2 * c, top + 0.05 * (r + 1))
            cells.append(GridCell(r, r + 1, c, c + 1, box))
            lines += [row(box.y0 + 0.015, (box.x0 + 0.01, text), page=number)] if text else []
    return Grid(tuple(cells)), lines


HEAD, BODY = ("TT", "Nội dung", "Số"), [("1", "Đoàn ra", "05"), ("2", "Đoàn vào", "03")]


def test_words_of_a_ruled_table_leave_the_paragraphs_and_keep_their_place_and_caption() -> None:
    grid, lines = ruled(0.4, [HEAD, *BODY])
    above = [*running(TEXT, 0.2), row(0.36, middle("Biểu số liệu"))]
    layout = lay_out([page(1, *above, *lines, *running(TEXT, 0.7), grids=(grid,))])
    (table,) = layout.tables
    assert [cell.text for cell in table.rows[1]] == ["1", "Đoàn ra", "05"]
    assert (table.header_rows, [p.text for p in table.caption][-1]) == (1, "Biểu số liệu")
    assert [p.text for p in layout.paragraphs[: table.after]][-1] == "Biểu số liệu"
    assert all("Đoàn ra" not in p.text for p in layout.paragraphs)


def test_a_table_goes_on_over_the_page_with_or_without_its_header_again() -> None:
    for number in ("3", "3.1", "3,1", "1.2.3"):
        for second in ([HEAD, (number, "Hội nghị", "1")], [(number, "Hội nghị", "1")]):
            check_goes_on(second, number)


def check_goes_on(second: list[tuple[str, ...]], number: str) -> None:
    first, lines = ruled(0.5, [HEAD, *BODY])
    more, others = ruled(0.1, second, number=2)
    pages = [page(1, *running(TEXT, 0.2), *lines, grids=(first,)), page(2, *others, grids=(more,))]
    (table,) = lay_out(pages).tables
    assert (table.page, table.page_last, len(table.rows)) == (1, 2, 4)
    assert [cell.text for cell in table.rows[3]] == [number, "Hội nghị", "1"]


def test_a_row_of_figures_is_no_header_of_a_table_that_goes_on() -> None:
    head = ("Chỉ tiêu", "Năm 2018", "Năm 2019")
    first, lines = ruled(0.5, [head, ("Đoàn ra", "4", "7"), ("Đoàn vào", "3", "5")])
    more, others = ruled(0.1, [("Hội nghị", "1", "2"), ("Dự án", "8", "9")], number=2)
    pages = [page(1, *running(TEXT, 0.2), *lines, grids=(first,)), page(2, *others, grids=(more,))]
    (table,) = lay_out(pages).tables
    assert (table.header_rows, len(table.rows)) == (1, 5)


def test_the_title_of_a_group_may_stand_at_the_head_of_the_next_page() -> None:
    first, lines = ruled(0.4, [HEAD, *BODY, *BODY])
    cells = [cell for cell in first.cells if cell.row != 3 or cell.column == 0]
    title = next(cell for cell in cells if cell.row == 3)
    wide = replace(title, column_end=3, box=replace(title.box, x1=0.7))
    grid = Grid(tuple(wide if cell is title else cell for cell in cells))
    lines = [line for line in lines if not 0.55 < line.box.y0 < 0.6]
    lines.append(row(0.565, (0.31, "II. Đoàn vào trong năm")))
    more, others = ruled(0.1, [("1", "Hội nghị", "2")], number=2)
    above = row(0.05, (0.31, "III. Hội nghị, hội thảo"), page=2)
    (table,) = lay_out(
        [page(1, *running(TEXT, 0.2), *lines, grids=(grid,)), page(2, above, *others, grids=(more,))]
    ).tables
    assert [cell.text for cell in table.rows[5]] == ["III. Hội nghị, hội thảo"]
    assert [cell.text for cell in table.rows[6]] == ["1", "Hội nghị", "2"]


def test_a_stamp_over_a_table_is_no_part_of_it() -> None:
    grid, lines = ruled(0.4, [HEAD, *BODY])
    stamp = Mark("stamp", Box(0.305, 0.46, 0.495, 0.49), 0.9)
    layout = lay_out([page(1, *running(TEXT, 0.2), *lines, grids=(grid,), marks=(stamp,))])
    assert layout.tables[0].rows[1][1].text == ""
    assert [zone.passage.text for zone in layout.zones if zone.kind == "stamp"] == ["Đoàn ra"]


def test_rows_without_rules_are_parted_by_their_ordinals() -> None:
    cells = tuple(GridCell(0, 1, c, c + 1, Box(0.1 + 0.2 * c, 0.4, 0.3 + 0.2 * c, 0.43)) for c in range(3))
    frame = (
        *cells,
        *(GridCell(1, 2, c, c + 1, Box(0.1 + 0.2 * c, 0.43, 0.3 + 0.2 * c, 0.6)) for c in range(3)),
    )
    lines = [row(0.41, (0.11, "TT"), (0.31, "Nội dung"), (0.51, "Số"))]
    lines += [row(0.45 + 0.05 * i, (0.11, str(i + 1)), (0.31, "Đoàn"), (0.51, "05")) for i in range(3)]
    (table,) = lay_out([page(1, *running(TEXT, 0.2), *lines, grids=(Grid(frame),))]).tables
    assert [[cell.text for cell in r] for r in table.rows[1:]] == [[str(i), "Đoàn", "05"] for i in (1, 2, 3)]


def test_columns_of_white_with_ordinals_are_a_table_and_running_text_is_none() -> None:
    lines = [row(0.4, (0.13, "TT"), (0.25, "Nội dung"), (0.7, "Số"))]
    lines += [row(0.43 + 0.03 * i, (0.13, str(i + 1)), (0.25, "Đoàn ra"), (0.7, "05")) for i in range(4)]
    layout = lay_out([page(1, *running(TEXT, 0.2), *lines, *running(TEXT, 0.7))])
    (table,) = layout.tables
    assert (table.columns, len(table.rows), table.ruled) == (3, 5, False)
    bullets = [row(0.3 + 0.022 * i, (0.18, "- Đoàn"), (0.4, "ra nước"), (0.6, "ngoài")) for i in range(4)]
    assert lay_out([page(1, *running(TEXT, 0.2), *bullets, *running(TEXT, 0.7))]).tables == ()


def test_a_row_of_totals_over_the_page_is_no_rest_of_the_last_row() -> None:
    first, lines = ruled(0.5, [HEAD, *BODY])
    for second, rows in (("Cộng", "8"), 4), (("quốc tế", ""), 3):
        more, others = ruled(0.1, [HEAD, ("", *second)], number=2)
        pages = [page(1, *running(TEXT, 0.2), *lines, grids=(first,)), page(2, *others, grids=(more,))]
        (table,) = lay_out(pages).tables
        assert len(table.rows) == rows

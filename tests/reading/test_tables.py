from dataclasses import replace

import cv2
import numpy as np
import pytest

from pipeline.cleaning import CleanPage, clean
from pipeline.clock import StageClock
from pipeline.document import Box, Grid, GridCell, Line, Word
from pipeline.intake.loading import PageImage
from pipeline.reading.cells import back_on_page, sheets_of, without_cells
from pipeline.reading.faded_rules import with_faded
from pipeline.reading.grids import grids_of, groups_of
from pipeline.reading.gridwords import in_cells
from pipeline.reading.page import read_page
from pipeline.reading.rules import Rule, Rules, find_rules, without_rules
from tests.reading.drawing import HEIGHT, WIDTH, Pixels, blank_sheet, clean_page, word_at, write

XS = (300, 450, 1200, 1600, 2200)
YS = (1000, 1120, 1240, 1360)


def draw_table(page: Pixels, thick: int = 3, shade: int = 20) -> None:
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y), [shade], thick)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), [shade], thick)


def grids(page: Pixels) -> tuple[Grid, ...]:
    return grids_of(rules_of(page), page.shape, 300)


def rules_of(page: Pixels) -> Rules:
    rules = find_rules(page, 300)
    return with_faded(rules, groups_of(rules, 300), 300)


def spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(c.row, c.row_end, c.column, c.column_end) for c in grid.cells]


def test_a_ruled_table_gives_its_cells_in_fractions_of_the_page() -> None:
    page = blank_sheet()
    draw_table(page)
    (grid,) = grids(page)
    assert len(grid.cells) == 12
    first = grid.cells[0]
    assert spans(grid)[:2] == [(0, 1, 0, 1), (0, 1, 1, 2)]
    assert first.box.x0 * WIDTH == pytest.approx(300, abs=4)
    assert first.box.y1 * HEIGHT == pytest.approx(1120, abs=4)


def test_faint_broken_thick_and_bilevel_rules_are_found() -> None:
    faint, broken, thick, bilevel = (blank_sheet() for _ in range(4))
    draw_table(faint, thick=2, shade=120)
    draw_table(broken)
    for x in range(470, 2100, 130):
        broken[:, x : x + 14] = 235
    draw_table(thick)
    cv2.rectangle(thick, (XS[0], YS[0]), (XS[-1], YS[-1]), [20], 10)
    draw_table(bilevel, thick=2)
    bilevel[:] = np.where(bilevel < 128, 0, 255)
    assert [len(g.cells) for page in (faint, broken, thick, bilevel) for g in grids(page)] == [12, 12, 12, 12]


def test_a_stroke_within_a_cell_makes_no_column() -> None:
    page = blank_sheet()
    draw_table(page)
    rules = rules_of(page)
    stroke = Rule(800, YS[0], YS[0] + 60)
    (grid,) = grids_of(replace(rules, upright=(*rules.upright, stroke)), page.shape, 300)
    assert spans(grid) == spans(grids(page)[0])


def fade(page: Pixels, share: float = 0.5) -> None:
    """Take ``share`` of the ink of all rules but the frame and the one under the first row, in dashes, as a copier does."""
    rng = np.random.default_rng(3)
    for y in YS[2:-1]:
        for x in range(XS[0] + 4, XS[-1] - 4, 12):
            if rng.random() < share:
                page[y - 4 : y + 5, x : x + 12] = 235
    for x in XS[1:-1]:
        for y in range(YS[0] + 4, YS[-1] - 4, 12):
            if rng.random() < share and not any(abs(y + 6 - at) < 14 for at in YS):
                page[y : y + 12, x - 4 : x + 5] = 235


def test_rules_that_a_copy_left_in_dashes_are_found_between_words() -> None:
    page = blank_sheet()
    draw_table(page)
    fade(page)
    for x in XS[:-1]:
        for y in YS[:-1]:
            write(page, "Lao", x + 20, y + 75)
    (grid,) = grids(page)
    assert len(grid.cells) == 12


def test_the_title_of_a_group_stays_one_cell_among_faded_rules() -> None:
    page = blank_sheet()
    draw_table(page)
    fade(page)
    for x in XS[1:-1]:
        page[YS[1] + 5 : YS[2] - 5, x - 5 : x + 6] = 235
    write(page, "II. Quan hệ kết nghĩa với địa phương nước ngoài", XS[0] + 20, YS[1] + 75, bold=True)
    (grid,) = grids(page)
    assert (1, 2, 0, 4) in spans(grid)
    assert len(grid.cells) == 9


def test_the_bars_of_bold_letters_are_no_rule_and_stay() -> None:
    page = blank_sheet()
    draw_table(page)
    for x in range(500, 830, 9):
        cv2.line(page, (x, 1040), (x, 1076), [20], 5)
    cv2.line(page, (500, 1058), (824, 1058), [20], 5)
    before = page.copy()
    rules = rules_of(page)
    (grid,) = grids_of(rules, page.shape, 300)
    after = without_rules(clean_page(page), rules, [grid.box]).grey
    assert len(grid.cells) == 12
    assert np.array_equal(after[1035:1082, 490:840], before[1035:1082, 490:840])


def test_a_little_skew_does_not_lose_the_table() -> None:
    page = blank_sheet()
    draw_table(page)
    turn = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 0.2, 1.0)
    (grid,) = grids(cv2.warpAffine(page, turn, (WIDTH, HEIGHT), borderValue=(235,)))
    assert len(grid.cells) == 12


def test_header_cells_span_columns_and_rows() -> None:
    page = blank_sheet()
    draw_table(page)
    page[YS[0] + 5 : YS[1] - 5, XS[2] - 5 : XS[2] + 6] = 235  # one cell over two columns
    page[YS[1] - 5 : YS[1] + 6, XS[0] + 5 : XS[1] - 5] = 235  # one cell over two rows
    (grid,) = grids(page)
    assert (0, 1, 1, 3) in spans(grid)
    assert (0, 2, 0, 1) in spans(grid)
    assert len(grid.cells) == 10


def test_a_blot_on_a_rule_does_not_lose_it() -> None:
    page = blank_sheet()
    draw_table(page)
    cv2.circle(page, (900, YS[2]), 30, [20], -1)
    (grid,) = grids(page)
    assert len(grid.cells) == 12


def test_a_stamp_a_frame_and_underlines_are_no_tables() -> None:
    page = blank_sheet()
    for y in (300, 400, 480, 560):
        cv2.line(page, (250, y), (850, y), [20], 3)
    for x in (250, 850):
        cv2.line(page, (x, 300), (x, 560), [20], 3)
    cv2.rectangle(page, (200, 900), (2200, 3000), [20], 4)
    cv2.line(page, (1500, 420), (1900, 420), [20], 3)
    write(page, "HIIIIIIIIIIIIIH", 400, 1200, height=90)
    assert grids(page) == ()


def test_hairlines_survive_the_cleaning_of_specks() -> None:
    page = np.full((HEIGHT, WIDTH), 250, np.uint8)
    for y in YS:
        cv2.line(page, (XS[0], y), (XS[-1], y + 6), [60], 2)
    for x in XS:
        cv2.line(page, (x, YS[0]), (x, YS[-1]), [60], 2)
    kept = clean(PageImage(1, page, 300, "scan"), keep_geometry=True)
    assert [len(g.cells) for g in grids(kept.grey)] == [12]


def test_rules_are_taken_out_and_letters_stay() -> None:
    page = blank_sheet()
    write(page, "DOC LAP", 600, 1090)
    bare = page.copy()
    draw_table(page)
    clear = without_rules(clean_page(page), find_rules(page, 300), [g.box for g in grids(page)]).grey
    assert (clear < 128).sum() == pytest.approx((bare < 128).sum(), rel=0.02)
    assert page[YS[0], 700] == 20  # the page itself is as it was


def test_frames_and_underlines_outside_tables_stay_for_the_reader() -> None:
    page = blank_sheet()
    draw_table(page)
    cv2.rectangle(page, (400, 500), (700, 600), [20], 4)  # the frame of MẬT
    cv2.line(page, (1500, 420), (1900, 420), [20], 3)
    cleared = without_rules(clean_page(page), find_rules(page, 300), [g.box for g in grids(page)]).grey
    assert np.array_equal(cleared[:900], page[:900])
    assert (cleared[990:1400] < 128).sum() == 0


GRID = Grid(
    tuple(
        GridCell(r, r + 1, c, c + 1, Box(0.1 + 0.2 * c, 0.3 + 0.1 * r, 0.3 + 0.2 * c, 0.4 + 0.1 * r))
        for r in range(2)
        for c in range(2)
    )
)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def boxed(text: str, x0: float, x1: float, y: float) -> Word:
    return word_at(text, round(x0 * WIDTH), round(y * HEIGHT), round(x1 * WIDTH), round((y + 0.01) * HEIGHT))


def test_words_are_set_cell_by_cell_and_the_rest_stays_in_order() -> None:
    above = Line((boxed("Bảng", 0.4, 0.5, 0.2),))
    row = Line((boxed("Lào", 0.12, 0.16, 0.33), boxed("05", 0.35, 0.38, 0.33)))
    second = Line((boxed("CHDCND", 0.12, 0.2, 0.31),))
    below = Line((boxed("Hết", 0.4, 0.5, 0.7),))
    assert texts(in_cells((above, below, row, second), (GRID,))) == ["Bảng", "CHDCND", "Lào", "05", "Hết"]


def test_a_word_over_a_rule_is_cut_where_its_letters_part() -> None:
    joined = Line((boxed("Lào|05", 0.27, 0.33, 0.33),))
    assert texts(in_cells((joined,), (GRID,))) == ["Lào", "05"]
    inside = Line((boxed("Campuchia", 0.12, 0.301, 0.33),))
    assert texts(in_cells((inside,), (GRID,))) == ["Campuchia"]


def test_cells_are_read_on_a_sheet_of_their_own_and_come_back_to_their_places() -> None:
    page = blank_sheet()
    draw_table(page)
    write(page, "PHU LUC", 1000, 900)
    known = [write(page, text, x + 20, y + 70) for text, x, y in (("TT", 300, 1000), ("05", 1200, 1240))]
    whole = clean_page(page)
    rules = find_rules(page, 300)
    bare = without_rules(whole, rules, [g.box for g in grids(page)])
    (sheet,) = sheets_of(bare, grids_of(rules, page.shape, 300))
    assert len(sheet.blocks) == 2
    rest = without_cells(bare, [sheet]).grey
    assert (rest[990:1400] < 128).sum() == 0
    assert (rest[800:950] < 128).sum() > 0

    class Reader:
        name, version = "fake", "1"

        def read(self, page: CleanPage) -> tuple[Line, ...]:
            tall = page.grey.shape[0]
            if tall == HEIGHT:
                return ()
            return tuple(
                Line((Word(text, Box(0.3, b.at / tall, 0.6, (b.at + b.height) / tall), 0.9, 1),))
                for text, b in zip(("TT", "05"), sheet.blocks, strict=True)
            )

    lines = back_on_page(Reader().read(sheet.page), sheet, whole)
    for line, true in zip(lines, known, strict=True):
        assert line.text == true.text
        assert line.box.y_centre == pytest.approx(true.box.y_centre, abs=0.005)
    read = read_page(PageImage(1, page, 300, "scan"), Reader(), StageClock())
    assert texts(read.lines) == ["TT", "05"]
    assert len(read.grids) == 1

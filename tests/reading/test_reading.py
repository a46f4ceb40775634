import cv2
import numpy as np
import pytest

from pipeline.cleaning import CleanPage
from pipeline.clock import StageClock
from pipeline.document import Box, Line
from pipeline.external import tesseract
from pipeline.external.tesseract import ReadWord
from pipeline.intake.loading import PageImage
from pipeline.reading.columns import split_columns
from pipeline.reading.noise import drop_noise
from pipeline.reading.page import read_page
from pipeline.reading.stroke import measure_strokes
from pipeline.reading.tesseract import TesseractReader
from pipeline.reading.unread import find_unread
from tests.cleaning.drawing import drawn_page
from tests.reading.drawing import HEIGHT, WIDTH, blank_sheet, clean_page, word_at, write


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


def letterhead() -> list[Line]:
    return [
        Line(
            (
                word_at("ỦY", 500, 300, 600, 350),
                word_at("BAN", 615, 300, 750, 350),
                word_at("CỘNG", 900, 300, 1100, 350),
            )
        ),
        Line((word_at("HUYỆN", 500, 370, 750, 420), word_at("Độc", 1100, 370, 1200, 420))),
        Line((word_at("Số:", 500, 450, 600, 500), word_at("/BC-UBND", 760, 450, 1000, 500))),
    ]


def test_columns_that_stand_one_above_the_other_are_parted() -> None:
    found = split_columns(letterhead(), WIDTH / HEIGHT)
    assert texts(found) == ["ỦY BAN", "CỘNG", "HUYỆN", "Độc", "Số: /BC-UBND"]


def test_wide_spaces_of_justified_text_part_nothing() -> None:
    rows = [
        Line(
            (
                word_at("Công", 300 + 40 * n, 300 + 80 * n, 450 + 40 * n, 350 + 80 * n),
                word_at("tác", 520 + 40 * n, 300 + 80 * n, 700, 350 + 80 * n),
            )
        )
        for n in range(2)
    ]
    far = [rows[0], Line((word_at("đoàn", 300, 380, 560, 430), word_at("ra", 585, 380, 700, 430)))]
    assert texts(split_columns(far, WIDTH / HEIGHT)) == ["Công tác", "đoàn ra"]


def test_rules_and_scribbles_are_dropped_and_low_confidence_print_stays() -> None:
    line = Line(
        (
            word_at("Báo", 300, 300, 400, 350),
            word_at("cáo", 420, 300, 520, 350),
            word_at("|", 540, 250, 545, 400),
        )
    )
    bullet = Line((word_at("-", 300, 400, 320, 410, 0.8), word_at("Nhu", 340, 390, 420, 440, 0.3)))
    scribble = Line((word_at("Ẩ)", 1500, 800, 1900, 1000, 0.2),))
    figure = Line((word_at("1.846", 300, 500, 400, 550, 0.35),))
    assert texts(drop_noise([line, bullet, scribble, figure])) == ["Báo cáo", "- Nhu", "1.846"]


def test_bold_lines_have_a_wide_stroke() -> None:
    sheet = blank_sheet()
    lines = [write(sheet, "doan vao", 300, 400 + 90 * n) for n in range(4)]
    lines.append(write(sheet, "BAO CAO", 300, 900, bold=True))
    strokes = [line.stroke for line in measure_strokes(clean_page(sheet), lines)]
    assert strokes[0] == pytest.approx(1.0, abs=0.1)
    assert strokes[-1] is not None
    assert strokes[-1] > 1.2


def test_a_row_of_print_that_was_not_read_is_found_and_nothing_else() -> None:
    sheet = blank_sheet()
    lines = [write(sheet, "doan vao doan ra", 300, 400 + 90 * n) for n in range(4)]
    assert find_unread(clean_page(sheet), lines) == ()
    missed = write(sheet, "KT CHU TICH", 1500, 1500)
    rows = find_unread(clean_page(sheet), lines)
    assert len(rows) == 1
    assert rows[0].top < missed.box.y0 * HEIGHT < rows[0].top + rows[0].grey.shape[0]
    assert rows[0].left < missed.box.x0 * WIDTH


def test_the_reader_reads_a_left_out_row_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = blank_sheet()
    known = [write(sheet, "doan vao doan ra", 300, 400 + 90 * n) for n in range(4)]
    write(sheet, "KT CHU TICH", 1500, 1500)

    def read_words(grey: np.ndarray, dpi: int, segmentation: int, page: int | None = None) -> list[ReadWord]:
        assert dpi == 300
        if segmentation == 7:
            return [
                ReadWord("?", 0.1, 0, 9, 40, 40, (1, 1, 1)),
                ReadWord("CHỦ", 0.9, 60, 9, 90, 40, (1, 1, 1)),
            ]
        return [
            ReadWord(
                w.text,
                0.96,
                int(w.box.x0 * WIDTH),
                int(w.box.y0 * HEIGHT),
                int(w.box.width * WIDTH),
                int(w.box.height * HEIGHT),
                (1, 1, n),
            )
            for n, line in enumerate(known)
            for w in line.words
        ]

    monkeypatch.setattr(tesseract, "read_words", read_words)
    lines = TesseractReader().read(clean_page(sheet))
    assert texts(lines)[-1] == "? CHỦ"
    assert lines[-1].words[0].confidence == 0.1
    assert lines[-1].box.x0 > 0.4


class OneWordReader:
    name = "fake"
    version = "1"

    def read(self, page: CleanPage) -> tuple[Line, ...]:
        return (Line((word_at("xin", 300, 300, 400, 350),)),)


def test_a_page_goes_through_all_stages_and_each_is_timed() -> None:
    clock = StageClock()
    page = read_page(PageImage(2, drawn_page(), 150, "scan", note="cut short"), OneWordReader(), clock)
    assert set(clock.seconds) == {"cleaning", "rules", "fake", "marks"}
    assert (page.number, page.reader, page.note) == (2, "fake 1", "cut short")
    assert (page.width_px, page.height_px, page.dpi) == (877, 1240, 150)
    assert not page.blank


class NoReader(OneWordReader):
    def read(self, page: CleanPage) -> tuple[Line, ...]:
        raise AssertionError("a good text layer must not cost a reading")


def test_a_good_text_layer_is_taken_as_it_is() -> None:
    layer = (Line((word_at("Báo", 300, 300, 400, 350, 1.0),)),)
    image = PageImage(1, drawn_page(), 150, "text_layer", text_lines=layer)
    page = read_page(image, NoReader(), StageClock())
    assert page.lines == layer
    assert page.reader == "text_layer"
    assert page.skew_deg == 0.0


def test_a_blank_page_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[ReadWord]:
        raise AssertionError("a blank page must not cost a reading")

    monkeypatch.setattr(tesseract, "read_words", fail)
    monkeypatch.setattr(tesseract, "version", lambda: "5")
    page = read_page(
        PageImage(1, np.full((1240, 877), 252, np.uint8), 150, "scan"), TesseractReader(), StageClock()
    )
    assert page.blank
    assert page.lines == ()
    assert page.marks == ()


@pytest.mark.usefixtures("tesseract")
def test_tesseract_reads_a_drawn_page() -> None:
    sheet = blank_sheet()
    cv2.putText(sheet, "CHXH VN 2019", (400, 700), cv2.FONT_HERSHEY_SIMPLEX, 3, [0], 8, cv2.LINE_AA)
    lines = TesseractReader().read(clean_page(sheet))
    assert "2019" in " ".join(texts(lines))
    assert all(
        0 <= value <= 1 for line in lines for value in (line.box.x0, line.box.y1, line.words[0].confidence)
    )
    assert isinstance(lines[0].box, Box)


def test_letters_that_stand_alone_all_unlike_are_no_print_but_crosses_and_figures_are() -> None:
    def page_of(words: list[str]) -> list[Line]:
        return [
            Line((word_at(text, 300, 100 + 60 * row, 340, 140 + 60 * row),)) for row, text in enumerate(words)
        ]

    leaves = [*"aăbcdđeghiklmnopq", "tớ", "trí", "8"]
    crosses = ["x"] * 20
    figures = [str(n) for n in range(30)] + [*"abcdeghiklmn"]
    assert drop_noise(page_of(leaves)) == ()
    assert len(drop_noise(page_of(crosses))) == 20
    assert len(drop_noise(page_of(figures))) == 42

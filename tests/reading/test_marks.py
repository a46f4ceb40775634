import cv2
import numpy as np
import pytest

from pipeline.document import Line, Mark, Word
from pipeline.reading.gaps import find_gaps
from pipeline.reading.handwriting import find_handwriting
from pipeline.reading.marks import find_marks
from pipeline.reading.seals import find_seals
from pipeline.reading.signature import find_signature
from tests.reading.drawing import HEIGHT, WIDTH, Pixels, blank_sheet, clean_page, scrawl, word_at, write


def line(*words: str) -> Line:
    """Words of one line near the top of the page, each as wide as its letters."""
    placed: list[Word] = []
    x = 1300
    for text in words:
        placed.append(word_at(text, x, 600, x + 22 * len(text), 650))
        x += 22 * len(text) + 20
    return Line(tuple(placed))


@pytest.mark.parametrize(
    ("words", "kinds", "seen"),
    [
        (("Số:", "215/BC-UBND"), ["number"], ["215"]),
        (("Số:", "206-QĐ/TU"), ["number"], ["206"]),
        (("Số:", "/BC-UBND"), ["number"], [""]),
        (("Sô:", "Ø#_", "/BC-UBND"), ["number"], ["Ø#_"]),
        (("Số:23/BC-UBND",), ["number"], ["23"]),
        (("Hà", "Nội,", "ngày", "05", "tháng", "01", "năm", "2024"), ["day", "month"], ["05", "01"]),
        (("Hà", "Nội,", "ngày", "tháng", "năm", "2024"), ["day", "month"], ["", ""]),
        (("Quảng", "Ngãi,", "ngày2#", "thángØ†", "năm", "2021"), ["day", "month"], ["2#", "Ø†"]),
        (("Thực", "hiện", "Nghị", "định"), [], []),
        (("số", "liệu", "của", "các", "sở"), [], []),
    ],
)
def test_gaps_are_found_whatever_was_read_in_them(
    words: tuple[str, ...], kinds: list[str], seen: list[str]
) -> None:
    gaps = find_gaps([line(*words)])
    assert [gap.kind for gap in gaps] == kinds
    assert [gap.text for gap in gaps] == seen


def test_a_number_far_down_the_page_is_no_gap_of_the_letterhead() -> None:
    low = Line((word_at("Số:", 300, 2000, 400, 2050), word_at("12/BC-UBND", 420, 2000, 700, 2050)))
    assert find_gaps([low]) == ()


def number_line(sheet: Pixels, fill: str) -> Line:
    """Draw "Số: … /BC-UBND" with the gap typed, written, dotted or empty; the line as a poor reader gives it."""
    head = write(sheet, "So:", 400, 600).words[0]
    x = int(head.box.x1 * WIDTH) + 20
    if fill == "typed":
        x = int(write(sheet, "215", x, 600).words[0].box.x1 * WIDTH)
    elif fill == "written":
        x = scrawl(sheet, x, 600, 44, 3)
    elif fill == "dots":
        for dot in range(6):
            cv2.circle(sheet, (x + 20 * dot, 598), 3, [20], -1)
        x += 120
    else:
        x += 150
    symbol = write(sheet, "/BC-UBND", x + 20, 600).words[0]
    return Line((Word("Số:", head.box, 0.96, 1), Word("/BC-UBND", symbol.box, 0.9, 1)))


@pytest.mark.parametrize(
    ("fill", "kinds"),
    [("typed", ["typed"]), ("written", ["handwriting"]), ("dots", []), ("empty", [])],
)
@pytest.mark.parametrize("noise", [0.0, 12.0])
def test_written_and_typed_numbers_are_told_apart_even_where_nothing_was_read(
    fill: str, kinds: list[str], noise: float
) -> None:
    sheet = blank_sheet()
    words = number_line(sheet, fill)
    noisy = sheet + np.random.default_rng(3).normal(0, noise, sheet.shape)
    marks = find_handwriting(clean_page(np.clip(noisy, 0, 255).astype(np.uint8)), [words])
    assert [mark.kind for mark in marks] == kinds
    if marks:
        assert words.words[0].box.x1 - 0.01 < marks[0].box.x0 < marks[0].box.x1 < words.words[1].box.x0 + 0.01


def test_figures_in_blue_ink_are_written_however_neat() -> None:
    sheet = blank_sheet()
    words = number_line(sheet, "typed")
    gap = find_gaps([words])[0].box
    blue = np.full_like(sheet, 255)
    columns = slice(int(gap.x0 * WIDTH), int(gap.x1 * WIDTH))
    blue[500:620, columns] = np.where(sheet[500:620, columns] < 160, 60, 255)
    assert [mark.kind for mark in find_handwriting(clean_page(sheet), [words])] == ["typed"]
    assert [mark.kind for mark in find_handwriting(clean_page(sheet, blue=blue), [words])] == ["handwriting"]


def test_a_rule_under_the_issuer_does_not_hide_a_written_number() -> None:
    sheet = blank_sheet()
    words = number_line(sheet, "written")
    box = words.words[1].box
    sheet[int(box.y0 * HEIGHT) - 3 : int(box.y0 * HEIGHT), 380:900] = 20
    assert [mark.kind for mark in find_handwriting(clean_page(sheet), [words])] == ["handwriting"]


def draw_seal(layer: Pixels, x: int, y: int, ink: int = 40) -> None:
    """A round seal of 36 mm: two rings, letters between them, a star."""
    cv2.circle(layer, (x, y), 212, [ink], 8)
    cv2.circle(layer, (x, y), 150, [ink], 5)
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        place = (int(x + 180 * np.cos(angle)), int(y + 180 * np.sin(angle)))
        cv2.circle(layer, place, 14, [ink], 6)
    cv2.circle(layer, (x, y), 80, [ink], -1)
    cv2.circle(layer, (x, y), 120, [ink], 20)


def end_block(sheet: Pixels) -> list[Line]:
    """A signer's post and name on the right half."""
    return [
        write(sheet, "CHU TICH", 1500, 1900, bold=True),
        write(sheet, "Nguyen Van An", 1450, 2400, bold=True),
    ]


def sign(sheet: Pixels) -> None:
    curve = np.array([[1500 + 18 * t, 2130 + int(70 * np.sin(t * 1.3)) - 2 * t] for t in range(30)])
    cv2.polylines(sheet, [curve.reshape(-1, 1, 2)], False, [30], 6, cv2.LINE_AA)


def kinds(marks: tuple[Mark, ...]) -> list[str]:
    return [mark.kind for mark in marks]


def test_an_unsigned_page_has_neither_seal_nor_signature() -> None:
    sheet = blank_sheet()
    assert find_marks(clean_page(sheet), end_block(sheet)) == ()


def test_a_red_seal_and_a_signature_are_found() -> None:
    sheet, red = blank_sheet(), np.full((HEIGHT, WIDTH), 255, np.uint8)
    lines = end_block(sheet)
    draw_seal(red, 1450, 2150)
    sign(sheet)
    marks = find_marks(clean_page(sheet, red), lines)
    assert kinds(marks) == ["seal", "signature"]
    assert all(mark.score > 0.8 for mark in marks)
    assert marks[0].box.x_centre * WIDTH == pytest.approx(1450, abs=15)


def test_a_black_seal_is_found_and_is_no_signature() -> None:
    sheet = blank_sheet()
    lines = end_block(sheet)
    draw_seal(sheet, 1450, 2150)
    assert kinds(find_marks(clean_page(sheet), lines)) == ["seal"]
    sign(sheet)
    assert kinds(find_marks(clean_page(sheet), lines)) == ["seal", "signature"]


def test_strokes_without_a_post_above_them_are_no_signature() -> None:
    sheet = blank_sheet()
    sign(sheet)
    assert find_signature(clean_page(sheet), [write(sheet, "doan ra", 300, 400)], []) == ()


def test_a_red_emblem_at_the_top_is_a_picture() -> None:
    red = np.full((HEIGHT, WIDTH), 255, np.uint8)
    cv2.circle(red, (1900, 200), 110, [40], 20)
    assert kinds(find_seals(clean_page(blank_sheet(), red), [])) == ["picture"]

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipeline.document import Line
from pipeline.external import tesseract
from pipeline.external.tesseract import ReadWord
from pipeline.reading import stamps, stamps_unread
from pipeline.reading.stamp_words import known_words, may_be_stamp
from pipeline.reading.stamps import find_stamps
from tests.reading.drawing import HEIGHT, WIDTH, Pixels, blank_sheet, clean_page, word_at, write
from tests.reading.type import face


def draw_stamp(layer: Pixels, x: int = 400, y: int = 700, tilt: int = 0) -> None:
    """A framed stamp of 31 by 8 mm."""
    cv2.polylines(
        layer,
        [np.array([[x, y], [x + 360, y + tilt], [x + 360, y + 100 + tilt], [x, y + 100]])],
        True,
        [40],
        6,
    )
    cv2.putText(layer, "MAT", (x + 100, y + 75 + tilt // 2), cv2.FONT_HERSHEY_SIMPLEX, 2, [40], 8)


class Recorded:
    """A reader that gives the same words whatever it sees, and keeps what it saw."""

    def __init__(self, *words: ReadWord) -> None:
        self.words = list(words)
        self.seen: list[Pixels] = []

    def __call__(self, grey: Pixels, *_: object, **__: object) -> list[ReadWord]:
        self.seen.append(grey)
        return self.words


def recorded(monkeypatch: pytest.MonkeyPatch, text: str, left: int = 500, top: int = 720) -> Recorded:
    """Tesseract says ``text``; the own recogniser makes nothing of anything."""
    reader = Recorded(ReadWord(text, 0.9, left, top, 160, 60, (1, 1, 1)))
    monkeypatch.setattr(tesseract, "read_words", reader)
    monkeypatch.setattr(stamps, "own_readings", lambda *_: [])
    monkeypatch.setattr(stamps_unread, "read_own", lambda *_: ())
    return reader


@pytest.mark.parametrize("tilt", [0, 12])
def test_a_red_stamp_is_read_without_its_frame(monkeypatch: pytest.MonkeyPatch, tilt: int) -> None:
    red = np.full((HEIGHT, WIDTH), 255, np.uint8)
    draw_stamp(red, tilt=tilt)
    reader = recorded(monkeypatch, "MẬT")
    marks = find_stamps(clean_page(blank_sheet(), red), [])
    assert [(mark.kind, mark.text) for mark in marks] == [("stamp", "MẬT")]
    dark = reader.seen[0] < 150
    assert dark.any()
    assert dark.mean(axis=1).max() < 0.6
    assert marks[0].box.x0 * WIDTH == pytest.approx(400, abs=25)


def test_print_over_a_red_stamp_is_not_read_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet, red, inks = blank_sheet(), np.full((HEIGHT, WIDTH), 255, np.uint8), blank_sheet()
    draw_stamp(red)
    draw_stamp(inks)
    for layer in (sheet, inks):
        cv2.rectangle(layer, (590, 725), (610, 775), [0], -1)
    reader = recorded(monkeypatch, "MẬT")
    find_stamps(replace(clean_page(sheet, red), inks=inks), [])
    with_print = reader.seen[0]
    reader.seen.clear()
    find_stamps(
        replace(clean_page(blank_sheet(), red), inks=np.where(inks == 0, 235, inks).astype(np.uint8)), []
    )
    assert with_print.shape == reader.seen[0].shape
    assert np.abs(with_print.astype(int) - reader.seen[0]).mean() < 12


@pytest.mark.parametrize(("read", "marks"), [("MÂI", ["MẬT"]), ("MẬPT", ["MẬT"]), ("SAO", []), ("MẪU", [])])
def test_a_letter_misread_in_a_stamp_keeps_no_secret(
    monkeypatch: pytest.MonkeyPatch, read: str, marks: list[str]
) -> None:
    red = np.full((HEIGHT, WIDTH), 255, np.uint8)
    draw_stamp(red)
    recorded(monkeypatch, read)
    assert [mark.text for mark in find_stamps(clean_page(blank_sheet(), red), [])] == marks


def test_red_ink_that_says_nothing_known_is_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    red = np.full((HEIGHT, WIDTH), 255, np.uint8)
    draw_stamp(red)
    recorded(monkeypatch, "BẢN SAO")
    assert find_stamps(clean_page(blank_sheet(), red), []) == ()


def test_a_black_stamp_that_the_page_was_not_read_with_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = blank_sheet()
    draw_stamp(sheet)
    body = write(sheet, "doan ra va doan vao trong nam", 300, 1200)
    reader = recorded(monkeypatch, "MẬT", left=80, top=90)
    (mark,) = find_stamps(clean_page(sheet), [body])
    assert mark.text == "MẬT"
    assert mark.box.x0 * WIDTH == pytest.approx(500, abs=40)
    assert mark.box.y0 * HEIGHT == pytest.approx(725, abs=40)
    rows, columns = np.nonzero(reader.seen[0] < 150)
    # Neither what was read is read again, nor is the frame: it is higher and wider than the word.
    assert np.ptp(rows) < 80
    assert np.ptp(columns) < 200


def test_a_page_without_anything_left_to_read_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = blank_sheet()
    body = write(sheet, "doan ra va doan vao trong nam", 300, 800)
    reader = recorded(monkeypatch, "MẬT")
    assert find_stamps(clean_page(sheet), [body]) == ()
    assert reader.seen == []


@pytest.mark.parametrize(("heading", "looks"), [("CONG HOA XA HOI CHU NGHIA VIET NAM", 1), ("Tong cong", 0)])
def test_a_later_page_is_searched_where_a_letterhead_stands(
    monkeypatch: pytest.MonkeyPatch, heading: str, looks: int
) -> None:
    sheet = blank_sheet()
    draw_stamp(sheet)
    line = write(sheet, heading, 900, 300)
    reader = recorded(monkeypatch, "MẬT")
    find_stamps(replace(clean_page(sheet), number=2), [line])
    assert len(reader.seen) == looks


def test_words_surely_read_and_specks_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = blank_sheet()
    number = write(sheet, "doan vao", 300, 400)
    for x, y in np.random.default_rng(1).integers((200, 200), (WIDTH - 200, 1200), (300, 2)):
        cv2.circle(sheet, (int(x), int(y)), 2, [0], -1)
    reader = recorded(monkeypatch, "x")
    assert find_stamps(clean_page(sheet), [number]) == ()
    assert reader.seen == []


def test_the_word_in_a_heading_is_no_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(monkeypatch, "x")
    heading = Line(
        tuple(
            word_at(w, 300 + 150 * i, 800, 440 + 150 * i, 840)
            for i, w in enumerate(("CÁC", "MẶT", "CÔNG", "TÁC"))
        )
    )
    apart = Line((word_at("MẬT", 300, 700, 420, 740), word_at("Số:", 900, 700, 960, 740)))
    assert find_stamps(clean_page(blank_sheet()), [heading]) == ()
    assert [mark.text for mark in find_stamps(clean_page(blank_sheet()), [heading, apart])] == ["MẬT"]


@pytest.mark.parametrize(
    ("read", "word"),
    [
        ("MẬT", "MẬT"),
        ("MÂT.", "MẬT"),
        ("TỐI  MẬT", "TỐI MẬT"),
        ("TÔI MẠT", "TỐI MẬT"),
        ("TUYÊT MẬI", "TUYỆT MẬT"),
        ("HOẢ TỐC", "HỎA TỐC"),
        ("IMẬT|", "MẬT"),
        ("lTỐI MẬT", "TỐI MẬT"),
        ("MÁY", ""),
        ("BẢN SAO", ""),
        ("", ""),
    ],
)
def test_words_of_stamps_are_known_through_slips(read: str, word: str) -> None:
    assert known_words(read)[0] == word


@pytest.mark.parametrize(("y", "marks"), [(150, ["MẬT"]), (1200, [])])
def test_a_framed_mark_at_the_top_of_any_page_is_seen(
    monkeypatch: pytest.MonkeyPatch, y: int, marks: list[str]
) -> None:
    sheet = blank_sheet()
    draw_stamp(sheet, y=y)
    recorded(monkeypatch, "MẬT")
    assert [mark.text for mark in find_stamps(replace(clean_page(sheet), number=7), [])] == marks


def test_a_frame_that_touches_print_is_read_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = blank_sheet()
    draw_stamp(sheet)
    write(sheet, "hoat dong ngoai vu", 750, 775)
    reader = recorded(monkeypatch, "")
    find_stamps(clean_page(sheet), [])
    assert any(picture.shape[1] < 700 for picture in reader.seen)


def _typed_stamp(text: str, size: int = 60) -> Pixels:
    """A red layer with ``text`` in a frame, in a printed face."""
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    draw = ImageDraw.Draw(picture)
    wide = draw.textlength(text, font=face(size))
    draw.rectangle((400, 700, 460 + wide, 720 + 1.6 * size), outline=60, width=5)
    draw.text((430, 710), text, font=face(size), fill=60)
    return np.asarray(picture)


def _refused(*_: object, **__: object) -> list[ReadWord]:
    raise AssertionError("Tesseract was asked")


@pytest.mark.parametrize("text", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "HỎA TỐC"])
def test_the_own_recogniser_reads_a_clear_stamp_alone(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(tesseract, "read_words", _refused)
    (mark,) = find_stamps(clean_page(blank_sheet(), _typed_stamp(text)), [])
    assert mark.text == text
    assert mark.score > 0.6


def test_what_is_plainly_something_else_is_not_shown_to_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "read_words", _refused)
    assert find_stamps(clean_page(blank_sheet(), _typed_stamp("Đã số hóa")), []) == ()


@pytest.mark.parametrize(
    ("word", "may"),
    [("MẠT", True), ("TUYET", True), ("KHÂN", True), ("tất", False), ("CÔNG", False), ("256", False)],
)
def test_which_words_leave_doubt(word: str, may: bool) -> None:
    assert may_be_stamp(word) is may


def test_a_misread_degree_before_the_word_for_secret_still_counts() -> None:
    line = Line((word_at("TUYT", 300, 700, 420, 740), word_at("MẬT", 435, 700, 520, 740)))
    assert [mark.text for mark in stamps_unread.stamps_among([line])] == ["TUYỆT MẬT"]
    other = Line((word_at("BẢN", 300, 700, 380, 740), word_at("MẬT", 480, 700, 560, 740)))
    assert [mark.text for mark in stamps_unread.stamps_among([other], apart=0.6)] == ["MẬT"]

"""Text layers that can be put right: old encodings, cut words, double printing, hidden words."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pipeline.intake.loading import PageImage, load_page

from .legacy.encode import tcvn3, vni
from .pdfs import Run, page_of_runs, pdf

REPORT = [
    "Trong quý vừa qua, ủy ban đã tổ chức đón tiếp các đoàn khách nước ngoài",
    "đến thăm và làm việc tại địa phương, bảo đảm đúng quy định về lễ tân.",
    "Công tác thông tin đối ngoại được triển khai thường xuyên, có hiệu quả.",
] * 5


def report(encode: Callable[[str], bytes], font: str) -> list[Run]:
    return [Run(70, 700 - 20 * row, encode(line), font) for row, line in enumerate(REPORT)]


def loaded(folder: Path, runs: Sequence[Run]) -> PageImage:
    path = folder / "x.pdf"
    path.write_bytes(pdf(page_of_runs(runs)))
    return load_page(path, 1)


def texts(page: PageImage) -> list[str]:
    return [line.text for line in page.text_lines or ()]


@pytest.mark.parametrize(
    ("encode", "font", "name"),
    [
        (tcvn3, ".VnTime", "TCVN3"),
        (tcvn3, "TT1Fo00", "TCVN3"),
        (vni, "VNI-Times", "VNI"),
        (vni, "F13", "VNI"),
    ],
)
def test_an_old_encoding_is_converted_whether_the_font_says_so_or_not(
    tmp_path: Path, encode: Callable[[str], bytes], font: str, name: str
) -> None:
    page = loaded(tmp_path, report(encode, font))
    assert (page.source_kind, texts(page)) == ("text_layer", REPORT)
    assert f"it is in {name}, converted to Unicode" in page.remark


def test_a_page_of_several_fonts_is_converted_font_by_font(tmp_path: Path) -> None:
    head = [
        Run(70, 760, tcvn3("cộng hòa xã hội chủ nghĩa"), ".VnTimeH"),
        Run(70, 740, tcvn3("Số: 12/BC-UBND ngày 05"), ".VnTime"),
        Run(300, 740, "Cà Mau, 1.234.567 USD".encode("cp1252"), "Arial"),
    ]
    page = loaded(tmp_path, head + report(tcvn3, ".VnTime"))
    assert texts(page)[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"
    assert " ".join(texts(page)[1:3]) == "Số: 12/BC-UBND ngày 05 Cà Mau, 1.234.567 USD"
    assert texts(page)[-15:] == REPORT


def test_the_boxes_of_converted_words_lie_on_their_ink(tmp_path: Path) -> None:
    page = loaded(tmp_path, report(vni, "VNI-Times"))
    rest = page.pixels.copy()
    for line in page.text_lines or ():
        for word in line.words:
            box = word.box
            rows = slice(int(box.y0 * page.height_px) - 2, int(box.y1 * page.height_px) + 3)
            rest[rows, int(box.x0 * page.width_px) - 2 : int(box.x1 * page.width_px) + 3] = 255
    assert (page.pixels < 128).sum() > 1000
    assert (rest < 128).sum() == 0


def test_words_that_cannot_be_seen_are_left_out_and_said(tmp_path: Path) -> None:
    hidden = [
        Run(300, 100, vni("giả mạo 12345"), "VNI-Times", mode=3),
        Run(300, 80, vni("giả mạo 12345"), "VNI-Times", white=True),
    ]
    page = loaded(tmp_path, report(vni, "VNI-Times") + hidden)
    assert texts(page) == REPORT
    assert "3 invisible words" in page.remark
    assert "3 words of which nothing is to be seen" in page.remark


def test_a_layer_that_is_hidden_as_a_whole_is_none(tmp_path: Path) -> None:
    runs = [Run(run.x, run.y, run.codes, run.font, mode=3) for run in report(vni, "VNI-Times")]
    page = loaded(tmp_path, runs)
    assert page.text_lines is None
    assert "the text layer is hidden" in page.remark


@pytest.mark.parametrize(("right", "up"), [(0.3, 0), (0.8, 0.0), (2.0, 1.5)])
def test_text_printed_twice_is_read_once(tmp_path: Path, right: float, up: float) -> None:
    runs = report(vni, "VNI-Times")
    again = [Run(run.x + right, run.y + up, run.codes, run.font) for run in runs]
    assert texts(loaded(tmp_path, runs + again)) == REPORT


def test_lines_drawn_from_the_last_to_the_first_are_read_from_the_first(tmp_path: Path) -> None:
    assert texts(loaded(tmp_path, report(vni, "VNI-Times")[::-1])) == REPORT


def test_text_written_over_other_text_leaves_the_page_to_the_pixels(tmp_path: Path) -> None:
    runs = report(vni, "VNI-Times")
    over = [Run(run.x + 2, run.y + 1, vni("đã đón 45 đoàn"), run.font) for run in runs[:3]]
    page = loaded(tmp_path, runs + over)
    assert page.text_lines is None
    assert "stand on top of others" in page.remark


def test_letters_set_wide_apart_are_joined_to_words(tmp_path: Path) -> None:
    page = loaded(
        tmp_path, [Run(70, 740, vni("C Ộ N G   H Ò A   X Ã   H Ộ I"), "VNI-Times"), *report(vni, "VNI-Times")]
    )
    assert texts(page)[0] == "CỘNG HÒA XÃ HỘI"


def test_a_syllable_cut_behind_its_consonants_is_put_together(tmp_path: Path) -> None:
    cut = [
        Run(70, 740, vni("Hội nghị"), "VNI-Times"),
        Run(128, 740, vni("ng"), "VNI-Times"),
        Run(142.8, 740, vni("ày 05 tháng 4"), "VNI-Times"),
    ]
    page = loaded(tmp_path, cut + report(vni, "VNI-Times"))
    assert texts(page)[0] == "Hội nghị ngày 05 tháng 4"

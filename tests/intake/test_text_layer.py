from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.document import Line
from pipeline.external import poppler
from pipeline.intake.loading import PageImage, load_page
from pipeline.intake.text_layer import TextLayer, Verdict, judge, read_text_layer

from .pdfs import jpeg, one_page, pdf

REPORT = [
    "Trong quý vừa qua, ủy ban đã tổ chức đón tiếp các đoàn khách nước ngoài",
    "đến thăm và làm việc tại địa phương, bảo đảm đúng quy định về lễ tân.",
    "Công tác thông tin đối ngoại được triển khai thường xuyên, có hiệu quả.",
    "Số liệu chi tiết được trình bày tại phụ lục kèm theo báo cáo này.",
] * 5
SCAN = Image.effect_noise((595, 842), 20).point(lambda value: min(255, value + 60))


def scan_with_print() -> bytes:
    pixels = np.array(SCAN)
    for row in range(100, 780, 20):
        pixels[row : row + 6, 60:540:2] = 20
    return jpeg(Image.fromarray(pixels))


def saved(folder: Path, objects: dict[int, bytes]) -> Path:
    path = folder / "x.pdf"
    path.write_bytes(pdf(objects))
    return path


def layer(path: Path) -> TextLayer:
    size = poppler.page_sizes(path, 1, 1)[0]
    assert size is not None
    return read_text_layer(path, 1, size, 10)


def verdict_on(folder: Path, lines: Sequence[str]) -> Verdict:
    path = saved(folder, one_page(lines))
    return judge(layer(path), load_page(path, 1, dpi=100).pixels).verdict


def test_vietnamese_text_that_covers_the_page_is_used(tmp_path: Path) -> None:
    page = load_page(saved(tmp_path, one_page(REPORT)), 1)
    assert page.source_kind == "text_layer"
    assert [line.text for line in page.text_lines or ()] == REPORT
    assert {word.confidence for line in page.text_lines or () for word in line.words} == {0.99}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (REPORT, "good"),
        ([], "none"),
        (["The committee received several delegations in the last quarter of the year."] * 9, "foreign"),
        (["Uy ban nhan dan huyen bao cao ket qua cong tac doi ngoai trong nam qua"] * 9, "foreign"),
        (["C ô n g t á c đ ố i n g o ạ i n ă m n a y"] * 9, "foreign"),
        (["Công tác đối ngoạỉ cùa huỳện đưọc triẽnt khại tôt trọng nắmt quả"] * 9, "foreign"),
        (["Cá»™ng hÃ²a xÃ£ há»™i chá»§ nghÄ©a Viá»‡t Nam"] * 9, "legacy_encoding"),
        (["".join(chr(0xE100 + ord(c)) for c in "congtacdoingoai")] * 9, "legacy_encoding"),
        (
            ["Ủy b\ufffdn nh\ufffdn d\ufffdn huy\ufffdn b\ufffdo c\ufffdo k\ufffdt qu\ufffd"] * 9,
            "legacy_encoding",
        ),
    ],
)
def test_a_layer_is_judged_by_its_words(tmp_path: Path, lines: list[str], expected: Verdict) -> None:
    assert verdict_on(tmp_path, lines) == expected


def test_a_signature_caption_over_a_scan_leaves_the_page_to_the_pixels(tmp_path: Path) -> None:
    caption = ["Ký bởi: Ủy ban nhân dân huyện", "Thời gian ký: 05/01/2021"]
    path = saved(tmp_path, one_page(caption, picture=scan_with_print(), left=400, size=7))
    page = load_page(path, 1)
    assert judge(layer(path), page.pixels).verdict == "caption"
    assert "a caption" in page.remark
    assert (page.source_kind, page.text_lines) == ("mixed", None)


def test_the_words_of_an_ocr_laid_over_a_scan_are_not_taken_for_certain(tmp_path: Path) -> None:
    page = load_page(saved(tmp_path, one_page(REPORT, picture=jpeg(Image.new("L", (595, 842), 255)))), 1)
    assert (page.source_kind, page.text_lines) == ("scan", None)
    assert "lies over a scan" in page.remark


def test_text_that_is_not_printed_where_it_says_is_not_believed(tmp_path: Path) -> None:
    read = layer(saved(tmp_path, one_page(REPORT)))
    other = np.full((1170, 827), 255, np.uint8)
    other[60:70, 100:120] = 0
    assert judge(read, other).verdict == "caption"
    assert judge(read, np.full((1170, 827), 255, np.uint8)).verdict == "misplaced"


@pytest.mark.parametrize(("down", "right"), [(0.0, 0.015), (0.012, 0.0), (0.0238, 0.02), (-0.05, 0.1)])
def test_a_layer_that_is_shifted_off_the_print_is_not_used(tmp_path: Path, down: float, right: float) -> None:
    path = saved(tmp_path, one_page(REPORT, size=10))
    read = layer(path)
    pixels = load_page(path, 1, dpi=100).pixels
    assert judge(read, pixels).verdict == "good"
    shifted = np.roll(pixels, (round(down * pixels.shape[0]), round(right * pixels.shape[1])), (0, 1))
    assert judge(read, shifted).verdict != "good"


def test_a_layer_over_half_of_the_print_is_partial(tmp_path: Path) -> None:
    path = saved(tmp_path, one_page(REPORT))
    lines = layer(path).lines
    half = TextLayer(lines[: len(lines) * 6 // 10])
    assert judge(half, load_page(path, 1).pixels).verdict == "partial"


def test_ruled_lines_do_not_count_as_print(tmp_path: Path) -> None:
    path = saved(tmp_path, one_page(REPORT))
    pixels = load_page(path, 1).pixels.copy()
    for row in range(200, 3300, 60):
        pixels[row : row + 6, 150:2300] = 0
    pixels[200:3300, 150:156] = 0
    assert judge(layer(path), pixels).verdict == "good"


@pytest.mark.parametrize("page", ["", "/Rotate 90", "/Rotate 180", "/Rotate 270", "/CropBox[40 300 560 800]"])
def test_boxes_lie_on_the_ink_however_the_page_is_turned_or_cropped(tmp_path: Path, page: str) -> None:
    path = saved(tmp_path, one_page(REPORT[:4], page=page))
    image = load_page(path, 1, dpi=100)
    assert ink_outside(image, layer(path).lines) == 0


def ink_outside(page: PageImage, lines: Sequence[Line]) -> int:
    pixels = page.pixels.copy()
    assert (pixels < 128).sum() > 1000
    for line in lines:
        box = line.box
        rows = slice(int(box.y0 * page.height_px) - 2, int(box.y1 * page.height_px) + 3)
        pixels[rows, int(box.x0 * page.width_px) - 2 : int(box.x1 * page.width_px) + 3] = 255
    return int((pixels < 128).sum())


def test_decomposed_letters_are_composed_and_control_characters_dropped(tmp_path: Path) -> None:
    read = layer(saved(tmp_path, one_page(["Tie\u0302\u0301ng\u200b Vie\u0323\u0302t\u00adNam\u0007"])))
    assert [line.text for line in read.lines] == ["Tiếng ViệtNam"]

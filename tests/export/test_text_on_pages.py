"""ALTO, PAGE XML and hOCR: valid by their schemas, and saying of every word what it is and where it stands."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from pipeline.document import Box, Grid, GridCell, Line, Page, Word
from pipeline.export.alto import NAMESPACE as ALTO
from pipeline.export.alto import alto
from pipeline.export.formats import export
from pipeline.export.page_xml import NAMESPACE as PAGE
from pipeline.export.page_xml import page_xml
from pipeline.export.placed import BELOW, baseline, blocks
from pipeline.export.source import Outcome, Source

from .runs import SIZE, TEXT, lines, page

SCHEMAS = Path(__file__).parent / "schemas"
WORDS = [word for line in TEXT for word in line.split()]


def quiet(_: str) -> None:
    pass


def valid(path: Path, schema: str) -> etree._ElementTree:
    tree = etree.parse(path)
    etree.XMLSchema(etree.parse(SCHEMAS / schema)).assertValid(tree)
    return tree


def made(source: Source, form: str, folder: Path) -> tuple[Outcome, list[Path]]:
    outcome = export(source, form, folder, quiet)
    assert not outcome.left_out
    return outcome, [path for path in outcome.files if path.suffix in {".xml", ".hocr"}]


def test_alto_is_valid_and_holds_every_word_with_its_box(source: Source, tmp_path: Path) -> None:
    _, files = made(source, "alto", tmp_path / "alto")
    assert len(files) == 3
    for path in files:
        tree = valid(path, "alto-4-2.xsd")
        strings = list(tree.iter(f"{{{ALTO}}}String"))
        assert [string.get("CONTENT") for string in strings] == WORDS
        assert {string.get("WC") for string in strings} == {"0.9300"}
        kinds = [mark.get("TYPE") for mark in tree.iter(f"{{{ALTO}}}Illustration")]
        assert kinds == ["seal", "signature"]


def test_boxes_are_in_pixels_of_the_page_as_scanned(source: Source, tmp_path: Path) -> None:
    _, files = made(source, "alto", tmp_path / "alto")
    path = next(path for path in files if path.stem.endswith("0002"))
    held = page(2, skew=1.5, rotation=180)
    for string, word in zip(valid(path, "alto-4-2.xsd").iter(f"{{{ALTO}}}String"), held.words, strict=True):
        box = held.on_scan(word.box)
        place = [int(string.get(name)) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
        wanted = [box.x0 * SIZE[0], box.y0 * SIZE[1], box.width * SIZE[0], box.height * SIZE[1]]
        assert all(abs(a - b) <= 1 for a, b in zip(place, wanted, strict=True))


def test_page_xml_is_valid_and_its_pictures_have_its_pixels(source: Source, tmp_path: Path) -> None:
    _, files = made(source, "page", tmp_path / "page")
    for path in files:
        tree = valid(path, "page-2019-07-15.xsd")
        (shown,) = tree.iter(f"{{{PAGE}}}Page")
        with Image.open(path.parent / shown.get("imageFilename")) as picture:
            assert picture.size == (int(shown.get("imageWidth")), int(shown.get("imageHeight")))
        read = [
            word.findtext(f"{{{PAGE}}}TextEquiv/{{{PAGE}}}Unicode") for word in tree.iter(f"{{{PAGE}}}Word")
        ]
        assert read == WORDS
        assert {mark.get("type") for mark in tree.iter(f"{{{PAGE}}}GraphicRegion")} == {"stamp", "signature"}
        assert len(list(tree.iter(f"{{{PAGE}}}RegionRefIndexed"))) == len(
            list(tree.iter(f"{{{PAGE}}}TextRegion"))
        )
    turned = next(path for path in files if path.stem.endswith("0002"))
    assert next(etree.parse(turned).iter(f"{{{PAGE}}}Page")).get("orientation") == "180"


def test_lines_askew_have_their_corners(source: Source, tmp_path: Path) -> None:
    _, files = made(source, "page", tmp_path / "page")
    turned = next(path for path in files if path.stem.endswith("0002"))
    line = next(etree.parse(turned).iter(f"{{{PAGE}}}TextLine"))
    corners = [tuple(map(int, point.split(","))) for point in line[0].get("points").split()]
    left, right = corners[0], corners[1]
    assert left[0] > right[0]  # the page lies on its head
    assert left[1] != right[1]


def test_hocr_is_valid_for_its_own_validator(source: Source, tmp_path: Path) -> None:
    _, files = made(source, "hocr", tmp_path / "hocr")
    assert len(files) == 2
    for path in files:
        answer = subprocess.run(
            [Path(sys.executable).with_name("hocr-spec"), path], check=False, capture_output=True, text=True
        )
        assert "ERROR" not in answer.stdout + answer.stderr
        assert "Document is valid" in answer.stdout + answer.stderr
        tree = etree.parse(path)
        read = [word.text for word in tree.iter("{*}span") if word.get("class") == "ocrx_word"]
        assert read == WORDS * len([div for div in tree.iter("{*}div") if div.get("class") == "ocr_page"])


def test_hocr_names_pictures_that_lie_beside_it(source: Source, tmp_path: Path) -> None:
    _, files = made(source, "hocr", tmp_path / "hocr")
    for path in files:
        for div in etree.parse(path).iter("{*}div"):
            if div.get("class") == "ocr_page":
                name = div.get("title").split('"')[1]
                assert (path.parent / name).is_file()


def test_without_pictures_only_text_is_written(source: Source, tmp_path: Path) -> None:
    outcome = export(source, "page", tmp_path / "page", quiet, pictures=False)
    assert {path.suffix for path in outcome.files} == {".xml"}


def odd_pages() -> list[Page]:
    bare = Page(1, *SIZE, 150, "scan")
    dark = Line((Word("a\x0b<&>\ud800b", Box(0.1, 0.1, 0.2, 0.12), 1.2, 1),))
    beside = Line((Word("lệch", Box(-0.2, 0.98, 1.4, 1.1), -0.1, 1),))
    grid = Grid((GridCell(0, 1, 0, 1, Box(0.1, 0.3, 0.4, 0.4)),))
    return [
        bare,
        replace(bare, lines=(dark,)),
        replace(bare, lines=(beside,), grids=(grid,)),
        replace(bare, dpi=0),
    ]


@pytest.mark.parametrize("number", range(4))
def test_odd_pages_stay_valid(source: Source, tmp_path: Path, number: int) -> None:
    held = odd_pages()[number]
    (tmp_path / "a.xml").write_bytes(alto(held, source.documents[0], "a.jpg"))
    valid(tmp_path / "a.xml", "alto-4-2.xsd")
    (tmp_path / "p.xml").write_bytes(page_xml(held, "a.jpg", "2026-01-01T00:00:00Z", "f" * 64))
    tree = valid(tmp_path / "p.xml", "page-2019-07-15.xsd")
    assert len(list(tree.iter(f"{{{PAGE}}}TableRegion"))) == len(held.grids)


def test_lines_that_stand_close_make_a_block() -> None:
    near, far = lines(("một hai", "ba bốn")), lines(("năm",))[0]
    low = Line(tuple(replace(word, box=Box(0.1, 0.5, 0.2, 0.52)) for word in far.words))
    tight = (
        near[0],
        Line(tuple(replace(w, box=Box(w.box.x0, 0.12, w.box.x1, 0.134)) for w in near[1].words)),
    )
    assert [len(block) for block in blocks((*tight, low))] == [2, 1]


@pytest.mark.parametrize(
    ("bottoms", "baseline_y"),
    [
        (
            (0.12, 0.125, 0.12, 0.125),
            0.12,
        ),  # tight boxes: "ba" and "em" end at the baseline, "gạp" and "uy," below it
        ((0.125, 0.125, 0.125, 0.125), 0.125 - 0.22 * 0.025),  # boxes of the whole line
    ],
)
def test_the_baseline_is_where_letters_stand(bottoms: tuple[float, ...], baseline_y: float) -> None:
    texts = ("ba", "gạp", "em", "uy,")
    words = (
        Word(text, Box(0.1 * at, 0.1, 0.1 * at + 0.05, bottom), 0.9, 1)
        for at, (text, bottom) in enumerate(zip(texts, bottoms, strict=True))
    )
    stand = baseline(Line(tuple(words)))
    assert stand.y == pytest.approx(baseline_y)
    assert stand.y - (1 - BELOW) * stand.height == pytest.approx(0.1)

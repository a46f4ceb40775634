import io
import shutil
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.document import Box, Line, Word
from pipeline.export.files import Folder
from pipeline.export.glyphless import FONT, to_unicode, truetype
from pipeline.export.old_layer import without_invisible_text
from pipeline.export.pdf_a import obstacles
from pipeline.export.searchable_pdf import to_points, write_pdf
from pipeline.export.source import Source

from .runs import MARKED, TEXT, as_pdf, document, drawn, finish, lines, page


def exported(run: Path, folder: Path) -> tuple[list[Path], Folder]:
    source, made = Source(run), Folder(folder)
    for held in source.documents:
        write_pdf(source, held, made)
    return made.outcome.files, made


def run_over(tmp_path: Path, scan: Path, *pages: object) -> Path:
    return finish(tmp_path / "out", document(scan, pages))  # type: ignore[arg-type]


def said(pdf: Path, number: int = 1) -> str:
    answer = subprocess.run(
        ["pdftotext", "-f", str(number), "-l", str(number), "-enc", "UTF-8", pdf, "-"], check=True, capture_output=True
    )  # fmt: skip
    return unicodedata.normalize("NFC", answer.stdout.decode())


def packed(pdf: Path) -> list[bytes]:
    """Return the packed bytes of every picture."""
    with pikepdf.open(pdf) as held:
        return [
            bytes(image.read_raw_bytes())
            for shown in held.pages
            for image in shown.resources.XObject.values()
        ]


def fonts(pdf: Path) -> set[str]:
    with pikepdf.open(pdf) as held:
        return set(held.pages[0].resources.Font.keys())


@pytest.mark.parametrize(("skew", "rotation"), [(0.0, 0), (2.5, 0), (-1.0, 180), (0.5, 90), (0.0, 90)])
def test_pdftotext_finds_every_word_and_phrase_however_the_page_lay(
    tmp_path: Path, skew: float, rotation: int
) -> None:
    held = page(skew=skew, rotation=rotation)
    scan = as_pdf(tmp_path / "a.pdf", (held,))
    (pdf,), _ = exported(run_over(tmp_path, scan, held), tmp_path / "pdf")
    text = said(pdf)
    assert Counter(text.split()) == Counter(word for line in TEXT for word in line.split())
    assert "kiều bào đầu tư vào khu kinh tế" in text
    assert set(MARKED) - {" "} <= set(text)


def test_the_pictures_keep_their_bytes_and_the_page_its_size(tmp_path: Path) -> None:
    scan = as_pdf(tmp_path / "a.pdf", (page(), page(2)))
    (pdf,), _ = exported(run_over(tmp_path, scan, page(), page(2)), tmp_path / "pdf")
    assert packed(pdf) == packed(scan)
    with pikepdf.open(scan) as before, pikepdf.open(pdf) as after:
        assert [list(p.mediabox) for p in before.pages] == [list(p.mediabox) for p in after.pages]


def test_the_page_looks_as_it_did(tmp_path: Path) -> None:
    scan = as_pdf(tmp_path / "a.pdf", (page(),))
    (pdf,), _ = exported(run_over(tmp_path, scan, page()), tmp_path / "pdf")
    pictures = []
    for path in (scan, pdf):
        subprocess.run(["pdftoppm", "-r", "40", "-gray", path, tmp_path / "shown"], check=True)
        pictures.append(np.asarray(Image.open(next(tmp_path.glob("shown-*.pgm")))))
    assert np.array_equal(*pictures)


def test_words_are_found_where_they_are_printed(tmp_path: Path) -> None:
    held = page(skew=0.4)
    scan = as_pdf(tmp_path / "a.pdf", (held,))
    (pdf,), _ = exported(run_over(tmp_path, scan, held), tmp_path / "pdf")
    answer = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True).stdout.decode()
    word = next(word for word in held.words if word.text == "410")
    box = held.on_scan(word.box)
    line = next(line for line in answer.splitlines() if ">410<" in line)
    x0, y0, x1, y1 = (float(part.split('"')[0]) for part in line.split('="')[1:5])
    with pikepdf.open(pdf) as read:
        width, height = (float(edge) for edge in list(read.pages[0].mediabox)[2:])
    assert abs(x0 / width - box.x0) < 0.003
    assert abs(x1 / width - box.x1) < 0.003
    assert y0 / height < box.y1
    assert y1 / height > box.y0


def test_a_page_on_its_head_is_shown_upright_without_touching_it(tmp_path: Path) -> None:
    held = page(rotation=180)
    scan = as_pdf(tmp_path / "a.pdf", (held,))
    (pdf,), _ = exported(run_over(tmp_path, scan, held), tmp_path / "pdf")
    with pikepdf.open(pdf) as read:
        assert read.pages[0].Rotate == 180
    assert packed(pdf) == packed(scan)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_pdf_page_that_is_turned_itself_and_cropped_has_its_words_in_place(
    tmp_path: Path, turn: int
) -> None:
    held = page()
    upright = as_pdf(tmp_path / "upright.pdf", (held,))
    scan = tmp_path / "a.pdf"
    with pikepdf.open(upright) as pdf:
        shown = pdf.pages[0]
        width, height = (float(edge) for edge in list(shown.mediabox)[2:])
        shown.MediaBox = pikepdf.Array([-50, -70, width + 50, height + 70])
        shown.CropBox = pikepdf.Array([0, 0, width, height])
        shown.Rotate = turn
        pdf.save(scan)
    # What the reader sees is the page as shown: the words run along it whatever /Rotate says.
    wide = page() if turn % 180 == 0 else page(rotation=0)
    (pdf_path,), _ = exported(run_over(tmp_path, scan, wide), tmp_path / "pdf")
    answer = subprocess.run(
        ["pdftotext", "-cropbox", "-bbox", pdf_path, "-"], check=True, capture_output=True
    ).stdout.decode()
    word = next(word for word in wide.words if word.text == "410")
    line = next(line for line in answer.splitlines() if ">410<" in line)
    x0, y0, x1, y1 = (float(part.split('"')[0]) for part in line.split('="')[1:5])
    shown_width, shown_height = (width, height) if turn % 180 == 0 else (height, width)
    assert abs((x0 + x1) / 2 / shown_width - word.box.x_centre) < 0.01
    assert abs((y0 + y1) / 2 / shown_height - word.box.y_centre) < 0.01


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_corners_of_a_turned_page_are_those_of_its_box(turn: int) -> None:
    a, b, c, d, e, f = to_points((10, 20, 110, 220), turn)
    corners = {(a * x + c * y + e, b * x + d * y + f) for x in (0, 1) for y in (0, 1)}
    assert corners == {(10, 20), (110, 20), (10, 220), (110, 220)}
    top_left = {0: (10, 220), 90: (10, 20), 180: (110, 20), 270: (110, 220)}[turn]
    assert (e, f) == top_left


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp", ".bmp"])
def test_a_picture_file_is_wrapped_and_found(tmp_path: Path, suffix: str) -> None:
    scan = tmp_path / f"a{suffix}"
    drawn(page()).save(scan, dpi=(150, 150))
    (pdf,), made = exported(run_over(tmp_path, scan, page()), tmp_path / "pdf")
    assert "kiều bào đầu tư" in said(pdf)
    if suffix == ".jpg":
        assert packed(pdf) == [scan.read_bytes()]
    else:
        with pikepdf.open(pdf) as read:
            (image,) = read.pages[0].resources.XObject.values()
            pixels = np.asarray(pikepdf.PdfImage(image).as_pil_image().convert("L"))
        assert suffix == ".webp" or np.array_equal(pixels, np.asarray(drawn(page())))
    assert not made.outcome.notes


def test_every_frame_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    scan = tmp_path / "a.tif"
    first, second = drawn(page()).convert("1"), drawn(page(2)).convert("1")
    first.save(scan, save_all=True, append_images=[second], compression="group4", dpi=(150, 150))
    (pdf,), _ = exported(run_over(tmp_path, scan, page(), page(2)), tmp_path / "pdf")
    with pikepdf.open(pdf) as read:
        assert len(read.pages) == 2
        (picture,) = read.pages[1].resources.XObject.values()
        assert "/CCITTFaxDecode" in [str(name) for name in picture.Filter]
    assert "42 đoàn" in said(pdf, 2)


@pytest.mark.parametrize("orientation", [3, 6, 8, 2])
def test_a_photograph_turned_by_its_camera_has_its_words_in_place(tmp_path: Path, orientation: int) -> None:
    turns = {
        3: Image.Transpose.ROTATE_180,
        6: Image.Transpose.ROTATE_90,
        8: Image.Transpose.ROTATE_270,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
    }
    stored = drawn(page()).transpose(turns[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    scan = tmp_path / "a.jpg"
    stored.save(scan, exif=exif, dpi=(150, 150))
    (pdf,), _ = exported(run_over(tmp_path, scan, page()), tmp_path / "pdf")
    assert "kiều bào đầu tư" in said(pdf)
    subprocess.run(["pdftoppm", "-r", "40", "-gray", pdf, tmp_path / "shown"], check=True)
    shown = Image.open(next(tmp_path.glob("shown-*.pgm")))
    wanted = drawn(page()).resize(shown.size)
    assert np.abs(np.asarray(shown).astype(int) - np.asarray(wanted)).mean() < 6


def test_the_invisible_text_of_an_earlier_ocr_is_taken_away(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    shown = pdf.pages[0]
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    shown.add_resource(font, pikepdf.Name.Font, pikepdf.Name.F1)
    shown.Contents = pdf.make_stream(
        b"BT /F1 9 Tf 3 Tr 9 99 Td (grbge) Tj ET q BT 3 Tr (more) Tj ET Q BT 0 Tr 9 50 Td (seen) Tj ET"
    )
    without_invisible_text(pdf, shown)
    pdf.save(tmp_path / "a.pdf")
    assert said(tmp_path / "a.pdf").split() == ["seen"]


def test_a_plain_scan_becomes_pdf_a_and_says_so(tmp_path: Path) -> None:
    scan = as_pdf(tmp_path / "a.pdf", (page(),))
    (pdf,), made = exported(run_over(tmp_path, scan, page()), tmp_path / "pdf")
    assert not made.outcome.notes
    with pikepdf.open(pdf) as read:
        metadata = read.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "U")
        assert metadata["dc:title"] == "=1+1 công tác đối ngoại"
        assert read.Root.OutputIntents[0].DestOutputProfile.N == 3
        assert "/Info" not in read.trailer
        for font in read.pages[0].Resources.Font.values():
            descendant = font.DescendantFonts[0]
            assert bytes(descendant.FontDescriptor.FontFile2.read_bytes()) == truetype()
            # No code may show the glyph .notdef (ISO 19005-2, 6.2.11.8).
            glyphs = bytes(descendant.CIDToGIDMap.read_bytes())
            assert set(glyphs[3::2]) == {1}


def test_what_is_not_known_to_be_sound_stays_a_plain_pdf(tmp_path: Path) -> None:
    scan = as_pdf(tmp_path / "a.pdf", (page(),))
    with pikepdf.open(scan, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.save()
    (made,), folder = exported(run_over(tmp_path, scan, page()), tmp_path / "pdf")
    assert folder.outcome.notes == [f"{scan}: plain PDF, not PDF/A (it holds /OpenAction)"]
    with pikepdf.open(made) as read, read.open_metadata() as metadata:
        assert "pdfaid:part" not in metadata
    assert "42 đoàn" in said(made)


@pytest.mark.parametrize("harm", ["font", "annotation", "colours", "drawing", "interpolated"])
def test_pages_that_hold_more_than_pictures_are_no_pdf_a(tmp_path: Path, harm: str) -> None:
    scan = as_pdf(tmp_path / "a.pdf", (page(),))
    with pikepdf.open(scan) as pdf:
        assert obstacles(pdf) == ""
        shown = pdf.pages[0]
        match harm:
            case "font":
                shown.add_resource(pikepdf.Dictionary(), pikepdf.Name.Font, pikepdf.Name.F1)
            case "annotation":
                shown.Annots = pikepdf.Array([])
            case "colours":
                next(iter(shown.resources.XObject.values())).ColorSpace = pikepdf.Name.DeviceCMYK
            case "interpolated":
                picture = next(iter(shown.resources.XObject.values()))
                picture.Interpolate = False
                assert obstacles(pdf) == ""
                picture.Interpolate = True
            case "drawing":
                shown.contents_add(b"/P sh")
        assert obstacles(pdf).startswith("page 1: ")


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(run: Path, tmp_path: Path) -> None:
    files, _ = exported(run, tmp_path / "pdf")
    for pdf in files:
        checked = subprocess.run(["qpdf", "--check", pdf], check=False, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
        assert "No syntax or stream encoding errors" in checked.stdout


def test_a_page_with_its_own_vietnamese_text_gets_no_second_layer(tmp_path: Path) -> None:
    source = Path("samples/scans/digital.pdf")
    scan = tmp_path / "digital.pdf"
    shutil.copy(source, scan)
    words = said(scan).split()
    line = Line(tuple(Word(text, Box(0.1, 0.1, 0.2, 0.12), 1.0, 1) for text in words))
    own = replace(page(), source_kind="text_layer", lines=(line,))
    run = finish(tmp_path / "out", replace(document(scan, (page(),)), pages=(own,)))
    (pdf,), _ = exported(run, tmp_path / "pdf")
    assert said(pdf).split() == words
    before = fonts(pdf)
    # The same page, had its text been read otherwise than it says itself (an old encoding), gets the layer.
    other = replace(own, lines=lines())
    second = finish(tmp_path / "second", replace(document(scan, (page(),)), pages=(other,)))
    (pdf,), _ = exported(second, tmp_path / "pdf2")
    assert fonts(pdf) - before == {f"/{FONT}"}


def test_more_characters_than_a_block_may_hold_are_split_in_the_map() -> None:
    text = to_unicode({chr(0x100 + code): code + 1 for code in range(250)}).decode()
    assert text.count("beginbfchar") == 3
    assert "100 beginbfchar" in text
    assert "50 beginbfchar" in text
    assert io.BytesIO(truetype()).read(4) == b"\0\1\0\0"


def test_words_that_nearly_touch_are_found_as_two(tmp_path: Path) -> None:
    words = (
        Word("Sở", Box(0.1, 0.1, 0.14, 0.12), 0.9, 1),
        Word("Ngoại", Box(0.1402, 0.1, 0.22, 0.12), 0.9, 1),
    )
    close = replace(page(), lines=(Line(words),))
    scan = as_pdf(tmp_path / "a.pdf", (page(),))
    run = finish(tmp_path / "out", replace(document(scan, (page(),)), pages=(close,)))
    (pdf,), _ = exported(run, tmp_path / "pdf")
    assert said(pdf).split() == ["Sở", "Ngoại"]

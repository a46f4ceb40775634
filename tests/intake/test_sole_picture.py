"""Pages that are one JPEG come from the file; everything else is left to Poppler."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.intake.limits import DEFAULT_LIMITS
from pipeline.intake.loading import load_page
from pipeline.intake.sole_picture import sole_picture

A4 = (595.2, 841.92)


def scan(width: int = 1240, height: int = 1754) -> Image.Image:
    """A page of grey paper whose upper left quarter is darker, so that a turn or a flip shows."""
    pixels = np.full((height, width), 230, np.uint8)
    pixels[: height // 2, : width // 2] = 60
    return Image.fromarray(pixels)


def write_pdf(path: Path, image: Image.Image, program: bytes | None = None, **page_keys: object) -> Path:
    data = BytesIO()
    image.save(data, "JPEG", quality=90)
    with pikepdf.new() as pdf:
        picture = pikepdf.Stream(pdf, data.getvalue())
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=image.width,
                Height=image.height,
                ColorSpace=pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
            )
        )
        picture["/Filter"] = pikepdf.Name.DCTDecode
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, *A4],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Im0": pdf.make_indirect(picture)})),
            Contents=pdf.make_stream(program or b"q 595.2 0 0 841.92 0 0 cm /Im0 Do Q"),
            **page_keys,
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(path)
    return path


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_scanned_page_keeps_its_own_pixels(tmp_path: Path, mode: str) -> None:
    file = write_pdf(tmp_path / "scan.pdf", scan().convert(mode))

    found = sole_picture(file, 1, DEFAULT_LIMITS)

    assert found is not None
    pixels, dpi = found
    assert (pixels.shape[:2], dpi) == ((1754, 1240), 150)
    assert pixels[100, 100].max() < 80
    assert pixels[-100, -100].min() > 210


def test_it_looks_as_poppler_draws_it(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "scan.pdf", scan())
    own = load_page(file, 1, dpi=300).pixels
    drawn = load_page(file, 1, dpi=150).pixels  # below the threshold of taking it from the file

    assert own.shape == drawn.shape
    assert np.abs(own.astype(int) - drawn).mean() < 2


@pytest.mark.parametrize(
    "program",
    [
        b"q -595.2 0 0 841.92 595.2 0 cm /Im0 Do Q",  # mirrored
        b"q 595.2 0 0 -841.92 0 841.92 cm /Im0 Do Q",  # upside down
        b"q 0 841.92 -595.2 0 595.2 0 cm /Im0 Do Q",  # on its side
        b"q 300 0 0 424 0 0 cm /Im0 Do Q",  # a part of the page
        b"q 595.2 0 0 841.92 0 0 cm /Im0 Do Q BT /F1 12 Tf (text) Tj ET",
        b"q 595.2 0 0 841.92 0 0 cm /Im0 Do Q 10 10 100 100 re f",
        b"q 595.2 0 0 841.92 0 0 cm /Im0 Do Q q 595.2 0 0 841.92 0 0 cm /Im0 Do Q",
    ],
)
def test_what_is_more_than_one_upright_picture_is_drawn(tmp_path: Path, program: bytes) -> None:
    file = write_pdf(tmp_path / "page.pdf", scan(), program)

    assert sole_picture(file, 1, DEFAULT_LIMITS) is None


def test_turned_and_annotated_pages_are_drawn(tmp_path: Path) -> None:
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 50, 50])

    assert sole_picture(write_pdf(tmp_path / "a.pdf", scan(), Rotate=90), 1, DEFAULT_LIMITS) is None
    assert (
        sole_picture(write_pdf(tmp_path / "b.pdf", scan(), Annots=pikepdf.Array([note])), 1, DEFAULT_LIMITS)
        is None
    )


def test_coarse_pages_cut_pictures_and_broken_files_are_left_to_poppler(tmp_path: Path) -> None:
    coarse = write_pdf(tmp_path / "coarse.pdf", scan(620, 877))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(coarse.read_bytes()[:200])
    cut = tmp_path / "cut.pdf"
    with pikepdf.open(write_pdf(tmp_path / "whole.pdf", scan())) as pdf:
        picture = pdf.pages[0].resources["/XObject"]["/Im0"]
        picture.write(picture.read_raw_bytes()[:-2000], filter=pikepdf.Name.DCTDecode)
        pdf.save(cut)

    assert [sole_picture(file, 1, DEFAULT_LIMITS) for file in (coarse, broken, cut)] == [None] * 3
    assert sole_picture(coarse, 7, DEFAULT_LIMITS) is None


def write_fax(path: Path, black: np.ndarray, **parameters: object) -> Path:
    """A page that is one picture in group 4, ``black`` where it has ink."""
    data = BytesIO()
    Image.fromarray(black).save(
        data, "TIFF", compression="group4", strip_size=1 << 24
    )  # its white runs are the ink
    tags = Image.open(data).tag_v2
    packed = data.getvalue()[tags[273][0] : tags[273][0] + tags[279][0]]
    height, width = black.shape
    parms = pikepdf.Dictionary(K=-1, Columns=width, Rows=height, **parameters)
    with pikepdf.new() as pdf:
        picture = pikepdf.Stream(pdf, packed)
        picture.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height,
                ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=1, DecodeParms=parms,
            )
        )  # fmt: skip
        picture["/Filter"] = pikepdf.Name.CCITTFaxDecode
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page, MediaBox=[0, 0, *A4],
            Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary({"/Im0": pdf.make_indirect(picture)})),
            Contents=pdf.make_stream(b"q 595.2 0 0 841.92 0 0 cm /Im0 Do Q"),
        )  # fmt: skip
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        pdf.save(path)
    return path


def inked() -> np.ndarray:
    black = np.zeros((1754, 1240), bool)
    black[100:140, 200:700] = True
    black[900:910, 50] = True
    return black


def test_a_black_and_white_page_keeps_its_own_pixels(tmp_path: Path) -> None:
    found = sole_picture(write_fax(tmp_path / "fax.pdf", inked()), 1, DEFAULT_LIMITS)

    assert found is not None
    pixels, dpi = found
    assert dpi == 150
    assert np.array_equal(pixels, np.where(inked(), 0, 255))


def test_a_black_and_white_page_packed_otherwise_is_drawn_alike(tmp_path: Path) -> None:
    file = write_fax(tmp_path / "fax.pdf", inked(), BlackIs1=True)

    assert sole_picture(file, 1, DEFAULT_LIMITS) is None
    assert abs(float(load_page(file, 1).pixels.mean()) - 255 * float(inked().mean())) < 2  # inverted

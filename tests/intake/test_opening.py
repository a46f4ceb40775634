import hashlib
from pathlib import Path

import pytest
from PIL import Image

from pipeline.errors import InputError
from pipeline.intake.fingerprint import fingerprint
from pipeline.intake.limits import Limits
from pipeline.intake.opening import open_document

from .pdfs import one_page, pdf


def test_a_pdf_tells_its_pages_and_their_size_as_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf(one_page(["x"], page="/Rotate 90")))
    document = open_document(path)
    assert (document.kind, document.pages, document.note) == ("pdf", 1, "")
    assert document.page_sizes == ((842.0, 595.0),)


def test_a_tiff_tells_the_pixels_of_each_page(tmp_path: Path) -> None:
    path = tmp_path / "x.TIF"
    Image.new("1", (100, 140)).save(
        path, format="TIFF", save_all=True, append_images=[Image.new("1", (50, 60))]
    )
    document = open_document(path)
    assert (document.kind, document.pages, document.page_sizes) == ("image", 2, ((100, 140), (50, 60)))


def test_a_misnamed_file_is_read_by_its_content_with_a_remark(tmp_path: Path) -> None:
    Image.new("L", (100, 140)).save(tmp_path / "x.pdf", format="PNG")
    document = open_document(tmp_path / "x.pdf")
    assert document.kind == "image"
    assert document.note == "the file is a PNG picture named .pdf; it was read as PNG; rename it to .png"


def test_of_an_animation_the_first_picture_is_the_page(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (100, 140), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "x.webp", save_all=True, append_images=frames[1:])
    document = open_document(tmp_path / "x.webp")
    assert document.pages == 1
    assert "only its first picture was read" in document.note


def test_limits_on_pages_bytes_and_pixels_are_held(tmp_path: Path) -> None:
    pages = [Image.new("1", (100, 140))] * 4
    for name in ("x.tif", "x.pdf"):
        pages[0].save(tmp_path / name, save_all=True, append_images=pages[1:])
        with pytest.raises(InputError, match="more than 3 pages"):
            open_document(tmp_path / name, Limits(max_pages=3))
    with pytest.raises(InputError, match="the limit is 0 MiB"):
        open_document(tmp_path / "x.pdf", Limits(max_bytes=100))
    pages[0].save(tmp_path / "x.png")
    with pytest.raises(InputError, match="100 × 140 pixels; the limit is 120 a side"):
        open_document(tmp_path / "x.png", Limits(max_side_px=120))


def test_a_fingerprint_is_the_sha_256_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc" * 1_000_000)
    assert fingerprint(tmp_path / "x") == hashlib.sha256(b"abc" * 1_000_000).hexdigest()
    with pytest.raises(InputError, match="not there any more"):
        fingerprint(tmp_path / "gone")

"""Scanned pages as a PDF of pictures, each encoded once and stored as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import cv2
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from ..nouns import ScannedPage

TITLE = "MẪU THỬ - tài liệu hư cấu để thử phần mềm (test page, invented content)"
DATE = "D:20250101000000+07'00'"  # fixed: the same pages give the same file
PRODUCER = "samples.generator"


def write_pdf(pages: Sequence[ScannedPage], path: Path, title: str = TITLE) -> None:
    """Write ``pages`` to ``path`` as ``pdf_of`` makes them."""
    path.write_bytes(pdf_of(pages, title))


def pdf_of(pages: Sequence[ScannedPage], title: str = TITLE) -> bytes:
    """Return ``pages`` as a PDF: JPEG, or CCITT group 4 for 1-bit ones; the paper's size follows from the dpi."""
    held = io.BytesIO()
    with Pdf.new() as pdf:
        for page in pages:
            width, height = (round(side * 72 / page.dpi, 3) for side in (page.width, page.height))
            added = pdf.add_blank_page(page_size=(width, height))
            added.Resources = Dictionary(XObject=Dictionary(P=_picture(pdf, page)))
            added.Contents = Stream(pdf, f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode())
        for key, value in (("/Title", title), ("/Subject", title), ("/Producer", PRODUCER)):
            pdf.docinfo[key] = value
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = DATE
        pdf.save(held, deterministic_id=True)
    return held.getvalue()


def encode(page: ScannedPage) -> bytes:
    """Return the picture as it stands in the file: a JPEG, or the bare CCITT group 4 data of a 1-bit page."""
    if page.mode == "bilevel":
        return _group4(page)
    pixels = page.pixels[..., ::-1] if page.mode == "colour" else page.pixels
    return cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, page.jpeg_quality])[1].tobytes()


def _picture(pdf: Pdf, page: ScannedPage) -> Stream:
    picture = Stream(pdf, encode(page))
    picture.Type, picture.Subtype = Name.XObject, Name.Image
    picture.Width, picture.Height = page.width, page.height
    picture.ColorSpace = Name.DeviceRGB if page.mode == "colour" else Name.DeviceGray
    if page.mode == "bilevel":
        picture.BitsPerComponent = 1
        picture.Filter = Array([Name.CCITTFaxDecode])
        picture.DecodeParms = Array([Dictionary(K=-1, Columns=page.width, Rows=page.height)])
    else:
        picture.BitsPerComponent = 8
        picture.Filter = Array([Name.DCTDecode])
    return picture


def _group4(page: ScannedPage) -> bytes:
    """Take the one strip out of a TIFF that Pillow writes; ink is one there, as group 4 counts it."""
    held = io.BytesIO()
    ink = Image.fromarray(255 - page.pixels).convert("1", dither=Image.Dither.NONE)
    ink.save(held, "TIFF", compression="group4", tiffinfo={278: page.height})  # all rows in one strip
    held.seek(0)
    with Image.open(held) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]  # type: ignore[attr-defined]
    return held.getvalue()[start : start + length]

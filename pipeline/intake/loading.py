"""Loading one page: its pixels as scanned, and its text layer where that can be trusted."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.document import Line, SourceKind
from pipeline.errors import InputError
from pipeline.external import poppler
from pipeline.intake.limits import DEFAULT_LIMITS, Limits
from pipeline.intake.opening import read_format
from pipeline.intake.pictures import (
    DEFAULT_DPI_UP_TO,
    WIDEST_SHEET_IN,
    Pixels,
    guess_dpi,
    load_frame,
    without_colour,
)
from pipeline.intake.sole_picture import sole_picture
from pipeline.intake.text_layer import TextLayer, judge, read_text_layer

_FULL_PAGE = 0.5
"""Pictures that cover this share of a page make it a scan: a text layer on top is a caption or someone's OCR."""
TEXT_DPI = 150
"""Resolution at which a page with a text layer of its own is drawn."""
AS_SCANNED_DPI = 300
"""Who asks for fewer dots than this wants the page drawn small."""
LEGIBLE_DPI = 140
"""From here up, print of 8 points drawn over a scan (a digital signature's caption) can be read."""
_OVER_PICTURE = (
    "the text layer lies over a scan (somebody's OCR) and was not used; the page was read from its picture"
)
_JPEG_END = b"\xff\xd9"


@dataclass(frozen=True)
class PageImage:
    """One page as scanned.

    ``pixels`` is uint8, (H, W) grey or (H, W, 3) RGB, upright as the file shows it; ``width_px`` and ``height_px`` are
    theirs. ``dpi`` is what they were drawn at or, for a picture file, what it says or A4 would make it.
    ``text_lines`` is set when ``source_kind`` is ``text_layer``, and only then; ``mixed`` is a scan with a text layer
    that covers a part of it. ``note`` is a plain remark on damage, ``remark`` one on the text layer; both may be empty.
    """

    number: int
    pixels: Pixels
    dpi: int
    source_kind: SourceKind
    text_lines: tuple[Line, ...] | None = None
    note: str = ""
    remark: str = ""

    @property
    def width_px(self) -> int:
        """Width of the page as scanned in pixels."""
        return int(self.pixels.shape[1])

    @property
    def height_px(self) -> int:
        """Height of the page as scanned in pixels."""
        return int(self.pixels.shape[0])


def load_page(
    path: Path, number: int, dpi: int = 300, limits: Limits = DEFAULT_LIMITS, *, trust_layer: bool = True
) -> PageImage:
    """Return page ``number`` (1-based) of a PDF or picture file; only this page is ever held in memory.

    ``dpi`` is the resolution at which PDF pages are drawn; pictures keep their own pixels. Without
    ``trust_layer`` the text layer counts as if it were not there. Raises InputError, naming
    the page, when it is missing, damaged, beyond ``limits`` or takes too long; MissingToolError without Poppler.
    """
    found = read_format(path, limits)
    if found == "PDF":
        return _load_pdf_page(path, number, dpi, limits, trust_layer)
    pixels, own_dpi = load_frame(path, found, number, limits)
    return PageImage(number, pixels, own_dpi, "scan")


def _load_pdf_page(path: Path, number: int, dpi: int, limits: Limits, trust_layer: bool) -> PageImage:
    if dpi >= AS_SCANNED_DPI and (own := sole_picture(path, number, limits)) is not None:
        return PageImage(number, without_colour(own[0]), own[1], "scan")
    seconds = limits.page_seconds
    sizes = poppler.page_sizes(path, number, number, seconds)
    size = sizes[0] if sizes else None
    if size is None:
        raise InputError("the page is missing from the PDF or damaged; scan or copy the file again", number)
    pictures = poppler.images(path, number, seconds)
    if len(pictures) > limits.max_pictures:
        raise InputError(
            f"the page is made of {len(pictures)} pictures; the limit is {limits.max_pictures}. Print it as PDF anew",
            number,
        )
    for picture in pictures:
        _check_embedded(picture, number, limits)
    full_page = _covered(pictures, size) >= _FULL_PAGE
    drawn_dpi, page_dpi = _resolution(size, pictures, dpi) if full_page else (float(dpi), dpi)
    limits.check_size(size.width / 72 * drawn_dpi, size.height / 72 * drawn_dpi, number, drawn_dpi)

    layer = read_text_layer(path, number, size, seconds) if trust_layer else TextLayer()
    if layer.lines and not full_page:
        # A page that brings its text is drawn only to see whether the text covers its ink.
        small_dpi = min(dpi, TEXT_DPI)
        small = _drawn(path, number, small_dpi, pictures, seconds)
        judged = judge(layer, small)
        if judged.verdict == "good":
            return PageImage(number, small, small_dpi, "text_layer", judged.lines, remark=judged.remark)
    pixels = _drawn(path, number, drawn_dpi, pictures, seconds)
    judged = judge(layer, pixels)
    kind: SourceKind = "mixed" if pictures and judged.verdict in {"caption", "partial"} else "scan"
    note = _cut_picture(path, number, pictures, seconds) if full_page and _has_flat_edge(pixels) else ""
    if note and pixels.min() == pixels.max():
        raise InputError(f"{note}; nothing of the page is left. Scan it again", number)
    remark = _OVER_PICTURE if judged.verdict == "good" else judged.remark
    return PageImage(number, pixels, page_dpi, kind, note=note, remark=remark)


def _drawn(
    path: Path, number: int, dpi: float, pictures: Sequence[poppler.PdfImage], seconds: float
) -> Pixels:
    return without_colour(np.asarray(poppler.render(path, number, dpi, _is_colourless(pictures), seconds)))


def _check_embedded(picture: poppler.PdfImage, number: int, limits: Limits) -> None:
    if picture.width * picture.height > limits.embedded_factor * limits.max_pixels:
        raise InputError(
            f"a picture on the page has {picture.width} × {picture.height} pixels; the limit is "
            f"{limits.embedded_factor * limits.max_pixels // 1_000_000} million. Scan it again at 300 dpi",
            number,
        )


def _covered(pictures: Sequence[poppler.PdfImage], size: poppler.PdfPageSize) -> float:
    """Return the share of the page that its pictures cover, counted as if none lay over another."""
    inches = sum(
        picture.width / picture.x_ppi * picture.height / picture.y_ppi
        for picture in pictures
        if picture.kind in {"image", "stencil"} and picture.x_ppi > 0 and picture.y_ppi > 0
    )
    return inches / (size.width / 72 * size.height / 72)


def _resolution(
    size: poppler.PdfPageSize, pictures: Sequence[poppler.PdfImage], dpi: int
) -> tuple[float, int]:
    """Return the dpi at which to draw a scanned page, and the dpi its pixels then have on paper.

    A scan is drawn with its own pixels: Poppler would only enlarge them, at a cost. One so coarse that captions printed
    over it would not be legible is drawn at ``dpi`` all the same.

    Some scanning programs write one point per pixel: an A4 page then claims to be a metre high. Such a page is drawn
    with the pixels it has, and taken for A4.
    """
    main = max(pictures, key=lambda picture: picture.width * picture.height)
    ppi = max(main.x_ppi, main.y_ppi, 1.0)
    if min(size.width, size.height) / 72 <= WIDEST_SHEET_IN or ppi > DEFAULT_DPI_UP_TO:
        own = round(min(main.x_ppi, main.y_ppi))
        own = own if LEGIBLE_DPI <= own < dpi else dpi
        return float(own), own
    drawn = min(float(dpi), ppi)
    return drawn, guess_dpi(size.width / 72 * drawn, size.height / 72 * drawn)


def _is_colourless(pictures: Sequence[poppler.PdfImage]) -> bool:
    """Return whether a page shows nothing but grey pictures. A stencil may be filled with any colour."""
    shown = [picture for picture in pictures if picture.kind not in {"smask", "mask"}]
    return bool(shown) and all(
        picture.kind == "image" and picture.components == 1 and picture.colour in {"gray", "icc"}
        for picture in shown
    )


def _has_flat_edge(pixels: Pixels) -> bool:
    """Return whether a side of the page is of one shade, as where picture data ended; paper and scanners have grain."""
    rows, columns = max(1, pixels.shape[0] // 100), max(1, pixels.shape[1] // 100)
    edges = (pixels[:rows], pixels[-rows:], pixels[:, :columns], pixels[:, -columns:])
    return any(edge.min() == edge.max() for edge in edges)


def _cut_picture(path: Path, number: int, pictures: Sequence[poppler.PdfImage], seconds: float) -> str:
    """Return a remark when a JPEG of the page lacks its end: Poppler draws what is there and says nothing."""
    if not any(picture.encoding == "jpeg" for picture in pictures):
        return ""
    with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
        for file in poppler.picture_bytes(path, number, Path(folder), seconds):
            with file.open("rb") as data:
                data.seek(max(0, file.stat().st_size - 64))
                if _JPEG_END not in data.read():
                    return "the picture of the page was cut short and a part of the page is missing"
    return ""

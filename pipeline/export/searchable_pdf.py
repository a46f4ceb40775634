"""A scan as PDF that can be searched: the scan itself, untouched, with what was read laid over it invisibly.

Of a PDF every picture keeps its bytes; a picture file is wrapped, not packed anew. A page that was scanned on its side or
head is shown upright by its /Rotate alone. Where the result meets PDF/A-2u it says so (:mod:`pipeline.export.pdf_a`).
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image

from pipeline.document import Page
from pipeline.errors import InputError
from pipeline.export.files import Folder
from pipeline.export.glyphless import FONT, InvisibleText, Matrix
from pipeline.export.old_layer import without_invisible_text
from pipeline.export.pdf_a import declare, obstacles
from pipeline.export.source import ExportedDocument, Source
from pipeline.external import poppler
from pipeline.intake.loading import load_page
from pipeline.intake.opening import read_format
from pipeline.intake.pictures import A4_WIDTH_IN
from pipeline.text import nfc

logging.getLogger("img2pdf").setLevel(logging.ERROR)  # its warnings on transparency are told as remarks here

OWN_TEXT_FROM = 0.9
"""A page whose own text holds this share of the words read from it needs none laid over it."""
_TURNED = {3, 6, 8}
_ORIENTATION_TAG = 0x0112
_POINTS = 72.0


def write_pdf(source: Source, document: ExportedDocument, folder: Folder) -> None:
    """Write ``document`` as a searchable PDF into ``folder``. Raises InputError where the scan or its words are gone."""
    scan = source.scan(document)
    pages = source.pages(document)
    with _opened(scan, pages) as pdf:
        text = InvisibleText(pdf)
        for page in pages:
            if page.number <= len(pdf.pages) and page.status == "ok":
                _lay_over(pdf.pages[page.number - 1], page, text, scan)
        text.finish()
        if _is_signed(pdf):
            folder.outcome.notes.append(
                f"{document.source}: its digital signature holds for the original only; keep that"
            )
        against = obstacles(pdf)
        if against:
            folder.outcome.notes.append(f"{document.source}: plain PDF, not PDF/A ({against})")
        declare(
            pdf,
            title=document.row["subject"] or document.name,
            identifier=f"urn:sha256:{document.doc_id}",
            archival=not against,
        )
        with folder.file(f"{document.name}.pdf") as path:
            pdf.save(path, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def _opened(scan: Path, pages: Sequence[Page]) -> pikepdf.Pdf:
    found = read_format(scan)
    try:
        if found == "PDF":
            return pikepdf.open(scan)
        return pikepdf.open(io.BytesIO(_wrapped(scan, pages, whole=found != "TIFF")))
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise InputError(
            "the PDF is too damaged to be written anew; print it to a new PDF and run again"
        ) from error


def _wrapped(scan: Path, pages: Sequence[Page], whole: bool) -> bytes:
    """Return a picture file as PDF, its packed bytes as they are wherever PDF has their packing and orientation."""
    sizes = iter(pages)

    def layout(width: int, height: int, _dpi: object) -> tuple[float, float, float, float]:
        page = next(sizes)
        across = width / (page.dpi or _guess(width, height)) * _POINTS
        down = across * height / width
        return across, down, across, down

    try:
        if _orientations(scan) <= ({1, *_TURNED} if whole else {1}):
            return _converted(str(scan), layout, first_frame_only=whole)
    except Exception as error:  # what Pillow and img2pdf raise for odd pictures has no common base
        if isinstance(error, OSError) and error.errno is not None:
            raise
    # Transparent, mirrored, animated, broken in part: the pixels as they were read, packed without loss.
    sizes = iter(pages)
    return _converted([_as_png(scan, page) for page in pages], layout)


def _converted(pictures: str | list[bytes], layout: object, *, first_frame_only: bool = False) -> bytes:
    made: bytes = img2pdf.convert(
        pictures,
        layout_fun=layout,
        rotation=img2pdf.Rotation.ifvalid,
        first_frame_only=first_frame_only,
        nodate=True,
    )
    return made


def _guess(width: int, height: int) -> float:
    return min(width, height) / A4_WIDTH_IN


def _orientations(scan: Path) -> set[int]:
    """Return how the frames of a picture say that they lie (EXIF): 1 is upright."""
    with Image.open(scan) as image:
        found = {int(image.getexif().get(_ORIENTATION_TAG, 1))}
        for frame in range(1, getattr(image, "n_frames", 1)):
            image.seek(frame)
            found.add(int(image.getexif().get(_ORIENTATION_TAG, 1)))
        return found


def _as_png(scan: Path, page: Page) -> bytes:
    """Return a page's pixels as read, without loss."""
    file = io.BytesIO()
    if page.status == "ok":
        Image.fromarray(load_page(scan, page.number, trust_layer=False).pixels).save(file, "PNG")
    else:
        Image.new("1", (827, 1169), 1).save(file, "PNG")
    return file.getvalue()


def _lay_over(shown: pikepdf.Page, page: Page, text: InvisibleText, scan: Path) -> None:
    """Put the words of ``page`` over it, and turn it upright for who looks at it."""
    turn = int(shown.get("/Rotate", 0)) % 360
    if page.lines and not _has_own_text(page, scan):
        without_invisible_text(text.pdf, shown)
        drawn = text.set(page, to_points(_box(shown), turn))
        shown.add_resource(text.font, pikepdf.Name.Font, pikepdf.Name(f"/{FONT}"))
        shown.contents_add(b"q\n", prepend=True)
        shown.contents_add(b"\nQ\n" + drawn)
    if page.rotation_deg:
        shown["/Rotate"] = (turn + page.rotation_deg) % 360


def _has_own_text(page: Page, scan: Path) -> bool:
    """Return whether the page's own text already says what was read; that in an old encoding (TCVN3) does not."""
    if page.source_kind != "text_layer":
        return False
    own = Counter(nfc(word.text) for line in poppler.text_lines(scan, page.number) for word in line)
    read = Counter(word.text for word in page.words)
    return (own & read).total() >= OWN_TEXT_FROM * read.total()


def _box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top in points of what a viewer shows."""
    media, crop = ([float(edge) for edge in box] for box in (page.mediabox, page.cropbox))
    media_x, media_y = sorted((media[0], media[2])), sorted((media[1], media[3]))
    crop_x, crop_y = sorted((crop[0], crop[2])), sorted((crop[1], crop[3]))
    left, right = max(media_x[0], crop_x[0]), min(media_x[1], crop_x[1])
    bottom, top = max(media_y[0], crop_y[0]), min(media_y[1], crop_y[1])
    if left >= right or bottom >= top:
        return media_x[0], media_y[0], media_x[1], media_y[1]
    return left, bottom, right, top


def to_points(box: tuple[float, float, float, float], turn: int) -> Matrix:
    """Return the map from fractions of the page as shown, turned clockwise by ``turn``, to points of ``box``."""
    left, bottom, right, top = box
    width, height = right - left, top - bottom
    match turn:
        case 90:
            return 0.0, height, width, 0.0, left, bottom
        case 180:
            return -width, 0.0, 0.0, height, right, bottom
        case 270:
            return 0.0, -height, -width, 0.0, right, top
        case _:
            return width, 0.0, 0.0, -height, left, top


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and bool(int(form.get("/SigFlags", 0)) & 1)

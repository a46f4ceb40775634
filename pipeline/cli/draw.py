"""Page pictures with boxes of what each stage saw, for ``sohoa inspect --draw``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline.document import Box, Document, Layout, Page
from pipeline.errors import InputError, OutputError
from pipeline.intake.loading import load_page
from pipeline.layout import lay_out

_WIDTH_PX = 1240
"""A4 at 150 dpi: small enough to look at, large enough to read."""
_LINE, _ZONE, _EVIDENCE, _MARK = "#9aa5b1", "#1b7f4b", "#c62828", "#e08a00"
_LEGEND = (
    (_LINE, "line of words"),
    (_ZONE, "zone of the letterhead"),
    (_EVIDENCE, "evidence of a field"),
    (_MARK, "seal, signature, handwriting, stamp"),
)
_FONT_PX = 15


def draw_pages(document: Document, path: Path, dpi: int, folder: Path) -> Iterator[Path]:
    """Write a PNG for each page of ``document``, the scan ``path``, into ``folder``, and yield its path.

    Pages that could not be read are left out. Raises OutputError when ``folder`` cannot be written.
    """
    layout = lay_out(document.pages)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for page in document.pages:
            if page.status == "failed":
                continue
            target = folder / f"{path.stem}-p{page.number:03}.png"
            _draw(document, page, layout, path, dpi).save(target)
            yield target
    except InputError:
        return
    except OSError as error:
        raise OutputError(f"{folder}: pictures cannot be written ({error.strerror}).") from error


def _draw(document: Document, page: Page, layout: Layout, path: Path, dpi: int) -> Image.Image:
    scan = Image.fromarray(load_page(path, page.number, dpi).pixels).convert("RGB")
    scan.thumbnail((_WIDTH_PX, 4 * _WIDTH_PX))
    canvas = Image.new("RGB", (scan.width, scan.height + 2 * _FONT_PX), "white")
    canvas.paste(scan)
    pen = _Pen(canvas, page, scan.size)
    for line in page.lines:
        pen.box(line.box, _LINE, 1)
    for zone in layout.zones:
        if zone.page == page.number:
            pen.box(zone.box, _ZONE, 2, zone.kind)
    for mark in page.marks:
        pen.box(mark.box, _MARK, 2, f"{mark.kind} {mark.score:.2f}")
    for row in document.extraction.fields if document.extraction else ():
        if row.evidence is not None and row.evidence.page == page.number:
            pen.box(row.box or row.evidence.box, _EVIDENCE, 2, f"{row.field} {row.confidence:.2f}")
        elif row.evidence is None and row.box is not None and row.page == page.number:
            pen.box(row.box, _EVIDENCE, 2, f"{row.field} {row.state}")
    pen.legend()
    return canvas


class _Pen:
    def __init__(self, canvas: Image.Image, page: Page, size: tuple[int, int]) -> None:
        self._draw = ImageDraw.Draw(canvas)
        self._page = page
        self._width, self._height = size
        self._font = ImageFont.load_default(_FONT_PX)

    def box(self, box: Box, colour: str, width: int, label: str = "") -> None:
        """Draw ``box`` (clean page) where it lies on the scan, its label above its left end."""
        # Corner by corner: a box on a skewed page is drawn skewed.
        corners = ((box.x0, box.y0), (box.x1, box.y0), (box.x1, box.y1), (box.x0, box.y1))
        places = [self._page.point_on_scan(x, y) for x, y in corners]
        outline = [(x * self._width, y * self._height) for x, y in places]
        self._draw.line([*outline, outline[0]], fill=colour, width=width)
        if label:
            at = (min(x for x, _ in outline), max(0.0, min(y for _, y in outline) - _FONT_PX))
            self._draw.rectangle(self._draw.textbbox(at, label, font=self._font), fill="white")
            self._draw.text(at, label, fill=colour, font=self._font)

    def legend(self) -> None:
        """Explain the colours in the strip under the page."""
        x, y = float(_FONT_PX), self._height + _FONT_PX / 2
        for colour, meaning in _LEGEND:
            self._draw.rectangle((x, y, x + _FONT_PX, y + _FONT_PX), outline=colour, width=3)
            x += 1.5 * _FONT_PX
            self._draw.text((x, y), meaning, fill="black", font=self._font)
            x += self._draw.textlength(meaning, font=self._font) + 2 * _FONT_PX

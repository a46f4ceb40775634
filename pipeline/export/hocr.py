"""Documents as hOCR 1.2, HTML that says of every word where it stands: a file a document, coordinates in pixels.

Specification: http://kba.github.io/hocr-spec/1.2/.
"""

from __future__ import annotations

from pipeline import __version__
from pipeline.document import Box, Line, Page
from pipeline.export.files import Folder
from pipeline.export.page_pictures import PagePictures
from pipeline.export.placed import around, baseline, blocks, pixel_box, sure
from pipeline.export.source import ExportedDocument, Source
from pipeline.export.xml import Element, element, xml_bytes

_DOCTYPE = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_lang ocrp_wconf"


def write_hocr(source: Source, document: ExportedDocument, folder: Folder, pictures: PagePictures) -> None:
    """Write ``document`` as one hOCR file. Raises InputError where its words are gone."""
    pages = [page for page in source.pages(document) if page.status == "ok"]
    names = {page.number: pictures.name(document, page.number) for page in pages}
    for page in pages:
        pictures.of(document.doc_id, page.number)
    folder.bytes(f"{document.name}.hocr", hocr(pages, document, names))


def hocr(pages: list[Page], document: ExportedDocument, pictures: dict[int, str]) -> bytes:
    """Return ``pages`` as an hOCR file; ``pictures`` are the names of their pictures by page."""
    head = element(
        "head",
        element("title", text=str(document.row["subject"] or document.name)),
        element("meta", **{"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"}),
        _meta("ocr-system", f"sohoa {__version__}"),
        _meta("ocr-capabilities", _CAPABILITIES),
        _meta("ocr-number-of-pages", str(len(pages))),
        _meta("ocr-langs", "vi"),
        _meta("ocr-scripts", "Latn"),
        _meta("DC.identifier", f"urn:sha256:{document.doc_id}"),
    )
    body = element("body", *(_page(page, pictures[page.number]) for page in pages))
    root = element("html", head, body, xmlns="http://www.w3.org/1999/xhtml", lang="vi", **{"xml:lang": "vi"})
    start, _, rest = xml_bytes(root).partition(b"\n")
    return start + b"\n" + _DOCTYPE + rest


def _meta(name: str, content: str) -> Element:
    return element("meta", name=name, content=content)


def _page(page: Page, picture: str) -> Element:
    name = f"page_{page.number}"
    title = f'image "{picture}"; bbox 0 0 {page.width_px} {page.height_px}; ppageno {page.number - 1}'
    if page.dpi:
        title += f"; scan_res {page.dpi} {page.dpi}"
    areas = (
        element(
            "div",
            element(
                "p", *(_line(page, line, f"{name}_{number}_{at}") for at, line in enumerate(lines, start=1)),
                class_="ocr_par", id=f"{name}_{number}_par", lang="vi", title=_bbox(page, around(lines)),
            ),
            class_="ocr_carea", id=f"{name}_{number}", title=_bbox(page, around(lines)),
        )
        for number, lines in enumerate(blocks(page.lines), start=1)
    )  # fmt: skip
    return element("div", *areas, class_="ocr_page", id=name, title=title)


def _line(page: Page, line: Line, name: str) -> Element:
    words = [
        element(
            "span", text=word.text, class_="ocrx_word", id=f"{name}_{at}",
            title=f"{_bbox(page, word.box)}; x_wconf {round(100 * sure(word))}",
        )
        for at, word in enumerate(line.words, start=1)
    ]  # fmt: skip
    return element(
        "span", *words, class_="ocr_line", id=name, title=f"{_bbox(page, line.box)}{_standing(page, line)}"
    )


def _standing(page: Page, line: Line) -> str:
    """Return the properties that say how a line stands: its turn, or its slope and distance from the box's bottom."""
    if page.rotation_deg:
        return f"; textangle {-page.rotation_deg % 360}"
    stand = baseline(line)
    (x0, y0), (x1, y1) = page.point_on_scan(line.box.x0, stand.y), page.point_on_scan(line.box.x1, stand.y)
    run = (x1 - x0) * page.width_px
    slope = (y1 - y0) * page.height_px / run if run else 0.0
    bottom = pixel_box(page, line.box)[3]
    return f"; baseline {slope:.4f} {round(y0 * page.height_px - bottom)}"


def _bbox(page: Page, box: Box) -> str:
    return "bbox {} {} {} {}".format(*pixel_box(page, box))

"""Pages as PAGE XML (PRImA, 2019-07-15), which Transkribus, eScriptorium and OCR-D open: a file a page, beside its picture.

Schema: http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15. Lines and words have their corners, so that a page
askew is marked as it lies; seals, signatures, stamps and handwriting are graphic regions of that type, ruled tables
table regions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline import __version__
from pipeline.document import Box, Line, MarkKind, Page
from pipeline.export.files import Folder
from pipeline.export.page_pictures import PagePictures
from pipeline.export.placed import Point, around, baseline, blocks, corners, pixels, sure
from pipeline.export.source import ExportedDocument, Source
from pipeline.export.xml import Element, element, xml_bytes

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
_LANGUAGE = "Vietnamese"
_GRAPHICS: dict[MarkKind, str] = {
    "seal": "stamp",
    "stamp": "stamp",
    "signature": "signature",
    "handwriting": "handwritten-annotation",
}


def write_page_xml(
    source: Source, document: ExportedDocument, folder: Folder, pictures: PagePictures
) -> None:
    """Write a PAGE file for each page of ``document`` that was read. Raises InputError where its words are gone."""
    made = f"{source.made_at:%Y-%m-%dT%H:%M:%SZ}"
    for page in source.pages(document):
        if page.status == "ok":
            pictures.of(document.doc_id, page.number)
            name = pictures.name(document, page.number)
            folder.bytes(
                f"{document.name}-{page.number:04d}.xml", page_xml(page, name, made, document.doc_id)
            )


def page_xml(page: Page, picture: str, made: str, doc_id: str) -> bytes:
    """Return ``page`` as a PAGE file; ``picture`` is the name of its picture, ``made`` the time at which it was read."""
    regions = list(_regions(page))
    order = element(
        "ReadingOrder",
        element(
            "OrderedGroup",
            *(
                element("RegionRefIndexed", index=index, regionRef=region.attrib["id"])
                for index, region in enumerate(r for r in regions if r.tag == "TextRegion")
            ),
            id="order",
        ),
    )
    has_text = any(region.tag == "TextRegion" for region in regions)
    shown = element(
        "Page", *([order] if has_text else []), *regions,
        imageFilename=picture, imageWidth=page.width_px, imageHeight=page.height_px,
        imageXResolution=page.dpi or None, imageYResolution=page.dpi or None,
        imageResolutionUnit="PPI" if page.dpi else None,
        orientation=_orientation(page) or None, primaryLanguage=_LANGUAGE, primaryScript="Latn - Latin",
    )  # fmt: skip
    metadata = element(
        "Metadata", element("Creator", text=f"sohoa {__version__}"), element("Created", text=made),
        element("LastChange", text=made), externalRef=f"urn:sha256:{doc_id}",
    )  # fmt: skip
    return xml_bytes(element("PcGts", metadata, shown, xmlns=NAMESPACE))


def _orientation(page: Page) -> float:
    """Return by how many degrees the page must be turned clockwise to stand upright, as PAGE counts them: -180..180."""
    turn = page.rotation_deg % 360
    return turn - 360 if turn > 180 else turn


def _regions(page: Page) -> Iterator[Element]:
    for number, lines in enumerate(blocks(page.lines), start=1):
        name = f"region_{number}"
        yield element(
            "TextRegion", _coords(page, around(lines)),
            *(_line(page, line, f"{name}_{at}") for at, line in enumerate(lines, start=1)),
            _text("\n".join(line.text for line in lines)),
            id=name,
        )  # fmt: skip
    for number, grid in enumerate(page.grids, start=1):
        yield element("TableRegion", _coords(page, grid.box), id=f"table_{number}", lineSeparators="true")
    for number, mark in enumerate(page.marks, start=1):
        if mark.kind != "typed":
            kind = _GRAPHICS.get(mark.kind)
            tag = "ImageRegion" if kind is None else "GraphicRegion"
            yield element(tag, _coords(page, mark.box), id=f"mark_{number}", type=kind)


def _line(page: Page, line: Line, name: str) -> Element:
    stand = baseline(line)
    base = (page.point_on_scan(line.box.x0, stand.y), page.point_on_scan(line.box.x1, stand.y))
    words = (
        element("Word", _coords(page, word.box), _text(word.text, sure(word)), id=f"{name}_{at}")
        for at, word in enumerate(line.words, start=1)
    )
    return element(
        "TextLine", _coords(page, line.box), element("Baseline", points=_points(page, base)), *words,
        _text(line.text), id=name,
    )  # fmt: skip


def _text(text: str, confidence: float | None = None) -> Element:
    told = None if confidence is None else f"{confidence:.4f}"
    return element("TextEquiv", element("Unicode", text=text), conf=told)


def _coords(page: Page, box: Box) -> Element:
    return element("Coords", points=_points(page, corners(page, box)))


def _points(page: Page, points: Sequence[Point]) -> str:
    return " ".join(f"{x},{y}" for x, y in pixels(page, points))

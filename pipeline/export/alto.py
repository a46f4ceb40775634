"""Pages as ALTO 4.2 (Analyzed Layout and Text Object), the form of libraries: a file a page, coordinates in pixels.

Schema: https://www.loc.gov/standards/alto/v4/alto-4-2.xsd. Marks that are no print (seals, signatures, handwriting) are
illustrations of that type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline import __version__
from pipeline.document import Box, Line, Page
from pipeline.export.files import Folder
from pipeline.export.page_pictures import PagePictures
from pipeline.export.placed import around, baseline, blocks, corners, pixel_box, pixels, sure
from pipeline.export.source import ExportedDocument, Source
from pipeline.export.xml import Element, element, xml_bytes

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = f"{NAMESPACE} https://www.loc.gov/standards/alto/v4/alto-4-2.xsd"
LANGUAGE = "vi"


def write_alto(source: Source, document: ExportedDocument, folder: Folder, pictures: PagePictures) -> None:
    """Write an ALTO file for each page of ``document`` that was read. Raises InputError where its words are gone."""
    for page in source.pages(document):
        if page.status == "ok":
            pictures.of(document.doc_id, page.number)
            name = pictures.name(document, page.number)
            folder.bytes(f"{document.name}-{page.number:04d}.xml", alto(page, document, name))


def alto(page: Page, document: ExportedDocument, picture: str) -> bytes:
    """Return ``page`` as an ALTO file; ``picture`` is the name of its picture."""
    root = element(
        "alto", _description(document, picture), _layout(page),
        xmlns=NAMESPACE,
        **{"xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:schemaLocation": _SCHEMA},
    )  # fmt: skip
    return xml_bytes(root)


def _description(document: ExportedDocument, picture: str) -> Element:
    return element(
        "Description",
        element("MeasurementUnit", text="pixel"),
        element(
            "sourceImageInformation",
            element("fileName", text=picture),
            element("documentIdentifier", text=f"urn:sha256:{document.doc_id}"),
        ),
        element(
            "Processing",
            element("processingStepDescription", text=f"read by {document.row['reader'] or 'sohoa'}"),
            element(
                "processingSoftware",
                element("softwareName", text="sohoa"),
                element("softwareVersion", text=str(document.row["pipeline_version"] or __version__)),
            ),
            ID="OCR_1",
        ),
    )


def _layout(page: Page) -> Element:
    whole: dict[str, Any] = {"HEIGHT": page.height_px, "WIDTH": page.width_px}
    space = element("PrintSpace", *_blocks(page), HPOS=0, VPOS=0, **whole)
    shown = element("Page", space, ID="page", PHYSICAL_IMG_NR=page.number, PROCESSINGREFS="OCR_1", **whole)
    return element("Layout", shown)


def _blocks(page: Page) -> Iterator[Element]:
    for number, lines in enumerate(blocks(page.lines), start=1):
        block = f"block_{number}"
        yield element(
            "TextBlock", *(_line(page, line, f"{block}_{at}") for at, line in enumerate(lines, start=1)),
            ID=block, LANG=LANGUAGE, ROTATION=-page.rotation_deg % 360 or None, **_place(page, around(lines)),
        )  # fmt: skip
    for number, mark in enumerate(page.marks, start=1):
        yield element("Illustration", ID=f"mark_{number}", TYPE=mark.kind, **_place(page, mark.box))


def _line(page: Page, line: Line, name: str) -> Element:
    stand = baseline(line)
    base = pixels(page, (page.point_on_scan(line.box.x0, stand.y), page.point_on_scan(line.box.x1, stand.y)))
    outline = pixels(page, corners(page, line.box))
    made = element(
        "TextLine", element("Shape", element("Polygon", POINTS=_points(outline))),
        ID=name, BASELINE=_points(base), **_place(page, line.box),
    )  # fmt: skip
    for at, word in enumerate(line.words, start=1):
        if at > 1:
            made.append(element("SP"))
        made.append(
            element(
                "String",
                ID=f"{name}_{at}",
                CONTENT=word.text,
                WC=f"{sure(word):.4f}",
                **_place(page, word.box),
            )
        )
    return made


def _points(points: list[tuple[int, int]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _place(page: Page, box: Box) -> dict[str, Any]:
    left, top, right, bottom = pixel_box(page, box)
    return {"HPOS": left, "VPOS": top, "WIDTH": right - left, "HEIGHT": bottom - top}

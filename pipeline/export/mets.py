"""A package for an archive: the scan, what was read from it, and a METS file that says what each is and came to be.

METS 1.12 (https://www.loc.gov/standards/mets/) holds Dublin Core and the record of Decree 30/2020/NĐ-CP, the PREMIS
events and agents, every file with its SHA-256, and two maps: by page and by heading. ``premis.xml`` beside it is whole
PREMIS 3, with the scan as object: an object has a type (xsi:type) that is unknown to who has the schema of METS alone.

NAME/mets.xml  NAME/premis.xml  NAME/original/…  NAME/alto/…  NAME/pictures/…  NAME/NAME.jsonld
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline import __version__
from pipeline.dataset.nd30 import DOCUMENT, document_record
from pipeline.errors import InputError
from pipeline.export.alto import write_alto
from pipeline.export.annotations import write_annotations
from pipeline.export.files import Folder
from pipeline.export.page_pictures import PagePictures
from pipeline.export.premis import NAMESPACE as PREMIS
from pipeline.export.premis import Premis, premis
from pipeline.export.records import NAMESPACE as ND30
from pipeline.export.records import record_element
from pipeline.export.source import ExportedDocument, Row, Source
from pipeline.export.xml import Element, element, xml_bytes
from pipeline.intake.opening import read_format

_MIME = {
    "PDF": "application/pdf", "TIFF": "image/tiff", "PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp",
    "BMP": "image/bmp",
}  # fmt: skip
_SCHEMAS = {
    "http://www.loc.gov/METS/": "https://www.loc.gov/standards/mets/mets.xsd",
    PREMIS: "https://www.loc.gov/standards/premis/premis.xsd",
}


@dataclass(frozen=True)
class _File:
    """A file of the package: its id, group, path below the folder of the package, type, and page (None for the whole)."""

    id: str
    group: str
    path: Path
    mime: str
    page: int | None = None


def write_mets(source: Source, document: ExportedDocument, folder: Folder, pictures: PagePictures) -> None:
    """Write the package of ``document``. Raises InputError where the scan or its words are gone."""
    scan = source.scan(document)
    package = Folder(folder.path / document.name, folder.outcome)
    original = Path("original") / f"{document.name}{scan.suffix.lower()}"
    with package.file(original.as_posix()) as path:
        shutil.copyfile(scan, path)
    if _sha256(package.path / original) != document.doc_id:
        raise InputError("the scan changed while it was copied; run again first")
    shown = PagePictures(
        source, package.path / "pictures" if pictures.drawing else None, folder.outcome, as_scanned=True
    )
    write_alto(source, document, Folder(package.path / "alto", folder.outcome), shown)
    write_annotations(source, document, Folder(package.path, folder.outcome))
    mime = _MIME[read_format(scan)]
    held = premis(source, document, mime)
    package.bytes("premis.xml", held.whole())
    files = list(_files(document, package.path, original, mime))
    package.bytes("mets.xml", mets(source, document, package.path, files, held))


def _files(document: ExportedDocument, root: Path, original: Path, mime: str) -> Iterator[_File]:
    yield _File("FILE_ORIGINAL", "original", original, mime)
    for group, mark, kind in (("alto", "ALTO", "application/xml"), ("pictures", "PICTURE", "image/jpeg")):
        for path in sorted((root / group).glob(f"{document.name}-*")):
            page = int(path.stem.rpartition("-")[2])
            yield _File(f"FILE_{mark}_{page}", group, path.relative_to(root), kind, page)
    yield _File("FILE_ANNOTATIONS", "annotations", Path(f"{document.name}.jsonld"), "application/ld+json")


def mets(source: Source, document: ExportedDocument, root: Path, files: list[_File], held: Premis) -> bytes:
    """Return the METS file of the package in ``root``."""
    made = f"{source.made_at:%Y-%m-%dT%H:%M:%SZ}"
    pages = source.rows_of("pages", document)
    record = document_record(document.row, source.rows_of("fields", document))
    package = element(
        "mets",
        element(
            "metsHdr",
            element(
                "agent", element("name", text=f"sohoa {__version__}"),
                ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE",
            ),
            CREATEDATE=made,
        ),
        _described("DMD_DC", "DC", None, _dublin_core(document)),
        _described(
            "DMD_ND30", "OTHER", "ND30-2020",
            [_own_namespace(record_element("Document", DOCUMENT, record), ND30)],
        ),
        element("amdSec", *_administrative(root, held), ID="AMD"),
        element("fileSec", *_groups(root, files, held)),
        _physical(document, pages, files),
        *_logical(document, source.rows_of("sections", document), files),
        OBJID=f"urn:sha256:{document.doc_id}", LABEL=document.row["subject"] or document.name, TYPE="Văn bản hành chính",
        **{
            "xmlns": "http://www.loc.gov/METS/",
            "xmlns:xlink": "http://www.w3.org/1999/xlink",
            "xmlns:premis": PREMIS,
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": " ".join(f"{space} {place}" for space, place in _SCHEMAS.items()),
        },
    )  # fmt: skip
    return xml_bytes(package)


def _own_namespace(part: Element, namespace: str) -> Element:
    part.set("xmlns", namespace)
    return part


def _described(name: str, kind: str, other: str | None, parts: Iterable[Element]) -> Element:
    data = element("xmlData", *parts)
    return element("dmdSec", element("mdWrap", data, MDTYPE=kind, OTHERMDTYPE=other), ID=name)


def _dublin_core(document: ExportedDocument) -> list[Element]:
    row = document.row
    number = "/".join(str(part) for part in (row["doc_number"], row["doc_symbol"]) if part is not None)
    told = (
        ("title", row["subject"] or document.name), ("creator", row["issuer"]), ("date", row["issued_on"]),
        ("type", row["doc_type"]), ("identifier", number or None), ("identifier", f"urn:sha256:{document.doc_id}"),
        ("source", document.source), ("language", "vi"), ("coverage", row["district"]), ("coverage", row["province"]),
    )  # fmt: skip
    return [element(f"dc:{name}", text=str(value)) for name, value in told if value is not None]


def _administrative(root: Path, held: Premis) -> Iterator[Element]:
    path = root / "premis.xml"
    where = element(
        "mdRef", LOCTYPE="URL", MDTYPE="PREMIS:OBJECT", MIMETYPE="application/xml", SIZE=path.stat().st_size,
        CHECKSUM=_sha256(path), CHECKSUMTYPE="SHA-256", LABEL="PREMIS 3",
        **{"xlink:type": "simple", "xlink:href": path.name},
    )  # fmt: skip
    yield element("techMD", where, ID="TECH_ORIGINAL")
    for number, event in enumerate(held.events, start=1):
        yield _wrapped(f"EVENT_{number}", "PREMIS:EVENT", event)
    for number, agent in enumerate(held.agents, start=1):
        yield _wrapped(f"AGENT_{number}", "PREMIS:AGENT", agent)


def _wrapped(name: str, kind: str, part: Element) -> Element:
    return element("digiprovMD", element("mdWrap", element("xmlData", part), MDTYPE=kind), ID=name)


def _groups(root: Path, files: list[_File], held: Premis) -> Iterator[Element]:
    told = " ".join(("TECH_ORIGINAL", *(f"EVENT_{number}" for number in range(1, len(held.events) + 1))))
    uses = {"original": "original", "alto": "ocr", "pictures": "reference image", "annotations": "annotation"}
    for group, use in uses.items():
        members = [file for file in files if file.group == group]
        if members:
            yield element(
                "fileGrp",
                *(_file(root, file, told) for file in members),
                ID=f"GROUP_{group.upper()}",
                USE=use,
            )


def _file(root: Path, file: _File, told: str) -> Element:
    """Return the entry of ``file``; ``told`` are the sections that tell of the original."""
    path = root / file.path
    place = element(
        "FLocat", LOCTYPE="URL", **{"xlink:type": "simple", "xlink:href": quote(file.path.as_posix())}
    )
    return element(
        "file", place, ID=file.id, MIMETYPE=file.mime, SIZE=path.stat().st_size, CHECKSUM=_sha256(path),
        CHECKSUMTYPE="SHA-256", ADMID=told if file.group == "original" else None,
    )  # fmt: skip


def _physical(document: ExportedDocument, pages: list[Row], files: list[_File]) -> Element:
    whole = [element("fptr", FILEID=file.id) for file in files if file.page is None]
    divs = (
        element(
            "div", *(element("fptr", FILEID=file.id) for file in files if file.page == page["page"]),
            TYPE="page", ORDER=page["page"], ORDERLABEL=page["page"], ID=f"PAGE_{page['page']}",
        )
        for page in pages
    )  # fmt: skip
    top = element(
        "div", *whole, *divs, TYPE="document", LABEL=document.row["subject"] or document.name, DMDID="DMD_DC DMD_ND30",
    )  # fmt: skip
    return element("structMap", top, TYPE="physical")


def _logical(document: ExportedDocument, sections: list[Row], files: list[_File]) -> Iterator[Element]:
    """Yield the map by heading, where there are any: each heading points at the text of the page where it stands."""
    texts = {file.page: file.id for file in files if file.group == "alto"}
    top = element("div", TYPE="document", LABEL=document.row["doc_type"] or document.name)
    above: dict[str, Element] = {}
    for row in sections:
        if not row["heading"]:
            continue
        label = " ".join(part for part in (row["printed_number"], row["heading"]) if part)
        div = element("div", TYPE="section", LABEL=label)
        if (text := texts.get(row["page_first"])) is not None:
            div.append(element("fptr", FILEID=text))
        parent = row["section"]
        while "." in parent and (parent := parent.rpartition(".")[0]) not in above:
            pass
        above.get(parent, top).append(div)
        above[row["section"]] = div
    if len(top):
        yield element("structMap", top, TYPE="logical")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

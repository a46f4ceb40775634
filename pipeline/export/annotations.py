"""Evidence as W3C Web Annotations (JSON-LD): every value pinned to its place on the page, a file a document.

Data model: https://www.w3.org/TR/annotation-model/. The target is the document by its SHA-256; a selector names the page
(of a PDF, RFC 3778), a second one the box on it (Media Fragments, percent of the page as scanned).
"""

from __future__ import annotations

import json
from typing import Any

from pipeline import __version__
from pipeline.export.files import Folder
from pipeline.export.plain import plain_value
from pipeline.export.source import ExportedDocument, Row, Source

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"sohoa": "urn:sohoa:terms:"}]
_TABLES = ("fields", "delegations", "references", "entities")
_PAGES = "http://tools.ietf.org/rfc/rfc3778"
_BOXES = "http://www.w3.org/TR/media-frags/"


def write_annotations(source: Source, document: ExportedDocument, folder: Folder) -> None:
    """Write the annotations of ``document`` into ``folder``."""
    text = json.dumps(collection(source, document), ensure_ascii=False, indent=1, allow_nan=False)
    folder.bytes(f"{document.name}.jsonld", f"{text}\n".encode())


def collection(source: Source, document: ExportedDocument) -> dict[str, Any]:
    """Return the annotations of ``document`` as an AnnotationCollection whose one page is embedded."""
    labels = {spec["field"]: spec["label_vi"] for spec in source.fields}
    turned = {row["page"]: row["rotation_deg"] or 0 for row in source.rows_of("pages", document)}
    items = [
        _annotation(table, row, document, labels, turned)
        for table in _TABLES
        for row in source.rows_of(table, document)
        if row["page"] is not None and row["x0"] is not None
    ]
    name = f"urn:sohoa:annotations:{document.doc_id}"
    page = {"id": f"{name}:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    held = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": document.source,
        "total": len(items),
    }
    return {**held, "first": page} if items else held


def _annotation(
    table: str, row: Row, document: ExportedDocument, labels: dict[str, str], turned: dict[int, int]
) -> dict[str, Any]:
    tag = row["field"] if table == "fields" else row["label"] if table == "entities" else table
    bodies = [{"type": "TextualBody", "purpose": "tagging", "value": tag, "format": "text/plain"}]
    if said := plain_value(table, row):
        bodies.append(
            {
                "type": "TextualBody",
                "purpose": "describing",
                "value": said,
                "format": "text/plain",
                "language": "vi",
            }
        )
    made: dict[str, Any] = {
        "id": f"urn:sohoa:{document.doc_id}:{table}:{row.get('field', '')}:{row['item']}",
        "type": "Annotation",
        "motivation": "identifying" if table == "entities" else "describing",
        **_creator(row, document),
        "body": bodies,
        "target": _target(row, document),
    }
    if tag in labels:
        made["sohoa:label"] = labels[tag]
    if turned.get(row["page"]):
        made["sohoa:pageTurnedClockwise"] = turned[row["page"]]
    for name in ("state", "confidence", "needs_review"):
        if name in row:
            made[f"sohoa:{name}"] = row[name]
    return made


def _creator(row: Row, document: ExportedDocument) -> dict[str, Any]:
    software = {"type": "Software", "name": f"sohoa {document.row['pipeline_version'] or __version__}"}
    if not row.get("reviewed_by"):
        return {"generator": software}
    reviewed = {"type": "Person", "name": row["reviewed_by"]}
    when = f"{row['reviewed_at']:%Y-%m-%dT%H:%M:%SZ}" if row.get("reviewed_at") else None
    return {"creator": reviewed, **({"created": when} if when else {}), "generator": software}


def _target(row: Row, document: ExportedDocument) -> dict[str, Any]:
    x, y, width, height = (
        round(100 * share, 3)
        for share in (row["x0"], row["y0"], row["x1"] - row["x0"], row["y1"] - row["y0"])
    )
    inner: dict[str, Any] = {
        "type": "FragmentSelector", "conformsTo": _BOXES, "value": f"xywh=percent:{x:g},{y:g},{width:g},{height:g}",
    }  # fmt: skip
    on_page = {
        "type": "FragmentSelector",
        "conformsTo": _PAGES,
        "value": f"page={row['page']}",
        "refinedBy": inner,
    }
    sole_picture = document.row["pages"] == 1 and not document.source.lower().endswith(".pdf")
    printed = row.get("raw_text") or row.get("text")
    quoted = [{"type": "TextQuoteSelector", "exact": printed}] if printed else []
    return {
        "type": "SpecificResource",
        "source": {"id": f"urn:sha256:{document.doc_id}", "label": document.source},
        "selector": [inner if sole_picture else on_page, *quoted],
    }

"""From one document to its rows in every table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from statistics import fmean

from pipeline import __version__
from pipeline.dataset.cells import Cell, Row, real, whole
from pipeline.dataset.extraction_rows import (
    alternative_rows,
    delegation_rows,
    entity_rows,
    field_rows,
    finding_rows,
    reference_rows,
    section_rows,
)
from pipeline.dataset.heading_tree import with_heading_tree
from pipeline.dataset.place_codes import place_codes
from pipeline.dataset.schema import FieldSpec, report_column
from pipeline.document import Document, Extraction, FieldValue, Page

_NOTHING = Extraction(fields=())
First = Mapping[str, FieldValue]
"""The (first) row of each field."""


def document_rows(document: Document, fields: Sequence[FieldSpec]) -> dict[str, list[Row]]:
    """Return the rows of ``document`` by table name, before :func:`pipeline.dataset.cells.conform`.

    A failed document has rows in ``documents``, ``pages`` and ``reports`` only; a restricted one too, and no text.
    """
    return judged_rows(document, fields) | found_rows(document, fields)


def judged_rows(document: Document, fields: Sequence[FieldSpec]) -> dict[str, list[Row]]:
    """Return those rows of ``document`` on which people's word and other documents still bear, by table name."""
    extraction, pages, doc_id = _extraction(document), _pages(document), document.doc_id
    first: dict[str, FieldValue] = {}
    for row in extraction.fields:
        first.setdefault(row.field, row)
    return {
        "documents": [_document_row(document, extraction, first)],
        "fields": field_rows(doc_id, extraction, pages, fields),
        "findings": finding_rows(doc_id, extraction),
        "reports": [_report_row(document, first, fields)],
    }


def found_rows(document: Document, fields: Sequence[FieldSpec]) -> dict[str, list[Row]]:
    """Return those rows of ``document`` that stay as they were found, by table name."""
    extraction, pages, doc_id = _extraction(document), _pages(document), document.doc_id
    return {
        "pages": [_page_row(doc_id, page, document.status != "restricted") for page in document.pages],
        "alternatives": alternative_rows(doc_id, extraction, pages, fields),
        "sections": section_rows(doc_id, extraction),
        "delegations": delegation_rows(doc_id, extraction, pages),
        "references": reference_rows(doc_id, extraction, pages),
        "entities": entity_rows(doc_id, extraction, pages),
    }


def _extraction(document: Document) -> Extraction:
    readable = document.status in {"ok", "partial"}
    return with_heading_tree(document.extraction) if readable and document.extraction else _NOTHING


def _pages(document: Document) -> dict[int, Page]:
    return {page.number: page for page in document.pages}


def _text(first: First, name: str) -> str | None:
    row = first.get(name)
    return row.value_text if row and row.state == "reported" else None


def _number(first: First, name: str, denied: Decimal | None = None) -> Decimal | None:
    """Return the reported number of the field ``name``, or ``denied`` where the report says that there was none."""
    row = first.get(name)
    if row is None or row.state not in {"reported", "none"}:
        return None
    return row.value_number if row.state == "reported" else denied


def _date(first: First, name: str) -> date | None:
    row = first.get(name)
    return row.value_date if row and row.state == "reported" else None


def _day(first: First) -> date | None:
    """Return the day at which names of places are to be understood: that of issue, or the end of the year reported."""
    year = whole(_number(first, "report.year"))
    issued = _date(first, "doc.issued_on")
    return issued or (date(year, 12, 31) if year and date.min.year <= year <= date.max.year else None)


def _document_row(document: Document, extraction: Extraction, first: First) -> Row:
    rows = extraction.fields
    province_code, district_code = place_codes(
        _text(first, "report.province"),
        _text(first, "report.district"),
        issuer=_text(first, "doc.issuer"),
        day=_day(first),
    )
    return {
        "doc_id": document.doc_id,
        "source": document.source,
        "copies": tuple(sorted(document.copies)),
        "file_bytes": document.file_bytes,
        "pages": len(document.pages),
        "status": document.status,
        "error": document.error,
        "doc_type": _text(first, "doc.type"),
        "doc_number": whole(_number(first, "doc.number")),
        "doc_symbol": _text(first, "doc.symbol"),
        "issued_on": _date(first, "doc.issued_on"),
        "issuer": _text(first, "doc.issuer"),
        "subject": _text(first, "doc.subject"),
        "signer_name": _text(first, "doc.signer_name"),
        "signer_position": _text(first, "doc.signer_position"),
        "report_year": whole(_number(first, "report.year")),
        "province": _text(first, "report.province"),
        "province_code": province_code,
        "district": _text(first, "report.district"),
        "district_code": district_code,
        "fields_reported": len({row.field for row in rows if row.state == "reported"}),
        "fields_to_review": len({row.field for row in rows if row.needs_review}),
        "mean_confidence": real(fmean(row.confidence for row in rows), 4) if rows else None,
        "reader": "; ".join(sorted({page.reader for page in document.pages if page.reader})),
        "pipeline_version": __version__,
        "profile": document.profile,
    }


def _page_row(doc_id: str, page: Page, with_text: bool) -> Row:
    words = page.words
    return {
        "doc_id": doc_id,
        "page": page.number,
        "width_px": page.width_px,
        "height_px": page.height_px,
        "dpi": page.dpi,
        "rotation_deg": page.rotation_deg,
        "skew_deg": real(page.skew_deg, 3),
        "source_kind": page.source_kind,
        "words": len(words),
        "mean_confidence": real(fmean(word.confidence for word in words), 4) if words else None,
        "blank": page.blank,
        "text": "\n".join(line.text for line in page.lines) if with_text else None,
        "status": page.status,
        "error": page.error,
    }


def _report_row(document: Document, first: First, fields: Sequence[FieldSpec]) -> Row:
    row: dict[str, Cell] = {
        "doc_id": document.doc_id,
        "source": document.source,
        "province": _text(first, "report.province"),
        "district": _text(first, "report.district"),
        "year": whole(_number(first, "report.year")),
    }
    for spec in fields:
        if spec.is_list:
            continue
        match spec.type:
            case "count" | "rank":
                value: Cell = whole(_number(first, spec.name, Decimal(0)))
            case "money":
                value = real(_number(first, spec.name, Decimal(0)))
            case "percent" | "length" | "number":
                value = real(_number(first, spec.name))
            case "date":
                value = _date(first, spec.name)
            case "flag":
                value = {"true": True, "false": False}.get(_text(first, spec.name) or "")
            case _:
                value = _text(first, spec.name)
        row[report_column(spec.name)] = value
    return row

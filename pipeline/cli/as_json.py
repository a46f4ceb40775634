"""A document as JSON, for ``sohoa inspect --json``."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.document import Box, Document, Evidence, Page, Passage


def print_json(document: Document) -> None:
    """Print ``document`` with fields, sections, delegations, references, entities and findings.

    Evidence becomes its text, page and box; boxes are fractions of the page as scanned.
    """
    pages = {page.number: page for page in document.pages}
    value = _plain(document, pages)
    value["pages"] = [
        {
            "page": p.number,
            "text": [line.text for line in p.lines],
            "status": p.status,
            "remark": p.remark,
            "quality": p.quality,
        }
        for p in document.pages
    ]
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()


def _plain(value: object, pages: dict[int, Page]) -> Any:
    if isinstance(value, Evidence):
        page = pages.get(value.page)
        box = page.on_scan(value.box) if page else value.box
        return {"text": value.text, "page": value.page, "box": _plain(box, pages)}
    if isinstance(value, Passage):
        return value.text
    if isinstance(value, Box):
        return [round(edge, 5) for edge in (value.x0, value.y0, value.x1, value.y1)]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = dataclasses.fields(value)
        return {f.name: _plain(getattr(value, f.name), pages) for f in fields if f.name != "pages"}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item, pages) for item in value]
    return value

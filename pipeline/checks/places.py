"""Whether the unit that issued a document existed on its day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from pipeline.checks.reported import page_of
from pipeline.document import Extraction, Finding
from pipeline.gazetteers.unit_spans import find_units
from pipeline.gazetteers.units import is_valid_on

_GRACE = timedelta(days=120)
"""Old decrees name the day of signing, and offices go on for a while (see ``pipeline/gazetteers/README.md``)."""


def unit_at_date(extraction: Extraction) -> Iterable[Finding]:
    """Yield a finding where the issuer is of a unit that did not exist, months before and after the day of issue."""
    issuer, issued = extraction.first("doc.issuer"), extraction.first("doc.issued_on")
    if not issuer or not issuer.value_text or not issued or not issued.value_date:
        return
    day = issued.value_date
    for span in find_units(issuer.value_text, day):
        unit = span.unit
        if span.printed_kind != unit.kind:
            continue
        if any(is_valid_on(unit, one) for one in (day - _GRACE, day, day + _GRACE)):
            continue
        begun, ended = unit.valid_from, unit.valid_to
        if begun and day < begun:
            vi, en = f"có từ ngày {begun:%d/%m/%Y}", f"exists since {begun.isoformat()}"
        elif ended and day > ended:
            vi, en = f"đã hết ngày {ended:%d/%m/%Y}", f"ended on {ended.isoformat()}"
        else:
            continue
        yield Finding(
            "unit_at_date",
            "warning",
            ("doc.issuer", "doc.issued_on"),
            f"{unit.full_name} {vi}, nhưng văn bản ký ngày {day:%d/%m/%Y}",
            f"{unit.full_name} {en}, but the document is dated {day.isoformat()}",
            page_of(issued),
        )

"""Checks: what in a report contradicts itself, its form or the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from pipeline.document import Extraction, FieldValue, Finding, Outline
from pipeline.extraction.values.dates import find_dates

EARLIEST = date(1945, 9, 2)
"""No document of the Socialist Republic or its predecessor is older."""

_PEOPLE_AND_DELEGATIONS = (
    ("outbound.people", "outbound.delegations"),
    ("inbound.people", "inbound.delegations"),
)
_NAMED_AND_COUNTED = (("border.communes", "border.commune_count"),)


def check(extraction: Extraction, outline: Outline) -> Extraction:
    """Return ``extraction`` with a finding for every check that failed; the fields concerned carry the check as a doubt.

    The checks: order of sections, impossible and future dates, year of report against date of issue, people fewer than
    delegations, names against their count, parts of trade against the turnover, references later than the report.
    """
    found = [
        *_order_of_sections(outline),
        *_impossible_dates(outline),
        *_year_of_report(extraction),
        *_date_of_issue(extraction),
        *_people_of_delegations(extraction),
        *_names_against_count(extraction),
        *_parts_of_turnover(extraction),
        *_references_after_issue(extraction),
    ]
    doubted = {
        name: finding.check for finding in found if finding.severity != "note" for name in finding.fields
    }
    fields = tuple(
        replace(row, doubts=(*row.doubts, doubted[row.field])) if row.field in doubted else row
        for row in extraction.fields
    )
    return replace(extraction, fields=fields, findings=(*extraction.findings, *found))


def _number(extraction: Extraction, name: str) -> FieldValue | None:
    row = extraction.first(name)
    return row if row and row.state == "reported" and row.value_number is not None else None


def _page(row: FieldValue) -> int | None:
    return row.evidence.page if row.evidence else row.page


def _order_of_sections(outline: Outline) -> Iterable[Finding]:
    for anomaly in outline.anomalies:
        yield Finding("section_order", "note", (), anomaly.message_vi, anomaly.message_en, anomaly.page)


def _impossible_dates(outline: Outline) -> Iterable[Finding]:
    for section in outline.sections:
        for passage in (section.heading, *section.body):
            for found in find_dates(passage.text):
                if found.value is None and found.day and found.month:
                    printed = passage.text[found.start : found.end]
                    yield Finding(
                        "impossible_date",
                        "warning",
                        (),
                        f"Ngày không có thật: “{printed}”",
                        f"There is no such date: “{printed}”",
                        passage.span(found.start, found.end).page_first,
                    )


def _year_of_report(extraction: Extraction) -> Iterable[Finding]:
    year, issued = _number(extraction, "report.year"), extraction.first("doc.issued_on")
    if year and year.value_number is not None and issued and issued.value_date:
        gap = issued.value_date.year - int(year.value_number)
        if gap < 0 or gap > 2:
            yield Finding(
                "year_against_issue",
                "warning",
                ("report.year", "doc.issued_on"),
                f"Báo cáo năm {year.value_number} nhưng ký năm {issued.value_date.year}",
                f"The report is on {year.value_number} but was issued in {issued.value_date.year}",
                _page(issued),
            )


def _date_of_issue(extraction: Extraction) -> Iterable[Finding]:
    issued = extraction.first("doc.issued_on")
    if issued and issued.value_date and issued.value_date < EARLIEST:
        yield Finding(
            "date_out_of_range",
            "warning",
            ("doc.issued_on",),
            f"Ngày ban hành {issued.value_date:%d/%m/%Y} quá sớm",
            f"The date of issue {issued.value_date.isoformat()} is too early",
            _page(issued),
        )


def _people_of_delegations(extraction: Extraction) -> Iterable[Finding]:
    for people_name, delegations_name in _PEOPLE_AND_DELEGATIONS:
        people, delegations = _number(extraction, people_name), _number(extraction, delegations_name)
        if not people or not delegations or people.value_number is None or delegations.value_number is None:
            continue
        if people.value_number < delegations.value_number:
            yield Finding(
                "people_fewer_than_delegations",
                "warning",
                (people_name, delegations_name),
                f"{people.value_number} người nhưng {delegations.value_number} đoàn",
                f"{people.value_number} people in {delegations.value_number} delegations",
                _page(people),
            )


def _names_against_count(extraction: Extraction) -> Iterable[Finding]:
    for names, count_name in _NAMED_AND_COUNTED:
        count = _number(extraction, count_name)
        rows = [row for row in extraction.rows(names) if row.state == "reported"]
        if count and rows and count.value_number is not None and len(rows) != int(count.value_number):
            yield Finding(
                "names_against_count",
                "warning",
                (names, count_name),
                f"Nêu tên {len(rows)} nhưng ghi {count.value_number}",
                f"{len(rows)} are named but {count.value_number} are counted",
                _page(count),
            )


def _parts_of_turnover(extraction: Extraction) -> Iterable[Finding]:
    total = _number(extraction, "trade.turnover")
    parts = [_number(extraction, name) for name in ("trade.export", "trade.import")]
    if not total or total.value_number is None:
        return
    present = [p for p in parts if p and p.currency == total.currency and p.value_number is not None]
    amount = sum((p.value_number for p in present if p.value_number is not None), Decimal(0))
    too_much = amount > total.value_number * 1005 / 1000
    too_little = len(present) == 2 and amount < total.value_number * 995 / 1000
    if present and (too_much or too_little):
        vi, en = _in_vietnamese(amount), f"{amount:,.0f}"
        yield Finding(
            "parts_against_total",
            "warning",
            ("trade.turnover", *(p.field for p in present)),
            f"Xuất khẩu, nhập khẩu cộng lại {vi} khác tổng {_in_vietnamese(total.value_number)}",
            f"Exports and imports add to {en}, not to the total {total.value_number:,.0f}",
            _page(total),
        )


def _in_vietnamese(amount: Decimal) -> str:
    """Return a whole number with dots between thousands, as it is printed in Vietnamese."""
    return f"{amount:,.0f}".replace(",", ".")


def _references_after_issue(extraction: Extraction) -> Iterable[Finding]:
    issued = extraction.first("doc.issued_on")
    if not issued or not issued.value_date:
        return
    for reference in extraction.references:
        if reference.issued_on and reference.issued_on > issued.value_date:
            name = f"{reference.doc_type} {reference.number}/{reference.symbol}"
            yield Finding(
                "reference_after_issue",
                "warning",
                ("doc.issued_on",),
                f"{name} ban hành ngày {reference.issued_on:%d/%m/%Y}, sau ngày của báo cáo",
                f"{name} is dated {reference.issued_on.isoformat()}, after the report itself",
                reference.evidence.page,
            )


def duplicates(rows: Sequence[tuple[str, str, Extraction]]) -> dict[str, list[Finding]]:
    """Return findings, by doc_id, for documents that share number, symbol and issue date but not their bytes.

    ``rows`` are (doc_id, source, extraction). Number with place and date is the duplicate key of Decree 30/2020.
    """
    families: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for doc_id, source, extraction in rows:
        values = [extraction.first(f"doc.{name}") for name in ("number", "symbol", "issued_on", "issuer")]
        if any(value is None or value.state != "reported" for value in values):
            continue
        key = tuple(str(v.value_number or v.value_text or v.value_date) for v in values if v)
        families.setdefault(key, []).append((doc_id, source))
    found: dict[str, list[Finding]] = {}
    for family in families.values():
        for doc_id, _source in family if len(family) > 1 else []:
            others = ", ".join(sorted(source for other, source in family if other != doc_id))
            found.setdefault(doc_id, []).append(
                Finding(
                    "duplicate_document",
                    "warning",
                    ("doc.number", "doc.symbol", "doc.issued_on"),
                    f"Trùng số, ký hiệu, ngày và cơ quan ban hành với: {others}",
                    f"Same number, symbol, date and issuer as: {others}",
                    1,
                )
            )
    return found

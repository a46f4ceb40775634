"""Checks of days: dates that do not exist, and what cannot have been known on the day of issue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from pipeline.checks.reported import number_of, page_of, reported
from pipeline.document import Extraction, Finding, Outline
from pipeline.extraction.values.dates import find_dates

EARLIEST = date(1945, 9, 2)
"""No document of the Socialist Republic or its predecessor is older."""

_LEAP_YEAR = 2000
_ESTIMATED = {"year": timedelta(days=125), "nine_months": timedelta(days=75)}
"""So long before its period ends a report may be issued, the rest being estimated."""
_END = {"year": (12, 31), "nine_months": (9, 30)}


def impossible_dates(outline: Outline) -> Iterable[Finding]:
    """Yield a finding for every printed date that no calendar has, such as 31/4."""
    for section in outline.sections:
        for passage in (section.heading, *section.body):
            for found in find_dates(passage.text):
                if not found.day or not found.month or found.value is not None:
                    continue
                if exists(found.year or _LEAP_YEAR, found.month, found.day):
                    continue
                printed = passage.text[found.start : found.end]
                yield Finding(
                    "impossible_date",
                    "warning",
                    (),
                    f"Ngày không có thật: “{printed}”",
                    f"There is no such date: “{printed}”",
                    passage.span(found.start, found.end).page_first,
                )


def exists(year: int, month: int, day: int) -> bool:
    """Return whether the calendar has this day."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def year_of_report(extraction: Extraction) -> Iterable[Finding]:
    """Yield a finding where a report on a year was issued before that year or long after it."""
    year, issued = reported(extraction, "report.year"), extraction.first("doc.issued_on")
    if not year or not issued or not issued.value_date:
        return
    gap = issued.value_date.year - int(number_of(year))
    if gap < 0 or gap > 2:
        yield Finding(
            "year_against_issue",
            "warning",
            ("report.year", "doc.issued_on"),
            f"Báo cáo năm {number_of(year)} nhưng ký năm {issued.value_date.year}",
            f"The report is on {number_of(year)} but was issued in {issued.value_date.year}",
            page_of(issued),
        )


def period_not_over(extraction: Extraction) -> Iterable[Finding]:
    """Yield a finding where a year or nine months are reported on long before they end."""
    year, issued = reported(extraction, "report.year"), extraction.first("doc.issued_on")
    period = extraction.first("report.period")
    kind = period.value_text if period and period.state == "reported" else None
    if not year or not issued or not issued.value_date or kind is None or kind not in _END:
        return
    if not issued.value_date.year == int(number_of(year)) > 1:
        return
    end = date(int(number_of(year)), *_END[kind])
    if issued.value_date < end - _ESTIMATED[kind]:
        yield Finding(
            "issued_before_period_ends",
            "warning",
            ("report.year", "report.period", "doc.issued_on"),
            f"Kỳ báo cáo kết thúc ngày {end:%d/%m/%Y} nhưng văn bản ký ngày {issued.value_date:%d/%m/%Y}",
            f"The period ends on {end.isoformat()} but the report was issued on {issued.value_date.isoformat()}",
            page_of(issued),
        )


def date_of_issue(extraction: Extraction) -> Iterable[Finding]:
    """Yield a finding where the date of issue is older than the state."""
    issued = extraction.first("doc.issued_on")
    if issued and issued.value_date and issued.value_date < EARLIEST:
        yield Finding(
            "date_out_of_range",
            "warning",
            ("doc.issued_on",),
            f"Ngày ban hành {issued.value_date:%d/%m/%Y} quá sớm",
            f"The date of issue {issued.value_date.isoformat()} is too early",
            page_of(issued),
        )


def references_after_issue(extraction: Extraction) -> Iterable[Finding]:
    """Yield a finding for every cited document that is younger than the report itself."""
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
                f"{name} ban hành ngày {reference.issued_on:%d/%m/%Y}, sau ngày của báo cáo {issued.value_date:%d/%m/%Y}",
                f"{name} is dated {reference.issued_on.isoformat()}, after the report itself "
                f"({issued.value_date.isoformat()})",
                reference.evidence.page,
            )


def delegations_after_issue(extraction: Extraction) -> Iterable[Finding]:
    """Yield a note for every delegation that is told as a result and began after the day of issue."""
    issued = extraction.first("doc.issued_on")
    if not issued or not issued.value_date:
        return
    for delegation in extraction.delegations:
        if delegation.started_on and delegation.started_on > issued.value_date:
            where = ", ".join(delegation.countries) or delegation.organisation
            yield Finding(
                "delegation_after_issue",
                "note",
                (),
                f"Đoàn ({where}) bắt đầu ngày {delegation.started_on:%d/%m/%Y}, sau ngày ký {issued.value_date:%d/%m/%Y}",
                f"A delegation ({where}) begins on {delegation.started_on.isoformat()}, after the day of issue "
                f"{issued.value_date.isoformat()}",
                delegation.evidence.page,
            )

"""Checks of one document: what in it contradicts itself, its form or the calendar."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checks import calendar
from pipeline.checks.declared import declared
from pipeline.checks.places import unit_at_date
from pipeline.checks.signing import authority_against_post
from pipeline.checks.sums import parts_in_sentences
from pipeline.document import Extraction, Finding, Outline
from pipeline.extraction.profile import Profile


def check(extraction: Extraction, outline: Outline, profile: Profile) -> Extraction:
    """Return ``extraction`` with a finding for every check that failed, those of every document and those of ``profile``.

    The fields concerned carry the check as a doubt, unless it is a note.
    """
    found = [
        *_order_of_sections(outline),
        *calendar.impossible_dates(outline),
        *calendar.year_of_report(extraction),
        *calendar.period_not_over(extraction),
        *calendar.date_of_issue(extraction),
        *calendar.references_after_issue(extraction),
        *calendar.delegations_after_issue(extraction),
        *authority_against_post(extraction),
        *unit_at_date(extraction),
        *parts_in_sentences(extraction, outline),
        *declared(extraction, outline, profile),
    ]
    doubts: dict[str, list[str]] = {}
    for finding in found:
        for name in finding.fields if finding.severity != "note" else ():
            doubts.setdefault(name, []).append(finding.check)
    fields = tuple(
        replace(row, doubts=tuple(dict.fromkeys((*row.doubts, *doubts[row.field]))))
        if row.field in doubts
        else row
        for row in extraction.fields
    )
    return replace(extraction, fields=fields, findings=(*extraction.findings, *found))


def _order_of_sections(outline: Outline) -> list[Finding]:
    return [
        Finding("section_order", "note", (), anomaly.message_vi, anomaly.message_en, anomaly.page)
        for anomaly in outline.anomalies
    ]

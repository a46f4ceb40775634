"""A first, honest confidence: P(the row is right), from what the extractor and the reader saw.

It is a product of plain factors, not yet a model fitted on thousands of labelled reports. Nothing therefore claims more
than :data:`CEILING`, and whatever speaks against a value (handwriting, a contradiction, a doubtful reading) takes the
row below the review threshold rather than merely lowering it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import fmean

from pipeline.document import Delegation, Evidence, Extraction, FieldValue, Finding, Page, Reference

CEILING = 0.94
"""The most that an uncalibrated confidence may claim."""

REVIEW_BELOW = 0.75
"""Rows less sure than this are for a person to look at."""

CAPS = {
    "handwriting": 0.35,
    "contradicted": 0.45,
    "covered": 0.6,
    "odd_text": 0.55,
    "implied": 0.5,
    "ambiguous": 0.6,
    "ambiguous_mark": 0.6,
    "words_disagree": 0.5,
    "runner_up": 0.66,
    "repaired": 0.7,
    "people_fewer_than_delegations": 0.55,
    "smaller_than_part": 0.55,
    "names_against_count": 0.6,
    "rows_against_count": 0.6,
    "parts_against_total": 0.55,
    "parts_in_sentence": 0.55,
    "percent_against_figures": 0.6,
    "impossible_rate": 0.5,
    "out_of_bounds": 0.4,
    "year_against_issue": 0.55,
    "issued_before_period_ends": 0.55,
    "date_out_of_range": 0.4,
    "reference_after_issue": 0.7,
    "number_twice": 0.55,
    "number_order": 0.6,
}
"""What each doubt leaves at most; a doubt without an entry leaves :data:`OTHER_DOUBT`."""

OTHER_DOUBT = 0.7
LOW_READING = 0.6
POOR_PAGE = 0.8


def _reading_factor(confidence: float) -> float:
    """Return how far the reader's confidence in the value's weakest word carries: 1 from 0.9 up, 0.5 at 0.2."""
    return min(1.0, max(0.4, 0.36 + 0.71 * confidence))


def _page_means(pages: Sequence[Page]) -> dict[int, float]:
    return {page.number: fmean(w.confidence for w in page.words) if page.words else 0.0 for page in pages}


def _judge(
    score: float, doubts: Iterable[str], evidence: Evidence | None, means: dict[int, float]
) -> tuple[float, tuple[str, ...]]:
    """Return (confidence, reasons against) for a value."""
    reasons = list(dict.fromkeys(doubts))
    confidence = min(score, CEILING)
    if evidence is not None:
        weakest = evidence.confidence
        confidence *= _reading_factor(weakest)
        if weakest < LOW_READING:
            reasons.append("low_reading_confidence")
        mean = means.get(evidence.page, 1.0)
        if mean < POOR_PAGE:
            confidence *= 0.75 + 0.25 * mean / POOR_PAGE
            reasons.append("poor_page")
    if score < 0.6:
        reasons.append("weak_match")
    for doubt in doubts:
        confidence = min(confidence, CAPS.get(doubt, OTHER_DOUBT))
    return round(max(0.01, confidence), 4), tuple(reasons)


def _field(row: FieldValue, means: dict[int, float], overall: float) -> FieldValue:
    confidence, reasons = _judge(row.score, row.doubts, row.evidence, means)
    if row.state == "absent":
        # What was overlooked on a poor page looks like silence.
        confidence = round(min(CEILING, row.score) * min(1.0, 0.5 + 0.5 * overall / 0.9), 4)
        reasons = row.doubts
    if row.state == "unreadable":
        reasons = tuple(dict.fromkeys((*reasons, "unreadable")))
    review = confidence < REVIEW_BELOW or row.state == "unreadable" or bool(row.doubts)
    if review and not reasons:
        reasons = ("low_confidence",)
    return replace(row, confidence=confidence, needs_review=review, reasons=reasons)


def with_findings(extraction: Extraction, found: Sequence[Finding]) -> Extraction:
    """Return an assessed ``extraction`` with further findings; the fields of all but notes are then to be reviewed."""
    doubts: dict[str, list[str]] = {}
    for finding in found:
        for name in finding.fields if finding.severity != "note" else ():
            doubts.setdefault(name, []).append(finding.check)

    def doubted(row: FieldValue) -> FieldValue:
        new = tuple(dict.fromkeys(doubts.get(row.field, ())))
        if not new:
            return row
        confidence = min(row.confidence, *(CAPS.get(doubt, OTHER_DOUBT) for doubt in new))
        reasons = tuple(dict.fromkeys((*(r for r in row.reasons if r != "low_confidence"), *new)))
        return replace(
            row, doubts=(*row.doubts, *new), confidence=confidence, reasons=reasons, needs_review=True
        )

    fields = tuple(doubted(row) for row in extraction.fields)
    return replace(extraction, fields=fields, findings=(*extraction.findings, *found))


def assess(extraction: Extraction, pages: Sequence[Page]) -> Extraction:
    """Return ``extraction`` with confidence, ``needs_review`` and reasons on every row."""
    means = _page_means(pages)
    read = [mean for mean in means.values() if mean > 0]
    overall = fmean(read) if read else 0.0

    def judged(row: Delegation | Reference) -> tuple[float, bool]:
        confidence, _reasons = _judge(row.score, (), row.evidence, means)
        return confidence, confidence < REVIEW_BELOW

    delegations = []
    for delegation in extraction.delegations:
        confidence, review = judged(delegation)
        delegations.append(replace(delegation, confidence=confidence, needs_review=review))
    references = []
    for reference in extraction.references:
        confidence, review = judged(reference)
        references.append(replace(reference, confidence=confidence, needs_review=review))
    return replace(
        extraction,
        fields=tuple(_field(row, means, overall) for row in extraction.fields),
        delegations=tuple(delegations),
        references=tuple(references),
    )

"""Confidence: everything seen → P(the row is right), reasons, and whether a person must look.

Whatever a person must see in any case (:data:`ALWAYS_SHOWN`, what is not legible, what a check found) is marked for
review whatever its probability; all else the dial decides (:mod:`pipeline.confidence.dial`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from pipeline.confidence.dial import TARGET, Spread, set_dial
from pipeline.confidence.features import (
    Features,
    Head,
    Surroundings,
    delegation_features,
    field_features,
    head_of,
    reference_features,
)
from pipeline.confidence.model import Model, shipped_model
from pipeline.confidence.reasons import reasons_of
from pipeline.document import Delegation, Extraction, FieldValue, Finding, Page, Reference

SOFT = frozenset({"repaired", "runner_up", "implied", "odd_text", "covered", "ambiguous", "ambiguous_mark"})
"""Doubts that the model weighs among all else. Any other doubt is for a person: handwriting, a contradiction, digits that
their words deny, a check that failed."""

AT_MOST = 0.5
"""What a finding of a check leaves at most: of two statements that disagree one is wrong, and which is not known."""

TOLD_BELOW = 0.985
"""Of surer rows nothing that lowered their probability is worth telling."""

LEAST, MOST = 0.001, 0.9999
"""No row is certain, either way."""

_Row = TypeVar("_Row", Delegation, Reference)


def must_show(row: FieldValue) -> bool:
    """Return whether a person must see ``row`` however sure it is."""
    return row.state == "unreadable" or any(doubt not in SOFT for doubt in row.doubts)


def assess(extraction: Extraction, pages: Sequence[Page], model: Model | None = None) -> Extraction:
    """Return ``extraction`` with confidence and reasons on every row, its dial set to :data:`TARGET` for it alone.

    What was weighed for its fields has served its purpose here and does not go along.
    """
    model = model or shipped_model()
    around = Surroundings(extraction, pages, model.typical)
    delegations = _rows(extraction.delegations, delegation_features, "delegation", around, model)
    references = _rows(extraction.references, reference_features, "reference", around, model)
    plain = Extraction(**{part.name: getattr(extraction, part.name) for part in dataclass_fields(Extraction)})
    assessed = replace(
        plain,
        fields=_fields(around, model),
        delegations=delegations,
        references=references,
    )
    return with_threshold(assessed, set_dial(_spread_of(assessed), TARGET).threshold)


def _fields(around: Surroundings, model: Model) -> tuple[FieldValue, ...]:
    judged: dict[Head, list[tuple[str, Features]]] = {"stated": [], "absent": []}
    for name, rows in around.by_field.items():
        judged[head_of(rows)].append((name, field_features(rows, around)))
    sure: dict[str, float] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for head, held in judged.items():
        features = [one for _, one in held]
        names = [name for name, _ in held]
        chances = model.heads[head].chances(features).tolist()
        sure |= zip(names, map(_rounded, chances), strict=True)
        doubtful = [at for at, chance in enumerate(chances) if chance < TOLD_BELOW]
        why = reasons_of([features[at] for at in doubtful], model.heads[head])
        reasons |= zip([names[at] for at in doubtful], why, strict=True)
    return tuple(
        replace(
            row,
            confidence=sure[row.field],
            reasons=_unique(
                (*row.doubts, *(("unreadable",) * (row.state == "unreadable")), *reasons.get(row.field, ()))
            ),
        )
        for row in around.extraction.fields
    )


def _rows(
    rows: Sequence[_Row],
    features: Callable[[_Row, Surroundings], Features],
    head: Head,
    around: Surroundings,
    model: Model,
) -> tuple[_Row, ...]:
    chances = model.heads[head].chances([features(row, around) for row in rows]).tolist()
    return tuple(replace(row, confidence=_rounded(sure)) for row, sure in zip(rows, chances, strict=True))


def _rounded(chance: float) -> float:
    return round(min(MOST, max(LEAST, chance)), 4)


def _unique(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def count_fields(fields: Iterable[FieldValue], spread: Spread) -> None:
    """Count how sure ``fields`` are in ``spread``: a list once, what people decided on not at all."""
    for _, group in groupby(fields, key=lambda row: row.field):
        rows = list(group)
        if rows[0].method != "review":
            spread.add(min(row.confidence for row in rows), must_show=any(map(must_show, rows)))


def _spread_of(extraction: Extraction) -> Spread:
    spread = Spread()
    count_fields(extraction.fields, spread)
    for told in extraction.delegations:
        spread.add(told.confidence, must_show=False)
    for cited in extraction.references:
        spread.add(cited.confidence, must_show=False)
    return spread


def with_threshold(extraction: Extraction, threshold: float) -> Extraction:
    """Return an assessed ``extraction`` in which rows below ``threshold`` are for review, besides those always shown."""

    def flagged(row: FieldValue) -> FieldValue:
        if row.method == "review":
            return row
        review = row.confidence < threshold or must_show(row)
        reasons = row.reasons or (("low_confidence",) if review else ())
        return replace(row, needs_review=review, reasons=reasons)

    return replace(
        extraction,
        fields=tuple(map(flagged, extraction.fields)),
        delegations=tuple(replace(r, needs_review=r.confidence < threshold) for r in extraction.delegations),
        references=tuple(replace(r, needs_review=r.confidence < threshold) for r in extraction.references),
    )


def with_findings(extraction: Extraction, found: Sequence[Finding]) -> Extraction:
    """Return an assessed ``extraction`` with further findings of checks.

    One rule: the fields that a finding names, unless it is a note, are no surer than :data:`AT_MOST`, have the check
    for a reason, and are for review.
    """
    accused: dict[str, list[str]] = {}
    for finding in found:
        for name in finding.fields if finding.severity != "note" else ():
            accused.setdefault(name, []).append(finding.check)

    def doubted(row: FieldValue) -> FieldValue:
        new = _unique(accused.get(row.field, ()))
        if not new:
            return row
        reasons = _unique((*(reason for reason in row.reasons if reason != "low_confidence"), *new))
        return replace(
            row,
            doubts=(*row.doubts, *new),
            confidence=min(row.confidence, AT_MOST),
            reasons=reasons,
            needs_review=True,
        )

    return replace(
        extraction,
        fields=tuple(map(doubted, extraction.fields)),
        findings=(*extraction.findings, *found),
    )

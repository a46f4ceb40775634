"""Confidence: everything seen → P(the row is right), reasons, and whether a person must look.

Whatever a person must see in any case (:data:`ALWAYS_SHOWN`, what is not legible, what a check found) is marked for
review whatever its probability; all else the dial decides (:mod:`pipeline.confidence.dial`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import fields as dataclass_fields
from dataclasses import replace
from itertools import groupby
from typing import Protocol, TypeVar

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
from pipeline.document import Delegation, Extraction, FieldValue, Finding, Page, Reference, State

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


class Judged(Protocol):
    """What the dial must know of a field's row."""

    @property
    def field(self) -> str:
        """The field's name."""

    @property
    def state(self) -> State:
        """What the row says of it."""

    @property
    def method(self) -> str:
        """How it came about; "review" where a person decided."""

    @property
    def confidence(self) -> float:
        """How sure it is."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """What speaks against it."""


def must_show(row: Judged) -> bool:
    """Return whether a person must see ``row`` however sure it is."""
    return row.state == "unreadable" or any(doubt not in SOFT for doubt in row.doubts)


def assess(extraction: Extraction, pages: Sequence[Page], model: Model | None = None) -> Extraction:
    """Return ``extraction`` with confidence and reasons on every row, its dial set to :data:`TARGET` for it alone.

    What was weighed for its fields has served its purpose here and does not go along.
    """
    model = model or shipped_model()
    around = Surroundings(extraction, pages, model.typical)
    delegations = _chances(extraction.delegations, delegation_features, "delegation", around, model)
    references = _chances(extraction.references, reference_features, "reference", around, model)
    sure, reasons = _fields(around, model)
    spread = Spread()
    for name, rows in around.by_field.items():
        spread.add(sure[name], must_show=any(map(must_show, rows)))
    for chance in (*delegations, *references):
        spread.add(chance, must_show=False)
    threshold = set_dial(spread, TARGET).threshold
    plain = {part.name: getattr(extraction, part.name) for part in dataclass_fields(Extraction)}
    plain["fields"] = tuple(
        _flagged(row, sure[row.field], _said(row, reasons.get(row.field, ())), threshold)
        for row in extraction.fields
    )
    plain["delegations"] = _listed(extraction.delegations, delegations, threshold)
    plain["references"] = _listed(extraction.references, references, threshold)
    return Extraction(**plain)


def _fields(around: Surroundings, model: Model) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
    """Return how sure each field is, and what lowered the probability of those that are not."""
    judged: dict[Head, list[tuple[str, Features]]] = {"stated": [], "absent": []}
    for name, rows in around.by_field.items():
        judged[head_of(rows)].append((name, field_features(rows, around)))
    sure: dict[str, float] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for head, held in judged.items():
        names = [name for name, _ in held]
        weighed = model.heads[head].weigh([one for _, one in held])
        chances = weighed.chances.tolist()
        sure |= zip(names, map(_rounded, chances), strict=True)
        doubtful = [at for at, chance in enumerate(chances) if chance < TOLD_BELOW]
        why = reasons_of(weighed, doubtful, model.heads[head])
        reasons |= zip([names[at] for at in doubtful], why, strict=True)
    return sure, reasons


def _said(row: FieldValue, reasons: Iterable[str]) -> tuple[str, ...]:
    """Return everything that speaks against ``row``, what is certain before what was reckoned."""
    return _unique((*row.doubts, *(("unreadable",) * (row.state == "unreadable")), *reasons))


def _chances(
    rows: Sequence[_Row],
    features: Callable[[_Row, Surroundings], Features],
    head: Head,
    around: Surroundings,
    model: Model,
) -> list[float]:
    return [*map(_rounded, model.heads[head].chances([features(row, around) for row in rows]).tolist())]


def _listed(rows: Sequence[_Row], sure: Sequence[float], threshold: float) -> tuple[_Row, ...]:
    return tuple(
        replace(row, confidence=chance, needs_review=chance < threshold)
        for row, chance in zip(rows, sure, strict=True)
    )


def _rounded(chance: float) -> float:
    return round(min(MOST, max(LEAST, chance)), 4)


def _unique(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))


def count_fields(fields: Iterable[Judged], spread: Spread, accused: Set[str] = frozenset()) -> None:
    """Count how sure ``fields`` are in ``spread``: a list once, what people decided on not at all.

    ``accused`` are fields that :func:`with_findings` would have shown to a person.
    """
    for name, group in groupby(fields, key=lambda row: row.field):
        rows = list(group)
        if rows[0].method != "review":
            shown = name in accused or any(map(must_show, rows))
            spread.add(min(row.confidence for row in rows), must_show=shown)


def accused_by(found: Iterable[Finding]) -> dict[str, list[str]]:
    """Return the fields that findings name, with the checks that do; a note accuses nobody."""
    accused: dict[str, list[str]] = {}
    for finding in found:
        for name in finding.fields if finding.severity != "note" else ():
            accused.setdefault(name, []).append(finding.check)
    return accused


def with_threshold(extraction: Extraction, threshold: float) -> Extraction:
    """Return an assessed ``extraction`` in which rows below ``threshold`` are for review, besides those always shown."""
    return replace(
        extraction,
        fields=tuple(
            row if row.method == "review" else _flagged(row, row.confidence, row.reasons, threshold)
            for row in extraction.fields
        ),
        delegations=tuple(replace(r, needs_review=r.confidence < threshold) for r in extraction.delegations),
        references=tuple(replace(r, needs_review=r.confidence < threshold) for r in extraction.references),
    )


def _flagged(row: FieldValue, sure: float, reasons: tuple[str, ...], threshold: float) -> FieldValue:
    review = sure < threshold or must_show(row)
    said = reasons or (("low_confidence",) if review else ())
    if (row.confidence, row.reasons, row.needs_review) == (sure, said, review):
        return row
    return replace(row, confidence=sure, reasons=said, needs_review=review)


def with_findings(extraction: Extraction, found: Sequence[Finding]) -> Extraction:
    """Return an assessed ``extraction`` with further findings of checks.

    One rule: the fields that a finding names, unless it is a note, are no surer than :data:`AT_MOST`, have the check
    for a reason, and are for review.
    """
    accused = accused_by(found)

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

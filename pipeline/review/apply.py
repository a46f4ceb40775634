"""Where people's decisions meet a run: their word stands in the tables, whatever the machine says now.

The run's writer calls this on each document just before it is written. What the machine found stays as evidence (the
text as read is never overwritten); the row's method becomes ``review`` and it asks for no more review.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from pipeline.document import Document, Extraction, FieldValue
from pipeline.review.decisions import Decision, Key, replay
from pipeline.review.trail import Trail
from pipeline.text import fold


def decisions_of(trail: Trail) -> dict[str, dict[str, Decision]]:
    """Return what people decided in ``trail``: by document, then by field."""
    found: dict[str, dict[str, Decision]] = {}
    decided: Mapping[Key, Decision] = replay(trail.entries)
    for (doc_id, field), decision in decided.items():
        found.setdefault(doc_id, {})[field] = decision
    return found


def with_decisions(document: Document, decided: Mapping[str, Decision]) -> Document:
    """Return ``document`` with the rows of every field in ``decided`` as people have them."""
    extraction = document.extraction
    if extraction is None or not decided:
        return document
    fields = tuple(_reviewed(extraction, decided))
    return replace(document, extraction=replace(extraction, fields=fields))


def _reviewed(extraction: Extraction, decided: Mapping[str, Decision]) -> Iterator[FieldValue]:
    for field, group in groupby(extraction.fields, key=lambda row: row.field):
        rows = list(group)
        yield from rows_of(decided[field], rows) if field in decided else rows


def agree(machine: Sequence[FieldValue], people: Sequence[FieldValue]) -> bool:
    """Return whether two sets of rows of one field say the same: state and values, whatever the case of their letters."""
    return [_said(row) for row in machine] == [_said(row) for row in people]


def _said(row: FieldValue) -> tuple[object, ...]:
    if row.state != "reported":
        return (row.state,)
    return row.state, row.value_number, fold(row.value_text or ""), row.value_date, row.currency


def rows_of(decision: Decision, machine: list[FieldValue]) -> Iterator[FieldValue]:
    """Yield the rows that ``decision`` makes of the machine's rows of one field, of which there is at least one."""
    value = decision.value
    if value.state == "reported" and value.items:
        like = {fold(row.value_text or ""): row for row in machine}
        for item, text in enumerate(value.items):
            own = like.get(fold(text))
            yield _row(decision, own or machine[0], item, text, keep_place=own is not None)
    else:
        yield _row(decision, machine[0], 0, value.text or None)


def _row(
    decision: Decision, machine: FieldValue, item: int, text: str | None, *, keep_place: bool = True
) -> FieldValue:
    value = decision.value
    row = replace(
        machine,
        state=value.state,
        item=item,
        value_number=value.decimal,
        value_text=text,
        value_date=value.iso_day,
        unit=value.unit or machine.unit,
        currency=value.currency,
        qualifier=value.qualifier,
        method="review",
        doubts=(),
        score=1.0,
        confidence=1.0,
        needs_review=False,
        reasons=(),
        reviewed_by=decision.who,
        reviewed_at=decision.at,
    )
    if decision.no_source or not keep_place:
        row = replace(row, evidence=None, page=None, box=None)
    if decision.box is not None:
        row = replace(row, page=decision.page, scan_box=decision.box)
    return row

"""Columns that compare a row's figure with last year or with the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

import regex

from pipeline.document import Evidence, FieldValue, Passage, TableCell
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.statements import Statement
from pipeline.extraction.table_columns import cell_at
from pipeline.extraction.wording import find_wordings, fold_words

_CHANGE = regex.compile(r"\b(?:tang|giam)\b")
_NUMBER = regex.compile(r"[+-]?\s?\d{1,4}(?:[.,]\d{1,2})?")
PERCENT_SCORE = 0.9


def percentages(
    statement: Statement,
    row: Sequence[TableCell],
    columns: Sequence[tuple[int, str]],
    headers: Sequence[str],
    profile: Profile,
) -> list[FieldValue]:
    """Return the comparisons of a row whose label names what the profile's percentages are of."""
    found = []
    for column, base in columns:
        cell = cell_at(tuple(row), column)
        value = _percent(cell.text, headers[column])
        for spec in (s for s in profile.fields if s.base == base):
            if value is not None and _names(spec, statement):
                found.append(_comparison(spec, statement, cell, value))
    return found


def _comparison(spec: FieldSpec, statement: Statement, cell: Passage, value: Decimal) -> FieldValue:
    return FieldValue(
        spec.name,
        "reported",
        value_number=value,
        unit="%",
        method="table",
        rule="comparison",
        evidence=Evidence(cell.words),
        section=statement.section,
        score=PERCENT_SCORE,
    )


def _names(spec: FieldSpec, statement: Statement) -> bool:
    name = statement.folded[: statement.opening]
    return bool(find_wordings(spec.labels, name)) and not find_wordings(spec.anti, name)


def _percent(text: str, header: str) -> Decimal | None:
    """Return a comparison as a percentage of its base: "107,5" is that, under "Tăng, giảm (%)" +7,5 is 107.5."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    try:
        value = Decimal(match.group().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    folded = fold_words(text)
    if _CHANGE.search(fold_words(header)) or _CHANGE.search(folded) or match.group()[0] in "+-":
        falls = "giam" in folded and value > 0
        value = Decimal(100) - value if falls else Decimal(100) + value
    return value.normalize() if value % 1 else Decimal(int(value))


def with_percentages(rows: Sequence[FieldValue], tabled: Sequence[FieldValue]) -> list[FieldValue]:
    """Return ``rows`` with percentages that only a table tells."""
    by_name: Mapping[str, FieldValue] = {row.field: row for row in reversed(tabled)}
    return [by_name.get(row.field, row) if row.state == "absent" else row for row in rows]

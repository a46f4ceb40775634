"""Columns that compare a row's figure with last year or with the plan."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

import regex

from pipeline.document import Evidence, FieldValue, Passage, TableCell
from pipeline.extraction.profile import FieldSpec, Profile
from pipeline.extraction.statements import Statement
from pipeline.extraction.table_columns import cell_at
from pipeline.extraction.wording import find_wordings, fold_words

_CHANGE = regex.compile(r"\b(?:tang|giam)\b")
_NUMBER = regex.compile(r"[+-]?\s?\d{1,4}(?:[.,]\d{1,2})?")
_SAYS_SHARE = regex.compile(r"%|\b(?:phan tram|ty le|ti le|toc do|so|bang|dat|hoan thanh)\b")
_ONE_WAY = regex.compile(r"(?:xuat|nhap)\s(?:khau|sieu)|\b(?:xk|nk)\b")
_BOTH_WAYS = regex.compile(r"xuat\s(?:khau\s?)?[\s,/-]*(?:va\s)?nhap|\b(?:xnk|xk\s?(?:-|va|,|/)\s?nk)\b")
PERCENT_SCORE, ONE_WAY_SCORE = 0.9, 0.6


def is_one_way(folded: str) -> bool:
    """Return whether folded words name exports or imports alone, which are a part of the turnover."""
    return _ONE_WAY.search(folded) is not None and _BOTH_WAYS.search(folded) is None


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
            if value is not None and names_base(spec, statement):
                part = is_one_way(statement.folded[: statement.opening])
                score = ONE_WAY_SCORE if part else PERCENT_SCORE
                found.append(comparison_row(spec, statement, cell, value, score))
    return found


def comparison_row(
    spec: FieldSpec, statement: Statement, cell: Passage, value: Decimal, score: float
) -> FieldValue:
    """Return the row of a percentage field that a cell, or words of it, states."""
    return FieldValue(
        spec.name,
        "reported",
        value_number=value,
        unit="%",
        method="table",
        rule="comparison",
        evidence=Evidence(cell.words),
        section=statement.section,
        score=score,
    )


def names_base(spec: FieldSpec, statement: Statement) -> bool:
    """Return whether the label of a row names what the percentage is of."""
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
    if "%" not in text and not _SAYS_SHARE.search(fold_words(header)):
        return None  # "Tăng, giảm" may be told in what is counted
    if _CHANGE.search(fold_words(header)) or _CHANGE.search(folded) or match.group()[0] in "+-":
        falls = "giam" in folded and value > 0
        value = Decimal(100) - value if falls else Decimal(100) + value
    return value.normalize() if value % 1 else Decimal(int(value))


def with_percentages(rows: Sequence[FieldValue], tabled: Sequence[FieldValue]) -> list[FieldValue]:
    """Return ``rows`` with the percentages that a table tells and the text does not, or of something less certain."""
    best: dict[str, FieldValue] = {}
    for row in tabled:
        if row.field not in best or row.score > best[row.field].score:
            best[row.field] = row
    return [_better(row, best.get(row.field)) for row in rows]


def _better(row: FieldValue, tabled: FieldValue | None) -> FieldValue:
    if tabled is None or (row.state == "reported" and row.score >= tabled.score):
        return row
    return tabled

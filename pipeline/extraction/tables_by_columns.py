"""Tables whose columns are fields: one row a kind of case or an office, and a row of totals, which the report states.

    | TT | Lĩnh vực | Tiếp nhận | Đã giải quyết | Trước hạn | Quá hạn |
    | 1  | Đất đai  | 2.410     | 2.215         | 1.480     | 15      |
    |    | Tổng cộng | 2.632    | 2.415         | 1.613     | 17      |

The row of totals is read as statements ("Trước hạn: 1.613"); the other rows are parts, and state nothing of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from pipeline.document import Passage, Table, TableCell
from pipeline.extraction.profile import FIGURES, FieldSpec, Profile
from pipeline.extraction.statements import Head, Statement, topics_in
from pipeline.extraction.table_columns import body_rows, cell_at, headers, repaired
from pipeline.extraction.wording import best_hit, find_wordings, fold_words

LEAST_FIELDS = 2
"""Where fewer columns name fields, the rows do."""

_DASH = regex.compile(r"^[-–—_.]+$")
_NUMBERS = regex.compile(r"^\(?\d{1,2}\)?(?:\s?=.*)?$")


def column_statements(
    table: Table, chain: tuple[Head, ...], section: str, profile: Profile
) -> list[Statement] | None:
    """Return what the totals of a table whose columns are fields state; None for any other table.

    Where there is no row of totals and several rows, nothing is stated.
    """
    named = _named_columns(table, profile)
    if len({spec.name for _name, spec in named.values()}) < LEAST_FIELDS:
        return None
    if any(_names_field(cell, named, profile) for row in body_rows(table) for cell in row[:2]):
        return None
    total = _row_of_totals(table, sorted(named), profile)
    if total is None:
        return []
    return [
        _statement(name, cell_at(total, column), chain, section, profile)
        for column, (name, _spec) in sorted(named.items())
        if cell_at(total, column).words
    ]


def _figures(profile: Profile) -> list[FieldSpec]:
    return [
        s
        for s in profile.fields
        if s.type in FIGURES and not s.base and s.group not in ("letterhead", "report")
    ]


def _named_columns(table: Table, profile: Profile) -> dict[int, tuple[Passage, FieldSpec]]:
    """Return the name of each column that names a field, and the field: by its own header, else with those over it."""
    found: dict[int, tuple[Passage, FieldSpec]] = {}
    for column, whole in enumerate(headers(table)):
        leaf = _leaf(table, column)
        for name in (leaf, whole):
            spec = _field_of(name, profile)
            if spec is not None:
                found[column] = (name, spec)
                break
    return found


def _leaf(table: Table, column: int) -> Passage:
    """Return the lowest header over ``column`` that is no mere number of the column."""
    over = [
        cell
        for cell in table.cells
        if cell.row < table.header_rows and cell.column <= column < cell.column_end and cell.words
    ]
    over = [cell for cell in over if not _NUMBERS.match(cell.text)]
    return max(over, key=lambda cell: cell.row, default=Passage(()))


def _field_of(name: Passage, profile: Profile) -> FieldSpec | None:
    """Return the field that a header names, the one whose wording fixes most letters; None when none does."""
    best: tuple[int, FieldSpec] | None = None
    folded = fold_words(name.text)
    for spec in _figures(profile):
        hit = best_hit((*spec.labels, *spec.columns), folded)
        if (
            hit is not None
            and not find_wordings(spec.except_in, folded)
            and (best is None or hit.weight > best[0])
        ):
            best = (hit.weight, spec)
    return best[1] if best else None


def _names_field(cell: TableCell, named: dict[int, tuple[Passage, FieldSpec]], profile: Profile) -> bool:
    """Return whether a row's label names a field itself: then it is the rows that are fields."""
    return cell.column not in named and _field_of(cell, profile) is not None and not _is_total(cell, profile)


def _is_total(cell: Passage, profile: Profile) -> bool:
    hits = find_wordings(profile.tables.totals, fold_words(cell.text))
    return bool(hits) and hits[0].start <= 2


def _row_of_totals(table: Table, columns: Sequence[int], profile: Profile) -> tuple[TableCell, ...] | None:
    """Return the row that sums the others up, the first where there are several, or the only row."""
    rows = [row for row in body_rows(table) if any(_is_figure(cell_at(row, c)) for c in columns)]
    rows = [row for row in rows if not all(_NUMBERS.match(cell.text) for cell in row if cell.words)] or rows
    for row in rows:
        if any(_is_total(cell, profile) for cell in row if cell.column not in columns):
            return row
    return rows[0] if len(rows) == 1 else None


def _is_figure(cell: Passage) -> bool:
    text = repaired(cell).text
    return any(c.isdigit() for c in text[:14]) or _DASH.match(text) is not None


def _statement(
    name: Passage, cell: Passage, chain: tuple[Head, ...], section: str, profile: Profile
) -> Statement:
    value = repaired(cell)
    if len(value.words) == 1 and _DASH.match(value.words[0].text):
        value = Passage((replace(value.words[0], text="Không"),))
    last = name.words[-1]
    label = Passage((*name.words[:-1], replace(last, text=last.text.rstrip(" :.") + ":")))
    above = frozenset(topic for head in chain for topic in head.topics)
    head = Head(label, topics_in(label.text, profile, above))
    passage = Passage(label.words + value.words)
    return Statement(
        passage, len(label.text) + 1, (head, *chain), section, True, True, 0, cell=Passage(cell.words)
    )

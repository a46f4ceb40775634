"""Tables whose columns are fields: one row a kind of case or an office, and a row of totals, which the report states.

    | TT | Lĩnh vực | Tiếp nhận | Đã giải quyết | Trước hạn | Quá hạn |
    | 1  | Đất đai  | 2.410     | 2.215         | 1.480     | 15      |
    |    | Tổng cộng | 2.632    | 2.415         | 1.613     | 17      |

The row of totals is read as statements ("Trước hạn: 1.613"); the other rows are parts, and state nothing of the whole. What
a column is called only under the heading of its topic ("Số dự án", "Tổng vốn") names the field where table or heading is
of that topic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from pipeline.document import Passage, Table, TableCell
from pipeline.extraction.profile import FIGURES, FieldSpec, Profile
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.statements import Head, Statement, topics_in
from pipeline.extraction.table_columns import body_rows, cell_at, figure_kinds, headers, repaired
from pipeline.extraction.table_units import asks_for_money, money_of, names_sum, unit_in
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.wording import best_hit, find_wordings, fold_words

LEAST_FIELDS = 2
"""Where fewer columns name fields, the rows do, unless they are a list under the heading of the field's topic."""

_LIST_COLUMNS = 4
_DASH = regex.compile(r"^[-–—_.]+$")
_NUMBERS = regex.compile(r"^\(?\d{1,2}\)?(?:\s?=.*)?$")
_OTHERS = ("past", "plan", "other", "ordinal", "note")
_SOME = regex.compile(r"\b(?:mot so|tieu bieu|dien hinh|noi bat|dang chu y|lon nhat|chu yeu)\b")
"""A caption over some of what there is: their sum is not that of all."""


def column_statements(
    table: Table, chain: tuple[Head, ...], section: str, profile: Profile, own: ReportPeriod
) -> list[Statement] | None:
    """Return what the totals of a table whose columns are fields state; None for any other table.

    Where there is no row of totals and several rows, nothing is stated; columns of other periods and of plans state
    nothing either.
    """
    chain = with_caption(table, chain, profile)
    named = _named_columns(table, chain, profile, own)
    fields = {spec.name for _name, spec in named.values()}
    if len(fields) < LEAST_FIELDS and not (fields and _is_list(table, named, chain, profile)):
        return None
    if _rows_are_fields(table, named, profile):
        return None
    total = _row_of_totals(table, sorted(named), profile)
    if total is None or of_some(table.caption):
        return []
    texts = [header.text for header in headers(table)]
    money = money_of(table, texts)
    told = [
        replace(
            _statement(name, cell_at(total, column), (texts[column],), money, chain, section, profile),
            over=(name, *reversed(table.caption)),
        )
        for column, (name, _spec) in sorted(named.items())
        if cell_at(total, column).words
    ]
    label = next((cell for cell in total if cell.column not in named and find_quantities(cell.text)), None)
    if label is not None and is_total(label, profile):  # "Cộng (04 dự án)"
        told.append(Statement(label, 0, chain, section, True, True, 0, cell=label))
    return told


def with_caption(table: Table, chain: tuple[Head, ...], profile: Profile) -> tuple[Head, ...]:
    """Return the headings over ``table``, before them the nearest line of its caption that names a topic."""
    above = frozenset(topic for head in chain for topic in head.topics)
    closed = {*profile.closed_topics, *profile.quiet_topics}
    for line in reversed(table.caption):
        topics = topics_in(line.text, profile, above)
        if topics and closed.isdisjoint(topics):
            named = chain and chain[0].topics and set(chain[0].topics) <= set(topics)
            return chain if named else (Head(line, topics), *chain)
    return chain


def _figures(profile: Profile) -> list[FieldSpec]:
    return [
        s
        for s in profile.fields
        if s.type in FIGURES and not s.base and s.group not in ("letterhead", "report")
    ]


def _named_columns(
    table: Table, chain: tuple[Head, ...], profile: Profile, own: ReportPeriod
) -> dict[int, tuple[Passage, FieldSpec]]:
    """Return the name of each column that names a field, and the field: by its own header, else with those over it."""
    found: dict[int, tuple[Passage, FieldSpec]] = {}
    topics = next((frozenset(head.topics) for head in chain if head.topics), frozenset())
    over, spec = headers(table), profile.tables.figures
    kinds = (
        figure_kinds([header.text for header in over], spec, own) if spec is not None else [""] * len(over)
    )
    for column, whole in enumerate(over):
        if kinds[column] in _OTHERS or not _holds_figures(table, column):
            continue
        for name in (_leaf(table, column), whole):
            field = _field_of(name, profile, topics)
            if field is not None:
                if kinds[column] != "percent" or field.type == "percent":
                    found[column] = (name, field)
                break
    return found


def _holds_figures(table: Table, column: int) -> bool:
    filled = [cell for row in body_rows(table) if (cell := cell_at(row, column)).words]
    return 2 * sum(map(_is_figure, filled)) >= len(filled)


def _leaf(table: Table, column: int) -> Passage:
    """Return the lowest header over ``column`` that is no mere number of the column."""
    over = [
        cell
        for cell in table.cells
        if cell.row < table.header_rows and cell.column <= column < cell.column_end and cell.words
    ]
    over = [cell for cell in over if not _NUMBERS.match(cell.text)]
    return max(over, key=lambda cell: cell.row, default=Passage(()))


def _field_of(name: Passage, profile: Profile, topics: frozenset[str] = frozenset()) -> FieldSpec | None:
    """Return the field that a header names, the one whose wording fixes most letters; None when none does.

    A field of ``topics`` comes before others, and is named by what it is called under its heading, too.
    """
    best: tuple[bool, int, FieldSpec] | None = None
    folded = fold_words(name.text)
    summed = asks_for_money(name)
    for spec in _figures(profile):
        home = not topics.isdisjoint(spec.topics)
        if (spec.only_in_topic and not home) or (spec.type == "money" and not summed):
            continue
        hit = best_hit((*spec.labels, *spec.columns, *(spec.cues if home else ())), folded)
        if (
            hit is None
            or find_wordings(spec.except_in, folded)
            or (home and find_wordings(spec.anti, folded))
        ):
            continue
        if home and spec.type == "count" and names_sum(name):
            continue  # "Giá trị viện trợ" counts nothing
        if best is None or (home, hit.weight) > best[:2]:
            best = (home, hit.weight, spec)
    return best[2] if best else None


def _rows_are_fields(table: Table, named: dict[int, tuple[Passage, FieldSpec]], profile: Profile) -> bool:
    """Return whether the labels of rows name fields themselves: some rows of few, or many of more."""
    rows = [
        [cell for cell in row[:2] if cell.column not in named and not is_total(cell, profile)]
        for row in body_rows(table)
    ]
    fields = [
        {spec.name for cell in row if (spec := _field_of(cell, profile)) is not None} for row in rows if row
    ]
    return len(set().union(*fields)) > 1 or 2 * sum(map(bool, fields)) > len(fields)


def _is_list(
    table: Table, named: dict[int, tuple[Passage, FieldSpec]], chain: tuple[Head, ...], profile: Profile
) -> bool:
    """Return whether the rows are numbered or named in two columns and summed up, under the topic of the one field."""
    topics = next((frozenset(head.topics) for head in chain if head.topics), frozenset())
    if any(topics.isdisjoint(spec.topics) for _name, spec in named.values()) or table.columns < _LIST_COLUMNS:
        return False
    total = _row_of_totals(table, sorted(named), profile)
    label = next((cell for cell in total if cell.words and cell.column not in named), None) if total else None
    if label is None or not is_total(label, profile):
        return False
    hit = find_wordings(profile.tables.totals, fold_words(label.text))[0]
    rest = fold_words(label.text)[hit.end :].strip(" :.()")
    return not rest or any(map(str.isdigit, rest))  # no "Tổng số đoàn ra"


def of_some(over: Iterable[Passage]) -> bool:
    """Return whether what stands over a table says that it holds some of what there is."""
    return any(_SOME.search(fold_words(passage.text)) for passage in over)


def is_total(cell: Passage, profile: Profile) -> bool:
    """Return whether a cell names a row that sums the others up."""
    hits = find_wordings(profile.tables.totals, fold_words(cell.text))
    return bool(hits) and hits[0].start <= 2


def _row_of_totals(table: Table, columns: Sequence[int], profile: Profile) -> tuple[TableCell, ...] | None:
    """Return the row that sums the others up, the first where there are several, or the only row."""
    rows = [row for row in body_rows(table) if any(_is_figure(cell_at(row, c)) for c in columns)]
    rows = [row for row in rows if not all(_NUMBERS.match(cell.text) for cell in row if cell.words)] or rows
    for row in rows:
        if any(is_total(cell, profile) for cell in row if cell.column not in columns):
            return row
    return rows[0] if len(rows) == 1 else None


def _is_figure(cell: Passage) -> bool:
    text = repaired(cell).text
    return any(c.isdigit() for c in text[:14]) or _DASH.match(text) is not None


def _statement(
    name: Passage,
    cell: Passage,
    printed: Sequence[str],
    money: Sequence[str],
    chain: tuple[Head, ...],
    section: str,
    profile: Profile,
) -> Statement:
    value = repaired(cell)
    if len(value.words) == 1 and _DASH.match(value.words[0].text):
        value = Passage((replace(value.words[0], text="Không"),))
    last = name.words[-1]
    label = Passage((*name.words[:-1], replace(last, text=last.text.rstrip(" :.") + ":")))
    above = frozenset(topic for head in chain for topic in head.topics)
    head = Head(label, topics_in(label.text, profile, above))
    figures = find_quantities(value.text)
    unit = unit_in(name, printed, money, value.words[-1]) if figures and figures[0].kind == "bare" else ()
    passage = Passage(label.words + value.words + unit)
    return Statement(
        passage, len(label.text) + 1, (head, *chain), section, True, True, 0, cell=Passage(cell.words)
    )

"""Figures in tables: each row is read as the statement that it stands for ("Số đoàn ra: 12 đoàn").

Such statements go the way of all others: the wordings of the profile name the field, quantities are awarded and chosen.
Columns of last year, of the plan and of percentages make no statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from pipeline.document import FieldValue, Passage, Table, TableCell
from pipeline.extraction.candidates import Said
from pipeline.extraction.profile import Profile
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.statements import Head, Statement, topics_in
from pipeline.extraction.table_arithmetic import compared, is_numbering
from pipeline.extraction.table_columns import base_of, body_rows, cell_at, figure_kinds, headers, repaired
from pipeline.extraction.table_spec import FigureColumns
from pipeline.extraction.table_units import money_of, scaled, unit_in
from pipeline.extraction.tables_by_columns import column_statements
from pipeline.extraction.tables_notes import remarked_percentages, with_remark
from pipeline.extraction.tables_percentages import percentages
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.values.digits import Marks
from pipeline.extraction.values.numbers import find_quantities
from pipeline.extraction.values.units import unit_family
from pipeline.extraction.wording import fold_words

_DASH = regex.compile(r"^[-–—_.]+$")
_PART = regex.compile(r"^(?:[-–—+*•]|\d{1,2}\.\d{1,2}\.?|[a-zđ][.)])$")
_OPENING = regex.compile(r"^(?:[-–—+*•]|\(?\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,4}\.|[a-zđ][.)])$")
_NUMERAL = regex.compile(r"^\(?(?:[IVX]{1,5}|\d{1,2}|[A-ZĐ])[.)/]?$")
_PARTS = "trong do"
_SIGN = regex.compile(r"^(?:%|km|ha|USD|VNĐ|đồng)$", regex.I)
_MONEY = regex.compile(r"(?<!\p{L})(?:usd|vnđ|vnd|đồng|eur|jpy|yên|đô la)(?!\p{L})", regex.I)


@dataclass(frozen=True)
class _Columns:
    """Where the columns of one table are; ``values`` are those of the report's own period."""

    ordinal: int | None
    label: int | None
    unit: int | None
    values: tuple[int, ...]
    percent: tuple[tuple[int, str], ...]
    texts: tuple[str, ...]
    money: tuple[str, ...]
    """The unit that the whole table gives money in, where it says so."""
    note: int | None = None
    """The column of remarks."""


def table_statements(
    tables: Sequence[Table],
    chains: Sequence[tuple[Head, ...]],
    sections: Sequence[str],
    profile: Profile,
    own: ReportPeriod,
    order: int,
    marks: Marks | None = None,
) -> tuple[list[Said], list[FieldValue], list[Said]]:
    """Return what the rows of ``tables`` state, the percentages that are told with them, and the rows with their remarks.

    ``chains`` and ``sections`` say under which headings each table stands; ``order`` goes on from the text's own, and
    ``marks`` are those of all its numbers.
    """
    spec = profile.tables.figures
    said: list[Said] = []
    rows: list[FieldValue] = []
    told: list[Said] = []
    for table, chain, section in zip(tables, chains, sections, strict=True):
        if (totals := column_statements(table, chain, section, profile, own)) is not None:
            said += [Said(replace(s, order=order + len(said)), profile.own_nouns, marks) for s in totals]
            continue
        columns = _columns(table, spec, own) if spec is not None else None
        if columns is None or _is_of_other_year(table, own):
            continue
        for statement, row in _rows(table, columns, chain, section, profile):
            said.append(Said(replace(statement, order=order + len(said)), profile.own_nouns, marks))
            rows += percentages(statement, row, columns.percent, columns.texts, profile)
            note = cell_at(row, columns.note) if columns.note is not None else Passage(())
            rows += remarked_percentages(statement, note, profile)
            told.append(Said(replace(with_remark(statement, note), order=said[-1].statement.order)))
    return said, rows, told


def _columns(table: Table, spec: FigureColumns, own: ReportPeriod) -> _Columns | None:
    """Return the columns of ``table``, or None when it holds no figures of the report's own period."""
    texts = [passage.text for passage in headers(table)]
    kinds = figure_kinds(texts, spec, own)
    body = body_rows(table)
    if "unit" not in kinds:
        kinds = ["unit" if kind == "" and _holds_units(body, c) else kind for c, kind in enumerate(kinds)]
    if not any(texts):
        kinds = _kinds_by_figures(body, kinds)

    def first(kind: str) -> int | None:
        return kinds.index(kind) if kind in kinds else None

    wordy = [
        (sum(len(cell_at(row, c).text) for row in body), c)
        for c, kind in enumerate(kinds)
        if kind in ("", "label") and not _is_numeric(body, c)
    ]
    label = first("label")
    if label is None or label not in [c for _, c in wordy]:
        label = max(wordy)[1] if wordy else None
    values = [c for c, kind in enumerate(kinds) if kind in ("own", "value") and c != label]
    if "own" in kinds:
        values = [c for c in values if kinds[c] == "own"]
    if not values:
        values = [c for c, kind in enumerate(kinds) if kind == "" and c != label and _is_numeric(body, c)]
    percent = tuple((c, base_of(texts[c], kinds, spec)) for c, kind in enumerate(kinds) if kind == "percent")
    if not values or (label is None and len(values) < 2):
        return None
    money = money_of(table, texts, texts[label] if label is not None else "")
    return _Columns(
        first("ordinal"), label, first("unit"), tuple(values), percent, tuple(texts), money, first("note")
    )


def _kinds_by_figures(body: Sequence[tuple[TableCell, ...]], kinds: list[str]) -> list[str]:
    """Return ``kinds`` of a table whose header was lost, with what its figures say of its columns."""
    kinds = ["ordinal" if kind == "" and is_numbering(body, c) else kind for c, kind in enumerate(kinds)]
    told = compared(body, [c for c, kind in enumerate(kinds) if kind == "" and _is_numeric(body, c)])
    if told is not None:
        own, others = told
        kinds = ["own" if c == own else "other" if c in others else kind for c, kind in enumerate(kinds)]
    return kinds


def _is_numeric(body: Sequence[tuple[TableCell, ...]], column: int) -> bool:
    """Return whether most of a column's filled cells hold a figure or say that there is none."""
    texts = [text for row in body if (text := repaired(cell_at(row, column)).text)]
    hits = sum(
        any(c.isdigit() for c in text[:14])
        or _DASH.match(text) is not None
        or fold_words(text).startswith("khong")
        for text in texts
    )
    return len(texts) > 0 and hits >= 0.6 * len(texts)


def _holds_units(body: Sequence[tuple[TableCell, ...]], column: int) -> bool:
    """Return whether most of a column's filled cells say what is counted, whatever its header is called."""
    texts = [text for row in body if (text := cell_at(row, column).text)]
    hits = sum(
        bool(_counted(text) or _SIGN.match(text)) and not any(map(str.isdigit, text)) for text in texts
    )
    return len(texts) >= 2 and hits >= 0.7 * len(texts)


def _is_of_other_year(table: Table, own: ReportPeriod) -> bool:
    """Return whether the caption names other years only: a table of the plan, or of years gone by."""
    years = {p.year for paragraph in table.caption for p in find_periods(paragraph.text) if p.year}
    return own.year is not None and bool(years) and own.year not in years


def _rows(
    table: Table, columns: _Columns, chain: tuple[Head, ...], section: str, profile: Profile
) -> list[tuple[Statement, tuple[TableCell, ...]]]:
    """Return the statements of the rows of ``table`` with their rows."""
    found: list[tuple[Statement, tuple[TableCell, ...]]] = []
    group: tuple[Head, ...] = ()
    parent: Head | None = None
    neighbour: Head | None = None
    in_parts = False
    above = frozenset(topic for head in chain for topic in head.topics)
    over_columns = headers(table)
    for row in body_rows(table):
        ordinal = cell_at(row, columns.ordinal).text
        label = _bare(cell_at(row, columns.label))
        part = bool(_PART.match(ordinal)) or _opens_part(cell_at(row, columns.label))
        if not any(cell_at(row, c).words for c in columns.values) and not cell_at(row, columns.unit).words:
            filled = (cell for cell in row if cell.words and not _NUMERAL.match(cell.text))
            title = _bare(next(filled, Passage(())))  # "II | Đầu tư nước ngoài | | |"
            if fold_words(title.text).startswith(_PARTS):
                in_parts = True
            elif title.words and not part:
                group = (Head(title, topics_in(title.text, profile, above)),)
                parent, neighbour, in_parts = None, None, False
            continue
        in_parts = in_parts and (part or not ordinal)
        child = part or in_parts
        for column in columns.values:
            name = _named(label, Passage(()) if len(columns.values) == 1 else over_columns[column])
            if not name.words:
                continue
            over = (parent, *group) if child and parent is not None else group
            named = frozenset(topic for head in over for topic in head.topics)
            head = Head(name, topics_in(name.text, profile, named))
            if not head.topics and not named:
                # A table of many topics may stand under the heading of one: its rows' own names come first.
                over = (*over, *chain)
            value = cell_at(row, column)
            unit = cell_at(row, columns.unit) if columns.unit is not None else Passage(())
            printed = (label.text, columns.texts[column])
            passage, cell = _sentence(name, value, unit, printed, columns.money)
            statement = Statement(
                passage, len(name.text) + 1, (head, *over), section, True, True, 0,
                in_parts=child, neighbour=None if head.topics else neighbour, cell=cell,
                over=(over_columns[column], *reversed(table.caption)), counted=_counted(unit.text),
            )  # fmt: skip
            found.append((statement, row))
            if not child:
                parent = head
            neighbour = head if head.topics else neighbour
    return found


def _counted(unit: str) -> str:
    """Return what a unit's cell counts: its family, "money", or "" where it is not known."""
    return "money" if _MONEY.search(unit) else unit_family(unit)


def _bare(label: Passage) -> Passage:
    """Return a label without the bullet or number before it and the colon after it."""
    words = list(label.words)
    while words and _OPENING.match(words[0].text):
        words.pop(0)
    return Passage(tuple(words))


def _opens_part(label: Passage) -> bool:
    first = label.words[0].text if label.words else ""
    return bool(_PART.match(first)) or fold_words(label.text).startswith(_PARTS)


def _named(label: Passage, header: Passage) -> Passage:
    """Return the name of a figure: its row's label and, in a table of several measures, its column's header."""
    words = (*label.words, *header.words)
    if not words:
        return Passage(())
    last = words[-1]
    return Passage((*words[:-1], replace(last, text=last.text.rstrip(" :.") + ":")))


def _sentence(
    name: Passage, value: Passage, unit: Passage, printed: Sequence[str], money: Sequence[str]
) -> tuple[Passage, Passage | None]:
    """Return name, value and unit as one text, and the value's cell.

    The unit comes from its own column, else from brackets in label or header ("Giá trị (triệu USD)"), else it is the
    table's ``money`` for what may be a sum; but only where the cell itself names none.
    """
    cell = Passage(tuple(w for w in value.words)) if value.words else None
    value = repaired(value)
    if len(value.words) == 1 and _DASH.match(value.words[0].text):
        value = Passage((replace(value.words[0], text="Không"),))
    quantities = find_quantities(value.text)
    if not quantities or quantities[0].kind != "bare":
        return Passage(name.words + value.words), cell
    words = scaled(unit.words) or unit_in(name, printed, money, value.words[-1])
    first = value.span(0, quantities[0].end)
    rest = value.words[len(first.words) :]
    return Passage(name.words + first.words + words + rest), cell

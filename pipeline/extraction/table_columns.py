"""What the columns of a table hold, by their headers; and the cells of its body by column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import regex

from pipeline.document import Passage, Table, TableCell, join
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.table_spec import FigureColumns
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.wording import best_hit, find_wordings, fold_words

_FIGURE = regex.compile(r"^(?=\S*[\dlI|§])[\dlI|OoØSB§)'’]{1,4}$")
_LETTERS = str.maketrans(
    {"l": "1", "I": "1", "|": "1", "O": "0", "o": "0", "Ø": "0", "S": "5", "§": "8", "B": "8"}
)
_COMPARES = regex.compile(
    r"%|phần trăm|t[ỷỉ] lệ|so (?:với|sánh|cùng)|tăng|giảm|tốc độ|bằng|đạt (?!được)|hoàn thành|(?<!\p{L})so(?!\p{L})",
    regex.I,
)
"""What a column of comparisons says in its header, with its marks."""
_COMPARABLE = ("", "value", "past", "plan")
_SHARE = regex.compile(r"%|^so(?:\s(?:với|sánh))?\s|(?:TH|UTH|ƯTH)\s?/\s?KH", regex.I)
_OF_OTHERS = regex.compile(r"\b(?:ty trong|co cau|giai ngan|dung han|trung binh|lai suat|tham gia)\b")
_CHANGE = regex.compile(r"\b(?:tang|giam)\b")
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def headers(table: Table) -> list[Passage]:
    """Return what stands over each column, merged cells with all the columns that they cover, from top to bottom."""
    found: list[list[TableCell]] = [[] for _ in range(table.columns)]
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.row < table.header_rows and cell.column_end - cell.column < table.columns:
            for column in range(cell.column, cell.column_end):
                found[column].append(cell)
    return [join(cells) for cells in found]


def classed(texts: list[str], wordings: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the kind of each header: the one of ``wordings`` that names it with the most letters, or ""."""
    kinds = []
    for text in texts:
        folded = fold_words(text)
        best = ("", 0)
        for kind, known in wordings.items():
            hit = best_hit(known, folded) or best_hit(known, folded, fuzzy=True)
            if hit is not None and hit.weight > best[1]:
                best = (kind, hit.weight)
        kinds.append(best[0])
    return kinds


def figure_kinds(texts: list[str], spec: FigureColumns, own: ReportPeriod) -> list[str]:
    """Return the kind of each column of a table of figures; "own" is one of the report's own period by its header."""
    wordings = {name: getattr(spec, name) for name in FigureColumns.model_fields}
    others = {name: known for name, known in wordings.items() if name != "percent"}
    kinds = classed(texts, wordings)
    for column, text in enumerate(texts):
        if kinds[column] == "percent" and not _COMPARES.search(text):
            kinds[column] = classed([text], others)[0]  # "Số phát sinh năm 2017" is no "so … năm"
        if kinds[column] in _COMPARABLE and _is_share(text):
            kinds[column] = "percent"
        kinds[column] = _by_period(kinds[column], text, own)
    return kinds


def _is_share(text: str) -> bool:
    """Return whether a header that names a period or a plan makes a share of it: "% KH năm", "So với 2022", "TH/KH (%)"."""
    return _SHARE.search(text) is not None and _OF_OTHERS.search(fold_words(text)) is None


def _by_period(kind: str, text: str, own: ReportPeriod) -> str:
    """Return the kind of a column whose header names a period: the report's own, an earlier or a later one."""
    if kind not in ("", "value") or own.year is None:
        return kind
    periods = [p for p in find_periods(text) if p.year is not None]
    years = {p.year for p in periods if p.year} or {
        int(y) for y in regex.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    }
    if not years:
        return kind
    if own.year in years:
        like = not periods or own.kind is None or any(p.kind == own.kind for p in periods)
        return "own" if like else "other"
    return "past" if max(years) < own.year else "plan"


def base_of(text: str, kinds: list[str], spec: FigureColumns) -> str:
    """Return what a column of comparisons compares with: "plan" or "last_year".

    Its header says so; one that says nothing ("Tỷ lệ (%)") compares with the plan where there is a column of that and none
    of last year.
    """
    folded = fold_words(text)
    if find_wordings(spec.plan, folded):
        return "plan"
    told = find_wordings(spec.past, folded) or _YEAR.search(text) or _CHANGE.search(folded)
    return "plan" if not told and "plan" in kinds and "past" not in kinds else "last_year"


def body_rows(table: Table) -> list[tuple[TableCell, ...]]:
    """Return the rows under the header, each cell once, in the row where it begins."""
    return [
        tuple(cell for cell in row if cell.row == number)
        for number, row in enumerate(table.rows)
        if number >= table.header_rows
    ]


def cell_at(row: tuple[TableCell, ...], column: int | None) -> Passage:
    """Return the cell of ``row`` in ``column``; an empty one where there is none."""
    return next((cell for cell in row if cell.column == column), Passage(()))


def repaired(cell: Passage) -> Passage:
    """Return a cell of figures with letters that were read for digits put right (``l6``, ``Ø7``); boxes stay."""
    return Passage(
        tuple(
            replace(w, text=w.text.translate(_LETTERS).strip(")'’"))
            if _FIGURE.match(w.text) and (len(cell.words) == 1 or any(c.isdigit() for c in w.text))
            else w
            for w in cell.words
        )
    )

"""The period that a figure is of, where no wording names it: "Ước cả năm 2014, giá trị hàng xuất khẩu đạt …".

It stands before the figure in its own sentence, right behind it, in the heading over both, or over the figure's column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from pipeline.document import FieldValue, Passage, evidence_of
from pipeline.extraction.candidates import Said
from pipeline.extraction.profile import FieldSpec
from pipeline.extraction.scope import ReportPeriod
from pipeline.extraction.statements import Statement
from pipeline.extraction.texts import is_compared
from pipeline.extraction.values.dates import find_periods
from pipeline.extraction.wording import find_wordings, fold_words

SCORE, OVER_TABLE_SCORE = 0.78, 0.72

_MONTH = regex.compile(r"(?<!\p{L})(?<!ngày \d{1,2} )tháng\s\d{1,2}(?![\p{L}\d/.-]|\snăm\s\d|,\d)", regex.I)
"""A month without its year, which is that of the report."""
_MONTHS = regex.compile(
    r"(?<![\p{L}\d/.,-])(?<!(?:thời hạn|trong vòng|sau|kéo dài|mỗi|trước|tròn|trên|hơn|ít nhất|từ|so) )"
    r"(?:\d{1,2}|bốn|năm|bảy|tám|mười(?: một)?)\stháng"
    r"(?=(?:\squa)?\s?(?:[:,]|\s(?:ước|đạt|được|là|có|khoảng|trên|hơn|gần|thực hiện)(?!\p{L})|\s\d{1,3}[.,]\d))",
    regex.I,
)
"""The months so far, right before what they brought: "Xuất khẩu 11 tháng ước 1,2 triệu USD"."""
_COMPARED = regex.compile(r"(?<!\p{L})(?:so voi|so|cung ky|hon|kh|ke hoach|tu)\s(?:\p{L}{2,6}\s){0,2}$")
_SLASH = regex.compile(r"\s?/\s?")
_BEHIND = regex.compile(r"\s?\(?(?:trong|cua|tinh trong)?\s?$")

Span = tuple[int, int]


def period_row(
    spec: FieldSpec, rows: Mapping[str, FieldValue], everything: Sequence[Said], own: ReportPeriod
) -> FieldValue | None:
    """Return the row of a text field that says the period of figures, by the first of them that has one; else None."""
    for name in spec.period_of:
        figure = rows.get(name)
        if figure is None or figure.state != "reported" or figure.evidence is None:
            continue
        statement = statement_of(figure, everything)
        if statement is None:
            continue
        for passage, score in _told(spec, figure, statement, own):
            return FieldValue(
                spec.name,
                "reported",
                value_text=_SLASH.sub("/", passage.text.strip(" .,;:()")),
                rule=f"period of {name}",
                evidence=evidence_of(passage),
                section=statement.section,
                score=score,
            )
    return None


def statement_of(figure: FieldValue, everything: Sequence[Said]) -> Statement | None:
    """Return the statement that the evidence of ``figure`` stands in."""
    first = figure.evidence.words[0] if figure.evidence else None
    return next(
        (
            said.statement
            for said in everything
            if first in (said.statement.cell or said.statement.passage).words
            and said.statement.section == figure.section
        ),
        None,
    )


def _told(
    spec: FieldSpec, figure: FieldValue, statement: Statement, own: ReportPeriod
) -> Iterator[tuple[Passage, float]]:
    if statement.cell is not None:
        for at, over in enumerate(statement.over):
            if at == 0 or find_wordings(
                spec.labels, fold_words(over.text)
            ):  # a caption may be of many topics
                for start, end in _periods(over.text, own):
                    yield over.span(start, end), OVER_TABLE_SCORE
        return
    passage = statement.passage
    words = figure.evidence.words if figure.evidence else ()
    at = passage.starts[passage.words.index(words[0])]
    end = passage.starts[passage.words.index(words[-1])] + len(words[-1].text)
    found = _periods(passage.text, own)
    before = [span for span in found if span[1] <= at]
    behind = [span for span in found if span[0] >= end and _BEHIND.fullmatch(statement.folded, end, span[0])]
    for start, stop in (*before[::-1], *behind):
        yield passage.span(start, stop), SCORE
    if statement.heads and not set(statement.heads[0].topics).isdisjoint(statement.topics):
        head = statement.heads[0].passage
        for start, stop in _periods(head.text, own):
            yield head.span(start, stop), SCORE


def _periods(text: str, own: ReportPeriod) -> list[Span]:
    """Return where periods of the report's year stand in ``text`` that nothing is compared with."""
    periods = [(p.start, p.end) for p in find_periods(text) if p.year is None or p.year == own.year]
    months = [m.span() for m in _MONTH.finditer(text)] if own.kind in (None, "month", "quarter") else []
    months += [m.span() for m in _MONTHS.finditer(text)]
    taken = [(p.start, p.end) for p in find_periods(text)]
    months = [m for m in months if not any(s < m[1] and m[0] < e for s, e in taken)]
    folded = fold_words(text)
    return sorted(
        span
        for span in (*periods, *months)
        if not is_compared(folded[: span[0]]) and _COMPARED.search(folded[: span[0]][-24:]) is None
    )

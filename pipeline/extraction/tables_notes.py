"""What the column of remarks says of a row's figure: comparisons ("bằng 120% cùng kỳ"), countries, more or fewer."""

from __future__ import annotations

from dataclasses import replace

from pipeline.document import FieldValue, Passage
from pipeline.extraction.profile import Profile
from pipeline.extraction.statements import Statement
from pipeline.extraction.tables_percentages import PERCENT_SCORE, comparison_row, names_base
from pipeline.extraction.values.comparison import find_comparisons

_REMARKED = 0.95
"""A comparison in a remark is a little less sure than one in a column of its own."""


def remarked_percentages(statement: Statement, note: Passage, profile: Profile) -> list[FieldValue]:
    """Return the comparisons of the row of ``statement`` that its remark states."""
    return [
        comparison_row(spec, statement, note.span(one.start, one.end), one.percent, PERCENT_SCORE * _REMARKED)
        for one in find_comparisons(note.text)
        for spec in profile.fields
        if spec.base == one.base and names_base(spec, statement)
    ]


def with_remark(statement: Statement, note: Passage) -> Statement:
    """Return the row as a sentence of words, with its remark: "Kiều bào về thăm quê: 12 lượt, tăng"."""
    return replace(statement, passage=Passage((*statement.passage.words, *note.words)), cell=None, over=())

"""Tables for tests, from lines of cells, and what reports with them say."""

from __future__ import annotations

from pipeline.document import Extraction, FieldValue, Layout, Table, TableCell
from pipeline.extraction.extract import extract
from pipeline.outline import outline
from tests.extraction.reports import body, letterhead, pages_of, paragraph, profile, words

BODY = """
**I. KẾT QUẢ CÔNG TÁC ĐỐI NGOẠI NĂM 2021**
1. Đoàn ra: như biểu kèm theo
2. Đoàn vào: như biểu kèm theo
3. Hoạt động kinh tế đối ngoại: như biểu kèm theo
4. Thông tin đối ngoại: như biểu kèm theo
"""


def table(caption: str, *rows: str, header_rows: int = 1) -> Table:
    """A table from rows of cells parted by ``|``; the lines of its caption are parted so, too."""
    cells = [
        TableCell(words(text, page=2, y=0.2 + 0.02 * r), r, r + 1, c, c + 1)
        for r, row in enumerate(rows)
        for c, text in enumerate(row.split("|"))
    ]
    return Table(
        2,
        2,
        tuple(cells),
        header_rows,
        tuple(paragraph(line, page=2, y=0.1) for line in caption.split("|")),
        after=5,
    )


def understood(*tables: Table, text: str = BODY) -> Extraction:
    """What a report on 2021 with ``tables`` at the end of ``text`` says."""
    layout = Layout(letterhead(), body(text), tables)
    return extract(layout, outline(layout), pages_of(layout), profile())


def row(extraction: Extraction, name: str) -> FieldValue:
    """The first row of a field."""
    found = extraction.first(name)
    assert found is not None
    return found

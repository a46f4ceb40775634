"""The data dictionary: every table, column, state and field in Vietnamese and English, made from schema and profile.

``dictionary.md`` is for people; ``profile_fields.csv`` lists the fields for programs: ``fields.field`` refers to it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from pipeline.dataset.cells import csv_cell
from pipeline.dataset.columns import Column, Table, flag, named, text
from pipeline.dataset.nd30_table import RECORDS
from pipeline.dataset.quality_table import QUALITY
from pipeline.dataset.schema import STATES, FieldSpec

PROFILE_FIELDS = Table(
    "profile_fields",
    "Các trường của loại báo cáo",
    "The fields of the kind of report, one a row",
    (
        named("field", "Tên trường", "Name of the field"),
        text("group", "Nhóm", "Group"),
        named("type", "Kiểu", "Type"),
        text("unit", "Đơn vị", "Unit"),
        flag("list", "Có nhiều giá trị", "Whether a document may have several values"),
        named("label_vi", "Tên tiếng Việt", "Label in Vietnamese"),
        text("label_en", "Tên tiếng Anh", "Label in English"),
        text("meaning", "Ý nghĩa (tiếng Anh)", "What exactly it says"),
    ),
    ("field",),
)

_HEAD = """# Từ điển dữ liệu / Data dictionary

Tệp này được sinh từ lược đồ và hồ sơ trích xuất; `datapackage.json` có cùng nội dung cho chương trình đọc.
This file is made from the schema and the profile; `datapackage.json` says the same for programs.

Ô trống là không có giá trị. Tiền tính bằng đơn vị của loại tiền (80,2 triệu USD là 80200000), chiều dài bằng km, phần trăm
như in.
An empty cell has no value. Money is in units of its currency (80,2 triệu USD is 80200000), lengths in km, percentages as
printed.

## Trạng thái / States

| state | tiếng Việt | English |
|---|---|---|
"""


def write_dictionary(folder: Path, tables: Sequence[Table], fields: Sequence[FieldSpec]) -> None:
    """Write ``dictionary.md`` and ``profile_fields.csv`` into ``folder``."""
    text = "".join(_pages(tables, fields))
    (folder / "dictionary.md").write_text(text, encoding="utf-8", newline="\n")
    with (folder / f"{PROFILE_FIELDS.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in PROFILE_FIELDS.columns])
        for spec in fields:
            label = spec.label_en or spec.meaning
            row = (
                spec.name,
                spec.group,
                spec.type,
                spec.unit,
                spec.is_list,
                spec.label_vi,
                label,
                spec.meaning,
            )
            writer.writerow([csv_cell(cell) for cell in row])


def _pages(tables: Sequence[Table], fields: Sequence[FieldSpec]) -> Iterator[str]:
    yield _HEAD
    yield from (_row(f"`{state}`", vi, en) for state, (vi, en) in STATES.items())
    for table in (*tables, RECORDS, QUALITY):
        yield from _table(table)
    yield "\n## Các trường của bảng `fields` / Fields of the table `fields`\n"
    for group, specs in groupby(fields, key=lambda spec: spec.group):
        yield f"\n### {group}\n\n"
        yield from _head("trường / field", "kiểu / type", "đơn vị / unit", "tiếng Việt", "English", "meaning")
        for spec in specs:
            kind = f"{spec.type}, list" if spec.is_list else spec.type
            yield _row(f"`{spec.name}`", kind, spec.unit, spec.label_vi, spec.label_en, spec.meaning)


def _table(table: Table) -> Iterator[str]:
    yield f"\n## {table.name}\n\n{table.vi}. / {table.en}.\n"
    if table.key:
        yield f"\nKhóa / key: {', '.join(f'`{name}`' for name in table.key)}.\n"
    yield "\n"
    yield from _head(
        "cột / column", "kiểu / type", "đơn vị / unit", "tiếng Việt", "English", "giá trị / values"
    )
    for column in table.columns:
        yield _row(f"`{column.name}`", column.type, column.unit, column.vi, column.en, _values(column))


def _values(column: Column) -> str:
    if column.choices:
        return " ".join(f"`{choice}`" for choice in column.choices)
    if column.low is not None or column.high is not None:
        low = "" if column.low is None else f"{column.low:g}"
        high = "" if column.high is None else f"{column.high:g}"
        return f"{low}…{high}"
    return ""


def _head(*cells: str) -> Iterator[str]:
    yield _row(*cells)
    yield "|---" * len(cells) + "|\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(_plain(cells)) + " |\n"


def _plain(cells: Iterable[str]) -> Iterator[str]:
    return (" ".join(cell.replace("|", "\\|").split()) for cell in cells)

"""What quality control found about the tables, as a table of the data package: ``quality.csv``, a measure a row."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.dataset.cells import Row, csv_cell
from pipeline.dataset.columns import Column, Table, count, number, text

QUALITY = Table(
    "quality",
    "Kiểm soát chất lượng: độ khớp giữa hai người và ước lượng tỷ lệ sai của các dòng được chấp nhận không qua kiểm tra",
    "Quality control: agreement of two people, and the estimated error of the rows that were accepted unseen",
    (
        Column(
            "measure",
            "string",
            "Phép đo: hai người nhập độc lập, hay kiểm tra mẫu ngẫu nhiên",
            "Blind second entry (agreement), or a random sample that was looked at (audit)",
            choices=("agreement", "audit"),
            required=True,
        ),
        text("field", "Trường; trống: mọi trường", "Field of an agreement; empty: over all fields"),
        text(
            "rows",
            "Mẫu đại diện cho dòng nào: mọi dòng, dòng có giá trị, dòng không",
            "What an audit speaks of: all accepted fields, those the document states (reported, none), or the others",
            ("all", "stated", "unstated"),
        ),
        count("n", "Số cặp, hoặc số mục đã kiểm tra", "Pairs of words compared, or fields audited"),
        count("counted", "Số cặp khớp, hoặc số mục sai", "Pairs that agree, or fields found wrong"),
        number(
            "share",
            "Tỷ lệ khớp, hoặc tỷ lệ sai ước lượng",
            "Raw agreement, or estimated error",
            low=0,
            high=1,
        ),
        number("low", "Cận dưới 95 %", "Lower end of the 95 % interval", low=0, high=1),
        number("high", "Cận trên 95 %", "Upper end of the 95 % interval", low=0, high=1),
        number(
            "kappa",
            "Hệ số kappa của Cohen; trống nếu không xác định",
            "Cohen's kappa, the values as categories; empty where it is not defined (chance agreement 1)",
            high=1,
        ),
        count("population", "Số mục được chấp nhận khi rút mẫu", "Fields accepted when the sample was drawn"),
        count("sampled", "Số mục trong mẫu", "Fields in the sample"),
        count("changed", "Số mục bỏ ra vì giá trị đã đổi", "Fields left out: their value changed since"),
    ),
)


@dataclass(frozen=True)
class Quality:
    """The rows of the table, and the same in ``summary`` for ``datapackage.json`` with what defines it."""

    rows: tuple[Row, ...] = ()
    summary: Mapping[str, Any] = field(default_factory=dict)


def write_quality(folder: Path, quality: Quality) -> None:
    """Write ``quality.csv`` into ``folder``; it has a header only where nothing was measured."""
    names = [column.name for column in QUALITY.columns]
    with (folder / f"{QUALITY.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([csv_cell(row.get(name)) for name in names] for row in quality.rows)

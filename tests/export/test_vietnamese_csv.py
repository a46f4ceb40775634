import csv
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
import regex

from pipeline.export.source import Source
from pipeline.export.vietnamese_csv import vietnamese_cell, write_csv
from pipeline.export.words import TABLE_NAMES

NUMBER = regex.compile(r"-?\d+(,\d+)?")


def quiet(_: str) -> None:
    pass


@pytest.fixture
def folder(source: Source, tmp_path: Path) -> Path:
    write_csv(source, tmp_path / "csv", quiet)
    return tmp_path / "csv"


def test_every_table_begins_with_a_byte_order_mark_and_is_parted_by_semicolons(folder: Path) -> None:
    for table in TABLE_NAMES:
        content = (folder / f"{table}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf" + (b"doc_id;"))
        assert content.endswith(b"\r\n")


def test_pandas_reads_the_values_of_the_dataset(source: Source, folder: Path) -> None:
    frame = pd.read_csv(folder / "reports.csv", sep=";", decimal=",", encoding="utf-8-sig")
    wanted = list(source.rows("reports"))
    assert frame.doc_id.tolist() == [row["doc_id"] for row in wanted]
    assert frame.trade_turnover.tolist() == [80200000.5, 80200000.5]
    assert frame.doc_issued_on.tolist() == ["05/11/2024", "05/11/2024"]
    assert frame.doc_signed.tolist() == [True, True]
    assert (
        len(pd.read_csv(folder / "fields.csv", sep=";", decimal=","))
        == pq.read_metadata(source.folder / "fields.parquet").num_rows
    )


def test_no_text_begins_like_a_formula(folder: Path) -> None:
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            held = [cell for row in csv.reader(file, delimiter=";") for cell in row]
        assert not [cell for cell in held if cell[:1] in set("=+-@\t") and not NUMBER.fullmatch(cell)]
    assert any(
        cell.startswith("'=1+1") for cell in (folder / "documents.csv").read_text("utf-8-sig").split(";")
    )


def test_every_column_is_explained(source: Source, folder: Path) -> None:
    with (folder / "dinh_nghia.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {(row["table"], row["column"]) for row in csv.DictReader(file, delimiter=";")}
    assert {(table, held.name) for table in TABLE_NAMES for held in source.columns(table)} <= told
    assert ("fields.field", "inbound.people") in told


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""), (True, "TRUE"), (3, "3"), (3.0, "3"), (-0.25, "-0,25"), (1e-07, "0,0000001"),
        (1e16, "10000000000000000"),
        (datetime(2024, 1, 2).date(), "02/01/2024"), (datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "02/01/2024 03:04:05"),
        (["Lào", "Thái Lan"], "Lào; Thái Lan"), (["=1", "2"], "'=1; 2"), ("- Sở", "'- Sở"), ("1;2", "1;2"),
    ],
)  # fmt: skip
def test_cells_are_as_vietnamese_settings_read_them(value: object, shown: str) -> None:
    assert vietnamese_cell(value) == shown

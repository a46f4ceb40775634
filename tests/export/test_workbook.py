import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet as pq
import pytest
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.errors import OutputError
from pipeline.export.source import Source
from pipeline.export.words import TABLE_NAMES
from pipeline.export.workbook import write_workbook
from pipeline.export.workbook_cells import MOST_CHARACTERS

HEADS = 2


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def path(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a run, beside nothing but its pictures."""
    path = tmp_path_factory.mktemp("workbook") / "a.xlsx"
    write_workbook(Source(shared), path, quiet)
    return path


@pytest.fixture(scope="module")
def book(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def column(sheet: Worksheet, name: str) -> int:
    return next(cell.column for cell in sheet[HEADS] if cell.value == name)


def cell(sheet: Worksheet, name: str, at: int = 0) -> Cell:
    found: Cell = sheet.cell(HEADS + 1 + at, column(sheet, name))
    return found


def fields_row(book: openpyxl.Workbook, field: str) -> int:
    sheet = book["Trường"]
    names = [
        row[0]
        for row in sheet.iter_rows(
            HEADS + 1, values_only=True, min_col=column(sheet, "field"), max_col=column(sheet, "field")
        )
    ]
    return names.index(field)


def plain(value: Any) -> Any:
    """Return a value of Parquet as a spreadsheet holds it."""
    if isinstance(value, list):
        return "; ".join(value) or None
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return value or None if isinstance(value, str) else value


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_openpyxl_reads_the_values_of_the_dataset(
    source: Source, book: openpyxl.Workbook, table: str
) -> None:
    sheet = book[TABLE_NAMES[table][0]]
    ids = {document.doc_id for document in source.documents}
    wanted = [
        row for row in pq.read_table(source.folder / f"{table}.parquet").to_pylist() if row["doc_id"] in ids
    ]
    names = [name for name in wanted[0] if (table, name) != ("pages", "text")]
    assert sheet.max_row == HEADS + len(wanted)
    for at, row in enumerate(wanted):
        assert [cell(sheet, name, at).value for name in names] == [plain(row[name]) for name in names]


def test_cells_have_types(book: openpyxl.Workbook) -> None:
    reports = book["Báo cáo"]
    assert cell(reports, "doc_issued_on").value == datetime(2024, 11, 5)
    assert cell(reports, "doc_issued_on").number_format == "dd/mm/yyyy"
    assert (cell(reports, "inbound_people").value, cell(reports, "inbound_people").number_format) == (
        410,
        "#,##0",
    )
    assert (cell(reports, "year").value, cell(reports, "year").number_format) == (2024, "0")
    assert cell(reports, "trade_turnover").value == 80200000.5
    assert cell(reports, "doc_signed").value is True
    fields = book["Trường"]
    assert cell(fields, "needs_review", fields_row(book, "doc.number")).value is True
    assert cell(fields, "reviewed_at", fields_row(book, "inbound.people")).value == datetime(
        2026, 3, 2, 9, 30
    )


def test_no_cell_is_a_formula_and_what_looks_like_one_stays_text(book: openpyxl.Workbook) -> None:
    assert not any(held.data_type == "f" for sheet in book for row in sheet.iter_rows() for held in row)
    subject = cell(book["Văn bản"], "subject")
    assert subject.value == "=1+1 công tác đối ngoại"
    assert subject.data_type == "s"
    assert subject.quotePrefix


def test_heads_are_frozen_labelled_in_both_languages_and_bear_filters(book: openpyxl.Workbook) -> None:
    for table, (name, _) in TABLE_NAMES.items():
        sheet = book[name]
        assert sheet.freeze_panes.endswith("3"), table
        assert sheet.auto_filter.ref.split(":")[0] == "A2"
    people = column(book["Báo cáo"], "inbound_people")
    label, _, english = book["Báo cáo"].cell(1, people).value.partition("\n")
    assert "người" in label
    assert english
    assert english != label


def test_the_five_states_look_different_and_the_first_sheet_tells_how(book: openpyxl.Workbook) -> None:
    reports = book["Báo cáo"]
    colours = {
        state: cell(reports, name).fill.fgColor.rgb
        for state, name in (("reported", "inbound_people"), ("none", "oda_projects"), ("blank", "oda_value"),
                            ("absent", "ngo_value"), ("unreadable", "doc_number"))
    }  # fmt: skip
    assert len(set(colours.values())) == 5
    about = book["Giới thiệu"]
    told = {row[0].value: row[0].fill.fgColor.rgb for row in about.iter_rows()}
    assert {state: told[state] for state in colours} == colours
    assert cell(reports, "oda_projects").value == 0
    assert cell(reports, "ngo_value").value is None
    assert cell(reports, "doc_number").border.bottom.style == "double"


def test_links_lead_to_the_page_and_to_the_scan(book: openpyxl.Workbook, path: Path) -> None:
    links = [row[0].hyperlink for row in book["Trường"].iter_rows(HEADS + 1) if row[0].hyperlink]
    assert links
    for link in links:
        assert "\\" not in link.target
        picture = path.parent / unquote(link.target)
        assert picture.read_bytes()[:2] == b"\xff\xd8"
        assert picture.parent.name == "a_pages"
    scans = [path.parent / unquote(row[0].hyperlink.target) for row in book["Văn bản"].iter_rows(HEADS + 1)]
    assert {scan.name for scan in scans} == {"Báo cáo số 1.pdf", "b#2 100%.pdf"}
    assert all(scan.is_file() for scan in scans)


def test_without_pictures_only_scans_are_linked(source: Source, tmp_path: Path) -> None:
    outcome = write_workbook(source, tmp_path / "b.xlsx", quiet, pictures=False)
    assert outcome.files == [tmp_path / "b.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert not any(row[0].hyperlink for row in book["Trường"].iter_rows(HEADS + 1))
    assert all(row[0].hyperlink for row in book["Văn bản"].iter_rows(HEADS + 1))


def test_a_scan_that_is_gone_costs_its_links_only(own_run: Path, tmp_path: Path) -> None:
    source = Source(own_run)
    shutil.rmtree(tmp_path / "scans")
    outcome = write_workbook(source, tmp_path / "b.xlsx", quiet)
    assert len(outcome.left_out) == 2
    assert openpyxl.load_workbook(tmp_path / "b.xlsx")["Báo cáo"].max_row == HEADS + 2


def test_more_rows_than_a_sheet_holds_go_on_the_next(source: Source, tmp_path: Path) -> None:
    write_workbook(source, tmp_path / "b.xlsx", quiet, pictures=False, most_rows=12)
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    rows = pq.read_table(source.folder / "fields.parquet").num_rows
    parts = [sheet for sheet in book if sheet.title.startswith("Trường")]
    assert [sheet.title for sheet in parts] == [
        "Trường",
        *(f"Trường ({n})" for n in range(2, len(parts) + 1)),
    ]
    assert sum(sheet.max_row - HEADS for sheet in parts) == rows
    assert all(sheet.max_row <= 12 for sheet in parts)
    assert all(cell(sheet, "doc_id").value for sheet in parts)


def test_every_column_and_field_is_defined(source: Source, book: openpyxl.Workbook) -> None:
    defined = {(row[0], row[1]) for row in book["Định nghĩa"].iter_rows(min_row=2, values_only=True)}
    for table, (name, _) in TABLE_NAMES.items():
        assert {(name, meaning.name) for meaning in source.columns(table)} <= defined
    assert {("Hồ sơ / Profile", spec["field"]) for spec in source.fields} <= defined


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(source: Source, tmp_path: Path) -> None:
    file = source.folder / "sections.parquet"
    table = pq.read_table(file)
    long = table.set_column(
        table.schema.get_field_index("text"), "text", [["ă" * (MOST_CHARACTERS + 5)] * len(table)]
    )
    pq.write_table(long, file)
    write_workbook(Source(source.root), tmp_path / "b.xlsx", quiet, pictures=False)
    text = cell(openpyxl.load_workbook(tmp_path / "b.xlsx")["Đề mục"], "text").value
    assert len(text) == MOST_CHARACTERS
    assert text.endswith("cut, whole in Parquet]")


def test_a_place_that_cannot_be_written_is_told(source: Source, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        write_workbook(source, tmp_path / "file" / "a.xlsx", quiet, pictures=False)


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def opened_by_libreoffice(path: Path, folder: Path) -> dict[str, list[list[Any]]]:
    """Return the typed cells of each sheet as LibreOffice has them, written as flat OpenDocument."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "fods",
         "--outdir", folder, path],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    sheets = ElementTree.parse(folder / f"{path.stem}.fods").iter(f"{TABLE}table")
    return {
        sheet.get(f"{TABLE}name", ""): [
            [value for cell in row for value in typed(cell)] for row in sheet.iter(f"{TABLE}table-row")
        ]
        for sheet in sheets
    }


def typed(cell: ElementTree.Element) -> list[Any]:
    times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
    value: Any
    match cell.get(f"{OFFICE}value-type"):
        case "float":
            value = float(cell.get(f"{OFFICE}value", ""))
        case "boolean":
            value = cell.get(f"{OFFICE}boolean-value") == "true"
        case "date":
            value = datetime.fromisoformat(cell.get(f"{OFFICE}date-value", ""))
        case "string":
            value = "\n".join("".join(part.itertext()) for part in cell.iter(f"{TEXT}p"))
        case _:
            value = None
    return [value] * min(times, 100)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_values_of_the_dataset(source: Source, path: Path, tmp_path: Path) -> None:
    sheets = opened_by_libreoffice(path, tmp_path / "office")
    for table in ("reports", "fields", "documents", "references"):
        _, names, *rows = sheets[TABLE_NAMES[table][0]]
        wanted = list(source.rows(table))
        assert len(rows) >= len(wanted)
        for row, held in zip(rows, wanted, strict=False):
            shown = dict(zip(names, row, strict=False))
            for name, value in held.items():
                assert shown[name] == plain(value), (table, name)

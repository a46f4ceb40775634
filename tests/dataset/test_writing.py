import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import frictionless
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline.dataset import tables, write_dataset, writing
from pipeline.document import Box, Document, Extraction, Finding, Page
from pipeline.errors import OutputError, UsageError

from .documents import SPECS, Spec, contents, evidence, report, value

NAMES = [
    "documents",
    "pages",
    "fields",
    "alternatives",
    "sections",
    "delegations",
    "references",
    "entities",
    "findings",
    "reports",
]


def write(out: Path, *documents: Document) -> Path:
    write_dataset(documents, out, SPECS)
    return out / "dataset"


def records(folder: Path, name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return rows


def csv_rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_is_written_twice_with_its_columns_in_order(tmp_path: Path) -> None:
    folder = write(tmp_path, report())
    files = {f"{name}.{kind}" for name in NAMES for kind in ("csv", "parquet")}
    beside = {"datapackage.json", "dictionary.md", "nd30.csv", "profile_fields.csv", "quality.csv"}
    assert set(contents(folder)) == files | beside
    for table in tables(SPECS):
        names = [column.name for column in table.columns]
        assert pq.read_schema(folder / f"{table.name}.parquet").names == names
        assert pq.read_metadata(folder / f"{table.name}.parquet").num_rows > 0
        header = (folder / f"{table.name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        assert header == [name for name in names if (table.name, name) != ("pages", "text")]


def test_the_data_package_is_valid_and_describes_every_column(tmp_path: Path) -> None:
    other = replace(
        report("in/b.pdf", "b" * 64), status="failed", error="in/b.pdf: truncated", extraction=None
    )
    folder = write(tmp_path, report(), other)
    outcome = frictionless.validate(str(folder / "datapackage.json"))
    assert outcome.valid, outcome.flatten(["type", "message"])
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described = {r["name"]: [f["name"] for f in r["schema"]["fields"]] for r in package["resources"]}
    for name in NAMES:
        assert described[f"{name}.parquet"] == pq.read_schema(folder / f"{name}.parquet").names
        assert described[name] == list(csv_rows(folder, name)[0])
    reports = next(r for r in package["resources"] if r["name"] == "reports")
    titles = {f["name"]: f["title"] for f in reports["schema"]["fields"]}
    assert titles["oda_projects"] == "Số dự án ODA"


def test_a_changed_file_fails_the_data_packages_validation(tmp_path: Path) -> None:
    folder = write(tmp_path, report())
    (folder / "reports.parquet").write_bytes(b"PAR1")
    assert not frictionless.validate(str(folder / "datapackage.json")).valid


def test_the_order_of_documents_does_not_change_a_byte(tmp_path: Path) -> None:
    documents = [report(f"in/{name}.pdf", name * 64) for name in "cab"]
    one = write(tmp_path / "one", *documents)
    other = write(tmp_path / "other", *reversed(documents))
    assert contents(one) == contents(other)
    assert [row["source"] for row in records(one, "documents")] == ["in/a.pdf", "in/b.pdf", "in/c.pdf"]


def test_row_groups_hold_every_row_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = write(tmp_path / "whole", report(), report("in/b.pdf", "b" * 64))
    monkeypatch.setattr(writing, "ROW_GROUP", 5)
    split = write(tmp_path / "split", report(), report("in/b.pdf", "b" * 64))
    assert pq.read_metadata(split / "fields.parquet").num_row_groups == 5
    assert records(split, "fields") == records(whole, "fields")
    assert (split / "fields.csv").read_bytes() == (whole / "fields.csv").read_bytes()


def test_a_run_without_documents_gives_empty_valid_tables(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert records(folder, "reports") == []
    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_documents_row_says_what_the_letterhead_says(tmp_path: Path) -> None:
    (row,) = records(write(tmp_path, report()), "documents")
    assert row["copies"] == ["in/copy.pdf"]
    assert (row["doc_type"], row["doc_number"], row["issued_on"]) == ("Báo cáo", 215, date(2019, 10, 25))
    assert (row["province_code"], row["district_code"]) == ("38", "401")
    assert (row["fields_reported"], row["fields_to_review"], row["mean_confidence"]) == (9, 0, 0.97)
    assert (row["doc_symbol"], row["error"], row["reader"]) == (None, None, "tesseract")


def test_fields_stand_in_the_profiles_order_with_their_items(tmp_path: Path) -> None:
    rows = records(write(tmp_path, report()), "fields")
    assert [(row["field"], row["item"]) for row in rows[-3:]] == [
        ("trade.vs_plan", 0),
        ("plan.items", 0),
        ("plan.items", 1),
    ]
    assert rows[-1]["reasons"] == ["dấu"]


def test_nothing_is_zero_and_other_states_carry_no_value(tmp_path: Path) -> None:
    fields = (
        value("oda.projects", "none"),
        value("trade.vs_plan", "none"),
        value("doc.number", "unreadable", value_number=Decimal(23), unit="số"),
    )
    rows = {row["field"]: row for row in records(write(tmp_path, report(fields=fields)), "fields")}
    assert rows["oda.projects"]["value_number"] == 0
    assert rows["trade.vs_plan"]["value_number"] is None
    assert (rows["doc.number"]["value_number"], rows["doc.number"]["unit"]) == (None, None)


def test_boxes_lie_on_the_page_as_scanned(tmp_path: Path) -> None:
    document = report(fields=(value("doc.type", value_text="Báo cáo", evidence=evidence("BÁO CÁO")),))
    upside_down = replace(
        document.pages[0], to_scan=(-1.0, 0.0, 1.0, 0.0, -1.0, 1.0, 0.0, 0.0, 1.0), rotation_deg=180
    )
    (row,) = records(write(tmp_path, replace(document, pages=(upside_down,))), "fields")
    assert (row["page"], row["x0"], row["y0"], row["x1"], row["y1"]) == (1, 0.82, 0.88, 1.0, 0.9)


def test_a_box_without_words_is_kept_and_one_on_an_unknown_page_is_not(tmp_path: Path) -> None:
    box = Box(0.2, 0.3, 0.4, 0.5)
    fields = (
        value("doc.number", "unreadable", page=1, box=box),
        value("doc.type", value_text="Báo cáo", page=7, box=box),
    )
    rows = {row["field"]: row for row in records(write(tmp_path, report(fields=fields)), "fields")}
    assert (rows["doc.number"]["page"], rows["doc.number"]["x0"]) == (1, 0.2)
    assert (rows["doc.type"]["page"], rows["doc.type"]["x0"]) == (7, None)


def test_reports_has_one_typed_column_for_each_scalar_field(tmp_path: Path) -> None:
    folder = write(tmp_path, report())
    (row,) = records(folder, "reports")
    assert list(row)[:5] == ["doc_id", "source", "province", "district", "year"]
    assert (row["province"], row["district"], row["year"]) == ("Thanh Hóa", "Nga Sơn", 2019)
    assert (row["oda_projects"], row["trade_turnover"], row["trade_vs_plan"]) == (0, 80200000.0, None)
    assert (row["doc_signed"], row["doc_issued_on"]) == (True, date(2019, 10, 25))
    assert "plan_items" not in row
    frame = pd.read_parquet(folder / "reports.parquet")
    assert str(frame.dtypes["oda_projects"]) == "Int64"
    assert str(frame.dtypes["doc_signed"]) == "boolean"


def test_part_of_a_person_is_no_count(tmp_path: Path) -> None:
    fields = (
        value("oda.projects", value_number=Decimal("1.5")),
        value("doc.number", value_number=Decimal(10**30)),
    )
    folder = write(tmp_path, report(fields=fields))
    (row,) = records(folder, "reports")
    assert (row["oda_projects"], row["doc_number"]) == (None, None)
    assert [r["value_number"] for r in records(folder, "fields")] == [1e30, 1.5]


def test_sections_print_their_number_below_their_parents(tmp_path: Path) -> None:
    rows = records(write(tmp_path, report()), "sections")
    assert [(row["section"], row["printed_number"]) for row in rows] == [
        ("0", None),
        ("2", "II"),
        ("2.9", "II.9"),
    ]
    assert rows[2]["text"] == "Đã đón 03 đoàn vào.\nĐã đón 03 đoàn vào."
    assert (rows[2]["key"], rows[2]["page_first"], rows[0]["page_first"]) == ("inbound", 1, None)


def test_a_failed_document_keeps_its_row_and_its_pages(tmp_path: Path) -> None:
    page = Page(1, 0, 0, 0, "scan", status="failed", error="not an image")
    failed = Document("f" * 64, "x.pdf", (), 3, "failed", "x.pdf, page 1: not an image", pages=(page,))
    folder = write(tmp_path, failed)
    (row,) = records(folder, "documents")
    assert (row["status"], row["error"], row["mean_confidence"]) == (
        "failed",
        "x.pdf, page 1: not an image",
        None,
    )
    assert records(folder, "pages")[0]["error"] == "not an image"
    assert records(folder, "fields") == []
    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_a_restricted_document_leaves_no_text_in_any_file(tmp_path: Path) -> None:
    document = report()
    assert document.extraction is not None
    secret = replace(
        document,
        status="restricted",
        extraction=replace(document.extraction, findings=(Finding("x", "note", (), "BÁO CÁO", "BÁO CÁO"),)),
    )
    folder = write(tmp_path, secret)
    assert records(folder, "documents")[0]["doc_type"] is None
    assert records(folder, "pages")[0]["text"] is None
    for name in NAMES[2:8]:
        assert records(folder, name) == []
    package_free = {name: data for name, data in contents(folder).items() if name != "datapackage.json"}
    assert not any(
        "BÁO CÁO".encode() in data or "Thanh Hóa".encode() in data for data in package_free.values()
    )


def test_csv_cells_cannot_run_as_formulas_and_parquet_keeps_them(tmp_path: Path) -> None:
    hostile = ['=HYPERLINK("http://x","y")', "+1", "-2", "@SUM(A1)", "\t=1", "'=1", "＝1", "an toàn"]
    fields = tuple(value("plan.items", item=i, value_text=text) for i, text in enumerate(hostile))
    folder = write(tmp_path, report(fields=fields))
    cells = [row["value_text"] for row in csv_rows(folder, "fields")]
    assert cells == ["'" + text for text in hostile[:-1]] + ["an toàn"]
    assert [row["value_text"] for row in records(folder, "fields")] == hostile


def test_negative_numbers_stay_numbers_in_csv(tmp_path: Path) -> None:
    fields = (
        value("trade.vs_plan", value_number=Decimal("-1.5")),
        value("oda.projects", value_number=Decimal(10**17)),
    )
    rows = csv_rows(write(tmp_path, report(fields=fields)), "fields")
    assert [row["value_number"] for row in rows] == ["100000000000000000", "-1.5"]


def test_csv_holds_lists_as_json_and_text_with_marks_quotes_and_lines(tmp_path: Path) -> None:
    text = 'Ủy ban "Đối ngoại", xã Tân\nTiến; đường'
    folder = write(tmp_path, report(fields=(value("plan.items", value_text=text),)))
    assert csv_rows(folder, "fields")[0]["value_text"] == text
    assert json.loads(csv_rows(folder, "delegations")[0]["countries"]) == ["Lào", "Hàn Quốc"]
    assert csv_rows(folder, "fields")[0]["reasons"] == "[]"
    assert csv_rows(folder, "fields")[0]["needs_review"] == "false"
    assert csv_rows(folder, "documents")[0]["doc_number"] == ""


def test_characters_that_no_file_can_hold_are_removed(tmp_path: Path) -> None:
    fields = (
        value("plan.items", value_text="a\x00b\x1bc\r\nd\ufffe\x85"),
        value("doc.type", value_text="\x00 "),
    )
    folder = write(tmp_path, report("in/\udce9.pdf", fields=fields))
    values = {row["field"]: row["value_text"] for row in records(folder, "fields")}
    assert values == {"plan.items": "abc\nd", "doc.type": None}
    assert records(folder, "documents")[0]["source"] == "in/\ufffd.pdf"


def test_an_interrupted_writing_leaves_the_old_tables(tmp_path: Path) -> None:
    folder = write(tmp_path, report())
    before = contents(folder)

    def interrupted() -> object:
        yield report("in/z.pdf", "f" * 64)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dataset(interrupted(), tmp_path, SPECS)  # type: ignore[arg-type]
    assert contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["dataset"]


def test_a_document_given_twice_is_a_mistake_and_changes_nothing(tmp_path: Path) -> None:
    before = contents(write(tmp_path, report()))
    with pytest.raises(ValueError, match="given twice"):
        write(tmp_path, report("1.pdf"), report("2.pdf"))
    assert contents(tmp_path / "dataset") == before


def test_a_folder_that_cannot_be_made_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="out"):
        write(tmp_path / "out", report())


def test_fields_that_would_share_a_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a_b_c"):
        write_dataset([], tmp_path, [Spec("a.b_c", "text"), Spec("a_b.c", "text")])
    with pytest.raises(UsageError, match="unknown type"):
        write_dataset([], tmp_path, [Spec("a.b", "shape")])


def test_a_document_without_extraction_has_no_values(tmp_path: Path) -> None:
    bare = replace(report(), extraction=Extraction(fields=()))
    assert records(write(tmp_path, bare), "documents")[0]["fields_reported"] == 0


def test_what_else_a_field_could_say_stands_in_a_table_of_its_own_with_its_place(tmp_path: Path) -> None:
    rows = records(write(tmp_path, report()), "alternatives")

    assert [(r["field"], r["item"], r["source"], r["state"], r["raw_text"]) for r in rows] == [
        ("trade.turnover", 0, "second_reader", "reported", "30,2 triệu USD"),
        ("trade.turnover", 1, "runner_up", "none", "không phát sinh"),
    ]
    assert all(r["page"] == 1 and r["x0"] is not None for r in rows)

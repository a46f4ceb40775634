import shutil
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.errors import InputError, UsageError
from pipeline.export.formats import FORMATS, export
from pipeline.export.source import Source

from .runs import TEXT


def quiet(_: str) -> None:
    pass


def test_restricted_documents_are_no_part_of_it(source: Source) -> None:
    assert source.withheld == 1
    assert sorted(Path(document.source).name for document in source.documents) == [
        "Báo cáo số 1.pdf",
        "b#2 100%.pdf",
    ]
    assert all("mat.png" not in row["source"] for row in source.rows("documents"))


def test_a_restricted_document_that_is_asked_for_is_refused(run: Path) -> None:
    with pytest.raises(UsageError, match="restricted"):
        Source(run, chosen=["mat.png"])


@pytest.mark.parametrize("form", [form.name for form in FORMATS])
def test_no_export_holds_a_trace_of_a_restricted_document(run: Path, tmp_path: Path, form: str) -> None:
    source = Source(run)
    path = tmp_path / "made" / ("a.xlsx" if form == "excel" else "")
    outcome = export(source, form, path, quiet)
    assert outcome.files
    every = pq.read_table(run / "dataset" / "documents.parquet").to_pylist()
    secret = next(row for row in every if row["status"] == "restricted")
    for file in (tmp_path / "made").rglob("*"):
        assert "mat" not in file.name.split(".")[0].split("-")
        for content in contents(file):
            assert secret["doc_id"].encode() not in content
            assert b"mat.png" not in content


def contents(file: Path) -> list[bytes]:
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as parts:
            return [parts.read(name) for name in parts.namelist()]
    return [file.read_bytes()] if file.is_file() else []


@pytest.mark.parametrize("name", ["Báo cáo số 1.pdf", "id", "path"])
def test_documents_are_chosen_by_name_and_by_id(run: Path, name: str) -> None:
    wanted = next(d for d in Source(run).documents if d.source.endswith("1.pdf"))
    scan = Path(wanted.source)
    asked = {"id": wanted.doc_id[:12], "path": str(scan.parent / ".." / scan.parent.name / scan.name)}.get(
        name, name
    )
    chosen = Source(run, chosen=[asked])
    assert [document.doc_id for document in chosen.documents] == [wanted.doc_id]
    assert {row["doc_id"] for row in chosen.rows("fields")} == {wanted.doc_id}


def test_a_page_that_failed_costs_that_page_only(own_run: Path, tmp_path: Path) -> None:
    path = own_run / "dataset" / "pages.parquet"
    table = pq.read_table(path)
    status = ["failed" if number == 2 else "ok" for number in table["page"].to_pylist()]
    pq.write_table(table.set_column(table.schema.get_field_index("status"), "status", [status]), path)
    for form in ("pdf", "hocr", "alto", "page", "mets", "label-studio"):
        outcome = export(Source(own_run, chosen=["Báo cáo số 1.pdf"]), form, tmp_path / form, quiet)
        assert outcome.files
        assert not outcome.left_out
        assert not [file for file in outcome.files if file.stem.endswith("0002")]


def test_an_unknown_document_is_named(run: Path) -> None:
    with pytest.raises(UsageError, match=r"c\.pdf: no such document"):
        Source(run, chosen=["c.pdf"])


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no dataset there"):
        Source(tmp_path)


def test_pages_come_with_their_words(source: Source) -> None:
    first = next(d for d in source.documents if d.source.endswith("1.pdf"))
    pages = source.pages(first)
    assert [page.number for page in pages] == [1, 2]
    assert pages[0].lines[1].text == TEXT[1]


def test_words_that_are_not_kept_any_more_are_told(run: Path) -> None:
    shutil.rmtree(run / "cache")
    source = Source(run)
    with pytest.raises(InputError, match="not kept any more"):
        source.pages(source.documents[0])


def test_a_scan_that_moved_is_found_by_its_bytes(own_run: Path, tmp_path: Path) -> None:
    shutil.move(tmp_path / "scans", tmp_path / "elsewhere")
    document = Source(own_run).documents[0]
    with pytest.raises(InputError, match="--scans"):
        Source(own_run).scan(document)
    assert Source(own_run, scans=[tmp_path / "elsewhere"]).scan(document).is_file()


def test_one_document_that_cannot_be_exported_does_not_keep_the_others(own_run: Path, tmp_path: Path) -> None:
    first = Path(Source(own_run).documents[0].source)
    first.write_bytes(first.read_bytes() + b" ")
    outcome = export(Source(own_run), "pdf", tmp_path / "pdf", quiet)
    assert len(outcome.files) == 1
    assert outcome.left_out == [f"{first}: the scan was changed since it was read; run again first"]


@pytest.mark.parametrize("inside", ["dataset", "cache/x", "review"])
def test_nothing_is_written_into_the_run_itself(run: Path, inside: str) -> None:
    with pytest.raises(UsageError, match="folder of the run"):
        export(Source(run), "csv-vn", run / inside, quiet)


@pytest.mark.parametrize("form", [form.name for form in FORMATS])
def test_the_same_dataset_gives_the_same_bytes(run: Path, tmp_path: Path, form: str) -> None:
    made = []
    for name in ("one", "two"):
        path = tmp_path / name / ("a.xlsx" if form == "excel" else "x")
        export(Source(run), form, path, quiet)
        made.append(
            {
                file.relative_to(tmp_path / name): file.read_bytes()
                for file in (tmp_path / name).rglob("*")
                if file.is_file()
            }
        )
    assert made[0] == made[1]

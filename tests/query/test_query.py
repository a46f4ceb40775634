import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from PIL import Image, ImageDraw
from typer.testing import CliRunner

from pipeline.cli.main import app
from pipeline.dataset.writing import write_dataset
from pipeline.document import Box, Document, Evidence, Extraction, FieldValue, Page, Word
from pipeline.errors import InputError, UsageError
from pipeline.extraction.profile import load_profile
from pipeline.query import Dataset, open_dataset
from pipeline.query.dataset import upright

FIELDS = load_profile("doi_ngoai").fields
BLACK = Box(0.5, 0.5, 0.75, 0.75)


def scan(path: Path, shade: int, rotation: int = 0) -> Document:
    """Return a document of one page of grey paper with one black square, where its number of people was found."""
    picture = Image.new("L", (400, 600), shade)
    ImageDraw.Draw(picture).rectangle((200, 300, 300, 450), fill=0)
    picture.save(path)
    found = Evidence((Word("470", BLACK, 0.9, 1),))
    people = FieldValue("outbound.people", "reported", value_number=Decimal(470 + shade), evidence=found)
    rows = (
        FieldValue("doc.subject", "reported", value_text="=1+1", confidence=0.5, needs_review=True),
        replace(people, confidence=0.9, needs_review=False),
        FieldValue("report.year", "reported", value_number=Decimal(2020), confidence=0.9),
        FieldValue("inbound.people", "absent", confidence=0.9),
    )  # fmt: skip
    page = Page(1, 400, 600, 50, "scan", rotation_deg=rotation)
    doc_id = sha256(path.read_bytes()).hexdigest()
    return Document(doc_id, str(path), (), 5, "ok", "", (page,), Extraction(rows), "doi_ngoai")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    documents = [scan(tmp_path / f"{shade}.png", shade) for shade in (200, 210, 220)]
    write_dataset(documents, tmp_path / "out", FIELDS)
    return tmp_path / "out"


@pytest.fixture
def dataset(run: Path) -> Dataset:
    return open_dataset(run)


def sohoa(*arguments: str | Path, given: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)
    return result.exit_code, result.output


def test_tables_are_pandas_with_their_types(dataset: Dataset) -> None:
    reports = dataset.reports
    assert reports.outbound_people.tolist() == [670, 680, 690]
    assert reports.outbound_people.dtype == pd.Int64Dtype()
    assert len(dataset.fields) == 12


def test_an_unknown_table_is_named(dataset: Dataset) -> None:
    with pytest.raises(AttributeError, match="no table 'report'"):
        _ = dataset.report


def test_values_come_with_place_year_and_labels(dataset: Dataset) -> None:
    answer = dataset.sql(
        "SELECT label_vi, year, sum(value_number) AS total FROM indicators WHERE field = 'outbound.people' GROUP BY ALL"
    )
    label = next(field.label_vi for field in FIELDS if field.name == "outbound.people")
    assert answer.to_dict("records") == [{"label_vi": label, "year": 2020, "total": 2040.0}]


def test_trusted_leaves_out_what_needs_review(dataset: Dataset) -> None:
    fields = set(dataset.trusted.field)
    assert "outbound.people" in fields
    assert "doc.subject" not in fields


def test_every_column_and_field_is_explained(dataset: Dataset) -> None:
    explained = set(dataset.sql('SELECT "table" || \'.\' || "column" AS name FROM dictionary').name)
    for table in ("documents", "pages", "fields", "reports"):
        assert {f"{table}.{column}" for column in getattr(dataset, table).columns} <= explained
    assert set(dataset.field_names.field) == {field.name for field in FIELDS}


def test_sums_of_whole_numbers_are_whole_numbers(dataset: Dataset) -> None:
    assert dataset.sql("SELECT sum(outbound_people) AS n FROM reports").n.tolist() == [2040]


@pytest.mark.parametrize(
    "question",
    [
        "COPY (SELECT 1) TO '{there}'",
        "COPY fields TO '{there}'",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW fields",
        "INSERT INTO dictionary VALUES (1)",
        "ATTACH '{there}'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "PRAGMA enable_progress_bar",
        "EXPORT DATABASE '{there}'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{there}'",
        "SELECT 1; COPY (SELECT 1) TO '{there}'",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM '{secret}'",
        "FROM glob('/etc/*')",
        "SELECT * FROM read_parquet('https://localhost/x.parquet')",
        "SELECT * FROM os",
        "",
        "SELEC",
    ],
)  # fmt: skip
def test_a_question_reads_the_dataset_and_nothing_else(
    run: Path, dataset: Dataset, question: str, tmp_path: Path
) -> None:
    secret, there = tmp_path / "secret.csv", tmp_path / "there"
    secret.write_text("a\n1\n")
    before = {file: file.read_bytes() for file in (run / "dataset").iterdir()}
    with pytest.raises(UsageError):
        dataset.sql(question.format(secret=secret, there=there))
    assert not there.exists()
    assert {file: file.read_bytes() for file in (run / "dataset").iterdir()} == before


def test_a_folder_name_with_a_quote_is_no_sql(tmp_path: Path) -> None:
    out = tmp_path / "o'; SELECT 1; --"
    write_dataset([scan(tmp_path / "a.png", 230)], out, FIELDS)
    assert len(open_dataset(out).documents) == 1


def test_a_folder_without_a_dataset_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="sohoa run"):
        open_dataset(tmp_path)


def test_damaged_tables_say_what_to_do(run: Path) -> None:
    (run / "dataset" / "pages.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(UsageError, match="Run again"):
        open_dataset(run)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_evidence_is_the_print_behind_the_value_on_the_upright_page(tmp_path: Path, rotation: int) -> None:
    document = scan(tmp_path / "a.png", 230, rotation)
    write_dataset([document], tmp_path / "out", FIELDS)
    crop = open_dataset(tmp_path / "out").evidence(document.doc_id, "outbound.people").convert("L")
    dark = sum(crop.histogram()[:60]) / (crop.width * crop.height)
    assert dark > 0.7  # the square and a small margin
    assert (crop.width > crop.height) == (rotation in (90, 270))


def test_evidence_that_is_not_there_is_said(dataset: Dataset, run: Path) -> None:
    doc_id = dataset.documents.doc_id[0]
    with pytest.raises(UsageError, match="no place on a page"):
        dataset.evidence(doc_id, "inbound.people")
    with pytest.raises(UsageError, match="no row"):
        dataset.evidence(doc_id, "no.such")
    Path(dataset.documents.source[0]).unlink()
    with pytest.raises(InputError):
        dataset.evidence(doc_id, "outbound.people")


def test_boxes_turn_as_pages_do() -> None:
    assert upright((0.1, 0.2, 0.3, 0.4), 180) == pytest.approx((0.7, 0.6, 0.9, 0.8))
    assert upright((0.1, 0.2, 0.3, 0.4), 90) == pytest.approx((0.6, 0.1, 0.8, 0.3))


def test_the_command_shows_a_table(run: Path) -> None:
    code, shown = sohoa("query", run, "SELECT outbound_people FROM reports ORDER BY 1")
    assert code == 0
    assert "670" in shown
    assert "3 rows" in shown


def test_csv_is_safe_for_spreadsheets(run: Path) -> None:
    _, shown = sohoa(
        "query", run, "SELECT doc_subject, outbound_people FROM reports LIMIT 1", "--format", "csv"
    )
    assert list(csv.reader(io.StringIO(shown))) == [["doc_subject", "outbound_people"], ["'=1+1", "670"]]


def test_json_is_an_array_of_objects(run: Path) -> None:
    _, shown = sohoa(
        "query",
        run,
        "SELECT doc_subject, inbound_people, ['a'] AS l FROM reports LIMIT 1",
        "--format",
        "json",
    )
    assert json.loads(shown) == [{"doc_subject": "=1+1", "inbound_people": None, "l": ["a"]}]


def test_parquet_goes_to_a_file(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.parquet"
    assert sohoa("query", run, "SELECT * FROM reports", "--format", "parquet", "--out", out)[0] == 0
    assert pq.read_table(out).num_rows == 3
    assert sohoa("query", run, "SELECT 1", "--format", "parquet")[0] == 2


def test_a_question_may_lie_in_a_file(run: Path, tmp_path: Path) -> None:
    (tmp_path / "q.sql").write_text("SELECT count(*) AS n FROM documents\n", "utf-8")
    assert "3" in sohoa("query", run, "--file", tmp_path / "q.sql")[1]
    assert sohoa("query", run)[0] == 2
    assert sohoa("query", run, "SELECT 1", "--file", tmp_path / "q.sql")[0] == 2


def test_a_mistake_in_the_shell_does_not_end_it(run: Path) -> None:
    code, shown = sohoa(
        "shell", run, given="SELEC;\nSELECT count(*)\n AS n FROM documents;\n.columns fields\n.quit\n"
    )
    assert code == 0
    assert "cannot be answered" in shown
    assert "1 row" in shown
    assert "value_number" in shown
    assert "3 rows" not in shown


def test_what_a_scan_says_is_no_markup_on_the_screen(tmp_path: Path, run: Path) -> None:
    _, shown = sohoa("query", run, "SELECT '[red]x[/red]' AS t")
    assert "[red]x[/red]" in shown


QUESTIONS = (
    "SELECT count(*) FROM documents",
    "SELECT province, count(*) FROM documents GROUP BY 1",
    "SELECT year, sum(outbound_people) FROM reports GROUP BY 1 ORDER BY 1",
    "SELECT state, count(*) FROM fields GROUP BY 1",
)


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_those_of_duckdb_over_the_files_alone(run: Path, dataset: Dataset, question: str) -> None:
    con = duckdb.connect()
    for name in ("documents", "reports", "fields"):
        con.execute(f"CREATE VIEW {name} AS SELECT * FROM '{run / 'dataset' / name}.parquet'")
    frame = dataset.sql(question).astype(object)
    mine = sorted(map(tuple, frame.where(frame.notna(), None).to_numpy().tolist()), key=str)
    assert mine == sorted(con.execute(question).fetchall(), key=str)

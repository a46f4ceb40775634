import csv
import json
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import jsonschema
import pytest

from pipeline.dataset import write_dataset
from pipeline.dataset.dictionary import PROFILE_FIELDS
from pipeline.dataset.nd30 import DOCUMENT, FILE, document_record, file_record
from pipeline.document import Document
from pipeline.extraction.profile import load_profile

from .documents import SPECS, report, value


def write(out: Path, *documents: Document) -> Path:
    write_dataset(documents, out, SPECS)
    return out / "dataset"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, report())


@pytest.fixture
def package(folder: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return held


def resource(package: dict[str, Any], name: str) -> dict[str, Any]:
    return next(r for r in package["resources"] if r["name"] == name)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_description_follows_the_profile_of_version_2(package: dict[str, Any]) -> None:
    profile = json.loads(
        (resources.files("dplib") / "profiles" / "2.0" / "datapackage.json").read_text("utf-8")
    )
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    jsonschema.validate(package, profile)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**package, "resources": [{"name": "no path"}]}, profile)


def test_missing_values_are_labelled_and_states_explained(package: dict[str, Any]) -> None:
    schema = resource(package, "fields")["schema"]
    assert schema["missingValues"] == [
        {"value": "", "label": "không có giá trị, cột state nói vì sao / no value, the column state says why"}
    ]
    state = next(field for field in schema["fields"] if field["name"] == "state")
    assert [entry["value"] for entry in state["categories"]] == state["constraints"]["enum"]
    assert "Không nhắc đến" in next(e["label"] for e in state["categories"] if e["value"] == "absent")


def test_every_table_leads_to_documents_and_every_field_to_the_profile(package: dict[str, Any]) -> None:
    for name in (
        "pages",
        "fields",
        "alternatives",
        "sections",
        "delegations",
        "references",
        "entities",
        "findings",
        "reports",
    ):
        assert resource(package, name)["schema"]["foreignKeys"][0] == {
            "fields": ["doc_id"],
            "reference": {"resource": "documents", "fields": ["doc_id"]},
        }
    assert (
        resource(package, "fields")["schema"]["foreignKeys"][1]["reference"]["resource"] == "profile_fields"
    )
    assert resource(package, "nd30")["schema"]["primaryKey"] == ["DocId"]


@pytest.mark.parametrize(
    ("table", "column", "other"), [("findings", "doc_id", "f" * 64), ("fields", "field", "no.such"), ("nd30", "DocId", "0")]
)  # fmt: skip
def test_a_row_that_leads_nowhere_fails_the_validation(
    folder: Path, table: str, column: str, other: str
) -> None:
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    held = rows(folder, table)
    held[-1][column] = other
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(held[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(held)
    outcome = frictionless.validate(str(folder / "datapackage.json"))
    assert "foreign-key" in {error for (error,) in outcome.flatten(["type"])}


def test_duckdb_reads_the_same_values_from_csv_and_parquet(folder: Path, package: dict[str, Any]) -> None:
    """Text that looks like a formula apart, which CSV marks with an apostrophe."""
    with duckdb.connect() as con:
        for entry in package["resources"]:
            if not entry["path"].endswith(".parquet"):
                continue
            types = {
                "array": "VARCHAR",
                "boolean": "BOOLEAN",
                "number": "DOUBLE",
                "integer": "BIGINT",
                "date": "DATE",
            }
            fields = [
                f
                for f in entry["schema"]["fields"]
                if (entry["name"], f["name"]) != ("pages.parquet", "text")
            ]
            columns = {f["name"]: types.get(f["type"], "VARCHAR") for f in fields}
            names = ", ".join(f'"{f["name"]}"' for f in fields if f["type"] not in ("array", "datetime"))
            parquet = con.execute(f"SELECT {names} FROM '{folder}/{entry['path']}'").fetchall()
            text = con.execute(
                f"SELECT {names} FROM read_csv('{folder}/{entry['path'].replace('.parquet', '.csv')}', "
                f"header=true, delim=',', quote='\"', columns={columns})"
            ).fetchall()
            assert parquet == text
            assert parquet


def test_the_dictionary_names_every_column_and_field_in_both_languages(tmp_path: Path) -> None:
    profile = load_profile("doi_ngoai")
    write_dataset([], tmp_path, profile.fields)
    folder = tmp_path / "dataset"
    text = (folder / "dictionary.md").read_text("utf-8")
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for entry in package["resources"]:
        for field in entry.get("schema", {}).get("fields", ()):
            assert f"| `{field['name']}` |" in text or entry["name"] == PROFILE_FIELDS.name, field["name"]
    listed = {row["field"]: row for row in rows(folder, "profile_fields")}
    for spec in profile.fields:
        assert listed[spec.name]["label_vi"] == spec.label_vi
        assert listed[spec.name]["label_en"] == (spec.label_en or spec.meaning)
        assert f"| `{spec.name}` |" in text
        assert spec.label_vi in text


def test_records_after_the_decree_say_what_the_tables_know(folder: Path) -> None:
    (record,) = rows(folder, "nd30")
    assert list(record) == [entry.name for entry in DOCUMENT]
    known = {name: text for name, text in record.items() if text}
    assert known == {
        "TypeName": "Báo cáo",
        "CodeNumber": "215",
        "IssuedDate": "2019-10-25",
        "Language": "Tiếng Việt",
        "PageAmount": "1",
        "Priority": "0",
        "CopyKind": "Bản sao (quét)",
        "DocId": "a" * 64,
        "Source": "in/a.pdf",
    }


def test_a_restricted_or_failed_document_has_no_record(tmp_path: Path) -> None:
    secret = replace(report("in/s.pdf", "b" * 64), status="restricted", extraction=None)
    broken = replace(report("in/x.pdf", "c" * 64), status="failed", error="in/x.pdf: cut", extraction=None)
    folder = write(tmp_path, report(), secret, broken)
    assert [row["Source"] for row in rows(folder, "nd30")] == ["in/a.pdf"]
    assert frictionless.validate(str(folder / "datapackage.json")).valid


def test_urgency_secrecy_and_recipients_are_told_as_the_decree_counts_them() -> None:
    row = {"status": "ok", "doc_number": 5, "pages": 2, "doc_id": "d", "source": "s"}
    row |= dict.fromkeys(
        ("doc_type", "doc_symbol", "issued_on", "issuer", "subject", "signer_position", "signer_name")
    )
    said = [
        {"field": "doc.urgency", "state": "reported", "value_text": "Hỏa tốc", "needs_review": True},
        {"field": "doc.secrecy", "state": "reported", "value_text": "mật", "needs_review": False},
        {"field": "doc.recipients", "state": "reported", "value_text": "Như trên", "needs_review": False},
        {"field": "doc.recipients", "state": "reported", "value_text": "Lưu: VT", "needs_review": False},
    ]
    record = document_record(row, said, ordinal=3)
    told = {
        name: record[name] for name in ("Priority", "Secrecy", "To", "CodeNumber", "DocOrdinal", "ToCheck")
    }
    assert told == {
        "Priority": 3, "Secrecy": "mật", "To": "Như trên; Lưu: VT", "CodeNumber": "05", "DocOrdinal": 3,
        "ToCheck": "Priority",
    }  # fmt: skip
    whole = file_record([record, record])
    assert list(whole) == [entry.name for entry in FILE]
    assert (whole["DocTotal"], whole["PageTotal"], whole["FileCode"]) == (2, 4, None)


def test_a_records_text_is_safe_in_a_spreadsheet(tmp_path: Path) -> None:
    fields = (value("doc.subject", value_text="=HYPERLINK(1)"), value("doc.type", value_text="-Báo cáo"))
    folder = write(tmp_path, report(fields=fields))
    (record,) = rows(folder, "nd30")
    assert (record["Subject"], record["TypeName"]) == ("'=HYPERLINK(1)", "'-Báo cáo")

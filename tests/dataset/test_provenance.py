"""The record of what made the tables, read by an independent PROV library and checked against the tables."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import frictionless
import pytest
from prov.model import ProvActivity, ProvAgent, ProvDocument, ProvEntity, ProvUsage

from pipeline.dataset.provenance import Making
from pipeline.dataset.rows import document_rows
from pipeline.dataset.writing import write_rows

from .documents import SPECS, report

MAKING = Making(
    versions={
        "sohoa": "0.1.0",
        "source of reading": "ab" * 32,
        "tesseract": "5.3.0",
        "profile": "doi_ngoai@" + "cd" * 32,
        "weights of entities": "ef" * 32,
        "vie.traineddata": "01" * 32,
        "reader": "tesseract",
    },
    options={"dpi": 300, "reader": "tesseract", "allow_restricted": False},
)


def write(out: Path, making: Making = MAKING) -> tuple[Path, str]:
    documents = sorted((report(), replace(report(), doc_id="0" * 64, source="b.pdf")), key=lambda d: d.source)
    made = write_rows([document_rows(document, SPECS) for document in documents], out, SPECS, making)
    return out / "dataset", made


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return write(tmp_path_factory.mktemp("out"))


def test_a_prov_library_reads_it_and_every_table_is_traced_to_the_scans(written: tuple[Path, str]) -> None:
    folder, made = written
    record = ProvDocument.deserialize(folder / "provenance.json", format="json")
    (activity,) = record.get_records(ProvActivity)
    assert str(activity.identifier) == f"sohoa:run/{made}"
    used = {str(usage.args[1]) for usage in record.get_records(ProvUsage)}
    assert used == {
        "sohoa:scans",
        "sohoa:profile/doi_ngoai",
        "sohoa:weights/entities",
        "sohoa:language/vie.traineddata",
    }
    assert {str(agent.identifier) for agent in record.get_records(ProvAgent)} == {
        "sohoa:software/sohoa",
        "sohoa:software/tesseract",
    }
    entities = {str(entity.identifier) for entity in record.get_records(ProvEntity)}
    tables = {
        f"sohoa:dataset/{path.name}" for path in folder.iterdir() if path.suffix in (".csv", ".parquet")
    }
    assert entities == tables | used | {"sohoa:dataset"}


def test_hashes_and_counts_are_those_of_the_files(written: tuple[Path, str]) -> None:
    folder, _ = written
    entities = json.loads((folder / "provenance.json").read_text("utf-8"))["entity"]
    documents = entities["sohoa:dataset/documents.parquet"]
    assert (
        documents["sohoa:sha256"] == hashlib.sha256((folder / "documents.parquet").read_bytes()).hexdigest()
    )
    assert documents["sohoa:rows"] == 2
    ids = [line.split(",")[0] for line in (folder / "documents.csv").read_text("utf-8").splitlines()[1:]]
    listed = hashlib.sha256("".join(f"{doc_id}\n" for doc_id in ids).encode()).hexdigest()
    assert entities["sohoa:scans"]["sohoa:sha256_of_doc_ids"] == listed


def test_it_is_part_of_the_data_package_with_its_hash(written: tuple[Path, str]) -> None:
    folder, _ = written
    resources = json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
    (named,) = [resource for resource in resources if resource["path"] == "provenance.json"]
    assert named["hash"] == "sha256:" + hashlib.sha256((folder / "provenance.json").read_bytes()).hexdigest()
    assert (
        frictionless.Package(str(folder / "datapackage.json")).get_resource("provenance").bytes
        == named["bytes"]
    )


def test_the_same_tables_made_with_the_same_have_the_same_record(
    written: tuple[Path, str], tmp_path: Path
) -> None:
    folder, made = write(tmp_path)
    assert made == written[1]
    assert (folder / "provenance.json").read_bytes() == (written[0] / "provenance.json").read_bytes()


def test_another_program_option_or_decision_is_another_making(
    written: tuple[Path, str], tmp_path: Path
) -> None:
    other = replace(MAKING, versions={**MAKING.versions, "tesseract": "5.5.1"})
    asked = replace(MAKING, options={**MAKING.options, "dpi": 200})
    decided = replace(MAKING, decisions="23" * 32)
    makings = [write(tmp_path / str(n), making)[1] for n, making in enumerate((other, asked, decided))]
    assert len({written[1], *makings}) == 4
    assert "sohoa:review" in (tmp_path / "2" / "dataset" / "provenance.json").read_text("utf-8")

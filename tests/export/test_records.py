import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.dataset.nd30 import DOCUMENT, FILE
from pipeline.export.formats import export
from pipeline.export.source import Source

SPACE = "{urn:sohoa:nd30-2020:phu-luc-vi}"


@pytest.fixture
def folder(source: Source, tmp_path: Path) -> Path:
    export(source, "nd30", tmp_path / "nd30", lambda _: None)
    return tmp_path / "nd30"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_csv_and_xml_say_the_same(folder: Path) -> None:
    root = ElementTree.parse(folder / "nd30.xml").getroot()
    documents = root.findall(f"{SPACE}Documents/{SPACE}Document")
    for element, row in zip(documents, rows(folder / "documents.csv"), strict=True):
        said = {entry.tag.removeprefix(SPACE): entry.text or "" for entry in element}
        assert {name: text.removeprefix("'") for name, text in row.items()} == said


def test_entries_stand_in_the_order_of_the_appendix_and_empty_ones_too(folder: Path, source: Source) -> None:
    first, second = rows(folder / "documents.csv")
    assert list(first) == [entry.name for entry in DOCUMENT]
    assert (first["DocOrdinal"], second["DocOrdinal"]) == ("1", "2")
    assert first["FileCode"] == ""
    assert first["IssuedDate"] == "05/11/2024"
    assert first["DocId"] == source.documents[0].doc_id
    (whole,) = rows(folder / "file.csv")
    assert list(whole) == [entry.name for entry in FILE]
    assert (whole["DocTotal"], whole["PageTotal"], whole["StartDate"]) == ("2", "3", "05/11/2024")


def test_every_entry_is_explained_in_both_languages(folder: Path) -> None:
    told = {(row["record"], row["name"]): row for row in rows(folder / "entries.csv")}
    assert {("document", entry.name) for entry in DOCUMENT} | {("file", entry.name) for entry in FILE} == set(
        told
    )
    assert all(row["vi"] and row["en"] for row in told.values())

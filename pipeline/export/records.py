"""Records of the documents after Decree 30/2020/NĐ-CP, Appendix VI, in the forms that archives take: CSV and XML.

``documents.csv`` and ``file.csv`` have the appendix's short names; ``nd30.xml`` holds both, ``entries.csv`` says what each
name means. An entry that the scan does not tell is there and empty.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.dataset.cells import csv_cell
from pipeline.dataset.nd30 import DOCUMENT, FILE, Entry, document_record, file_record
from pipeline.export.files import Folder
from pipeline.export.source import Outcome, Source, Tell
from pipeline.export.xml import Element, element, xml_bytes

NAMESPACE = "urn:sohoa:nd30-2020:phu-luc-vi"


def write_records(source: Source, path: Path, tell: Tell) -> Outcome:
    """Write the records of all documents that were read into the folder ``path``."""
    folder = Folder(path)
    records: list[dict[str, Any]] = []
    for document in source.documents:
        tell(document.source)
        if document.readable:
            records.append(
                document_record(document.row, source.rows_of("fields", document), len(records) + 1)
            )
        else:
            folder.outcome.left_out.append(f"{document.source}: nothing could be read of it")
    _table(folder, "documents.csv", DOCUMENT, records)
    _table(folder, "file.csv", FILE, [file_record(records)])
    with folder.text("entries.csv", encoding="utf-8-sig") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(("record", "number", "name", "vi", "en", "type", "length"))
        for record, entries in (("document", DOCUMENT), ("file", FILE)):
            writer.writerows((record, e.number, e.name, e.vi, e.en, e.type, e.length or "") for e in entries)
    file_element = record_element("File", FILE, file_record(records))
    held = element("Documents", *(record_element("Document", DOCUMENT, record) for record in records))
    folder.bytes("nd30.xml", xml_bytes(element("Records", file_element, held, xmlns=NAMESPACE)))
    return folder.outcome


def _table(folder: Folder, name: str, entries: Sequence[Entry], records: Iterable[Mapping[str, Any]]) -> None:
    with folder.text(name, encoding="utf-8-sig") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([entry.name for entry in entries])
        writer.writerows(
            [csv_cell(_day_first(record[entry.name])) for entry in entries] for record in records
        )


def record_element(name: str, entries: Iterable[Entry], record: Mapping[str, Any]) -> Element:
    """Return a record as XML: an element for each entry, empty where nothing is known, its Vietnamese name as attribute."""
    return element(
        name,
        *(
            element(
                entry.name,
                text=None if (value := _day_first(record[entry.name])) is None else str(value),
                vi=entry.vi,
            )
            for entry in entries
        ),
    )


def _day_first(value: Any) -> Any:
    return f"{value.day:02}/{value.month:02}/{value.year:04}" if isinstance(value, date) else value

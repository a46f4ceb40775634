"""The forms in which a dataset is handed on, each by its name: what it is in plain words, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.errors import InputError, OutputError, UsageError
from pipeline.export.alto import write_alto
from pipeline.export.annotations import write_annotations
from pipeline.export.files import Folder
from pipeline.export.hocr import write_hocr
from pipeline.export.label_studio import write_tasks
from pipeline.export.mets import write_mets
from pipeline.export.page_pictures import PagePictures
from pipeline.export.page_xml import write_page_xml
from pipeline.export.records import write_records
from pipeline.export.searchable_pdf import write_pdf
from pipeline.export.source import ExportedDocument, Outcome, Source, Tell
from pipeline.export.vietnamese_csv import write_csv
from pipeline.export.workbook import write_workbook

Write = Callable[[Source, Path, Tell, bool], Outcome]
"""Writes the documents of a source to a path, telling what comes next, with page pictures or without."""


@dataclass(frozen=True)
class Format:
    """A form of export: its name, what it is in plain words, whether it is one file or a folder."""

    name: str
    says: str
    makes: Literal["file", "folder"]
    write: Write


def _each(write: Callable[[Source, ExportedDocument, Folder, PagePictures], None], pictures: bool) -> Write:
    """Return what writes the documents one by one; one that cannot be exported does not keep the others from it."""

    def written(source: Source, path: Path, tell: Tell, with_pictures: bool) -> Outcome:
        folder = Folder(path)
        drawn = PagePictures(
            source, path if pictures and with_pictures else None, folder.outcome, as_scanned=True
        )
        for document in source.documents:
            tell(document.source)
            if not document.readable:
                folder.outcome.left_out.append(f"{document.source}: nothing could be read of it")
                continue
            try:
                write(source, document, folder, drawn)
            except InputError as error:
                folder.outcome.left_out.append(error.describe(document.source))
        return folder.outcome

    return written


FORMATS = (
    Format("excel", "a workbook: typed cells, labels in both languages, links to the pages", "file",
           lambda source, path, tell, pictures: write_workbook(source, path, tell, pictures=pictures)),
    Format("csv-vn", "CSV for Excel with Vietnamese settings: semicolons, decimal commas", "folder",
           lambda source, path, tell, _: write_csv(source, path, tell)),
    Format("pdf", "the scans as PDF that can be searched; PDF/A where that is sure", "folder",
           _each(lambda source, document, folder, _: write_pdf(source, document, folder), pictures=False)),
    Format("hocr", "hOCR: HTML that says where each word stands, with page pictures", "folder",
           _each(write_hocr, pictures=True)),
    Format("alto", "ALTO 4.2 for libraries, a file a page, with page pictures", "folder", _each(write_alto, pictures=True)),
    Format("page", "PAGE XML 2019 for Transkribus and eScriptorium, with page pictures", "folder",
           _each(write_page_xml, pictures=True)),
    Format("annotations", "W3C Web Annotations: every value with its place on the page", "folder",
           _each(lambda source, document, folder, _: write_annotations(source, document, folder), pictures=False)),
    Format("label-studio", "tasks for Label Studio, with what was found as predictions", "folder",
           lambda source, path, tell, _: write_tasks(source, path, tell)),
    Format("mets", "METS packages with PREMIS events for an archive, the scan in each", "folder",
           _each(write_mets, pictures=True)),
    Format("nd30", "records after Decree 30/2020/NĐ-CP, Appendix VI, as CSV and XML", "folder",
           lambda source, path, tell, _: write_records(source, path, tell)),
)  # fmt: skip


def format_called(name: str) -> Format:
    """Return the format ``name``. Raises UsageError."""
    found = next((known for known in FORMATS if known.name == name), None)
    if found is None:
        raise UsageError(f"{name}: no such format; there are {', '.join(known.name for known in FORMATS)}")
    return found


def export(source: Source, name: str, path: Path, tell: Tell, *, pictures: bool = True) -> Outcome:
    """Export ``source`` in the format ``name`` to ``path``.

    Raises UsageError for a place that would harm the run or its scans, OutputError where it cannot be written. What of a
    document could not be exported is told in the outcome.
    """
    found = format_called(name)
    _check(source, found, path)
    try:
        return found.write(source, path, tell, pictures)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}).") from error


def _check(source: Source, form: Format, path: Path) -> None:
    inside = path.resolve()
    for own in ("dataset", "cache", "results", "review", "log"):
        if inside.is_relative_to((source.root / own).resolve()):
            raise UsageError(f"{path}: this is a folder of the run itself; choose another place with --out.")
    if form.makes == "file" and path.is_dir():
        raise UsageError(f"{path}: is a folder; name the file to write, such as {path / 'reports.xlsx'}.")
    if form.makes == "folder" and path.is_file():
        raise UsageError(f"{path}: is a file; {form.name} writes a folder.")

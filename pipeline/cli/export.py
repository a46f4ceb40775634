"""``sohoa export``: hand a finished dataset on in another form."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

_SHOWN = 20


class To(StrEnum):
    """Forms of an export; :mod:`pipeline.export.formats` says what each is."""

    excel = "excel"
    csv_vn = "csv-vn"
    pdf = "pdf"
    hocr = "hocr"
    alto = "alto"
    page = "page"
    annotations = "annotations"
    label_studio = "label-studio"
    mets = "mets"
    nd30 = "nd30"


def export(
    run: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")],
    *,
    to: Annotated[To, typer.Option("--to", metavar="FORMAT", help="One of the formats above.")],
    out: Annotated[Path, typer.Option("--out", metavar="PATH", help="The file or folder to write.")],
    doc: Annotated[
        list[str] | None,
        typer.Option(
            "--doc", metavar="DOC_ID|FILE", help="Only this document (repeat for more); all without it."
        ),
    ] = None,
    scans: Annotated[
        list[Path] | None,
        typer.Option("--scans", metavar="DIR", help="Where the scans lie now, if they were moved."),
    ] = None,
    pictures: Annotated[
        bool,
        typer.Option(
            "--pictures/--no-pictures", help="Draw pages beside what refers to them (takes longer)."
        ),
    ] = True,
) -> None:
    """Hand the dataset in DIR on in another form; nothing in DIR changes.

    \b
    excel         a workbook: typed cells, labels in both languages, links to the pages
    csv-vn        CSV for Excel with Vietnamese settings: semicolons, decimal commas
    pdf           the scans as PDF that can be searched; PDF/A where that is sure
    hocr          hOCR: HTML that says where each word stands, with page pictures
    alto          ALTO 4.2 for libraries, a file a page, with page pictures
    page          PAGE XML 2019 for Transkribus and eScriptorium, with page pictures
    annotations   W3C Web Annotations: every value with its place on the page
    label-studio  tasks for Label Studio, with what was found as predictions
    mets          METS packages with PREMIS events for an archive, the scan in each
    nd30          records after Decree 30/2020/NĐ-CP, Appendix VI, as CSV and XML

    Restricted documents are left out. What Label Studio gives back: sohoa review import.
    """  # noqa: D301  (the backspace keeps the list from being wrapped)
    from pipeline.cli.console import console
    from pipeline.errors import ExitCode
    from pipeline.export.formats import export as write
    from pipeline.export.source import Source

    source = Source(run, chosen=doc or (), scans=scans or ())
    shown = console(to_stderr=True)
    with shown.status("exporting") as status:
        outcome = write(
            source, to.value, out, lambda what: status.update(f"exporting {what}"), pictures=pictures
        )
    print(f"{out}: {_count(len(source.documents), 'document')}, {_count(len(outcome.files), 'file')}.")
    if source.withheld and not doc:
        print(f"{_count(source.withheld, 'restricted document')} left out.")
    for note in outcome.notes:
        print(f"note: {note}")
    for told in outcome.left_out[:_SHOWN]:
        print(f"left out: {told}")
    if len(outcome.left_out) > _SHOWN:
        print(f"left out: {len(outcome.left_out) - _SHOWN} more")
    if outcome.left_out:
        raise typer.Exit(int(ExitCode.SOME_INPUTS_FAILED))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"

"""``sohoa inspect``: one document, with everything that was found in it and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.reading.names import DEFAULT_READER

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.document import Document


def inspect(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="One scan.")],
    *,
    profile: Annotated[
        str,
        typer.Option("--profile", metavar="NAME|FILE", help="Kind of report: a shipped name or a YAML file."),
    ] = "doi_ngoai",
    draw: Annotated[
        Path | None,
        typer.Option("--draw", metavar="DIR", help="Write page pictures with boxes of what was found."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    run: Annotated[
        Path | None,
        typer.Option("--run", metavar="DIR", help="Use the pages that this run has already read."),
    ] = None,
    dpi: Annotated[
        int,
        typer.Option("--dpi", metavar="N", min=100, max=600, help="Resolution at which PDF pages are drawn."),
    ] = 300,
    reader: Annotated[
        str, typer.Option("--reader", metavar="NAME", help="Who reads: line, tesseract or consensus (both).")
    ] = DEFAULT_READER,
    allow_restricted: Annotated[
        bool, typer.Option("--allow-restricted", help="Read a document that bears a secrecy mark, too.")
    ] = False,
) -> None:
    """Show one document's fields with evidence, its outline, references and findings."""
    from pipeline.errors import InputError, UsageError

    if not file.is_file():
        raise UsageError(f"{file}: no such file; sohoa inspect takes one scan")
    if not as_json:
        _check(file)
    from pipeline.batch.pool import start_server

    start_server()

    from pipeline.batch.options import RunOptions
    from pipeline.batch.run import examine
    from pipeline.batch.scratch import ScratchFolder
    from pipeline.batch.workspace import open_workspace
    from pipeline.cli.console import console
    from pipeline.cli.progress import progress_for

    with (
        ScratchFolder() as folder,
        open_workspace(run or folder / "run") as workspace,
    ):
        options = RunOptions(
            (file,),
            workspace.root,
            profile=profile,
            dpi=dpi,
            reader=reader,
            allow_restricted=allow_restricted,
        )
        with progress_for(console(to_stderr=True)) as progress:
            document = examine(file, options, progress)
    if document.status in ("failed", "restricted") and not as_json:
        raise InputError(document.error.removeprefix(f"{document.source}: "))
    if as_json:
        from pipeline.cli.as_json import print_json

        print_json(document)
    else:
        show_document(document, console())
    if draw is not None and document.status != "restricted":
        from pipeline.cli.draw import draw_pages

        for path in draw_pages(document, file, dpi, draw):
            console(to_stderr=True).print(f"drawn: {path}", highlight=False, markup=False, soft_wrap=True)


def _check(file: Path) -> None:
    """Raise InputError, naming the file, when it cannot be opened at all; no worker need be started for that."""
    from pipeline.errors import InputError
    from pipeline.intake.discover import printable_source
    from pipeline.intake.opening import open_document

    try:
        open_document(file)
    except InputError as error:
        raise InputError(error.describe(printable_source(file))) from error


def show_document(document: Document, console: Console) -> None:
    """Print everything that is known of a document."""
    from pipeline.cli import tables

    console.print(
        f"{document.source}: {document.status}, {len(document.pages)} pages", style="bold", highlight=False
    )
    if document.error:
        console.print(document.error, style="yellow", highlight=False, markup=False)
    for page in document.pages:
        if page.remark:
            console.print(f"page {page.number}: {page.remark}", style="dim", highlight=False, markup=False)
        if page.quality is not None:
            console.print(f"page {page.number}: quality {page.quality:.2f}", style="dim", highlight=False)
    if document.extraction is None:
        return
    console.print(tables.fields(document.extraction))
    console.print(tables.outline(document.extraction))
    if document.extraction.references:
        console.print(tables.references(document.extraction))
    if document.extraction.delegations:
        console.print(tables.delegations(document.extraction))
    if document.extraction.findings:
        console.print(tables.findings(document.extraction))
    else:
        console.print("Findings: none", style="bold")

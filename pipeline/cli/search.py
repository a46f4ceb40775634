"""``sohoa search``: sections that speak of something, with the words around it and the page."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pipeline.search import Hit


class Output(StrEnum):
    """Forms of what was found."""

    text = "text"
    json = "json"


def search(
    run: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")],
    query: Annotated[
        str, typer.Argument(metavar="WORDS", help='Words; "in quotes" side by side; beginn*; -not this.')
    ],
    *,
    marks: Annotated[
        bool | None,
        typer.Option(
            "--marks/--no-marks", help="Whether tones and marks count. Default: when WORDS have any."
        ),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=200, help="Sections shown.")] = 10,
    skip: Annotated[int, typer.Option("--skip", metavar="N", min=0, help="Sections passed over.")] = 0,
    output: Annotated[
        Output, typer.Option("--format", help="text for people, json for programs.")
    ] = Output.text,
) -> None:
    """Search the sections of all documents; how tones are placed (hoà, hòa) never matters."""
    from pipeline.query.views import dataset_folder
    from pipeline.search import open_search

    searched = open_search(dataset_folder(run))
    try:
        found = searched.find(query, marks=marks, limit=limit, skip=skip)
    finally:
        searched.close()
    if output is Output.json:
        hits = [_as_json(hit) for hit in found.hits]
        print(
            json.dumps(
                {"total": found.total, "complete": found.complete, "hits": hits}, ensure_ascii=False, indent=1
            )
        )
        return
    if found.hits and not found.complete:
        print("No section has all of these words; those with some of them:\n")
    for hit in found.hits:
        _show(hit)
    shown = f", {skip + 1} to {skip + len(found.hits)} shown" if len(found.hits) < found.total else ""
    print(f"{found.total} section{'' if found.total == 1 else 's'}{shown}.")
    if not found.total and found.query.marks:
        print("Tones and marks counted; without them: --no-marks")


def _show(hit: Hit) -> None:
    from rich.text import Text

    from pipeline.cli.console import console

    out = console()
    document = hit.document
    where = Text(f"{document.source}, page {hit.page}", style=f"bold link {_link(document.source, hit.page)}")
    place = ", ".join(str(part) for part in (document.district, document.province, document.year) if part)
    out.print(where + Text(f"  {place}", style="dim"))
    for marked, style in ((hit.heading, "italic"), (hit.snippet, "")):
        line = Text("  ")
        for text, is_hit in marked:
            line.append(" ".join(text.split("\n")), style="bold yellow" if is_hit else style)
        if marked:
            out.print(line if out.is_terminal else _plain(marked), soft_wrap=not out.is_terminal)
    out.print()


def _plain(marked: Any) -> Any:
    """Return a line for files and pipes, where no colour marks the hit."""
    from rich.text import Text

    pieces = (f"[{text}]" if hit else text for text, hit in marked)
    return Text("  " + " ".join("".join(pieces).split("\n")))


def _link(source: str, page: int) -> str:
    path = Path(source)
    return f"{path.resolve().as_uri()}#page={page}" if path.is_file() else ""


def _as_json(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "doc_id": document.doc_id,
        "source": document.source,
        "page": hit.page,
        "link": _link(document.source, hit.page),
        "section": hit.section,
        "heading": "".join(text for text, _ in hit.heading),
        "snippet": "".join(f"[{text}]" if is_hit else text for text, is_hit in hit.snippet),
        "province": document.province,
        "district": document.district,
        "year": document.year,
    }

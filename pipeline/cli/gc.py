"""``sohoa gc``: space given back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def gc(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be dropped.")] = False,
    store: Annotated[
        bool, typer.Option("--store", help="Tidy a store outside DIR, too; no other folder may use it.")
    ] = False,
) -> None:
    """Drop what no document of the last run needs: other readers' pages, old results, inputs that are gone."""
    from pipeline.batch.upkeep import gc as collect

    found = collect(folder, dry=dry_run, outside=store)
    verb = "would be dropped" if dry_run else "dropped"
    print(
        f"{found.pages} pages, {found.results} results and {found.leftovers} leftovers {verb}: "
        f"{found.bytes / 1e6:.1f} MB"
    )
    if found.left_alone:
        print(f"{found.left_alone} may serve other folders, too, and was left alone; --store tidies it")
    if found.documents:
        forgotten = "would be forgotten" if dry_run else "forgotten"
        print(f"{found.documents} documents that are not among the inputs of the last run {forgotten}")

"""``sohoa evaluate``: a run against truth files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run (--out of sohoa run).")],
    truth: Annotated[
        Path, typer.Option("--truth", metavar="DIR", help="Folder of truth files, named like the scans.")
    ],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON as well.")
    ] = None,
) -> None:
    """Measure a run: fields right, precision, recall and F1 by group, references, characters and words wrong."""

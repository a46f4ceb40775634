"""``sohoa evaluate``: a run against truth files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run (--out of sohoa run).")],
    *,
    truth: Annotated[
        Path, typer.Option("--truth", metavar="DIR", help="Folder of truth files, named like the scans.")
    ],
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the figures as JSON as well.")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME|FILE", help="The profile of the run, if it is a file."),
    ] = None,
) -> None:
    """Measure a run: fields right, precision, recall and F1 by group, references, characters and words wrong."""
    from pipeline.cli.console import console
    from pipeline.cli.profile_of import profile_of
    from pipeline.errors import OutputError
    from pipeline.evaluation import evaluate as measure
    from pipeline.evaluation import render
    from pipeline.extraction.profile import load_profile

    groups = {field.name: field.group for field in load_profile(profile_of(run, profile)).fields}
    evaluation = measure(run, truth, groups)
    console().print(render(evaluation))
    if json_file is not None:
        try:
            json_file.write_text(evaluation.to_json() + "\n", "utf-8")
        except OSError as error:
            raise OutputError(f"{json_file}: cannot be written ({error.strerror}).") from error

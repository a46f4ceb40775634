"""``sohoa report``: the dataset as one HTML file for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def report(
    run: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")],
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where the report goes. Default: DIR/report.html."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="NAME|FILE", help="The profile of the run, if it is a file."),
    ] = None,
) -> None:
    """Write a report on the tables in DIR: coverage, main indicators, quality. One file that opens offline and prints."""
    import sys

    from pipeline.cli.profile_of import profile_of
    from pipeline.errors import UsageError
    from pipeline.extraction.profile import load_profile
    from pipeline.report import write_report

    file = out or run / "report.html"
    try:
        known = load_profile(profile_of(run, profile))
    except UsageError as error:
        if profile is not None:
            raise
        known = None
        print(f"{error}; the report takes the first number of each group", file=sys.stderr)
    write_report(run, file, known)
    print(f"Report: {file}  ({file.stat().st_size / 1e6:.1f} MB; opens in any browser, prints on A4)")

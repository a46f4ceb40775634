"""``python -m samples.written held --preset fax --out DIR``: written reports as an archive has them, with their truth."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.batch.options import all_cores
from samples.generator.problems import ProblemError
from samples.written.make import DIGITAL, SETS, make


def main(
    which: Annotated[str, typer.Argument(metavar="SET", help=f"One of {', '.join(SETS)}.")],
    out: Annotated[Path, typer.Option(help="Folder for scans/ and truth/.")],
    preset: Annotated[str, typer.Option(help="A kind of scan of the generator, or digital.")] = DIGITAL,
    workers: Annotated[int, typer.Option(help="Processes; 0 for all cores.")] = 0,
) -> None:
    """Set or scan the written reports of a set."""
    try:
        count = make(which, preset, out, workers or all_cores())
    except ProblemError as error:
        raise typer.BadParameter(str(error)) from error
    typer.echo(f"{count} documents in {out}")


if __name__ == "__main__":
    typer.run(main)

"""``python -m samples.generator --count N --seed S --out DIR``: invented report scans with exact truth."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from samples.generator.generate import PRESET_NAMES, SPLITS, Made, Order, generate
from samples.generator.problems import ProblemError
from samples.generator.seconds import Seconds

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_WRONG_USAGE = 2
_INTERRUPTED = 130


@app.command()
def main(
    count: Annotated[int, typer.Option(help="Reports to make.")],
    out: Annotated[Path, typer.Option(help="A folder that does not exist yet.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 0,
    split: Annotated[str, typer.Option(help=f"Whose wordings and places: {', '.join(SPLITS)}.")] = "train",
    preset: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Kinds of scan, dealt in turn (repeatable): {', '.join(PRESET_NAMES)}. All without it."
        ),
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes; 0 for all cores.")] = 0,
) -> None:
    """Write scans/NAME.pdf and truth/NAME.json with the truth of every field, heading, word and box."""
    console = Console()
    if split not in SPLITS:
        raise ProblemError(f"unknown split {split!r}; there are: {', '.join(SPLITS)}")
    order = Order(
        next(name for name in SPLITS if name == split), count, seed, tuple(preset or PRESET_NAMES), out
    )
    began = time.monotonic()
    cores = workers or len(os.sched_getaffinity(0))
    made = generate(order, cores, console)
    console.print(_report(made, time.monotonic() - began, cores))
    console.print(f"{len(made)} reports in {out}", highlight=False)


def _report(made: Sequence[Made], wall: float, workers: int) -> Table:
    """Return the cost by stage."""
    pages = sum(one.pages for one in made)
    seconds = Seconds(float)
    for one in made:
        for stage, spent in one.seconds.items():
            seconds[stage] += spent
    table = Table(
        title=f"{len(made)} reports, {pages} pages, {sum(one.size for one in made) / 1e6:.1f} MB",
        title_justify="left",
    )
    for name in ("stage", "seconds a page", "share"):
        table.add_column(name, justify="left" if name == "stage" else "right")
    total = sum(seconds.values())
    for stage, spent in seconds.items():
        table.add_row(stage, f"{spent / pages:.3f}", f"{100 * spent / total:.0f} %")
    table.add_row("all stages, one core", f"{total / pages:.3f}", "")
    table.add_row(
        f"on the clock, {workers} workers", f"{wall / pages:.3f}", f"{60 * pages / wall:.0f} pages/min"
    )
    return table


if __name__ == "__main__":
    try:
        app()
    except ProblemError as error:
        print(f"samples.generator: {error}", file=sys.stderr)
        sys.exit(_WRONG_USAGE)
    except KeyboardInterrupt:
        print("samples.generator: stopped; nothing was written", file=sys.stderr)
        sys.exit(_INTERRUPTED)

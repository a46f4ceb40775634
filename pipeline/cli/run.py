"""``sohoa run``: scans in, tables out."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from pipeline.reading.names import DEFAULT_READER

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.batch.options import RunOptions
    from pipeline.batch.run import Summary
    from pipeline.confidence import Dial

Executor = Literal["processes", "dask"]

_MOST_REASONS = 12
"""More reasons than this are no help on a screen; the table ``documents`` has them all."""


def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT",
            help="Scans (.pdf .tif .png .jpg .webp .bmp) and folders of them; also by URL (s3://…).",
        ),
    ],
    *,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder for the tables; made if missing.")
    ],
    profile: Annotated[
        str,
        typer.Option("--profile", metavar="NAME|FILE", help="Kind of report: a shipped name or a YAML file."),
    ] = "doi_ngoai",
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=0, help="Processes; 0: all cores.")
    ] = 0,
    dpi: Annotated[
        int,
        typer.Option("--dpi", metavar="N", min=100, max=600, help="Resolution at which PDF pages are drawn."),
    ] = 300,
    reader: Annotated[
        str, typer.Option("--reader", metavar="NAME", help="Who reads: line, tesseract or consensus (both).")
    ] = DEFAULT_READER,
    allow_restricted: Annotated[
        bool, typer.Option("--allow-restricted", help="Read documents that bear a secrecy mark, too.")
    ] = False,
    timings: Annotated[bool, typer.Option("--timings", help="Print what every stage cost.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be read and why, and end; nothing is written.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, and take new scans as they come, until Ctrl-C.")
    ] = False,
    target_accuracy: Annotated[
        float,
        typer.Option(
            "--target-accuracy",
            metavar="SHARE",
            min=0.5,
            max=0.9999,
            help="Share of rows that shall be right among those that nobody reviews.",
        ),
    ] = 0.995,
    page_seconds: Annotated[
        float,
        typer.Option("--page-seconds", metavar="N", min=1, help="A page that takes longer is given up."),
    ] = 180.0,
    executor: Annotated[
        Executor, typer.Option("--executor", help="Who works: processes of this machine, or a Dask cluster.")
    ] = "processes",
    scheduler: Annotated[
        str,
        typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler, e.g. tcp://10.0.0.5:8786."),
    ] = "",
    store: Annotated[
        str,
        typer.Option(
            "--store",
            metavar="PLACE",
            help="Where what is read lies: a folder, or a URL such as s3://bucket/prefix. Default: in DIR.",
        ),
    ] = "",
    metrics: Annotated[
        Path | None,
        typer.Option("--metrics", metavar="FILE", help="Keep FILE up to date with metrics for Prometheus."),
    ] = None,
) -> None:
    """Read scans and write the tables to DIR/dataset. Run it again to add scans or go on after a stop."""
    from pipeline.errors import UsageError

    if watch and dry_run:
        raise UsageError("--watch and --dry-run exclude each other")
    _require_fitting(executor, scheduler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite kill ends a run as Ctrl-C does
    if not dry_run and not scheduler and not out.exists():
        from pipeline.batch.pool import start_server

        start_server()  # it loads the stages on another core while this process loads its own half

    from pipeline.batch.locations import is_url
    from pipeline.batch.options import RunOptions
    from pipeline.cli.console import console

    options = RunOptions(
        tuple(given if is_url(given) else Path(given) for given in inputs),
        out,
        profile=profile,
        workers=workers,
        dpi=dpi,
        reader=reader,
        allow_restricted=allow_restricted,
        page_seconds=page_seconds,
        target_accuracy=target_accuracy,
        scheduler=scheduler,
        store=store,
        metrics=metrics,
    )
    if dry_run:
        from pipeline.batch.run import foresee
        from pipeline.cli.plan import show_plan

        show_plan(foresee(options), console())
    elif watch:
        _watch(options)
    else:
        carry_out(options, timings=timings)


def carry_out(options: RunOptions, *, timings: bool = False) -> None:
    """Run, say what was done, and leave with the exit code of the contract."""
    from pipeline.batch.run import run as run_batch
    from pipeline.cli.console import console
    from pipeline.cli.progress import progress_for

    screen = console()
    with progress_for(console(to_stderr=True)) as progress:
        summary = run_batch(options, progress)
    show_summary(summary, screen)
    if timings:
        from pipeline.cli.timings import show_timings

        show_timings(summary, screen)
    show_next_steps(summary, screen)
    _leave(summary)


def _watch(options: RunOptions) -> None:
    """Follow the inputs until told to stop."""
    from pipeline.batch.watch import watch
    from pipeline.cli.console import console
    from pipeline.cli.progress import progress_for

    screen, said = console(), console(to_stderr=True)
    folders = ", ".join(map(str, options.inputs))
    said.print(
        f"watching {folders}: scans are taken when they are complete; Ctrl-C ends",
        highlight=False,
        markup=False,
    )

    def told(summary: Summary) -> None:
        statuses = ", ".join(f"{summary.statuses[name]} {name}" for name in sorted(summary.statuses))
        said.print(f"tables written: {statuses or 'no documents yet'}", highlight=False, markup=False)

    with progress_for(said) as progress:
        summary = watch(options, progress, told)
    show_summary(summary, screen)
    _leave(summary)


def _leave(summary: Summary) -> None:
    if not summary.all_well:
        raise typer.Exit(3)


def _require_fitting(executor: Executor, scheduler: str) -> None:
    from pipeline.errors import UsageError

    if executor == "dask" and not scheduler:
        raise UsageError("--executor dask needs --scheduler ADDRESS; dask scheduler prints it when it starts")
    if scheduler and executor != "dask":
        raise UsageError("--scheduler needs --executor dask")


def show_summary(summary: Summary, console: Console) -> None:
    """Print what a run did, and why inputs failed."""
    from collections import Counter

    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    statuses = ", ".join(f"{summary.statuses[name]} {name}" for name in sorted(summary.statuses))
    copies = f"; {summary.copies} further copies" if summary.copies else ""
    table.add_row("Documents", str(summary.statuses.total()), statuses + copies)
    table.add_row(
        "Pages",
        str(summary.pages),
        f"{summary.pages_read} read now, {summary.pages_kept} read in an earlier run",
    )
    table.add_row("Fields reported", str(summary.reported), "")
    table.add_row("Fields none", str(summary.none), 'the report says "Không"')
    table.add_row("Fields to review", str(summary.to_review), "")
    console.print(table)
    if summary.dial is not None and summary.dial.rows:
        console.print(
            told_dial(summary.dial, summary.review_minutes, summary.minutes_measured), highlight=False
        )
    if not summary.written:
        console.print("Nothing is new: the tables stay as they are.", highlight=False)
    if summary.gone:
        more = (
            f" and {summary.gone - len(summary.gone_names)} more"
            if summary.gone > len(summary.gone_names)
            else ""
        )
        console.print(
            f"Not among the inputs any more, and so not in the tables: {', '.join(summary.gone_names)}{more}. What was "
            "read of them is kept until sohoa gc.",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )
    if summary.failures:
        reasons = Counter((failure.status, failure.reason) for failure in summary.failures)
        console.print("Not wholly processed, by reason:", style="bold yellow")
        for (status, reason), count in reasons.most_common(_MOST_REASONS):
            console.print(f"  {count:>4}  {status}: {reason}", highlight=False, markup=False, soft_wrap=True)
        if len(reasons) > _MOST_REASONS:
            console.print(f"  … and {len(reasons) - _MOST_REASONS} other reasons", highlight=False)
    if summary.set_aside:
        console.print(
            f"{summary.set_aside} pages or files are set aside and will not be tried again by later runs; "
            "sohoa status lists them, sohoa retry tries them again.",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )


def told_dial(dial: Dial, minutes: float, measured: bool) -> str:
    """Return in a sentence what is left to people, what that takes, and how right the rest is expected to be."""
    if not dial.review:
        return f"Review nothing: {dial.expected:.1%} of {dial.rows} rows are expected to be right."
    from pipeline.confidence.dial import SECONDS_A_ROW

    at_all = "" if measured else f" at {SECONDS_A_ROW:g} seconds a row"
    took = f"about {max(1, round(minutes))} minutes{at_all}"
    reached = (
        f"to reach {dial.target:.1%}"
        if dial.review < dial.rows
        else f"none is sure enough for {dial.target:.1%}"
    )
    return f"Review {dial.review} of {dial.rows} rows ({took}) {reached}: a list counts once."


def show_next_steps(summary: Summary, console: Console) -> None:
    """Print where the tables lie and what to do with them."""
    # Where the command is not on the PATH (as after `make run`), it is named as it was called.
    program = "sohoa" if shutil.which("sohoa") else sys.argv[0]
    lines = [
        f"Tables:  {summary.dataset}/  (each as .csv and .parquet, described in datapackage.json)",
        f"Begin:   {summary.dataset / 'reports.csv'}  (one row a document, opens in a spreadsheet)",
        f"Check:   {summary.dataset / 'fields.csv'}  (rows with needs_review = true, with page and box)",
        f"Look:    {program} inspect FILE --draw DIR  (one document, with pictures of what was read where)",
    ]
    for line in lines:
        console.print(line, highlight=False, markup=False, soft_wrap=True)

"""The command ``sohoa``. Each command has a file of its own and imports what it needs when it is called."""

from __future__ import annotations

import logging
import sys
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.doctor import doctor
from pipeline.cli.evaluate import evaluate
from pipeline.cli.export import export
from pipeline.cli.failing import App, CommandGroup
from pipeline.cli.gc import gc
from pipeline.cli.inspect import inspect
from pipeline.cli.panel import panel
from pipeline.cli.profile import profile
from pipeline.cli.query import query, shell
from pipeline.cli.report import report
from pipeline.cli.retry import retry
from pipeline.cli.review import review
from pipeline.cli.run import run
from pipeline.cli.search import search
from pipeline.cli.status import status
from pipeline.cli.verify import verify

app = App(
    cls=CommandGroup,
    help="Scanned Vietnamese administrative reports into a dataset that can be trusted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(run)
app.command()(status)
app.command()(retry)
app.command()(verify)
app.command()(gc)
app.command()(inspect)
app.command()(evaluate)
app.add_typer(review, name="review")
app.add_typer(profile, name="profile")
app.command()(query)
app.command()(shell)
app.command()(export)
app.command()(panel)
app.command()(report)
app.command()(search)
app.command()(doctor)


def _version(asked: bool) -> None:
    if asked:
        print(f"sohoa {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Show what happens, and tracebacks of errors.")
    ] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    if verbose:
        logging.basicConfig(level=logging.DEBUG, format="%(relativeCreated)6d ms %(name)s: %(message)s")


if __name__ == "__main__":
    sys.exit(app())

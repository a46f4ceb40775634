"""``sohoa retry``: what failed is tried again."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Annotated

import typer


def retry(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")],
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help="Only these scans; default: all that failed.")
    ] = None,
    *,
    later: Annotated[
        bool, typer.Option("--later", help="Only forget the failures; the next run tries again.")
    ] = False,
) -> None:
    """Try again what failed or was set aside, with the inputs and options of the last run."""
    from pipeline.batch.options import as_asked
    from pipeline.batch.status import ledger_for_reading
    from pipeline.batch.upkeep import forget_failures
    from pipeline.cli.run import carry_out

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    ledger = ledger_for_reading(folder)
    options, given_in = as_asked(ledger.noted("asked"), folder)
    ledger.close()
    count = forget_failures(folder, files or [])
    print(f"{count} documents with failures are tried again" + (" by the next run" if later else ""))
    if not later and count:
        os.chdir(given_in)  # so that the inputs are found, and named, as they were
        carry_out(options)

"""``sohoa status``: how a run stands, while it is on or after it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.batch.status import Standing

_MOST_TROUBLES = 20
"""More than these are no help on a screen; --json has them all."""


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that sohoa run --out wrote.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Show what is done, what waits, and what failed or was set aside and why. A run that is on goes on."""
    from pipeline.batch.status import standing_of
    from pipeline.cli.console import console

    standing = standing_of(folder)
    if as_json:
        _print_json(standing)
    else:
        show_standing(standing, console())


def _print_json(standing: Standing) -> None:
    import json
    from dataclasses import asdict

    print(json.dumps({**asdict(standing), "folder": str(standing.folder)}, ensure_ascii=False, indent=1))


def show_standing(standing: Standing, console: Console) -> None:
    """Print the standing of a workspace."""
    from rich import box
    from rich.table import Table

    from pipeline.cli.plan import duration

    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    table.add_row("Run", "on" if standing.running else "ended", "")
    told = ", ".join(f"{count} {name}" for name, count in standing.documents.items() if count)
    table.add_row("Documents", str(sum(standing.documents.values())), told)
    told = ", ".join(f"{count} {name}" for name, count in standing.pages.items() if count)
    if standing.unopened:
        told += f"; {standing.unopened} documents not opened yet"
    table.add_row("Pages", str(sum(standing.pages.values())), told)
    table.add_row("In the tables", str(standing.in_tables), "documents")
    if standing.gone:
        table.add_row("Not among the inputs", str(standing.gone), "documents of earlier runs")
    if standing.pages_a_minute is not None:
        left = f"about {duration(standing.seconds_left)} left" if standing.seconds_left else ""
        table.add_row("Pages a minute", f"{standing.pages_a_minute:.1f}", left)
    console.print(table)
    for title, aside in (
        ("Set aside, not tried again until sohoa retry:", True),
        ("Failed, tried again by the next run:", False),
    ):
        troubles = [trouble for trouble in standing.troubles if trouble.set_aside is aside]
        if not troubles:
            continue
        console.print(title, style="bold yellow")
        for trouble in troubles[:_MOST_TROUBLES]:
            where = trouble.source if trouble.page is None else f"{trouble.source}, page {trouble.page}"
            reason = trouble.reason.removeprefix(f"{where}: ").removeprefix(f"{trouble.source}: ")
            tries = f" ({trouble.attempts} attempts)" if trouble.attempts > 1 else ""
            console.print(f"  {where}: {reason}{tries}", highlight=False, markup=False, soft_wrap=True)
        if len(troubles) > _MOST_TROUBLES:
            console.print(
                f"  … and {len(troubles) - _MOST_TROUBLES} more; --json lists them all", highlight=False
            )

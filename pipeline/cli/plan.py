"""What ``sohoa run --dry-run`` says."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.batch.plan import Plan


def show_plan(plan: Plan, console: Console) -> None:
    """Print what a run would do and why, and about how long it would take."""
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(justify="right")
    table.add_column()
    table.add_row("Documents", str(plan.documents), f"{plan.done} are done already")
    if plan.unopened:
        table.add_row("New documents", str(plan.unopened), "not opened yet, so their pages are not counted")
    if plan.new_pages:
        table.add_row("Pages to read", str(plan.new_pages), "not read yet")
    for why, count in plan.pages_again.most_common():
        table.add_row("Pages to read again", str(count), why)
    if plan.retried:
        table.add_row("Pages to try again", str(plan.retried), "failed in an earlier run")
    if plan.kept_pages:
        table.add_row(
            "Pages kept", str(plan.kept_pages), "of documents that are not done; they are not read again"
        )
    if plan.set_aside:
        table.add_row("Set aside", str(plan.set_aside), "pages or files, not tried again until sohoa retry")
    for why, count in plan.understand.most_common():
        table.add_row("Documents to extract", str(count), why)
    if plan.gone:
        table.add_row(
            "Not among the inputs", str(plan.gone), "documents of earlier runs; they leave the tables"
        )
    console.print(table)
    if not (plan.unopened or plan.pages_to_read or plan.understand):
        console.print("Nothing to read and nothing to extract.", highlight=False)
    elif plan.seconds is None:
        console.print("How long it takes cannot be told: nothing like it was read here yet.", highlight=False)
    else:
        console.print(f"About {duration(plan.seconds)}, by what such pages took before.", highlight=False)


def duration(seconds: float) -> str:
    """Return a rough duration for people."""
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(1, round(seconds))} seconds"

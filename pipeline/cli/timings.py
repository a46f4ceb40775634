"""What each stage of a run cost, for ``sohoa run --timings``."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from pipeline.batch.run import Summary
from pipeline.reading.names import READERS


def show_timings(summary: Summary, console: Console) -> None:
    """Print the CPU seconds of every stage, summed over all workers, their share and their cost a page."""
    seconds = summary.stage_seconds
    total = sum(seconds.values())
    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("stage")
    for name in ("CPU s", "share", "a page"):
        table.add_column(name, justify="right")
    for stage, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        a_page = f"{spent / summary.pages_read:.3f} s" if summary.pages_read else ""
        table.add_row(stage, f"{spent:.2f}", f"{_percent(spent, total)}", a_page)
    console.print(table)
    reading = sum(seconds.get(name, 0.0) for name in READERS)
    console.print(
        f"Reading {_percent(reading, total)}, everything beside it {_percent(total - reading, total)}. "
        f"All stages: {total:.1f} CPU seconds; the run took {summary.wall_seconds:.1f} s.",
        highlight=False,
        soft_wrap=True,
    )


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"
